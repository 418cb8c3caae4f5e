/* special.c - how far e^x and its relatives are from the truth.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/special.h"

#include "help.h"

#include <criterion/criterion.h>

typedef struct worst {
    double ulps, absolute;
    float at;
} worst;

/* Over `steps` numbers from `from` to `to`. */
static worst sweep(float (*f)(float), double (*truth)(double), double from, double to,
                   int steps)
{
    worst w = { 0 };
    for (int i = 0; i <= steps; i++) {
        float x = (float)(from + (to - from) * i / steps);
        double want = truth((double)x), got = (double)f(x);
        double error = ulps(got, want);
        if (error > w.ulps) {
            w.ulps = error;
            w.at = x;
        }
        w.absolute = fmax(w.absolute, fabs(got - want));
    }
    return w;
}

static double sigmoid_truth(double x)
{
    return 1 / (1 + exp(-x));
}

static double normal_truth(double x)
{
    return 0.5 * erfc(-x / sqrt(2));
}

static double density_truth(double x)
{
    return exp(-0.5 * x * x) / sqrt(2 * acos(-1.0));
}

enum { STEPS = 2000000 };

Test(special, errors_in_units_of_the_last_place)
{
    const struct {
        const char *name;
        float (*f)(float);
        double (*truth)(double);
        double from, to, limit;
    } cases[] = {
        { "exp", dy_exp_down, exp, -87, 0, 1.5 },
        { "expm1", dy_expm1_down, expm1, -87, -1e-30, 2 },
        { "expm1 near 0", dy_expm1_down, expm1, -1e-3, -1e-30, 2 },
        { "tanh", dy_tanh, tanh, -12, 12, 3.5 },
        { "tanh near 0", dy_tanh, tanh, 1e-30, 1e-3, 3.5 },
        { "sigmoid", dy_sigmoid, sigmoid_truth, -80, 80, 3 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        worst w = sweep(cases[i].f, cases[i].truth, cases[i].from, cases[i].to, STEPS);
        cr_expect_lt(w.ulps, cases[i].limit, "%s: %g ulp at %a", cases[i].name, w.ulps,
                     (double)w.at);
        cr_log_info("%s: %.2f ulp at most, at %g\n", cases[i].name, w.ulps, (double)w.at);
    }
}

Test(special, errors_of_the_normal_distribution)
{
    worst below = sweep(dy_normal_below, normal_truth, -12, 12, STEPS);
    cr_expect_lt(below.absolute, 2.5e-7, "%g", below.absolute);
    worst density = sweep(dy_normal_density, density_truth, -12, 12, STEPS);
    cr_expect_lt(density.absolute, 1e-7, "%g", density.absolute);
}

Test(special, ends_of_the_range)
{
    cr_expect_eq(dy_exp_down(0), 1);
    cr_expect_eq(dy_exp_down(-INFINITY), 0);
    cr_expect_eq(dy_exp_down(-1000), 0);
    cr_expect_eq(dy_expm1_down(-INFINITY), -1);
    cr_expect_eq(dy_expm1_down(0), 0);
    cr_expect_eq(dy_tanh(INFINITY), 1);
    cr_expect_eq(dy_tanh(-INFINITY), -1);
    cr_expect_eq(dy_tanh(0), 0);
    cr_expect_eq(dy_sigmoid(INFINITY), 1);
    cr_expect_eq(dy_sigmoid(-INFINITY), 0);
    cr_expect_eq(dy_sigmoid(0), 0.5F);
    cr_expect_eq(dy_normal_below(100), 1);
    cr_expect_eq(dy_normal_below(-100), 0);
}

Test(special, nan_passes)
{
    cr_expect(isnan(dy_exp_down(NAN)));
    cr_expect(isnan(dy_expm1_down(NAN)));
    cr_expect(isnan(dy_tanh(NAN)));
    cr_expect(isnan(dy_sigmoid(NAN)));
    cr_expect(isnan(dy_normal_below(NAN)));
    cr_expect(isnan(dy_normal_density(NAN)));
}
