/* Archives of arrays, and arrays in files of their own.   SPDX-License-Identifier: MIT */
#include "data/files.h"
#include "help.h"

#include <criterion/criterion.h>
#include <string.h>

enum { ENTRIES = 5 };

static const char *const NAMES[ENTRIES] = { "x.npy", "y.npy", "x_test.npy", "y_test.npy",
                                            "t.npy" };
static const dy_npz_spec ALL = { .x = "x", .y = "y", .x_test = "x_test", .y_test = "y_test" };
static help_buffer contents[ENTRIES];

static void prepare(void)
{
    static const float x[8] = { 1, 2, 3, 4, 5, 6, 7, 8 }, targets[8] = { 0.5, 1.5, 2.5, 3.5 };
    static const int64_t labels[4] = { 0, 1, 2, 1 };
    help_make_folder();
    contents[0] = help_npy("<f4", "False", "(4, 2)", x, 32);
    contents[1] = help_npy("<i8", "False", "(4,)", labels, 32);
    contents[2] = help_npy("<f4", "False", "(2, 2)", x, 16);
    contents[3] = help_npy("<i8", "False", "(2,)", labels, 16);
    contents[4] = help_npy("<f4", "False", "(4, 1)", targets, 16);
}

TestSuite(npz, .init = prepare, .fini = help_remove_folder);

static bool read_archive(dy_dataset *data, const help_buffer *archive, dy_npz_spec spec,
                         dy_error *err)
{
    spec.file = help_write("digits.npz", archive->at, archive->n);
    return dy_npz_read(data, &spec, 1 << 20, err);
}

Test(npz, stored_and_deflated)
{
    for (int deflated = 0; deflated < 2; deflated++) {
        dy_error err;
        dy_dataset data;
        help_buffer archive = help_zip(NAMES, contents, ENTRIES, deflated);
        cr_assert(read_archive(&data, &archive, ALL, &err), "%s", err.text);
        cr_assert_str_eq(data.name, "digits");
        cr_assert_eq(data.inputs, 2);
        cr_assert_eq(data.outputs, 3);
        cr_assert_eq(data.train.rows, 4);
        cr_assert_eq(data.test.rows, 2);
        cr_assert_eq(data.train.floats[7], 8.0f);
        cr_assert_eq(data.train.labels[2], 2);
        cr_assert_eq(data.test.labels[1], 1);
        cr_assert_eq(data.scale[0], 1.0f);
        dy_dataset_close(&data);
    }
}

Test(npz, files_of_their_own)
{
    dy_error err;
    dy_dataset data;
    help_buffer images = help_npy("|u1", "False", "(2, 2, 3)", "abcdefghijkl", 12);
    dy_npz_spec spec = { .x = help_write("im.npy", images.at, images.n),
                         .y = help_write("la.npy", contents[3].at, contents[3].n) };
    cr_assert(dy_npz_read(&data, &spec, 0, &err), "%s", err.text);
    cr_assert_str_eq(data.name, "im");
    cr_assert_eq(data.inputs, 6);
    cr_assert_eq(data.image_rows, 2);
    cr_assert_eq(data.image_cols, 3);
    cr_assert_eq(data.train.bytes[11], 'l');
    cr_assert_eq(data.scale[0], 1.0f / 255.0f);
    dy_dataset_close(&data);
    spec.y = help_path("none.npy");
    cr_assert_not(dy_npz_read(&data, &spec, 0, &err));
    help_says(&err, "none.npy: No such file");
}

Test(npz, floats_are_targets)
{
    dy_error err;
    dy_dataset data;
    help_buffer archive = help_zip(NAMES, contents, ENTRIES, true);
    cr_assert(read_archive(&data, &archive, (dy_npz_spec){ .x = "x", .y = "t" }, &err));
    cr_assert_eq(data.task, DY_REGRESS);
    cr_assert_eq(data.outputs, 1);
    cr_assert_eq(data.train.targets[3], 3.5f);
    dy_dataset_close(&data);
}

Test(npz, arrays_that_do_not_fit)
{
    static const struct {
        dy_npz_spec spec;
        const char *says;
    } cases[] = {
        { { .x = "x_trian", .y = "y" },
          "has no array 'x_trian'; it has x, y, x_test, y_test, t" },
        { { .x = "x", .y = "y_test" }, "y_test: 2 rows of answers for 4 rows of inputs" },
        { { .x = "y", .y = "y" }, "y: inputs of rank 1; want [rows x ...]" },
        { { .x = "x", .y = "y", .x_test = "x_test" }, "x_test without y_test" },
        { { .x = "x", .y = "y", .x_test = "t", .y_test = "y" }, "test inputs are 1 numbers" },
        { { .x = "x", .y = "y", .x_test = "x", .y_test = "t" }, "test answers are of another" },
    };

    help_buffer archive = help_zip(NAMES, contents, ENTRIES, true);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dy_error err = { "" };
        dy_dataset data;
        cr_assert_not(read_archive(&data, &archive, cases[i].spec, &err), "case %zu", i);
        help_says(&err, cases[i].says);
    }
}

Test(npz, values_that_do_not_fit)
{
    static const int64_t low[4] = { 0, -1, 1, 0 }, high[4] = { 0, 1, INT64_MAX, 0 };
    static const uint32_t infinite[8] = { 0, 0, 0, 0x7f800000 };

    const struct {
        int entry;
        help_buffer content;
        const char *says;
    } cases[] = {
        { 1, help_npy("<i8", "False", "(4,)", low, 32),
          "row 2: label -1; want a class, from 0" },
        { 1, help_npy("<i8", "False", "(4,)", high, 32),
          "row 3: label 9.22337e+18; want a class" },
        { 1, help_npy("<i8", "False", "(4, 2)", (uint8_t[64]){ 0 }, 64), "this has 2 a row" },
        { 0, help_npy("<f4", "False", "(4, 2)", infinite, 32),
          "digits.npz: training data: row 2, column 2: inf" },
        { 0, help_npy("<i4", "False", "(4, 2)", infinite, 32),
          "inputs are integers of 4 bytes" },
        { 0, help_npy("<f4", "True", "(4, 2)", infinite, 32), "array 'x': in Fortran order" },
        { 3, help_npy("<i8", "False", "(2,)", (int64_t[]){ 3, 0 }, 16),
          "test data: row 1: label 3; want 0 to 2" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dy_error err = { "" };
        dy_dataset data;
        help_buffer all[ENTRIES];
        memcpy(all, contents, sizeof all);
        all[cases[i].entry] = cases[i].content;
        help_buffer archive = help_zip(NAMES, all, ENTRIES, false);
        cr_assert_not(read_archive(&data, &archive, ALL, &err), "case %zu", i);
        help_says(&err, cases[i].says);
    }
}

static void read_any(const char *file)
{
    dy_error err;
    dy_dataset data;
    dy_npz_spec spec = { .file = file, .x = "x", .y = "y" };
    if (dy_npz_read(&data, &spec, 1 << 20, &err)) dy_dataset_close(&data);
}

static void read_npy(const char *file)
{
    dy_error err;
    dy_dataset data;
    dy_npz_spec spec = { .x = file, .y = help_path("y") };
    if (dy_npz_read(&data, &spec, 1 << 20, &err)) dy_dataset_close(&data);
}

Test(npz, no_change_of_a_file_does_harm, .timeout = 240)
{
    help_buffer stored = help_zip(NAMES, contents, 2, false);
    help_buffer deflated = help_zip(NAMES, contents, 2, true);
    help_mutate(&stored, "mutant", read_any);
    help_mutate(&deflated, "mutant", read_any);
    help_write("y", contents[1].at, contents[1].n);
    help_mutate(&contents[0], "mutant", read_npy);
}

Test(npz, memory_may_be_short_at_any_take)
{
    help_buffer archive = help_zip(NAMES, contents, ENTRIES, true);
    for (int64_t n = 1;; n++) {
        dy_error err = { "" };
        dy_dataset data;
        dy_arena_fail_at(n, false);
        bool ok = read_archive(&data, &archive, ALL, &err);
        dy_arena_fail_at(0, false);
        cr_assert(n < 50);
        if (ok) {
            cr_assert_geq(n, 10);
            dy_dataset_close(&data);
            break;
        }
        help_says(&err, "out of memory");
    }
}
