/* tensor.c - views, soundness and strides.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/tensor.h"

#include <criterion/criterion.h>
#include <signal.h>

Test(tensor, views)
{
    float at[24];
    for (int i = 0; i < 24; i++) at[i] = (float)i;
    dy_mat m = dy_mat_strided(at, 4, 5, 6);
    dy_mat part = dy_mat_rows(dy_mat_cols(m, 1, 3), 2, 2);
    cr_assert_eq(part.rows, 2);
    cr_assert_eq(part.cols, 3);
    cr_assert_eq(part.at[0], 13); /* row 2, column 1 */
    dy_mat turned = dy_mat_transposed(part);
    cr_assert_eq(turned.rows, 3);
    cr_assert_eq(turned.at[2 * turned.row_stride + 1 * turned.col_stride],
                 21); /* row 3, column 3 */
    cr_assert_eq(dy_mat_make(at, 4, 6).row_stride, 6);
}

Test(tensor, columns_beyond_the_end_are_our_mistake, .signal = SIGABRT)
{
    float at[4] = { 0 };
    dy_mat_cols(dy_mat_make(at, 2, 2), 1, 2);
}

Test(tensor, rows_beyond_the_end_are_our_mistake, .signal = SIGABRT)
{
    float at[4] = { 0 };
    dy_mat_rows(dy_mat_make(at, 2, 2), 3, 0);
}

Test(tensor, soundness)
{
    const struct {
        int64_t rows, cols, row_stride, col_stride;
        bool sound;
    } cases[] = {
        { 2, 3, 3, 1, true },  { 2, 3, 4, 1, true },   { 2, 3, 1, 2, true },
        { 2, 3, 1, 1, false }, { 2, 3, 2, 1, false },  { 2, 3, 0, 1, false },
        { 2, 3, 3, 0, false }, { 2, 3, -3, 1, false }, { 1, 3, 1, 1, true },
        { 3, 1, 1, 1, true },  { 3, 2, 2, 2, false },  { 2, 3, 5, 2, true },
        { 2, 3, 4, 2, false }, { 0, 3, 1, 1, true },
    };

    float at[16] = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dy_mat m = { at, cases[i].rows, cases[i].cols, cases[i].row_stride,
                     cases[i].col_stride };
        cr_expect_eq(dy_mat_sound(m), cases[i].sound, "case %zu", i);
    }
}

Test(tensor, rows_begin_on_cache_lines_and_never_a_kilobyte_apart)
{
    for (int64_t cols = 1; cols < 3000; cols++) {
        int64_t stride = dy_row_stride(cols);
        cr_assert(stride >= cols && stride < cols + 32);
        cr_assert_eq(stride % 16, 0);
        cr_assert_neq(stride % 256, 0);
    }
}

Test(tensor, take_fails_without_memory)
{
    dy_arena arena = dy_arena_make(1000);
    dy_mat m = { 0 };
    dy_error err = { "" };
    cr_assert_not(dy_mat_take(&m, &arena, 100, 100, &err));
    cr_assert_neq(err.text[0], '\0');
    cr_assert_null(m.at);
    cr_assert(dy_mat_take(&m, &arena, 3, 5, &err));
    cr_assert_eq(m.rows * m.cols, 15);
    dy_arena_close(&arena);
}
