/* Rows move and vanish as asked, each once, by the seed alone.   SPDX-License-Identifier: MIT */
#include "data/dataset.h"
#include "help.h"

#include <criterion/criterion.h>
#include <string.h>

enum { ROWS = 50, INPUTS = 3 };

/* Row i of help_bytes_set begins with the byte 21 i + 3: which row of ROWS is this? */
static int64_t row_of(const uint8_t *bytes)
{
    for (int64_t i = 0; i < ROWS; i++)
        if ((uint8_t)(21 * i + 3) == bytes[0]) return i;
    return -1;
}

/* Each row of the set is in a or b, once; its label still is its own. */
static void check_once(const dy_split *a, const dy_split *b)
{
    int seen[ROWS] = { 0 };
    const dy_split *both[] = { a, b };
    for (int s = 0; s < 2; s++)
        for (int64_t i = 0; i < both[s]->rows; i++) {
            int64_t row = row_of(both[s]->bytes + i * INPUTS);
            cr_assert_geq(row, 0);
            seen[row]++;
            cr_assert_eq(both[s]->labels[i], row % 3);
        }
    for (int i = 0; i < ROWS; i++) cr_assert_eq(seen[i], 1, "row %d: %d", i, seen[i]);
}

Test(transform, shuffle_keeps_rows_and_follows_the_seed)
{
    dy_error err;
    dy_dataset data = help_bytes_set(ROWS, INPUTS, 1, 0), a, b, c;
    cr_assert(dy_dataset_shuffle(&a, &data, 5, &err), "%s", err.text);
    cr_assert(dy_dataset_shuffle(&b, &data, 5, &err), "%s", err.text);
    cr_assert(dy_dataset_shuffle(&c, &data, 6, &err), "%s", err.text);
    check_once(&a.train, &a.test);
    size_t n = ROWS * INPUTS;
    cr_assert_eq(memcmp(a.train.bytes, b.train.bytes, n), 0);
    cr_assert_neq(memcmp(a.train.bytes, c.train.bytes, n), 0);
    cr_assert_neq(memcmp(a.train.bytes, data.train.bytes, n), 0);
    dy_dataset_close(&a), dy_dataset_close(&b), dy_dataset_close(&c), dy_dataset_close(&data);
}

Test(transform, split_moves_a_fraction)
{
    static const struct {
        double fraction;
        int64_t test;
    } cases[] = { { 0.2, 10 }, { 0.5, 25 }, { 0.001, 1 }, { 0.999, ROWS - 1 } };

    dy_error err;
    dy_dataset data = help_bytes_set(ROWS, INPUTS, 1, 0), made;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_assert(dy_dataset_split(&made, &data, cases[i].fraction, 1, &err), "%s", err.text);
        cr_assert_eq(made.test.rows, cases[i].test);
        check_once(&made.train, &made.test);
        dy_dataset_close(&made);
    }
    dy_dataset_close(&data);
}

Test(transform, split_refuses)
{
    dy_error err;
    dy_dataset data = help_bytes_set(ROWS, INPUTS, 1, 0), made;
    cr_assert_not(dy_dataset_split(&made, &data, 0.0, 1, &err));
    help_says(&err, "a fraction of 0 for testing; want 0 < fraction < 1");
    cr_assert_not(dy_dataset_split(&made, &data, 1.0, 1, &err));
    data.test = data.train;
    cr_assert_not(dy_dataset_split(&made, &data, 0.5, 1, &err));
    help_says(&err, "50 test rows already");
    help_says(&err, "subset");
    data.test.rows = 0;
    data.train.rows = 1;
    cr_assert_not(dy_dataset_split(&made, &data, 0.5, 1, &err));
    help_says(&err, "1 row cannot be split");
    dy_dataset_close(&data);
}

Test(transform, subset_takes_the_first)
{
    dy_error err;
    dy_dataset data = help_bytes_set(ROWS, INPUTS, 1, 0), made;
    data.test = data.train;
    cr_assert(dy_dataset_subset(&made, &data, 7, 0, &err));
    cr_assert_eq(made.train.rows, 7);
    cr_assert_eq(made.test.rows, 0);
    cr_assert_eq(made.train.bytes, data.train.bytes);
    dy_dataset_close(&made);
    cr_assert_not(dy_dataset_subset(&made, &data, ROWS + 1, 0, &err));
    help_says(&err, "51 training rows wanted; want 1 to 50");
    cr_assert_not(dy_dataset_subset(&made, &data, 0, 0, &err));
    cr_assert_not(dy_dataset_subset(&made, &data, 1, ROWS + 1, &err));
    help_says(&err, "51 test rows wanted; want 0 to 50");
    dy_dataset_close(&data);
}

Test(transform, memory_may_be_short_at_any_take)
{
    dy_dataset data = help_bytes_set(ROWS, INPUTS, 1, 0), made;
    for (int which = 0; which < 2; which++)
        for (int64_t n = 1;; n++) {
            dy_error err = { "" };
            dy_arena_fail_at(n, false);
            bool ok = which ? dy_dataset_shuffle(&made, &data, 1, &err)
                            : dy_dataset_split(&made, &data, 0.5, 1, &err);
            dy_arena_fail_at(0, false);
            cr_assert(n < 50);
            if (ok) {
                cr_assert_gt(n, 2);
                dy_dataset_close(&made);
                break;
            }
            help_says(&err, "out of memory");
        }
    dy_dataset_close(&data);
}
