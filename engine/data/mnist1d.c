/* mnist1d.c - dy_mnist1d_make: a digit is a line of twelve points, made hard to recognise.
 *
 * Follows the published recipe step by step: pad, stretch, scale, translate, noise, shear, sample; then the
 * whole set gets mean 0 and standard deviation 1. The numbers drawn are Derny's, so the examples are others than the
 * published ones, of the same distribution.
 *
 * source: S. Greydanus, "Scaling down deep learning", 2020, arXiv:2011.14439; templates and defaults as in
 * github.com/greydanus/mnist1d (Apache-2.0)
 *
 * SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "data/build.h"
#include "data/generated.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    DIGITS = 10,
    POINTS = 12,        /* of a template */
    RADIUS = 8,         /* of the smoothing filter: four times its sigma */
    LENGTH_MOST = 4096, /* of padding, and of an example */
    ROWS_MOST = 10000000,
};

static const double SIGMA = 2.0;
static const double TEMPLATE_DIVISOR = 6.0;
static const double INK = 1e-8; /* added to a template, so that an exact 0 means padding */

static const double TEMPLATES[DIGITS][POINTS] = {
    { 5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5 },
    { 5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5 },
    { 5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5 },
    { 5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5 },
    { 5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5 },
    { 5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5 },
    { 5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5 },
    { 5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5 },
    { 5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5 },
    { 5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5 },
};

/* What making one example needs. Lengths: of the padded template at most, and always after stretching. */
typedef struct workshop {
    const dy_mnist1d_spec *spec;
    double templates[DIGITS][POINTS]; /* standardised, beginning and ending at 0 */
    double filter[RADIUS + 1];        /* the smoothing filter's right half */
    int64_t length;                   /* POINTS + spec->padding_most */
    double *padded, *signal, *noise;  /* [length] each */
    dy_rng rng;
} workshop;

dy_mnist1d_spec dy_mnist1d_defaults(void)
{
    return (dy_mnist1d_spec){ .train = 4000,
                              .test = 1000,
                              .scale_coeff = 0.4,
                              .max_translation = 48,
                              .corr_noise_scale = 0.25,
                              .iid_noise_scale = 0.02,
                              .shear_scale = 0.75,
                              .padding_least = 36,
                              .padding_most = 60,
                              .inputs = 40,
                              .seed = 42 };
}

static bool check_number(const char *name, double value, double most, dy_error *err)
{
    return (value >= 0.0 && value <= most) ||
           dy_fail(err, "%s is %g; want 0 to %g", name, value, most);
}

static bool check(const dy_mnist1d_spec *s, dy_error *err)
{
    if (s->train < 1 || s->train > ROWS_MOST || s->test < 0 || s->test > ROWS_MOST)
        return dy_fail(err, "%lld training and %lld test rows; want 1 to %d, and 0 to %d",
                       (long long)s->train, (long long)s->test, ROWS_MOST, ROWS_MOST);
    if (s->inputs < 2 || s->inputs > LENGTH_MOST)
        return dy_fail(err, "%lld inputs; want 2 to %d", (long long)s->inputs, LENGTH_MOST);
    if (s->padding_least < 0 || s->padding_most < s->padding_least ||
        s->padding_most > LENGTH_MOST)
        return dy_fail(err, "padding of %lld to %lld; want 0 <= least <= most <= %d",
                       (long long)s->padding_least, (long long)s->padding_most, LENGTH_MOST);
    return check_number("max_translation", s->max_translation,
                        (double)(POINTS + s->padding_most), err) &&
           check_number("scale_coeff", s->scale_coeff, 2.0, err) &&
           check_number("corr_noise_scale", s->corr_noise_scale, 1e3, err) &&
           check_number("iid_noise_scale", s->iid_noise_scale, 1e3, err) &&
           check_number("shear_scale", s->shear_scale, 1e3, err);
}

static void fill_templates(workshop *w)
{
    for (int d = 0; d < DIGITS; d++) {
        double mean = 0.0, square = 0.0;
        for (int i = 0; i < POINTS; i++) mean += TEMPLATES[d][i] / POINTS;
        for (int i = 0; i < POINTS; i++)
            square += (TEMPLATES[d][i] - mean) * (TEMPLATES[d][i] - mean);
        double unit = sqrt(square / POINTS) * TEMPLATE_DIVISOR;
        for (int i = 0; i < POINTS; i++)
            w->templates[d][i] = (TEMPLATES[d][i] - TEMPLATES[d][0]) / unit + INK;
    }
}

static void fill_filter(workshop *w)
{
    double sum = 0.0;
    for (int i = 0; i <= RADIUS; i++) {
        w->filter[i] = exp(-0.5 * i * i / (SIGMA * SIGMA));
        sum += i == 0 ? w->filter[i] : 2.0 * w->filter[i];
    }
    for (int i = 0; i <= RADIUS; i++) w->filter[i] /= sum;
}

static bool open_workshop(workshop *w, dy_arena *scratch, const dy_mnist1d_spec *spec,
                          dy_error *err)
{
    *w = (workshop){ .spec = spec,
                     .length = POINTS + spec->padding_most,
                     .rng = dy_rng_make(spec->seed, "mnist1d") };
    w->padded = dy_arena_take(scratch, w->length, sizeof(double), err);
    w->signal = dy_arena_take(scratch, w->length, sizeof(double), err);
    w->noise = dy_arena_take(scratch, w->length, sizeof(double), err);
    if (!w->padded || !w->signal || !w->noise) return false;
    fill_templates(w);
    fill_filter(w);
    return true;
}

/* `from` [n] at the place i / (m - 1) of its length, straight between its points. */
static double between(const double *from, int64_t n, int64_t i, int64_t m)
{
    double at = (double)i * (double)(n - 1) / (double)(m - 1);
    int64_t left = (int64_t)at;
    if (left >= n - 1) return from[n - 1];
    return from[left] + (at - (double)left) * (from[left + 1] - from[left]);
}

static void draw_noise(workshop *w, double scale)
{
    for (int64_t i = 0; i < w->length; i++) w->noise[i] = scale * dy_rng_normal(&w->rng);
}

/* Element i of the noise, continued by its mirror image at either end, smoothed. */
static double smoothed(const workshop *w, int64_t i)
{
    double sum = 0.0;
    for (int64_t k = -RADIUS; k <= RADIUS; k++) {
        int64_t at = i + k;
        while (at < 0 || at >= w->length) at = at < 0 ? -at - 1 : 2 * w->length - 1 - at;
        sum += w->filter[k < 0 ? -k : k] * w->noise[at];
    }
    return sum;
}

/* Padded by a random length and stretched back to the greatest one, scaled and turned round by a random distance: in
 * w->signal. */
static void place_template(workshop *w, const double *digit)
{
    const dy_mnist1d_spec *s = w->spec;
    int64_t range = s->padding_most - s->padding_least + 1;
    int64_t n = POINTS + s->padding_least + dy_rng_below(&w->rng, range);
    memset(w->padded, 0, (size_t)w->length * sizeof(double));
    memcpy(w->padded, digit, POINTS * sizeof(double));
    double size = 1.0 + s->scale_coeff * (dy_rng_uniform(&w->rng) - 0.5);
    int64_t most = (int64_t)s->max_translation;
    int64_t by = most > 0 ? dy_rng_below(&w->rng, most) : 0;
    for (int64_t i = 0; i < w->length; i++)
        w->signal[(i + by) % w->length] = size * between(w->padded, n, i, w->length);
}

/* Correlated noise where there is only padding, then white noise and a tilt everywhere. */
static void roughen(workshop *w)
{
    const dy_mnist1d_spec *s = w->spec;
    draw_noise(w, s->corr_noise_scale);
    for (int64_t i = 0; i < w->length; i++)
        if (w->signal[i] == 0.0) w->signal[i] = smoothed(w, i);
    draw_noise(w, s->iid_noise_scale);
    double tilt = s->shear_scale * (dy_rng_uniform(&w->rng) - 0.5);
    for (int64_t i = 0; i < w->length; i++)
        w->signal[i] += w->noise[i] - tilt * ((double)i / (double)(w->length - 1) - 0.5);
}

static void make_example(workshop *w, int digit, float *to)
{
    place_template(w, w->templates[digit]);
    roughen(w);
    for (int64_t i = 0; i < w->spec->inputs; i++)
        to[i] = (float)between(w->signal, w->length, i, w->spec->inputs);
}

/* One mean and one deviation for everything, test rows too: so says the recipe. */
static void standardise_all(float *x, int64_t n)
{
    double mean = 0.0, square = 0.0;
    for (int64_t i = 0; i < n; i++) mean += (double)x[i] / (double)n;
    for (int64_t i = 0; i < n; i++) square += ((double)x[i] - mean) * ((double)x[i] - mean);
    double unit = square > 0.0 ? sqrt(square / (double)n) : 1.0;
    for (int64_t i = 0; i < n; i++) x[i] = (float)(((double)x[i] - mean) / unit);
}

/* As many examples of each digit as of any other, one more or less, in random order. */
static bool fill(dy_dataset *data, dy_arena *scratch, const dy_mnist1d_spec *spec,
                 dy_error *err)
{
    workshop w;
    int64_t rows = spec->train + spec->test;
    if (!open_workshop(&w, scratch, spec, err)) return false;
    float *x = dy_arena_take(&data->arena, rows, (size_t)spec->inputs * sizeof *x, err);
    int32_t *labels = dy_arena_take(&data->arena, rows, sizeof *labels, err);
    if (!x || !labels) return false;
    for (int64_t i = 0; i < rows; i++) labels[i] = (int32_t)(i % DIGITS);
    dy_rng order = dy_rng_make(spec->seed, "mnist1d order");
    dy_rng_shuffle(&order, labels, rows);
    for (int64_t i = 0; i < rows; i++) make_example(&w, labels[i], x + i * spec->inputs);
    standardise_all(x, rows * spec->inputs);
    snprintf(data->name, sizeof data->name, "MNIST-1D");
    data->task = DY_CLASSIFY;
    data->inputs = spec->inputs;
    data->outputs = DIGITS;
    dy_split all = { .rows = rows, .floats = x, .labels = labels };
    dy_build_parts(data, &all, spec->train);
    return dy_build_scale(data, 1.0f, err);
}

bool dy_mnist1d_make(dy_dataset *data, const dy_mnist1d_spec *spec, dy_error *err)
{
    if (!check(spec, err)) return dy_fail_in(err, "mnist1d");
    dy_dataset made = dy_dataset_make(0);
    dy_arena scratch = dy_arena_make(0);
    bool ok = fill(&made, &scratch, spec, err);
    dy_arena_close(&scratch);
    return dy_build_end(data, &made, ok, NULL, err);
}
