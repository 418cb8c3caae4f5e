/* dataset.c - what a data set is, and whether one is sound. See dataset.h.   SPDX-License-Identifier: MIT */
#include "data/dataset.h"

#include <math.h>

enum { WIDEST = 1 << 24 };

dy_dataset dy_dataset_make(int64_t limit)
{
    return (dy_dataset){ .arena = dy_arena_make(limit) };
}

void dy_dataset_close(dy_dataset *data)
{
    dy_arena_close(&data->arena);
    *data = dy_dataset_make(data->arena.limit);
}

static bool check_shape(const dy_dataset *data, dy_error *err)
{
    if (data->inputs < 1 || data->inputs > WIDEST)
        return dy_fail(err, "%lld inputs; want 1 to %d", (long long)data->inputs, WIDEST);
    int64_t least = data->task == DY_CLASSIFY ? 2 : 1;
    if (data->outputs < least || data->outputs > WIDEST)
        return dy_fail(err, "%lld %s; want %lld to %d", (long long)data->outputs,
                       data->task == DY_CLASSIFY ? "classes" : "targets", (long long)least,
                       WIDEST);
    bool image = data->image_rows != 0 || data->image_cols != 0;
    if (image &&
        (data->image_rows < 1 || data->image_rows > WIDEST || data->image_cols < 1 ||
         data->image_cols > WIDEST || data->image_rows * data->image_cols != data->inputs))
        return dy_fail(err, "images of %lld x %lld, but %lld inputs",
                       (long long)data->image_rows, (long long)data->image_cols,
                       (long long)data->inputs);
    return true;
}

static bool check_columns(const dy_dataset *data, dy_error *err)
{
    if (!data->scale || !data->shift) return dy_fail(err, "no scale or no shift");
    for (int64_t j = 0; j < data->inputs; j++)
        if (!isfinite(data->scale[j]) || !isfinite(data->shift[j]))
            return dy_fail(err, "column %lld: scale %g, shift %g; want finite numbers",
                           (long long)j + 1, (double)data->scale[j], (double)data->shift[j]);
    return true;
}

static bool check_finite(const float *values, int64_t rows, int64_t cols, const char *what,
                         dy_error *err)
{
    for (int64_t i = 0; i < rows * cols; i++)
        if (!isfinite(values[i]))
            return dy_fail(err, "row %lld, %s %lld: %g; want a finite number",
                           (long long)(i / cols) + 1, what, (long long)(i % cols) + 1,
                           (double)values[i]);
    return true;
}

static bool check_labels(const int32_t *labels, int64_t rows, int64_t classes, dy_error *err)
{
    for (int64_t i = 0; i < rows; i++)
        if (labels[i] < 0 || labels[i] >= classes)
            return dy_fail(err, "row %lld: label %d; want 0 to %lld", (long long)i + 1,
                           labels[i], (long long)classes - 1);
    return true;
}

static bool check_split(const dy_dataset *data, const dy_split *split, dy_error *err)
{
    if (split->rows > INT32_MAX)
        return dy_fail(err, "%lld rows; at most %d can be held", (long long)split->rows,
                       INT32_MAX);
    if (!split->bytes == !split->floats)
        return dy_fail(err, "%s; want bytes or floats",
                       split->bytes ? "both bytes and floats" : "no inputs");
    bool classify = data->task == DY_CLASSIFY;
    if (!split->labels == classify || !split->targets != classify)
        return dy_fail(err, "want %s, and no %s", classify ? "labels" : "targets",
                       classify ? "targets" : "labels");
    if (split->floats && !check_finite(split->floats, split->rows, data->inputs, "column", err))
        return false;
    return classify ? check_labels(split->labels, split->rows, data->outputs, err)
                    : check_finite(split->targets, split->rows, data->outputs, "target", err);
}

bool dy_dataset_check(const dy_dataset *data, dy_error *err)
{
    if (!check_shape(data, err) || !check_columns(data, err)) return false;
    if (data->train.rows < 1) return dy_fail(err, "no training rows");
    if (data->test.rows < 0) return dy_fail(err, "%lld test rows", (long long)data->test.rows);
    if (!check_split(data, &data->train, err)) return dy_fail_in(err, "training data");
    if (data->test.rows > 0 && !check_split(data, &data->test, err))
        return dy_fail_in(err, "test data");
    return true;
}
