/* activation.c - values and slopes of every activation against the C library in double precision.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/activation.h"

#include "help.h"

#include <criterion/criterion.h>
#include <math.h>

static double truth(dy_activation f, double x)
{
    const double scale = 1.0507009873554805, alpha = 1.6732632423543772;
    switch (f) {
    case DY_IDENTITY: return x;
    case DY_RELU: return x > 0 ? x : 0;
    case DY_LEAKY_RELU: return x > 0 ? x : 0.01 * x;
    case DY_TANH: return tanh(x);
    case DY_SIGMOID: return 1 / (1 + exp(-x));
    case DY_GELU: return 0.5 * x * erfc(-x / sqrt(2));
    case DY_SELU: return scale * (x > 0 ? x : alpha * expm1(x));
    case DY_ACTIVATIONS: break;
    }
    return NAN;
}

/* Numbers on both sides, none within reach of a kink at 0. */
static dy_mat points(dy_arena *arena)
{
    dy_rng rng = dy_rng_make(1, "points");
    dy_mat z = random_mat(arena, 37, 29, 6, &rng);
    for (int64_t i = 0; i < z.rows * z.row_stride; i++)
        if (fabsf(z.at[i]) < 1e-3F) z.at[i] = 0.5F;
    return z;
}

Test(activation, values)
{
    dy_arena arena = dy_arena_make(0);
    dy_error err;
    dy_mat z = points(&arena), y;
    must(dy_mat_take(&y, &arena, z.rows, z.cols, &err), &err);
    for (int f = 0; f < DY_ACTIVATIONS; f++) {
        dy_activate((dy_activation)f, z, y);
        for (int64_t i = 0; i < z.rows; i++)
            for (int64_t j = 0; j < z.cols; j++) {
                int64_t at = i * z.row_stride + j;
                double want = truth((dy_activation)f, (double)z.at[at]);
                cr_assert_float_eq((double)y.at[at], want, 1e-6 * (1 + fabs(want)),
                                   "%s(%g) = %g", DY_ACTIVATION_NAMES[f], (double)z.at[at],
                                   (double)y.at[at]);
            }
    }
    dy_arena_close(&arena);
}

Test(activation, slopes_are_those_of_the_values)
{
    const double h = 1e-5;
    dy_arena arena = dy_arena_make(0);
    for (int f = 0; f < DY_ACTIVATIONS; f++) {
        dy_rng rng = dy_rng_make(2, "slopes");
        dy_mat z = points(&arena), y = points(&arena);
        dy_mat d = random_mat(&arena, z.rows, z.cols, 1, &rng), before = d;
        before.at =
            dy_arena_copy(&arena, d.at, d.rows * d.row_stride, sizeof *d.at, &(dy_error){ 0 });
        dy_activate((dy_activation)f, y, y); /* in place */
        dy_activate_back((dy_activation)f, dy_activation_keeps_input((dy_activation)f) ? z : y,
                         d);
        for (int64_t i = 0; i < z.rows; i++)
            for (int64_t j = 0; j < z.cols; j++) {
                int64_t at = i * z.row_stride + j;
                double x = (double)z.at[at];
                double slope =
                    (truth((dy_activation)f, x + h) - truth((dy_activation)f, x - h)) / (2 * h);
                cr_assert_float_eq((double)d.at[at], slope * (double)before.at[at], 3e-6,
                                   "%s'(%g)", DY_ACTIVATION_NAMES[f], x);
            }
    }
    dy_arena_close(&arena);
}

Test(activation, only_the_matrix_is_touched)
{
    float z[] = { -1, 2, 77, -3, 4, 77 };
    dy_activate(DY_RELU, dy_mat_strided(z, 2, 2, 3), dy_mat_strided(z, 2, 2, 3));
    const float want[] = { 0, 2, 77, 0, 4, 77 };
    cr_assert_arr_eq(z, want, sizeof want);
}

Test(activation, nan_passes)
{
    for (int f = 0; f < DY_ACTIVATIONS; f++) {
        float z = NAN;
        dy_activate((dy_activation)f, dy_mat_make(&z, 1, 1), dy_mat_make(&z, 1, 1));
        cr_expect(isnan(z), "%s", DY_ACTIVATION_NAMES[f]);
    }
}

Test(activation, every_one_has_a_name)
{
    for (int f = 0; f < DY_ACTIVATIONS; f++) cr_assert_not_null(DY_ACTIVATION_NAMES[f]);
    cr_assert_null(DY_ACTIVATION_NAMES[DY_ACTIVATIONS]);
}
