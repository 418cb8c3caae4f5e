/* input.c - which rows of the first layer take part.   SPDX-License-Identifier: MIT */
#include "learn/input.h"

#include "base/clones.h"

#include <string.h>

bool dy_input_open(dy_input *input, dy_arena *arena, int64_t inputs, int64_t outputs,
                   dy_error *err)
{
    *input = (dy_input){ .inputs = inputs, .outputs = outputs };
    input->active = dy_arena_take(arena, inputs, sizeof *input->active, err);
    if (!input->active) return false;
    input->seen = dy_arena_take(arena, inputs, sizeof *input->seen, err);
    return input->seen != NULL;
}

/* The inputs of the groups that were gathered; the very last group may reach beyond them. */
static void list_gathered(dy_input *input, const dy_batch *batch)
{
    input->n_active = 0;
    for (int64_t i = 0; i < batch->n_groups; i++) {
        int64_t from = (int64_t)DY_LANE * batch->groups[i];
        for (int64_t j = from; j < from + DY_LANE && j < input->inputs; j++)
            input->active[input->n_active++] = (int32_t)j;
    }
}

/* seen[j] |= the bits of x[j]. */
DY_CLONES static void or_bits(uint32_t *restrict seen, const float *restrict x, int64_t n)
{
    for (int64_t j = 0; j < n; j++) {
        uint32_t bits;
        memcpy(&bits, x + j, sizeof bits);
        seen[j] |= bits;
    }
}

static int64_t count_seen(dy_input *input, const dy_batch *batch)
{
    int64_t n = 0;
    memset(input->seen, 0, (size_t)input->n_active * sizeof *input->seen);
    for (int64_t i = 0; i < batch->rows; i++)
        or_bits(input->seen, batch->x + i * batch->stride, input->n_active);
    for (int64_t j = 0; j < input->n_active; j++) n += input->seen[j] != 0;
    return n;
}

/* Moving what stays costs each row about 0.3 ns a column; each column that goes saves two products 2 `outputs` operations a
 * row, 0.04 ns an output. */
static bool squeezing_pays(const dy_input *input, int64_t kept)
{
    enum { DEAR = 8 };

    return (input->n_active - kept) * input->outputs > DEAR * kept;
}

/* Moves the columns that were seen together, in the order they have. */
static void squeeze(dy_input *input, float *x, int64_t rows, int64_t stride)
{
    int64_t n = 0;
    uint32_t *from = input->seen; /* takes the place of what has been read */
    for (int64_t j = 0; j < input->n_active; j++)
        if (input->seen[j]) {
            input->active[n] = input->active[j];
            from[n++] = (uint32_t)j;
        }
    input->n_active = n;
    for (int64_t i = 0; i < rows; i++, x += stride)
        for (int64_t j = 0; j < n; j++) x[j] = x[from[j]];
}

void dy_input_set(dy_input *input, const dy_batch *batch)
{
    float *x = (float *)batch->x; /* which the batch lets its reader write to */
    list_gathered(input, batch);
    int64_t kept = count_seen(input, batch);
    if (squeezing_pays(input, kept)) squeeze(input, x, batch->rows, batch->stride);
    int64_t n = input->n_active;
    input->x = dy_mat_strided(x, batch->rows, n + 1, batch->stride);
    for (int64_t i = 0; i < batch->rows; i++) x[i * batch->stride + n] = 1;
}

bool dy_input_whole(const dy_input *input)
{
    return input->n_active == input->inputs;
}

dy_walk dy_walk_make(const dy_input *input)
{
    return (dy_walk){ .input = input };
}

bool dy_walk_next(dy_walk *walk, dy_rows *rows)
{
    const dy_input *input = walk->input;
    int64_t n = input->n_active, end = input->inputs;
    if (walk->row > end) return false;
    *rows = (dy_rows){ .from = walk->row, .at = walk->passed };
    if (walk->passed < n) end = input->active[walk->passed];
    rows->active =
        end == walk->row; /* so is the bias, which comes when all others are passed */
    if (rows->active) {
        while (walk->passed < n && input->active[walk->passed] == end) walk->passed++, end++;
        if (end == input->inputs) end++;
    }
    rows->n = end - walk->row;
    walk->row = end;
    return true;
}
