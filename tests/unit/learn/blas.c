/* blas.c - products against plain loops, the same bits for any number of threads, and what must not steer them.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/blas.h"

#include "help.h"

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct shape {
    int64_t m, k, n;
} shape;

static const shape SHAPES[] = {
    { 1, 1, 1 },     { 3, 5, 2 },       { 32, 785, 128 }, { 128, 129, 16 },  { 785, 32, 128 },
    { 17, 300, 64 }, { 512, 513, 512 }, { 600, 128, 96 }, { 100, 41, 100 },  { 7, 1000, 33 },
    { 64, 16, 784 }, { 300, 700, 40 },  { 33, 257, 200 }, { 256, 256, 256 }, { 129, 64, 10 },
};

enum { N_SHAPES = sizeof SHAPES / sizeof *SHAPES };

/* A and B in each of both orders. */
static dy_mat laid_out(dy_arena *arena, int64_t rows, int64_t cols, bool turned, dy_rng *rng)
{
    if (!turned) return random_mat(arena, rows, cols, 1, rng);
    return dy_mat_transposed(random_mat(arena, cols, rows, 1, rng));
}

static double entry(dy_mat m, int64_t i, int64_t j)
{
    return (double)m.at[i * m.row_stride + j * m.col_stride];
}

static double dot(dy_mat a, dy_mat b, int64_t i, int64_t j)
{
    double sum = 0;
    for (int64_t p = 0; p < a.cols; p++) sum += entry(a, i, p) * entry(b, p, j);
    return sum;
}

/* The greatest error of C = 2 A B + C / 2 over a few rows. */
static double worst(shape s, bool turn_a, bool turn_b, int threads)
{
    dy_arena arena = dy_arena_make(0);
    dy_rng rng = dy_rng_make(1, "blas");
    dy_mat a = laid_out(&arena, s.m, s.k, turn_a, &rng);
    dy_mat b = laid_out(&arena, s.k, s.n, turn_b, &rng);
    dy_mat c = random_mat(&arena, s.m, s.n, 1, &rng),
           before = random_mat(&arena, s.m, s.n, 1, &rng);
    memcpy(before.at, c.at, (size_t)(c.rows * c.row_stride) * sizeof *c.at);
    dy_blas_product(2, a, b, 0.5F, c, threads);
    double most = 0;
    for (int64_t i = 0; i < s.m; i += s.m / 4 + 1)
        for (int64_t j = 0; j < s.n; j++) {
            double truth = 2 * dot(a, b, i, j) + entry(before, i, j) / 2;
            most = fmax(most, fabs(entry(c, i, j) - truth));
        }
    dy_arena_close(&arena);
    return most;
}

Test(blas, products_are_products)
{
    dy_blas_start();
    for (int i = 0; i < N_SHAPES; i++)
        for (int order = 0; order < 4; order++) {
            double error = worst(SHAPES[i], order & 1, order & 2, 1);
            cr_expect_lt(error, 2e-6 * (4 + sqrt((double)SHAPES[i].k)), "shape %d order %d: %g",
                         i, order, error);
        }
}

static void product_bits(shape s, bool turn_a, bool turn_b, int threads, dy_arena *arena,
                         dy_mat *c)
{
    dy_error err;
    dy_rng rng = dy_rng_make(2, "blas");
    dy_mat a = laid_out(arena, s.m, s.k, turn_a, &rng);
    dy_mat b = laid_out(arena, s.k, s.n, turn_b, &rng);
    must(dy_mat_take(c, arena, s.m, s.n, &err), &err);
    dy_blas_product(1, a, b, 0, *c, threads);
}

Test(blas, threads_move_no_bit)
{
    dy_blas_start();
    for (int i = 0; i < N_SHAPES; i++)
        for (int order = 0; order < 4; order++)
            for (int threads = 2; threads <= 4; threads *= 2) {
                dy_arena arena = dy_arena_make(0);
                dy_mat one, many;
                product_bits(SHAPES[i], order & 1, order & 2, 1, &arena, &one);
                product_bits(SHAPES[i], order & 1, order & 2, threads, &arena, &many);
                size_t bytes = (size_t)(one.rows * one.row_stride) * sizeof *one.at;
                cr_expect_eq(memcmp(one.at, many.at, bytes), 0, "shape %d order %d threads %d",
                             i, order, threads);
                dy_arena_close(&arena);
            }
}

Test(blas, beta_zero_reads_nothing_of_c)
{
    dy_blas_start();
    float a[] = { 1, 2 }, b[] = { 3, 4 }, c[] = { NAN };
    dy_blas_product(1, dy_mat_make(a, 1, 2), dy_mat_make(b, 2, 1), 0, dy_mat_make(c, 1, 1), 1);
    cr_assert_eq(c[0], 11);
}

/* A number that no BLIS has kernels for would end the process if it were obeyed. */
Test(blas, the_environment_does_not_steer)
{
    setenv("BLIS_ARCH_TYPE", "9999", 1);
    setenv("BLIS_JC_NT", "3", 1);
    setenv("OMP_NUM_THREADS", "7", 1);
    dy_blas_start();
    cr_assert_null(getenv("BLIS_ARCH_TYPE"));
    cr_assert_null(getenv("BLIS_JC_NT"));
    cr_assert_null(getenv("OMP_NUM_THREADS"));
    cr_assert_gt(strlen(dy_blas_kernels()), 0);
}

Test(blas, starting_twice_is_starting_once)
{
    dy_blas_start();
    const char *kernels = dy_blas_kernels();
    dy_blas_start();
    cr_assert_str_eq(dy_blas_kernels(), kernels);
}

/* Plain C kernels where the processor has AVX2 would be a mistake of ours: ten times as slow. */
Test(blas, kernels_suit_the_processor)
{
    dy_blas_start();
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        cr_assert_str_neq(dy_blas_kernels(), "generic");
#endif
}

Test(blas, shapes_that_do_not_fit_are_our_mistake, .signal = SIGABRT)
{
    dy_blas_start();
    float at[8] = { 0 };
    dy_blas_product(1, dy_mat_make(at, 2, 2), dy_mat_make(at, 1, 2), 0,
                    dy_mat_make(at + 4, 2, 2), 1);
}

Test(blas, an_unsound_output_is_our_mistake, .signal = SIGABRT)
{
    dy_blas_start();
    float at[16] = { 0 };
    dy_mat c = { at + 8, 2, 2, 1, 1 };
    dy_blas_product(1, dy_mat_make(at, 2, 2), dy_mat_make(at, 2, 2), 0, c, 1);
}

Test(blas, not_started_is_our_mistake, .signal = SIGABRT)
{
    float at[3] = { 0 };
    dy_blas_product(1, dy_mat_make(at, 1, 1), dy_mat_make(at + 1, 1, 1), 0,
                    dy_mat_make(at + 2, 1, 1), 1);
}
