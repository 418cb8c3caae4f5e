/* What readers share: names, classes, slots.   SPDX-License-Identifier: MIT */
#include "data/build.h"

#include "help.h"

#include <criterion/criterion.h>

Test(build, names_of_files)
{
    static const char *const cases[][2] = {
        { "/some/where/spirals.csv", "spirals" },
        { "x.csv.gz", "x" },
        { "train-images-idx3-ubyte.gz", "train-images-idx3-ubyte" },
        { "no-ending", "no-ending" },
        { "a/.csv", ".csv" },
        { "v1.2/data", "data" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dy_dataset data = { 0 };
        dy_build_name(&data, cases[i][0]);
        cr_assert_str_eq(data.name, cases[i][1]);
    }
}

Test(build, classes_are_counted)
{
    cr_assert_eq(dy_build_classes((const int32_t[]){ 0, 4, 2 }, 3), 5);
    cr_assert_eq(dy_build_classes((const int32_t[]){ 0, 0 }, 2), 2, "one class is no task");
}

Test(build, slots_keep_the_order_on_both_sides)
{
    enum { ROWS = 30 };

    dy_error err;
    int32_t *slot;
    int64_t n_train;
    dy_arena scratch = dy_arena_make(0);
    cr_assert(dy_build_slots(&slot, &n_train, &scratch, ROWS, 0.3, 1, &err), "%s", err.text);
    cr_assert_eq(n_train, 21);
    int32_t train = 0, test = 21;
    for (int i = 0; i < ROWS; i++) cr_assert_eq(slot[i], slot[i] < 21 ? train++ : test++);
    cr_assert_eq(train, 21);
    cr_assert_eq(test, ROWS);
    cr_assert(dy_build_slots(&slot, &n_train, &scratch, ROWS, 0, 1, &err));
    cr_assert_eq(n_train, ROWS);
    for (int i = 0; i < ROWS; i++) cr_assert_eq(slot[i], i);
    cr_assert_not(dy_build_slots(&slot, &n_train, &scratch, INT64_C(1) << 31, 0, 1, &err));
    help_says(&err, "2147483648 rows; at most 2147483647");
    dy_arena_close(&scratch);
}
