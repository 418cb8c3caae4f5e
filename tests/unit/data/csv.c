/* Tables as text: what is read, and each thing that is refused, with its line.   SPDX-License-Identifier: MIT */
#include "data/files.h"
#include "help.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(csv, .init = help_make_folder, .fini = help_remove_folder);

static bool read_text(dy_dataset *data, const char *text, dy_csv_spec spec, dy_error *err)
{
    spec.file = help_write_text("table.csv", text);
    return dy_csv_read(data, &spec, 1 << 20, err);
}

typedef struct good {
    const char *text, *target;
    int64_t rows, inputs, classes;
    float first[2]; /* the first two inputs of row 1 */
    int32_t labels[3];
} good;

static const good GOOD[] = {
    { "1,2,0\n3,4,1\n5,6,2\n", NULL, 3, 2, 3, { 1, 2 }, { 0, 1, 2 } },
    { "a,b,c\n1,2,0\n3,4,1\n", NULL, 2, 2, 2, { 1, 2 }, { 0, 1 } },
    { "a,b,c\r\n1,2,7\r\n\r\n3,4,-1\r\n", NULL, 2, 2, 2, { 1, 2 }, { 1, 0 } },
    { "\xef\xbb\xbf"
      "1,2,red\n3,4,blue\n5,6,red",
      NULL,
      3,
      2,
      2,
      { 1, 2 },
      { 1, 0, 1 } },
    { "kind,x\n10,1.5\n9,-2e-1\n10,3\n", "kind", 3, 1, 2, { 1.5f, -0.2f }, { 1, 0, 1 } },
    { "b,1.5\na,-0.2\nb,3\n", "1", 3, 1, 2, { 1.5f, -0.2f }, { 1, 0, 1 } },
    { "\"x, \"\"y\"\"\",z\n\" 1\",\"a,\nb\"\n2,c\n", NULL, 2, 1, 2, { 1, 2 }, { 0, 1 } },
    { "1,10\n2,9\n3,100\n", NULL, 3, 1, 3, { 1, 2 }, { 1, 0, 2 } },
    { "1,10\n2,9\n3,x\n", NULL, 3, 1, 3, { 1, 2 }, { 0, 1, 2 } },
};

Test(csv, tables_that_are_read)
{
    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++) {
        dy_error err;
        dy_dataset data;
        const good *g = &GOOD[i];
        cr_assert(read_text(&data, g->text, (dy_csv_spec){ .target = g->target }, &err),
                  "case %zu: %s", i, err.text);
        cr_assert_str_eq(data.name, "table");
        cr_assert_eq(data.train.rows, g->rows, "case %zu", i);
        cr_assert_eq(data.inputs, g->inputs, "case %zu", i);
        cr_assert_eq(data.outputs, g->classes, "case %zu", i);
        cr_assert_eq(memcmp(data.train.floats, g->first, sizeof g->first), 0, "case %zu", i);
        for (int k = 0; k < g->rows; k++)
            cr_assert_eq(data.train.labels[k], g->labels[k], "case %zu, row %d", i, k);
        dy_dataset_close(&data);
    }
}

Test(csv, regression)
{
    dy_error err;
    dy_dataset data;
    cr_assert(read_text(&data, "y,x\n0.5,1\n-2,3\n",
                        (dy_csv_spec){ .target = "y", .regress = true }, &err),
              "%s", err.text);
    cr_assert_eq(data.task, DY_REGRESS);
    cr_assert_eq(data.outputs, 1);
    cr_assert_eq(data.train.targets[0], 0.5f);
    cr_assert_eq(data.train.targets[1], -2.0f);
    cr_assert_eq(data.train.floats[1], 3.0f);
    dy_dataset_close(&data);
}

Test(csv, some_rows_are_held_out)
{
    dy_error err;
    dy_dataset a, b, c;
    help_buffer text = { .n = 0 };
    for (int i = 0; i < 100; i++) {
        char line[32];
        help_put(&text, line, snprintf(line, sizeof line, "%d,%d\n", i, i % 2));
    }
    help_put(&text, "", 1);
    const char *all = (const char *)text.at;
    cr_assert(read_text(&a, all, (dy_csv_spec){ .test = 0.2, .seed = 1 }, &err));
    cr_assert(read_text(&b, all, (dy_csv_spec){ .test = 0.2, .seed = 1 }, &err));
    cr_assert(read_text(&c, all, (dy_csv_spec){ .test = 0.2, .seed = 2 }, &err));
    cr_assert_eq(a.train.rows, 80);
    cr_assert_eq(a.test.rows, 20);
    cr_assert_eq(memcmp(a.test.floats, b.test.floats, 20 * sizeof(float)), 0);
    cr_assert_neq(memcmp(a.test.floats, c.test.floats, 20 * sizeof(float)), 0);
    bool seen[100] = { false };
    for (int i = 0; i < 100; i++) {
        float x = i < 80 ? a.train.floats[i] : a.test.floats[i - 80];
        int32_t label = i < 80 ? a.train.labels[i] : a.test.labels[i - 80];
        cr_assert_not(seen[(int)x]);
        seen[(int)x] = true;
        cr_assert_eq(label, (int)x % 2);
    }
    dy_dataset_close(&a), dy_dataset_close(&b), dy_dataset_close(&c);
}

typedef struct bad {
    const char *text;
    dy_csv_spec spec;
    const char *says;
} bad;

static const bad BAD[] = {
    { "1,2,0\n3,4,1\n5,6\n", { 0 }, "table.csv:3: 2 columns; the first row has 3" },
    { "1,2,0\n3,4,1,9\n", { 0 }, "table.csv:2: 4 columns; the first row has 3" },
    { "a,b\n\"1\n2\",0\n3\n", { 0 }, "table.csv:4: 1 column; the first row has 2" },
    { "a,b\n1,0\nx,1\n", { 0 }, "table.csv:3: column 1: 'x' is no number" },
    { "a,b\n1,0\n,1\n", { 0 }, "table.csv:3: column 1: '' is no number" },
    { "a,b\n1,0\n0x10,1\n", { 0 }, "table.csv:3: column 1: '0x10' is no number" },
    { "a,b\n1,0\n1 2,1\n", { 0 }, "table.csv:3: column 1: '1 2' is no number" },
    { "a,b\nnan,0\n1,1\n", { 0 }, "table.csv:2: column 1: 'nan' is not finite" },
    { "a,b\n1e39,0\n1,1\n",
      { 0 },
      "table.csv:2: column 1: '1e39' is not finite, or too large" },
    { "a,b\n1,z\n", { .regress = true }, "table.csv:2: column 2: 'z' is no number" },
    { "a,b\n1,0.5\n2,1\n", { 0 }, "table.csv:2: column 2: '0.5' is no class" },
    { "", { 0 }, "table.csv: has no rows" },
    { "\n\n\r\n", { 0 }, "table.csv: has no rows" },
    { "a,b\n", { 0 }, "table.csv: has no rows below its header" },
    { "1\n2\n", { 0 }, "table.csv: has 1 column; want at least one input" },
    { "1,0\n2,0\n", { 0 }, "table.csv: 1 classes; want 2 to" },
    { "a,b\n1,\"0\n2,1\n", { 0 }, "table.csv:2: column 2: its quote is not closed" },
    { "a,b\n1,\"0\"x\n", { 0 }, "table.csv:2: column 2: text behind its closing quote" },
    { "a,b\n1,0\n",
      { .target = "c" },
      "has no column 'c'; want a name in its first line, or a number from 1 to 2" },
    { "1,0\n", { .target = "3" }, "has no column '3'; want a number from 1 to 2" },
    { "1,0\n", { .target = "99999999999999999999" }, "has no column '99999999999999999999'" },
    { "1,0\n2,1\n",
      { .test = 1.0 },
      "table.csv: a fraction of 1 held out; want 0 <= fraction < 1" },
    { "1,0\n2,1\n", { .test = -0.5 }, "a fraction of -0.5 held out" },
    { "1,0\n", { .test = 0.5, .regress = true }, "1 row cannot be split; want at least 2" },
};

Test(csv, tables_that_are_refused)
{
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        dy_error err = { "" };
        dy_dataset data;
        cr_assert_not(read_text(&data, BAD[i].text, BAD[i].spec, &err), "case %zu", i);
        help_says(&err, BAD[i].says);
    }
}

static void read_table(const char *file)
{
    dy_error err;
    dy_dataset data;
    dy_csv_spec spec = { .file = file, .target = "k", .test = 0.3 };
    if (dy_csv_read(&data, &spec, 1 << 20, &err)) dy_dataset_close(&data);
}

Test(csv, no_change_of_a_file_does_harm, .timeout = 120)
{
    static const char text[] =
        "x,\"y \"\"\",k\r\n1,2.5e-3,\"a,\nb\"\r\n-4,inf,c\n\n5,6,\"\"\n7,8,c\n";
    help_buffer file = { .n = 0 };
    help_put(&file, text, sizeof text - 1);
    help_mutate(&file, "mutant", read_table);
}

Test(csv, memory_may_be_short_at_any_take)
{
    for (int64_t n = 1;; n++) {
        dy_error err = { "" };
        dy_dataset data;
        dy_arena_fail_at(n, false);
        bool ok = read_text(&data, "1,a\n2,b\n3,a\n", (dy_csv_spec){ .test = 0.3 }, &err);
        dy_arena_fail_at(0, false);
        cr_assert(n < 50);
        if (ok) {
            cr_assert_geq(n, 8);
            dy_dataset_close(&data);
            break;
        }
        help_says(&err, "out of memory");
    }
}
