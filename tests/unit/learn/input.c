/* input.c - which columns of a batch are left, and the walk over rows of weights.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/input.h"

#include "help.h"

#include <criterion/criterion.h>
#include <string.h>

typedef struct fixture {
    dy_dataset data;
    dy_arena arena;
    dy_batches *batches;
    dy_batch batch;
    dy_input input;
} fixture;

static void open_fixture(fixture *f, const toy *t, int64_t rows, int64_t outputs)
{
    dy_error err;
    f->data = toy_data(t);
    f->arena = dy_arena_make(0);
    must(dy_batches_open(&f->batches, &f->arena, &f->data, &f->data.train, rows, true, 1, &err),
         &err);
    must(dy_input_open(&f->input, &f->arena, t->inputs, outputs, &err), &err);
    f->batch = dy_batches_rows(f->batches, 0);
    dy_input_set(&f->input, &f->batch);
}

static void close_fixture(fixture *f)
{
    dy_arena_close(&f->arena);
    dy_dataset_close(&f->data);
}

static float input_of(const fixture *f, int64_t row, int64_t j)
{
    const dy_split *train = &f->data.train;
    int64_t at = row * f->data.inputs + j;
    float x = train->bytes ? (float)train->bytes[at] : train->floats[at];
    return x * f->data.scale[j] + f->data.shift[j];
}

/* What is there is right, what is not there is zero in every row, and the last column is 1. */
static void check_columns(const fixture *f)
{
    const dy_input *in = &f->input;
    int64_t n = in->n_active;
    cr_assert_eq(in->x.cols, n + 1);
    for (int64_t r = 0; r < f->batch.rows; r++) {
        const float *x = in->x.at + r * in->x.row_stride;
        for (int64_t j = 0, k = 0; j < in->inputs; j++) {
            bool there = k < n && in->active[k] == j;
            cr_assert_eq(there ? x[k] : 0, input_of(f, r, j), "row %lld input %lld",
                         (long long)r, (long long)j);
            k += there;
        }
        cr_assert_eq(x[n], 1);
    }
}

/* Every row of the weights once, in order, and active rows are those of the list and the bias. */
static void check_walk(const dy_input *in)
{
    dy_walk walk = dy_walk_make(in);
    dy_rows rows;
    int64_t next = 0, passed = 0;
    while (dy_walk_next(&walk, &rows)) {
        cr_assert_eq(rows.from, next);
        cr_assert_gt(rows.n, 0);
        if (rows.active) cr_assert_eq(rows.at, passed);
        for (int64_t j = next; j < next + rows.n; j++) {
            bool there = j == in->inputs || (passed < in->n_active && in->active[passed] == j);
            cr_assert_eq(there, rows.active);
            passed += there;
        }
        next += rows.n;
    }
    cr_assert_eq(next, in->inputs + 1);
    cr_assert_eq(passed, in->n_active + 1);
}

Test(input, columns_and_rows_over_many_shapes)
{
    const int64_t inputs[] = { 1, 2, 7, 8, 9, 16, 23, 40, 64, 67 };
    const int64_t rows[] = { 1, 2, 3, 30 };
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
            for (int kind = 0; kind < 4; kind++) {
                fixture f;
                toy t = { .rows = 30, .inputs = inputs[i], .outputs = 2, .bytes = kind & 1 };
                open_fixture(&f, &t, rows[r], kind & 2 ? 1 : 500);
                check_columns(&f);
                check_walk(&f.input);
                close_fixture(&f);
            }
}

Test(input, dark_columns_go_where_that_pays)
{
    fixture f;
    toy t = { .rows = 30, .inputs = 64, .outputs = 2, .bytes = true };
    open_fixture(&f, &t, 30, 500); /* every third column is dark: 22 of 64 */
    cr_expect_eq(f.input.n_active, 42);
    cr_expect_not(dy_input_whole(&f.input));
    close_fixture(&f);
    open_fixture(&f, &t, 30, 1); /* one output: moving columns costs more than it saves */
    cr_expect_eq(f.input.n_active, 64);
    cr_expect(dy_input_whole(&f.input));
    close_fixture(&f);
}

/* A batch of one dark row: only the bias is left. */
Test(input, nothing_but_the_bias)
{
    fixture f;
    toy t = { .rows = 1, .inputs = 1, .outputs = 2, .bytes = true };
    open_fixture(&f, &t, 1, 500);
    cr_expect_eq(f.input.n_active, 0);
    check_columns(&f);
    check_walk(&f.input);
    close_fixture(&f);
}

Test(input, opening_fails_without_memory)
{
    for (int64_t n = 1; n <= 2; n++) {
        dy_arena arena = dy_arena_make(0);
        dy_input input;
        dy_error err = { "" };
        dy_arena_fail_at(n, false);
        cr_expect_not(dy_input_open(&input, &arena, 10, 10, &err));
        cr_expect_neq(err.text[0], '\0');
        dy_arena_fail_at(0, false);
        dy_arena_close(&arena);
    }
}
