/* Compacted rows are the dense rows without their zeros.   SPDX-License-Identifier: MIT */
#include "data/gather.h"

#include "base/rng.h"
#include "data/batches.h"
#include "help.h"

#include <criterion/criterion.h>
#include <string.h>

enum { ROWS = 40, MOST = 70 };

/* Bytes that are 0 in most columns; some columns have a shift, some a scale of 0. */
static void roughen(dy_dataset *data, bool shifts, uint64_t seed)
{
    dy_rng rng = dy_rng_make(seed, "test");
    uint8_t *bytes = (uint8_t *)data->train.bytes;
    float *scale = (float *)data->scale, *shift = (float *)data->shift;
    for (int64_t j = 0; j < data->inputs; j++) {
        bool empty = dy_rng_below(&rng, 20) > 0;
        for (int64_t i = 0; i < data->train.rows; i++)
            bytes[i * data->inputs + j] = empty ? 0 : (uint8_t)dy_rng_below(&rng, 256);
        scale[j] = dy_rng_below(&rng, 5) == 0 ? 0.0f : (float)dy_rng_uniform(&rng) - 0.5f;
        shift[j] = shifts && dy_rng_below(&rng, 10) == 0 ? 0.25f : 0.0f;
    }
}

/* Each float of the batch is the one computed directly; each group left out is 0 in all rows. */
static void check_batch(const dy_dataset *data, const dy_batch *batch, const int64_t *rows)
{
    for (int64_t r = 0; r < batch->rows; r++) {
        const float *at = batch->x + r * batch->stride;
        int64_t next = 0;
        for (int64_t j = 0; j < (data->inputs + 7) / 8 * 8; j++) {
            float want = 0.0f;
            if (j < data->inputs)
                want = (float)data->train.bytes[rows[r] * data->inputs + j] * data->scale[j] +
                       data->shift[j];
            bool active = next < batch->n_groups && batch->groups[next] == j / 8;
            float have = active ? at[8 * next + j % 8] : 0.0f;
            cr_assert_eq(have, want, "row %d, input %d", (int)r, (int)j);
            if (active && j % 8 == 7) next++;
        }
        cr_assert_eq(next, batch->n_groups, "groups are not in rising order");
    }
}

/* A group is there only if one of its lanes is not 0 or has a shift. */
static void check_needed(const dy_dataset *data, const dy_batch *batch)
{
    for (int64_t g = 0; g < batch->n_groups; g++) {
        bool needed = false;
        for (int64_t j = 8L * batch->groups[g]; j < 8L * batch->groups[g] + 8; j++) {
            if (j >= data->inputs) break;
            needed = needed || data->shift[j] != 0.0f;
            for (int64_t r = 0; r < batch->rows; r++)
                needed = needed || batch->x[r * batch->stride + 8 * g + j % 8] != 0.0f;
        }
        cr_assert(needed, "group %d is 0 in all rows", batch->groups[g]);
    }
}

Test(gather, compacted_equals_dense)
{
    int64_t left_out = 0;
    for (int64_t inputs = 1; inputs <= MOST; inputs++) {
        dy_error err;
        dy_dataset data = help_bytes_set(ROWS, inputs, 1, 0);
        roughen(&data, inputs % 2 == 0, (uint64_t)inputs);
        dy_arena arena = dy_arena_make(0);
        dy_batches *batches;
        int64_t size = 1 + inputs % 9;
        cr_assert(dy_batches_open(&batches, &arena, &data, &data.train, size, false, 1, &err));
        for (int64_t from = 0; from < ROWS; from += size) {
            int64_t rows[16];
            dy_batch batch = dy_batches_rows(batches, from);
            for (int64_t r = 0; r < batch.rows; r++) rows[r] = from + r;
            check_batch(&data, &batch, rows);
            check_needed(&data, &batch);
            left_out += (inputs + 7) / 8 - batch.n_groups;
        }
        dy_arena_close(&arena);
        dy_dataset_close(&data);
    }
    cr_assert_gt(left_out, 100, "nothing was left out: this tests nothing");
}

Test(gather, all_zero_is_no_group)
{
    dy_error err;
    dy_dataset data = help_bytes_set(4, 20, 1, 0);
    memset((uint8_t *)data.train.bytes, 0, 4 * 20);
    dy_arena arena = dy_arena_make(0);
    dy_batches *batches;
    cr_assert(dy_batches_open(&batches, &arena, &data, &data.train, 4, false, 1, &err));
    cr_assert_eq(dy_batches_at(batches, 0).n_groups, 0);
    dy_arena_close(&arena);
    dy_dataset_close(&data);
}

Test(gather, floats_have_all_groups)
{
    for (int64_t inputs = 1; inputs <= 20; inputs++) {
        dy_error err;
        float floats[4 * 20];
        for (int i = 0; i < 80; i++) floats[i] = (float)(i % 3) - 1.0f;
        dy_dataset data = help_bytes_set(4, inputs, 2, 0.5f);
        data.train.bytes = NULL;
        data.train.floats = floats;
        dy_arena arena = dy_arena_make(0);
        dy_batches *batches;
        cr_assert(dy_batches_open(&batches, &arena, &data, &data.train, 4, false, 1, &err));
        dy_batch batch = dy_batches_rows(batches, 0);
        cr_assert_eq(batch.n_groups, (inputs + 7) / 8);
        for (int64_t r = 0; r < 4; r++)
            for (int64_t j = 0; j < 8 * batch.n_groups; j++) {
                float want = j < inputs ? floats[r * inputs + j] * 2 + 0.5f : 0.0f;
                cr_assert_eq(batch.x[r * batch.stride + j], want);
                cr_assert_eq(batch.groups[j / 8], j / 8);
            }
        dy_arena_close(&arena);
        dy_dataset_close(&data);
    }
}
