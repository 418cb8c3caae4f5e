/* help.c - see help.h.   SPDX-License-Identifier: MIT */
#include "help.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

void must(bool ok, const dy_error *err)
{
    if (!ok) cr_assert_fail("%s", err->text);
}

dy_mat random_mat(dy_arena *arena, int64_t rows, int64_t cols, double size, dy_rng *rng)
{
    dy_mat m;
    dy_error err;
    must(dy_mat_take(&m, arena, rows, cols, &err), &err);
    for (int64_t i = 0; i < rows; i++)
        for (int64_t j = 0; j < cols; j++)
            m.at[i * m.row_stride + j] = (float)(size * (2 * dy_rng_uniform(rng) - 1));
    return m;
}

static void *take(dy_dataset *data, int64_t count, size_t size)
{
    dy_error err;
    void *at = dy_arena_take(&data->arena, count, size, &err);
    must(at != NULL, &err);
    return at;
}

/* Every third column is dark in all rows, and most others in most. */
static const uint8_t *toy_bytes(dy_dataset *data, int64_t rows, dy_rng *rng)
{
    uint8_t *bytes = take(data, rows * data->inputs, 1);
    for (int64_t i = 0; i < rows * data->inputs; i++) {
        bool dark = i % data->inputs % 3 == 0 || dy_rng_below(rng, 4) > 0;
        bytes[i] = dark ? 0 : (uint8_t)dy_rng_below(rng, 256);
    }
    return bytes;
}

static dy_split toy_split(dy_dataset *data, const toy *t, int64_t rows, dy_rng *rng)
{
    dy_split split = { .rows = rows };
    if (rows == 0) return split;
    if (t->bytes)
        split.bytes = toy_bytes(data, rows, rng);
    else {
        float *floats = take(data, rows * t->inputs, sizeof *floats);
        for (int64_t i = 0; i < rows * t->inputs; i++) floats[i] = (float)dy_rng_normal(rng);
        split.floats = floats;
    }
    if (t->regress) {
        float *targets = take(data, rows * t->outputs, sizeof *targets);
        for (int64_t i = 0; i < rows * t->outputs; i++) targets[i] = (float)dy_rng_normal(rng);
        split.targets = targets;
        return split;
    }
    int32_t *labels = take(data, rows, sizeof *labels);
    for (int64_t i = 0; i < rows; i++) labels[i] = (int32_t)dy_rng_below(rng, t->outputs);
    split.labels = labels;
    return split;
}

dy_dataset toy_data(const toy *t)
{
    dy_dataset data = dy_dataset_make(0);
    dy_rng rng = dy_rng_make(5, "toy");
    strcpy(data.name, "toy");
    data.task = t->regress ? DY_REGRESS : DY_CLASSIFY;
    data.inputs = t->inputs;
    data.outputs = t->outputs;
    float *scale = take(&data, t->inputs, sizeof *scale);
    for (int64_t j = 0; j < t->inputs; j++) scale[j] = t->bytes ? 1.0F / 255 : 1;
    data.scale = scale;
    data.shift = take(&data, t->inputs, sizeof *data.shift);
    data.train = toy_split(&data, t, t->rows, &rng);
    data.test = toy_split(&data, t, t->test_rows, &rng);
    dy_error err;
    must(dy_dataset_check(&data, &err), &err);
    return data;
}

dy_race_spec toy_race(const dy_dataset *data, int64_t hidden, int64_t batch, int lanes)
{
    return (dy_race_spec){
        .data = data,
        .model = { .n_layers = 2,
                   .widths = { data->inputs, hidden, data->outputs },
                   .activation = DY_RELU,
                   .init = DY_TORCH },
        .loss = { .kind = data->task == DY_CLASSIFY ? DY_CROSS_ENTROPY : DY_MSE },
        .optim = dy_sgd_defaults(),
        .batch = batch,
        .seed = 3,
        .lanes = lanes,
        .threads = 1,
    };
}

bool same_weights(dy_race *a, int lane_a, dy_race *b, int lane_b, const dy_mlp_spec *model)
{
    for (int i = 0; i < model->n_layers; i++) {
        dy_mat u = dy_race_weights(a, lane_a, i), v = dy_race_weights(b, lane_b, i);
        for (int64_t r = 0; r < u.rows; r++)
            if (memcmp(u.at + r * u.row_stride, v.at + r * v.row_stride,
                       (size_t)u.cols * sizeof *u.at) != 0)
                return false;
    }
    return true;
}

double ulps(double got, double truth)
{
    float near = fabsf((float)truth);
    double unit = (double)(nextafterf(near, INFINITY) - near);
    return fabs(got - truth) / unit;
}
