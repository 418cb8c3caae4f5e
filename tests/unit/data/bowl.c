/* The bowl's curvatures, measured.   SPDX-License-Identifier: MIT */
#include "data/generated.h"
#include "help.h"

#include <criterion/criterion.h>
#include <math.h>

enum { MOST = 13 };

/* Second derivatives of the mean squared error by weights and, last, the bias: [n + 1][n + 1]. */
static void measure(const dy_dataset *data, double h[MOST][MOST])
{
    int n = (int)data->inputs;
    for (int a = 0; a <= n; a++)
        for (int b = 0; b <= n; b++) {
            h[a][b] = 0;
            for (int64_t i = 0; i < data->train.rows; i++) {
                const float *x = data->train.floats + i * n;
                double left = a < n ? (double)x[a] : 1.0, right = b < n ? (double)x[b] : 1.0;
                h[a][b] += 2.0 * left * right / (double)data->train.rows;
            }
        }
}

Test(bowl, curvatures_are_those_promised)
{
    static const dy_bowl_spec specs[] = {
        { .inputs = 10, .rows = 1000, .condition = 100, .seed = 1 },
        { .inputs = 12, .rows = 14, .condition = 1e6, .seed = 2 },
        { .inputs = 1, .rows = 3, .condition = 1, .seed = 3 },
        { .inputs = 2, .rows = 100, .condition = 1, .seed = 4 },
    };
    for (size_t k = 0; k < sizeof specs / sizeof specs[0]; k++) {
        dy_error err;
        dy_dataset data;
        double h[MOST][MOST];
        cr_assert(dy_bowl_make(&data, &specs[k], &err), "%s", err.text);
        measure(&data, h);
        int n = (int)data.inputs;
        cr_assert(fabs(h[0][0] - 2 / specs[k].condition) < 1e-6 * h[0][0], "%g", h[0][0]);
        cr_assert(fabs(h[n - 1][n - 1] - 2) < 1e-6);
        cr_assert(fabs(h[n][n] - 2) < 1e-9);
        for (int a = 0; a <= n; a++)
            for (int b = 0; b < a; b++)
                cr_assert(fabs(h[a][b]) < 1e-6 * sqrt(h[a][a] * h[b][b]), "%d, %d: %g", a, b,
                          h[a][b]);
        for (int a = 2; a < n; a++)
            cr_assert(fabs(h[a][a] * h[a - 2][a - 2] / (h[a - 1][a - 1] * h[a - 1][a - 1]) -
                           1) < 1e-5);
        dy_dataset_close(&data);
    }
}

/* Least squares of uncoupled directions: each weight by itself. */
static double least_loss(const dy_dataset *data)
{
    double w[MOST], loss = 0;
    int64_t n = data->inputs, rows = data->train.rows;
    for (int64_t j = 0; j < n; j++) {
        double xy = 0, xx = 0;
        for (int64_t i = 0; i < rows; i++) {
            double x = (double)data->train.floats[i * n + j];
            xy += x * (double)data->train.targets[i];
            xx += x * x;
        }
        w[j] = xy / xx;
    }
    for (int64_t i = 0; i < rows; i++) {
        double off = (double)data->train.targets[i];
        for (int64_t j = 0; j < n; j++) off -= w[j] * (double)data->train.floats[i * n + j];
        loss += off * off / (double)rows;
    }
    return loss;
}

Test(bowl, noise_is_the_least_loss)
{
    static const double noises[] = { 0, 0.5, 3 };
    for (int k = 0; k < 3; k++) {
        dy_error err;
        dy_dataset data;
        dy_bowl_spec spec = dy_bowl_defaults();
        spec.noise = noises[k];
        cr_assert(dy_bowl_make(&data, &spec, &err), "%s", err.text);
        cr_assert(fabs(least_loss(&data) - noises[k] * noises[k]) < 1e-5, "%g",
                  least_loss(&data));
        dy_dataset_close(&data);
    }
}

Test(bowl, refusals)
{
    static const struct {
        dy_bowl_spec spec;
        const char *says;
    } cases[] = {
        { { .inputs = 0, .rows = 9, .condition = 2 }, "bowl: 0 inputs; want 1 to 256" },
        { { .inputs = 257, .rows = 999, .condition = 2 }, "257 inputs" },
        { { .inputs = 4, .rows = 5, .condition = 2 }, "5 rows; want 6 to" },
        { { .inputs = 256, .rows = 100000, .condition = 2 }, "100000 rows; want 258 to 16384" },
        { { .inputs = 4, .rows = 9, .condition = 0.5 }, "condition is 0.5; want 1 to 1e+08" },
        { { .inputs = 4, .rows = 9, .condition = NAN }, "condition is nan" },
        { { .inputs = 1, .rows = 9, .condition = 2 }, "with one input it can only be 1" },
        { { .inputs = 4, .rows = 9, .condition = 2, .noise = -1 }, "noise is -1" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dy_error err = { "" };
        dy_dataset data;
        cr_assert_not(dy_bowl_make(&data, &cases[i].spec, &err), "case %zu", i);
        help_says(&err, cases[i].says);
    }
}

Test(bowl, memory_may_be_short_at_any_take)
{
    dy_bowl_spec spec = dy_bowl_defaults();
    for (int64_t n = 1;; n++) {
        dy_error err = { "" };
        dy_dataset data;
        dy_arena_fail_at(n, false);
        bool ok = dy_bowl_make(&data, &spec, &err);
        dy_arena_fail_at(0, false);
        cr_assert(n < 50);
        if (ok) {
            cr_assert_geq(n, 6);
            dy_dataset_close(&data);
            break;
        }
        help_says(&err, "out of memory");
    }
}
