/* transform.c - data sets made from data sets: fewer rows, other rows, another order. See dataset.h; standardise.c has
 * the one that looks at values.   SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "data/build.h"

#include <string.h>

/* dy_dataset_make, with everything but the arena borrowed from `from`. */
static dy_dataset borrow(const dy_dataset *from)
{
    dy_dataset made = *from;
    made.arena = dy_arena_make(from->arena.limit);
    return made;
}

/* A copy of rows x width elements of `size` bytes, row i at place slot[i]; *ok turns false when memory is short. Nothing
 * gives nothing. */
static const void *scatter(dy_arena *arena, const void *from, int64_t rows, int64_t width,
                           size_t size, const int32_t *slot, bool *ok, dy_error *err)
{
    if (!from || !*ok) return NULL;
    size_t bytes = (size_t)width * size;
    char *to = dy_arena_take(arena, rows, bytes, err);
    *ok = to != NULL;
    if (!to) return NULL;
    for (int64_t i = 0; i < rows; i++)
        memcpy(to + (size_t)slot[i] * bytes, (const char *)from + (size_t)i * bytes, bytes);
    return to;
}

/* *to gets the rows of `from`, row i at place slot[i]. */
static bool scatter_split(dy_split *to, dy_arena *arena, const dy_dataset *data,
                          const dy_split *from, const int32_t *slot, dy_error *err)
{
    bool ok = true;
    int64_t rows = from->rows, in = data->inputs, out = data->outputs;
    dy_split made = { .rows = rows };
    made.bytes = scatter(arena, from->bytes, rows, in, 1, slot, &ok, err);
    made.floats = scatter(arena, from->floats, rows, in, sizeof(float), slot, &ok, err);
    made.labels = scatter(arena, from->labels, rows, 1, sizeof(int32_t), slot, &ok, err);
    made.targets = scatter(arena, from->targets, rows, out, sizeof(float), slot, &ok, err);
    if (ok) *to = made;
    return ok;
}

bool dy_dataset_shuffle(dy_dataset *to, const dy_dataset *from, uint64_t seed, dy_error *err)
{
    dy_dataset made = borrow(from);
    dy_arena scratch = dy_arena_make(from->arena.limit);
    int64_t rows = from->train.rows;
    int32_t *slot = dy_arena_take(&scratch, rows, sizeof *slot, err);
    bool ok = slot != NULL;
    if (ok) {
        dy_rng rng = dy_rng_make(seed, "shuffle");
        for (int64_t i = 0; i < rows; i++) slot[i] = (int32_t)i;
        dy_rng_shuffle(&rng, slot, rows);
        ok = scatter_split(&made.train, &made.arena, from, &from->train, slot, err);
    }
    dy_arena_close(&scratch);
    return dy_build_end(to, &made, ok, NULL, err);
}

bool dy_dataset_split(dy_dataset *to, const dy_dataset *from, double fraction, uint64_t seed,
                      dy_error *err)
{
    if (from->test.rows > 0)
        return dy_fail(err,
                       "there are %lld test rows already; to have none, take a subset with "
                       "0 test rows first",
                       (long long)from->test.rows);
    if (!(fraction > 0.0 && fraction < 1.0))
        return dy_fail(err, "a fraction of %g for testing; want 0 < fraction < 1", fraction);
    dy_dataset made = borrow(from);
    dy_arena scratch = dy_arena_make(from->arena.limit);
    int32_t *slot;
    int64_t n_train;
    dy_split all;
    bool ok =
        dy_build_slots(&slot, &n_train, &scratch, from->train.rows, fraction, seed, err) &&
        scatter_split(&all, &made.arena, from, &from->train, slot, err);
    if (ok) dy_build_parts(&made, &all, n_train);
    dy_arena_close(&scratch);
    return dy_build_end(to, &made, ok, NULL, err);
}

bool dy_dataset_subset(dy_dataset *to, const dy_dataset *from, int64_t train, int64_t test,
                       dy_error *err)
{
    if (train < 1 || train > from->train.rows)
        return dy_fail(err, "%lld training rows wanted; want 1 to %lld", (long long)train,
                       (long long)from->train.rows);
    if (test < 0 || test > from->test.rows)
        return dy_fail(err, "%lld test rows wanted; want 0 to %lld", (long long)test,
                       (long long)from->test.rows);
    dy_dataset made = borrow(from);
    made.train.rows = train;
    made.test.rows = test;
    *to = made;
    return true;
}
