/* bowl.c - dy_bowl_make: a regression that is a quadratic bowl with known curvatures.
 *
 * For a linear model without hidden layer, its loss the mean over rows of (w x + b - y)^2, the second derivatives are
 * 2/rows X'X for the weights, 2 for the bias, and twice the columns' means between the two. So X gets columns that are
 * orthogonal, have mean 0 and the squared length rows * c_i / 2: the curvature along weight i is c_i, and along the
 * bias 2. With c_i from 2/condition to 2 the whole bowl, bias and all, has the condition number asked for, and plain
 * gradient descent diverges at lr > 1.
 *
 * The answers come from weights of +- 1/sqrt(c_i): at weights 0 each direction has the same share of the loss, so that slow
 * ones are seen. Noise is made orthogonal to everything the model can say: it lifts the bowl by noise^2 and moves
 * nothing.
 *
 * SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "data/build.h"
#include "data/generated.h"

#include <math.h>
#include <stdio.h>

enum { INPUTS_MOST = 256, ELEMENTS_MOST = 1 << 22 };

static const double CURVATURE_MOST = 2.0; /* the bias's, too */
static const double CONDITION_MOST = 1e8; /* more is lost in floats */

dy_bowl_spec dy_bowl_defaults(void)
{
    return (
        dy_bowl_spec){ .inputs = 10, .rows = 1000, .condition = 100, .noise = 0, .seed = 1 };
}

static bool check(const dy_bowl_spec *s, dy_error *err)
{
    if (s->inputs < 1 || s->inputs > INPUTS_MOST)
        return dy_fail(err, "%lld inputs; want 1 to %d", (long long)s->inputs, INPUTS_MOST);
    if (s->rows < s->inputs + 2 || s->rows > ELEMENTS_MOST / s->inputs)
        return dy_fail(err, "%lld rows; want %lld to %lld for %lld inputs", (long long)s->rows,
                       (long long)s->inputs + 2, (long long)(ELEMENTS_MOST / s->inputs),
                       (long long)s->inputs);
    if (!(s->condition >= 1.0 && s->condition <= CONDITION_MOST))
        return dy_fail(err, "condition is %g; want 1 to %g", s->condition, CONDITION_MOST);
    if (s->inputs == 1 && s->condition != 1.0)
        return dy_fail(err, "condition is %g; with one input it can only be 1", s->condition);
    return (s->noise >= 0.0 && s->noise <= 1e6) ||
           dy_fail(err, "noise is %g; want 0 to 1e6", s->noise);
}

static void centre(double *column, int64_t rows)
{
    double mean = 0.0;
    for (int64_t i = 0; i < rows; i++) mean += column[i];
    mean /= (double)rows;
    for (int64_t i = 0; i < rows; i++) column[i] -= mean;
}

static double dot(const double *a, const double *b, int64_t rows)
{
    double sum = 0.0;
    for (int64_t i = 0; i < rows; i++) sum += a[i] * b[i];
    return sum;
}

/* Takes from `column` its mean and what it has of the `n` columns before it, which have length 1; then gives it
 * length 1. Twice, because the first time leaves roundings. source: W. Hoffmann, 1989: twice is enough */
static void make_orthogonal(double *column, const double *before, int64_t n, int64_t rows)
{
    for (int pass = 0; pass < 2; pass++) {
        centre(column, rows);
        for (int64_t k = 0; k < n; k++) {
            const double *other = before + k * rows;
            double share = dot(column, other, rows);
            for (int64_t i = 0; i < rows; i++) column[i] -= share * other[i];
        }
        double length = sqrt(dot(column, column, rows));
        for (int64_t i = 0; i < rows; i++) column[i] /= length;
    }
}

/* From 2/condition to 2, each as many times the one before. */
static double curvature(const dy_bowl_spec *spec, int64_t j)
{
    if (spec->inputs == 1) return CURVATURE_MOST;
    double part = (double)(spec->inputs - 1 - j) / (double)(spec->inputs - 1);
    return CURVATURE_MOST * pow(spec->condition, -part);
}

/* Columns [inputs + 1][rows], the last one for the noise: random directions, orthogonal. */
static double *draw_columns(dy_arena *scratch, const dy_bowl_spec *spec, dy_error *err)
{
    int64_t rows = spec->rows, n = spec->inputs + 1;
    double *columns = dy_arena_take(scratch, n * rows, sizeof *columns, err);
    dy_rng rng = dy_rng_make(spec->seed, "bowl");
    for (int64_t j = 0; columns && j < n; j++) {
        double *column = columns + j * rows;
        for (int64_t i = 0; i < rows; i++) column[i] = dy_rng_normal(&rng);
        make_orthogonal(column, columns, j, rows);
    }
    return columns;
}

static void fill_rows(const dy_bowl_spec *spec, const double *columns, float *x, float *y)
{
    int64_t rows = spec->rows, inputs = spec->inputs;
    dy_rng rng = dy_rng_make(spec->seed, "weights");
    const double *noise = columns + inputs * rows;
    for (int64_t i = 0; i < rows; i++)
        y[i] = (float)(spec->noise * sqrt((double)rows) * noise[i]);
    for (int64_t j = 0; j < inputs; j++) {
        double c = curvature(spec, j), length = sqrt((double)rows * c / 2.0);
        double weight = (dy_rng_below(&rng, 2) ? 1.0 : -1.0) / sqrt(c);
        for (int64_t i = 0; i < rows; i++) {
            double value = length * columns[j * rows + i];
            x[i * inputs + j] = (float)value;
            y[i] = (float)((double)y[i] + weight * value);
        }
    }
}

static bool fill(dy_dataset *data, dy_arena *scratch, const dy_bowl_spec *spec, dy_error *err)
{
    double *columns = draw_columns(scratch, spec, err);
    float *x = dy_arena_take(&data->arena, spec->rows * spec->inputs, sizeof *x, err);
    float *y = dy_arena_take(&data->arena, spec->rows, sizeof *y, err);
    if (!columns || !x || !y) return false;
    fill_rows(spec, columns, x, y);
    snprintf(data->name, sizeof data->name, "bowl");
    data->task = DY_REGRESS;
    data->inputs = spec->inputs;
    data->outputs = 1;
    data->train = (dy_split){ .rows = spec->rows, .floats = x, .targets = y };
    return dy_build_scale(data, 1.0f, err);
}

bool dy_bowl_make(dy_dataset *data, const dy_bowl_spec *spec, dy_error *err)
{
    if (!check(spec, err)) return dy_fail_in(err, "bowl");
    dy_dataset made = dy_dataset_make(0);
    dy_arena scratch = dy_arena_make(0);
    bool ok = fill(&made, &scratch, spec, err) || dy_fail_in(err, "bowl");
    dy_arena_close(&scratch);
    return dy_build_end(data, &made, ok, NULL, err);
}
