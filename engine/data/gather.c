/* gather.c - see gather.h. Each loop over the columns stands in the function that is cloned, because code for one
 * processor is not inlined into code for another.   SPDX-License-Identifier: MIT */
#include "data/gather.h"

#include "base/clones.h"
#include "data/batches.h"

#include <string.h>

enum { AHEAD = 8 };

bool dy_columns_make(dy_columns *columns, dy_arena *arena, const dy_dataset *data,
                     dy_error *err)
{
    int64_t n_groups = (data->inputs + DY_LANE - 1) / DY_LANE, lanes = DY_LANE * n_groups;
    dy_columns made = { .inputs = data->inputs, .n_groups = n_groups };
    if (!(made.scale = dy_arena_take(arena, lanes, sizeof *made.scale, err)) ||
        !(made.shift = dy_arena_take(arena, lanes, sizeof *made.shift, err)) ||
        !(made.counts = dy_arena_take(arena, lanes, 1, err)) ||
        !(made.always = dy_arena_take(arena, lanes, 1, err)) ||
        !(made.seen = dy_arena_take(arena, lanes, 1, err)))
        return false;
    for (int64_t j = 0; j < data->inputs; j++) {
        made.scale[j] = data->scale[j];
        made.shift[j] = data->shift[j];
        made.counts[j] = data->scale[j] != 0.0f ? 255 : 0;
        made.always[j] = data->shift[j] != 0.0f ? 255 : 0;
    }
    *columns = made;
    return true;
}

/* seen[j] |= the bytes j of four rows: three of four passes over `seen` are spared. */
DY_CLONES static void or_four(const uint8_t *restrict a, const uint8_t *restrict b,
                              const uint8_t *restrict c, const uint8_t *restrict d,
                              int64_t inputs, uint8_t *restrict seen)
{
    for (int64_t j = 0; j < inputs; j++) seen[j] |= (uint8_t)(a[j] | b[j] | c[j] | d[j]);
}

/* A shuffled row is far from the one before it: it is asked for AHEAD rows early, or each costs a trip to memory. */
static void ask_for(const uint8_t *row, int64_t inputs)
{
    for (int64_t j = 0; j < inputs; j += 64) __builtin_prefetch(row + j);
}

static void or_rows(const uint8_t *bytes, int64_t inputs, const int32_t *order, int64_t rows,
                    uint8_t *seen)
{
    memset(seen, 0, (size_t)inputs);
    for (int64_t r = 0; r < rows; r += 4) {
        const uint8_t *four[4];
        for (int64_t i = 0; i < 4; i++) {
            int64_t at =
                r + i < rows ? r + i : rows - 1; /* the last row again changes nothing */
            four[i] = bytes + order[at] * inputs;
            if (at + AHEAD < rows) ask_for(bytes + order[at + AHEAD] * inputs, inputs);
        }
        or_four(four[0], four[1], four[2], four[3], inputs, seen);
    }
}

static uint64_t lanes_at(const uint8_t *bytes)
{
    uint64_t lanes;
    memcpy(&lanes, bytes, sizeof lanes);
    return lanes;
}

_Static_assert(sizeof(uint64_t) == DY_LANE, "a group of bytes is looked at as one number");

int64_t dy_gather_groups(dy_columns *columns, const uint8_t *bytes, const int32_t *order,
                         int64_t rows, int32_t *groups)
{
    or_rows(bytes, columns->inputs, order, rows, columns->seen);
    int64_t n = 0;
    for (int64_t g = 0; g < columns->n_groups; g++) {
        uint64_t seen = lanes_at(columns->seen + DY_LANE * g);
        uint64_t counts = lanes_at(columns->counts + DY_LANE * g);
        uint64_t always = lanes_at(columns->always + DY_LANE * g);
        groups[n] = (int32_t)g;
        n += ((seen & counts) | always) != 0;
    }
    return n;
}

/* The groups named, of one row; all of their inputs are there. */
DY_CLONES static void convert_groups(const uint8_t *row, const float *restrict scale,
                                     const float *restrict shift, const int32_t *groups,
                                     int64_t n_groups, float *restrict to)
{
    for (int64_t i = 0; i < n_groups; i++, to += DY_LANE) {
        int64_t at = (int64_t)DY_LANE * groups[i];
        int32_t wide[DY_LANE]; /* in two steps, or GCC 12 converts them one at a time */
        for (int j = 0; j < DY_LANE; j++) wide[j] = row[at + j];
        for (int j = 0; j < DY_LANE; j++)
            to[j] = (float)wide[j] * scale[at + j] + shift[at + j];
    }
}

/* The last group, where the row ends inside it. */
static void convert_tail(const uint8_t *row, const dy_columns *columns, float *to)
{
    int64_t at = DY_LANE * (columns->n_groups - 1);
    for (int64_t j = at; j < at + DY_LANE; j++)
        *to++ = j < columns->inputs ? (float)row[j] * columns->scale[j] + columns->shift[j] : 0;
}

void dy_gather_bytes(const dy_columns *columns, const uint8_t *bytes, const int32_t *order,
                     int64_t rows, const int32_t *groups, int64_t n_groups, float *x,
                     int64_t stride)
{
    int64_t inputs = columns->inputs;
    bool tail = n_groups > 0 && (groups[n_groups - 1] + 1) * (int64_t)DY_LANE > inputs;
    int64_t n_whole = n_groups - tail;
    for (int64_t r = 0; r < rows; r++) {
        const uint8_t *row = bytes + order[r] * inputs;
        float *to = x + r * stride;
        convert_groups(row, columns->scale, columns->shift, groups, n_whole, to);
        if (tail) convert_tail(row, columns, to + DY_LANE * n_whole);
    }
}

DY_CLONES void dy_gather_floats(const dy_columns *columns, const float *floats,
                                const int32_t *order, int64_t rows, float *x, int64_t stride)
{
    int64_t inputs = columns->inputs;
    const float *restrict scale = columns->scale, *restrict shift = columns->shift;
    for (int64_t r = 0; r < rows; r++) {
        const float *restrict row = floats + order[r] * inputs;
        float *restrict to = x + r * stride;
        for (int64_t j = 0; j < inputs; j++) to[j] = row[j] * scale[j] + shift[j];
        for (int64_t j = inputs; j < DY_LANE * columns->n_groups; j++) to[j] = 0.0f;
    }
}
