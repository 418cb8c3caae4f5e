/* Spirals, moons, circles and blobs lie where they should.   SPDX-License-Identifier: MIT */
#include "data/generated.h"
#include "help.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

typedef bool maker(dy_dataset *, const dy_points_spec *, dy_error *);

static maker *const MAKERS[] = { dy_spirals_make, dy_moons_make, dy_circles_make,
                                 dy_blobs_make };
static const char *const NAMES[] = { "spirals", "moons", "circles", "blobs" };

Test(points, counts_names_and_seeds)
{
    for (int i = 0; i < 4; i++) {
        dy_error err;
        dy_dataset a, b, c;
        dy_points_spec spec = dy_points_defaults();
        cr_assert(MAKERS[i](&a, &spec, &err), "%s", err.text);
        cr_assert(MAKERS[i](&b, &spec, &err));
        spec.seed = 99;
        cr_assert(MAKERS[i](&c, &spec, &err));
        cr_assert_str_eq(a.name, NAMES[i]);
        cr_assert_eq(a.train.rows, 800);
        cr_assert_eq(a.test.rows, 200);
        int ones = 0;
        for (int k = 0; k < 1000; k++)
            ones += k < 800 ? a.train.labels[k] : a.test.labels[k - 800];
        cr_assert_eq(ones, 500);
        size_t bytes = 1600 * sizeof(float);
        cr_assert_eq(memcmp(a.train.floats, b.train.floats, bytes), 0);
        cr_assert_neq(memcmp(a.train.floats, c.train.floats, bytes), 0);
        dy_dataset_close(&a), dy_dataset_close(&b), dy_dataset_close(&c);
    }
}

/* How far a point without noise is from the curve of its class. */
static double off_curve(int shape, const float *x, int class)
{
    double a = (double)x[0], b = (double)x[1], radius = hypot(a, b);
    if (shape == 0) {
        double want = 2 * M_PI * (1.5 * radius + class / 2.0);
        return radius * fabs(remainder(atan2(b, a) - want, 2 * M_PI));
    }
    if (shape == 1) {
        double centre = class ? 1.0 : 0.0, lift = class ? 0.5 : 0.0;
        double side = class ? lift - b : b;
        return side < -1e-6 ? 1.0 : fabs(hypot(a - centre, b - lift) - 1);
    }
    return fabs(radius - (class ? 0.8 : 1.0));
}

Test(points, without_noise_they_lie_on_their_curves)
{
    for (int shape = 0; shape < 3; shape++) {
        dy_error err;
        dy_dataset data;
        dy_points_spec spec = dy_points_defaults();
        spec.noise = 0;
        cr_assert(MAKERS[shape](&data, &spec, &err));
        for (int i = 0; i < 800; i++) {
            double off =
                off_curve(shape, data.train.floats + (ptrdiff_t)2 * i, data.train.labels[i]);
            cr_assert(off < 1e-5, "%s: point %d is %g off", NAMES[shape], i, off);
        }
        dy_dataset_close(&data);
    }
}

Test(points, many_blobs_in_many_dimensions)
{
    enum { CLASSES = 7, INPUTS = 11 };

    dy_error err;
    dy_dataset data;
    dy_points_spec spec = dy_points_defaults();
    spec.classes = CLASSES, spec.inputs = INPUTS, spec.noise = 0, spec.test = 0;
    cr_assert(dy_blobs_make(&data, &spec, &err), "%s", err.text);
    cr_assert_eq(data.train.rows, 1000);
    cr_assert_eq(data.test.rows, 0);
    cr_assert_eq(data.inputs, INPUTS);
    cr_assert_eq(data.outputs, CLASSES);
    for (int i = 0; i < 1000; i++) /* all of a class in one place, row k being of class k */
        cr_assert_eq(memcmp(data.train.floats + (ptrdiff_t)i * INPUTS,
                            data.train.floats + (ptrdiff_t)data.train.labels[i] * INPUTS,
                            INPUTS * sizeof(float)),
                     0);
    dy_dataset_close(&data);
}

Test(points, refusals)
{
    static const struct {
        int maker;
        dy_points_spec spec;
        const char *says;
    } cases[] = {
        { 0, { .rows = 1, .classes = 2, .inputs = 2 }, "spirals: 1 rows; want 2 to" },
        { 0, { .rows = 9, .classes = 1, .inputs = 2 }, "1 classes; want 2 to 1000" },
        { 0, { .rows = 9, .classes = 10, .inputs = 2 }, "10 classes" },
        { 1, { .rows = 9, .classes = 3, .inputs = 2 }, "moons: 3 classes; want 2, and" },
        { 2, { .rows = 9, .classes = 2, .inputs = 3 }, "circles: 3 inputs; want 2: these" },
        { 3, { .rows = 9, .classes = 2, .inputs = 0 }, "blobs: 0 inputs; want 1 to 1000" },
        { 3, { .rows = 9, .classes = 2, .inputs = 2, .noise = -1 }, "noise is -1" },
        { 0, { .rows = 9, .classes = 2, .inputs = 2, .turns = 1e9 }, "turns is 1e+09" },
        { 0, { .rows = 9, .classes = 2, .inputs = 2, .test = 2 }, "a fraction of 2 held out" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dy_error err = { "" };
        dy_dataset data;
        cr_assert_not(MAKERS[cases[i].maker](&data, &cases[i].spec, &err), "case %zu", i);
        help_says(&err, cases[i].says);
    }
}

Test(points, memory_may_be_short_at_any_take)
{
    dy_points_spec spec = dy_points_defaults();
    for (int64_t n = 1;; n++) {
        dy_error err = { "" };
        dy_dataset data;
        dy_arena_fail_at(n, false);
        bool ok = dy_blobs_make(&data, &spec, &err);
        dy_arena_fail_at(0, false);
        cr_assert(n < 50);
        if (ok) {
            cr_assert_geq(n, 7);
            dy_dataset_close(&data);
            break;
        }
        help_says(&err, "out of memory");
    }
}
