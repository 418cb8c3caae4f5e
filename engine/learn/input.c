/* input.c - which rows of the first layer take part.   SPDX-License-Identifier: MIT */
#include "learn/input.h"

static int64_t group_end(const dy_input *input, int32_t group)
{
    int64_t end = (int64_t)DY_LANE * (group + 1);
    return end < input->inputs ? end : input->inputs;
}

/* Active inputs: all groups are full, but the very last may reach beyond the inputs. */
static int64_t count_active(const dy_input *input)
{
    if (input->n_groups == 0) return 0;
    int32_t last = input->groups[input->n_groups - 1];
    return (input->n_groups - 1) * DY_LANE + group_end(input, last) - (int64_t)DY_LANE * last;
}

dy_input dy_input_make(const dy_batch *batch, int64_t inputs)
{
    dy_input input = { .inputs = inputs, .n_groups = batch->n_groups, .groups = batch->groups };
    int64_t active = count_active(&input);
    DY_ASSERT(active <= inputs && active < batch->stride);
    input.x = dy_mat_strided((float *)batch->x, batch->rows, active + 1, batch->stride);
    for (int64_t i = 0; i < batch->rows; i++) input.x.at[i * batch->stride + active] = 1;
    return input;
}

bool dy_input_whole(const dy_input *input)
{
    return input->x.cols == input->inputs + 1;
}

dy_walk dy_walk_make(const dy_input *input)
{
    return (dy_walk){ .input = input };
}

/* The first row after walk->row that is active; the bias is. */
static int64_t next_active(const dy_walk *walk)
{
    const dy_input *input = walk->input;
    if (walk->group < input->n_groups)
        return (int64_t)DY_LANE * input->groups[walk->group];
    return input->inputs;
}

bool dy_walk_next(dy_walk *walk, dy_rows *rows)
{
    const dy_input *input = walk->input;
    if (walk->row > input->inputs) return false;
    *rows = (dy_rows){ .from = walk->row, .at = walk->seen };
    int64_t end = next_active(walk);
    rows->active = end == walk->row;
    if (rows->active) {
        while (walk->group < input->n_groups && next_active(walk) == end)
            end = group_end(input, input->groups[walk->group++]);
        if (end == input->inputs && walk->group == input->n_groups) end++; /* the bias */
        walk->seen += end - walk->row;
    }
    rows->n = end - walk->row;
    walk->row = end;
    return true;
}
