/* batches.c - see batches.h; the loops are gather.c's.   SPDX-License-Identifier: MIT */
#include "data/batches.h"

#include "base/rng.h"
#include "base/text.h"
#include "data/gather.h"

#include <string.h>

enum {
    STRIDE = 16, /* rows begin on a cache line */
    KEPT =
        2, /* epochs whose order is kept: two runs that take turns are seldom further apart */
};

/* The order of one epoch. */
typedef struct epoch {
    int64_t number; /* -1: none yet */
    int32_t *rows;  /* [split.rows] */
} epoch;

struct dy_batches {
    dy_split split;
    dy_columns columns;
    int64_t outputs;
    int64_t rows, per_epoch; /* of a whole batch; batches in an epoch */
    uint64_t key;       /* of the seed; epoch e draws its order from the stream of key + e */
    epoch epochs[KEPT]; /* the one used last comes first */
    int32_t *plain;     /* [rows]: rows in their own order, for dy_batches_rows */
    int32_t *groups;    /* [columns.n_groups] */
    float *x;           /* [rows x stride] */
    int64_t stride;
    int32_t *labels; /* [rows], or NULL */
    float *targets;  /* [rows x outputs], or NULL */
};

/* Consecutive keys are as good as distant ones: making a stream scrambles them. */
static uint64_t key_of(uint64_t seed)
{
    dy_rng rng = dy_rng_make(seed, "epochs");
    return dy_rng_next(&rng);
}

static bool check(const dy_split *split, int64_t rows, bool drop_last, dy_error *err)
{
    char have[32], want[32];
    if (rows < 1) return dy_fail(err, "batch of %lld rows; want at least 1", (long long)rows);
    if (split->rows < 1) return dy_fail(err, "no rows to take batches from");
    if (drop_last && split->rows < rows)
        return dy_fail(err,
                       "batch of %s rows, but there are only %s, and an incomplete batch is "
                       "dropped: no update is left; take a smaller batch",
                       dy_format_count(want, sizeof want, rows),
                       dy_format_count(have, sizeof have, split->rows));
    return true;
}

static bool take_all(dy_batches *batches, dy_arena *arena, dy_error *err)
{
    int64_t rows = batches->rows, n_groups = batches->columns.n_groups;
    batches->stride = (DY_LANE * n_groups + 1 + STRIDE - 1) / STRIDE * STRIDE;
    /* orders first: were they the largest, their failure would be the cheapest */
    for (int i = 0; i < KEPT; i++) {
        int32_t *order = dy_arena_take(arena, batches->split.rows, sizeof *order, err);
        if (!order) return false;
        batches->epochs[i] = (epoch){ -1, order };
    }
    if (!(batches->plain = dy_arena_take(arena, rows, sizeof(int32_t), err)) ||
        !(batches->groups = dy_arena_take(arena, n_groups, sizeof(int32_t), err)) ||
        !(batches->x = dy_arena_take(arena, rows * batches->stride, sizeof(float), err)))
        return false;
    if (batches->split.labels &&
        !(batches->labels = dy_arena_take(arena, rows, sizeof(int32_t), err)))
        return false;
    return !batches->split.targets || (batches->targets = dy_arena_take(
                                           arena, rows * batches->outputs, sizeof(float), err));
}

bool dy_batches_open(dy_batches **batches, dy_arena *arena, const dy_dataset *data,
                     const dy_split *split, int64_t rows, bool drop_last, uint64_t seed,
                     dy_error *err)
{
    if (!check(split, rows, drop_last, err)) return false;
    dy_batches *made = dy_arena_take(arena, 1, sizeof *made, err);
    if (!made) return false;
    int64_t n = split->rows;
    *made = (dy_batches){
        .split = *split,
        .outputs = data->outputs,
        .rows = rows < n ? rows : n, /* more are never gathered */
        .per_epoch = drop_last ? n / rows : (n - 1) / rows + 1,
        .key = key_of(seed),
    };
    if (!dy_columns_make(&made->columns, arena, data, err) || !take_all(made, arena, err))
        return false;
    for (int64_t g = 0; g < made->columns.n_groups; g++) made->groups[g] = (int32_t)g;
    *batches = made;
    return true;
}

int64_t dy_batches_per_epoch(const dy_batches *batches)
{
    return batches->per_epoch;
}

static void draw_order(const dy_batches *batches, epoch *e, int64_t number)
{
    for (int64_t i = 0; i < batches->split.rows; i++) e->rows[i] = (int32_t)i;
    dy_rng rng = dy_rng_make(batches->key + (uint64_t)number, "batches");
    dy_rng_shuffle(&rng, e->rows, batches->split.rows);
    e->number = number;
}

/* The order of an epoch, drawn anew if it is none of those kept. */
static const int32_t *order_of(dy_batches *batches, int64_t number)
{
    epoch *e = batches->epochs;
    int at = 0;
    while (at < KEPT - 1 && e[at].number != number) at++;
    epoch found = e[at];
    if (found.number != number) draw_order(batches, &found, number);
    for (; at > 0; at--) e[at] = e[at - 1];
    e[0] = found;
    return found.rows;
}

static void gather_answers(dy_batches *batches, const int32_t *order, int64_t rows)
{
    const dy_split *split = &batches->split;
    int64_t n = batches->outputs;
    if (split->labels)
        for (int64_t r = 0; r < rows; r++) batches->labels[r] = split->labels[order[r]];
    if (split->targets)
        for (int64_t r = 0; r < rows; r++)
            memcpy(batches->targets + r * n, split->targets + order[r] * n,
                   (size_t)n * sizeof(float));
}

static dy_batch gather(dy_batches *batches, const int32_t *order, int64_t rows)
{
    const dy_split *split = &batches->split;
    dy_columns *columns = &batches->columns;
    int64_t n_groups = columns->n_groups;
    if (split->bytes) {
        n_groups = dy_gather_groups(columns, split->bytes, order, rows, batches->groups);
        dy_gather_bytes(columns, split->bytes, order, rows, batches->groups, n_groups,
                        batches->x, batches->stride);
    } else {
        dy_gather_floats(columns, split->floats, order, rows, batches->x, batches->stride);
    }
    gather_answers(batches, order, rows);
    return (dy_batch){ .rows = rows,
                       .n_groups = n_groups,
                       .groups = batches->groups,
                       .x = batches->x,
                       .stride = batches->stride,
                       .labels = batches->labels,
                       .targets = batches->targets };
}

dy_batch dy_batches_at(dy_batches *batches, int64_t step)
{
    DY_ASSERT(step >= 0);
    const int32_t *order = order_of(batches, step / batches->per_epoch);
    int64_t from = step % batches->per_epoch * batches->rows;
    int64_t left = batches->split.rows - from;
    return gather(batches, order + from, left < batches->rows ? left : batches->rows);
}

dy_batch dy_batches_rows(dy_batches *batches, int64_t from)
{
    DY_ASSERT(from >= 0 && from < batches->split.rows);
    int64_t left = batches->split.rows - from;
    int64_t rows = left < batches->rows ? left : batches->rows;
    for (int64_t r = 0; r < rows; r++) batches->plain[r] = (int32_t)(from + r);
    return gather(batches, batches->plain, rows);
}
