/* mlp.c - checks, descriptions and the moments of first weights.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/mlp.h"

#include "help.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

Test(mlp, bad_specs)
{
    const struct {
        dy_mlp_spec spec;
        const char *said;
    } cases[] = {
        { { .n_layers = 0, .widths = { 4 } }, "0 layers of weights; want 1 to 64" },
        { { .n_layers = 65 }, "65 layers" },
        { { .n_layers = 2, .widths = { 4, -64, 2 } }, "layer 1 has -64 units; want 1 to" },
        { { .n_layers = 2, .widths = { 0, 3, 2 } }, "layer 0 has 0 inputs" },
        { { .n_layers = 1, .widths = { 3, 1 << 25 } }, "layer 1 has 33554432 outputs" },
        { { .n_layers = 1, .widths = { 3, 2 }, .dropout = 1 },
          "dropout 1; want 0 <= dropout < 1" },
        { { .n_layers = 1, .widths = { 3, 2 }, .dropout = (double)NAN }, "dropout nan" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dy_error err = { "" };
        cr_expect_not(dy_mlp_check(&cases[i].spec, &err));
        cr_expect_not_null(strstr(err.text, cases[i].said), "%s", err.text);
    }
}

Test(mlp, description)
{
    dy_mlp_spec spec = { .n_layers = 2, .widths = { 784, 128, 10 }, .activation = DY_RELU };
    char text[128];
    dy_error err;
    cr_expect(dy_mlp_check(&spec, &err));
    cr_expect_eq(dy_mlp_parameters(&spec), 101770);
    cr_expect_str_eq(dy_mlp_describe(&spec, text, sizeof text),
                     "784-128-10 relu, 101,770 parameters");
    spec.dropout = 0.25;
    spec.activation = DY_LEAKY_RELU;
    cr_expect_str_eq(dy_mlp_describe(&spec, text, sizeof text),
                     "784-128-10 leaky_relu, dropout 0.25, 101,770 parameters");
    cr_expect_str_eq(dy_mlp_describe(&spec, text, 6), "784-1");
}

typedef struct moments {
    double mean, variance, most;
} moments;

static moments moments_of(dy_mat m)
{
    double sum = 0, squares = 0, most = 0, n = (double)(m.rows * m.cols);
    for (int64_t i = 0; i < m.rows; i++)
        for (int64_t j = 0; j < m.cols; j++) {
            double x = (double)m.at[i * m.row_stride + j];
            sum += x;
            squares += x * x;
            most = fmax(most, fabs(x));
        }
    return (moments){ sum / n, squares / n - sum / n * sum / n, most };
}

/* 60,000 numbers: their standard deviation is right to about 1 %. */
Test(mlp, initialisers_have_the_moments_they_promise)
{
    enum { IN = 300, OUT = 200 };

    const struct {
        dy_init init;
        double variance, limit; /* no number is beyond the limit; 0: none */
    } cases[] = {
        { DY_HE_NORMAL, 2.0 / IN, 0 },
        { DY_HE_UNIFORM, 2.0 / IN, sqrt(6.0 / IN) },
        { DY_GLOROT_NORMAL, 2.0 / (IN + OUT), 0 },
        { DY_GLOROT_UNIFORM, 2.0 / (IN + OUT), sqrt(6.0 / (IN + OUT)) },
        { DY_LECUN_NORMAL, 1.0 / IN, 0 },
        { DY_LECUN_UNIFORM, 1.0 / IN, sqrt(3.0 / IN) },
        { DY_TORCH, 1.0 / (3.0 * IN), sqrt(1.0 / IN) },
    };

    dy_arena arena = dy_arena_make(0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dy_rng rng = dy_rng_make(1, "weights");
        dy_mat w = random_mat(&arena, IN + 1, OUT, 1, &rng);
        dy_mlp_init(w, cases[i].init, &rng);
        moments got = moments_of(dy_mat_rows(w, 0, IN));
        cr_expect_float_eq(got.variance, cases[i].variance, 0.03 * cases[i].variance, "%zu", i);
        cr_expect_lt(fabs(got.mean), 5 * sqrt(cases[i].variance / (IN * OUT)), "%zu", i);
        moments bias = moments_of(dy_mat_rows(w, IN, 1));
        cr_expect_eq(bias.most > 0, cases[i].init == DY_TORCH, "%zu", i);
        if (cases[i].limit == 0) continue;
        cr_expect_leq(got.most, cases[i].limit * (1 + 1e-6));
        cr_expect_gt(got.most, 0.99 * cases[i].limit);
        cr_expect_leq(bias.most, cases[i].limit * (1 + 1e-6));
    }
    dy_arena_close(&arena);
}

Test(mlp, numbers_drawn_do_not_depend_on_strides)
{
    float near[12], far[30];
    dy_rng a = dy_rng_make(1, "weights"), b = a;
    dy_mlp_init(dy_mat_make(near, 4, 3), DY_HE_NORMAL, &a);
    dy_mlp_init(dy_mat_strided(far, 4, 3, 7), DY_HE_NORMAL, &b);
    for (int i = 0; i < 4; i++) cr_expect_arr_eq(near + (size_t)i * 3, far + (size_t)i * 7, 12);
    cr_expect_eq(dy_rng_next(&a), dy_rng_next(&b));
}

Test(mlp, every_initialiser_has_a_name)
{
    for (int i = 0; i < DY_INITS; i++) cr_assert_not_null(DY_INIT_NAMES[i]);
    cr_assert_null(DY_INIT_NAMES[DY_INITS]);
    for (int i = 0; i < DY_LOSSES; i++) cr_assert_not_null(DY_LOSS_NAMES[i]);
    cr_assert_null(DY_LOSS_NAMES[DY_LOSSES]);
}
