/* Mean 0, deviation 1; constant columns 0.   SPDX-License-Identifier: MIT */
#include "data/dataset.h"
#include "help.h"

#include <criterion/criterion.h>
#include <math.h>

enum { ROWS = 5, INPUTS = 4 };

/* The last column is constant. */
static const uint8_t BYTES[ROWS * INPUTS] = { 0,   255, 3,  9, 10, 255, 4,  9, 20, 0,
                                              255, 9,   30, 0, 4,  9,   40, 7, 3,  9 };

static dy_dataset make_set(bool bytes, const float *floats)
{
    dy_dataset data = help_bytes_set(ROWS, INPUTS, 1.0f / 255.0f, 0);
    data.train.bytes = bytes ? BYTES : NULL;
    data.train.floats = bytes ? NULL : floats;
    return data;
}

static void check_columns(const dy_dataset *data)
{
    for (int j = 0; j < INPUTS; j++) {
        double sum = 0, squares = 0;
        for (int i = 0; i < ROWS; i++) {
            double raw = data->train.bytes ? data->train.bytes[i * INPUTS + j]
                                           : (double)data->train.floats[i * INPUTS + j];
            double x = raw * (double)data->scale[j] + (double)data->shift[j];
            sum += x;
            squares += x * x;
        }
        cr_assert(fabs(sum) < 1e-5, "column %d: sum %g", j, sum);
        double want = j == INPUTS - 1 ? 0.0 : ROWS;
        cr_assert(fabs(squares - want) < 1e-4, "column %d: squares %g", j, squares);
    }
}

Test(standardise, bytes_and_floats_alike)
{
    float floats[ROWS * INPUTS];
    for (int i = 0; i < ROWS * INPUTS; i++) floats[i] = (float)BYTES[i] - 100.0f;
    for (int bytes = 0; bytes < 2; bytes++) {
        dy_error err;
        dy_dataset data = make_set(bytes, floats), made;
        cr_assert(dy_dataset_standardise(&made, &data, &err), "%s", err.text);
        check_columns(&made);
        cr_assert_eq(made.scale[INPUTS - 1], 0.0f);
        cr_assert_eq(made.shift[INPUTS - 1], 0.0f);
        dy_dataset_close(&made);
        dy_dataset_close(&data);
    }
}

Test(standardise, a_constant_that_rounds_is_constant)
{
    float floats[ROWS * INPUTS];
    for (int i = 0; i < ROWS * INPUTS; i++) floats[i] = i % INPUTS == 3 ? 0.1f : (float)(i * i);
    dy_error err;
    dy_dataset data = make_set(false, floats), made;
    cr_assert(dy_dataset_standardise(&made, &data, &err), "%s", err.text);
    cr_assert_eq(made.scale[3], 0.0f);
    cr_assert_eq(made.shift[3], 0.0f);
    dy_dataset_close(&made);
    dy_dataset_close(&data);
}

Test(standardise, a_turned_column_stays_turned)
{
    dy_error err;
    dy_dataset data = help_bytes_set(ROWS, INPUTS, -2, 5), made;
    data.train.bytes = BYTES;
    cr_assert(dy_dataset_standardise(&made, &data, &err), "%s", err.text);
    check_columns(&made);
    cr_assert_lt(made.scale[0], 0.0f);
    dy_dataset_close(&made);
    dy_dataset_close(&data);
}

Test(standardise, memory_may_be_short_at_any_take)
{
    float floats[ROWS * INPUTS];
    for (int i = 0; i < ROWS * INPUTS; i++) floats[i] = (float)i;
    for (int bytes = 0; bytes < 2; bytes++) {
        dy_dataset data = make_set(bytes, floats), made;
        for (int64_t n = 1;; n++) {
            dy_error err = { "" };
            dy_arena_fail_at(n, false);
            bool ok = dy_dataset_standardise(&made, &data, &err);
            dy_arena_fail_at(0, false);
            cr_assert(n < 50);
            if (ok) {
                cr_assert_geq(n, 6);
                break;
            }
            help_says(&err, "out of memory");
        }
        dy_dataset_close(&made);
        dy_dataset_close(&data);
    }
}
