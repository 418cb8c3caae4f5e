/* Shapes and values that do not fit are refused, by name and place.   SPDX-License-Identifier: MIT */
#include "data/dataset.h"

#include "help.h"

#include <criterion/criterion.h>
#include <math.h>

Test(dataset, a_sound_one_passes)
{
    dy_error err;
    dy_dataset data = help_bytes_set(6, 4, 1, 0);
    cr_assert(dy_dataset_check(&data, &err), "%s", err.text);
    dy_dataset_close(&data);
    cr_assert_eq(data.train.rows, 0);
    cr_assert_null(data.arena.blocks);
}

typedef struct broken {
    void (*how)(dy_dataset *data);
    const char *says;
} broken;

static float floats[24];
static float targets[6];
static int32_t labels[6];

static void no_inputs(dy_dataset *d)
{
    d->inputs = 0;
}

static void one_class(dy_dataset *d)
{
    d->outputs = 1;
}

static void wrong_image(dy_dataset *d)
{
    d->image_rows = 2, d->image_cols = 3;
}

static void no_rows(dy_dataset *d)
{
    d->train.rows = 0;
}

static void many_rows(dy_dataset *d)
{
    d->train.rows = INT64_C(1) << 31;
}

static void both_inputs(dy_dataset *d)
{
    d->train.floats = floats;
}

static void neither(dy_dataset *d)
{
    d->train.bytes = NULL;
}

static void no_labels(dy_dataset *d)
{
    d->train.labels = NULL;
}

static void both_answers(dy_dataset *d)
{
    d->train.targets = targets;
}

static void no_scale(dy_dataset *d)
{
    d->scale = NULL;
}

static void high_label(dy_dataset *d)
{
    labels[4] = 3;
    d->train.labels = labels;
}

static void low_label(dy_dataset *d)
{
    labels[1] = -1;
    d->train.labels = labels;
}

static void infinite(dy_dataset *d)
{
    floats[9] = INFINITY;
    d->train.bytes = NULL;
    d->train.floats = floats;
}

static void nan_target(dy_dataset *d)
{
    targets[5] = NAN;
    d->task = DY_REGRESS;
    d->outputs = 1;
    d->train.labels = NULL;
    d->train.targets = targets;
}

static void test_label(dy_dataset *d)
{
    labels[0] = 9;
    d->test = d->train;
    d->test.labels = labels;
}

static void nan_scale(dy_dataset *d)
{
    static const float scale[4] = { 1, 1, NAN, 1 };
    d->scale = scale;
}

static const broken BROKEN[] = {
    { no_inputs, "0 inputs; want 1 to" },
    { one_class, "1 classes; want 2 to" },
    { wrong_image, "images of 2 x 3, but 4 inputs" },
    { no_rows, "no training rows" },
    { many_rows, "2147483648 rows; at most 2147483647" },
    { both_inputs, "training data: both bytes and floats; want bytes or floats" },
    { neither, "training data: no inputs; want bytes or floats" },
    { no_labels, "training data: want labels, and no targets" },
    { both_answers, "training data: want labels, and no targets" },
    { no_scale, "no scale or no shift" },
    { high_label, "training data: row 5: label 3; want 0 to 2" },
    { low_label, "training data: row 2: label -1; want 0 to 2" },
    { infinite, "training data: row 3, column 2: inf; want a finite number" },
    { nan_target, "training data: row 6, target 1: nan; want a finite number" },
    { test_label, "test data: row 1: label 9; want 0 to 2" },
    { nan_scale, "column 3: scale nan, shift 0; want finite numbers" },
};

Test(dataset, broken_ones_are_refused)
{
    for (size_t i = 0; i < sizeof BROKEN / sizeof BROKEN[0]; i++) {
        dy_error err = { "" };
        dy_dataset data = help_bytes_set(6, 4, 1, 0);
        for (int k = 0; k < 6; k++) labels[k] = 0, targets[k] = 0;
        BROKEN[i].how(&data);
        cr_assert_not(dy_dataset_check(&data, &err), "case %zu", i);
        help_says(&err, BROKEN[i].says);
        dy_dataset_close(&data);
    }
}
