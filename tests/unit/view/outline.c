/* outline.c - smoothing and thinning.   SPDX-License-Identifier: MIT */
#include "view/outline.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A tape whose loss is f(i). */
static dy_tape *make_tape(int64_t n, float (*f)(int64_t i))
{
    void *memory = NULL;
    cr_assert(posix_memalign(&memory, 64, dy_tape_size(n)) == 0);
    dy_tape *tape = dy_tape_init(memset(memory, 0, dy_tape_size(n)), n);
    for (int64_t i = 0; i < n; i++)
        dy_tape_push(tape, (dy_sample){ .lr = 1.0 / (double)(i + 1), .loss = f(i) });
    return tape;
}

static float constant(int64_t i)
{
    (void)i;
    return 0.75F;
}

static float spikes(int64_t i)
{
    return i % 1000 == 500 ? 9 : i % 1000 == 501 ? -9 : 1;
}

static float square(int64_t i)
{
    return (float)(i % 7) * (float)(i % 11);
}

static float diverging(int64_t i)
{
    return i < 50 ? 1 : INFINITY;
}

Test(outline, few_samples_are_all_there)
{
    dy_tape *tape = make_tape(100, square);
    dy_point points[400];
    int64_t n = dy_outline_exact(tape, DY_LOSS, (dy_sight){ 0, 100, 100 }, points);
    cr_assert_eq(n, 100);
    for (int i = 0; i < 100; i++) {
        cr_expect_eq(points[i].x, i);
        cr_expect_eq(points[i].y, (double)square(i));
    }
    free(tape);
}

Test(outline, extremes_survive)
{
    dy_tape *tape = make_tape(100000, spikes);
    dy_point points[4 * 100];
    int64_t n = dy_outline_exact(tape, DY_LOSS, (dy_sight){ 0, 100000, 100 }, points);
    cr_assert_eq(n, 400, "%ld", (long)n);
    int high = 0;
    int low = 0;
    for (int64_t i = 0; i < n; i++) {
        high += points[i].y == 9;
        low += points[i].y == -9;
        cr_expect(i == 0 || points[i].x >= points[i - 1].x, "in order");
    }
    cr_expect_eq(high, 100, "every column's spike");
    cr_expect_eq(low, 100);
    free(tape);
}

Test(outline, a_monotone_curve_has_two_points_a_column)
{
    dy_tape *tape = make_tape(10000, constant);
    dy_point points[4 * 50];
    cr_expect_eq(dy_outline_exact(tape, DY_LR, (dy_sight){ 0, 10000, 50 }, points), 100);
    cr_expect_eq(points[0].y, 1.0);
    cr_expect_eq(points[99].x, 9999);
    free(tape);
}

Test(outline, the_sight_may_reach_past_the_tape)
{
    dy_tape *tape = make_tape(10, square);
    dy_point points[4 * 20];
    cr_expect_eq(dy_outline_exact(tape, DY_LOSS, (dy_sight){ 5, 500, 20 }, points), 4,
                 "one column of five samples: first, least, greatest, last");
    cr_expect_eq(dy_outline_exact(tape, DY_LOSS, (dy_sight){ 50, 500, 20 }, points), 0);
    cr_expect_eq(dy_outline_smooth(tape, (dy_sight){ 50, 500, 20 }, 3, points), 0);
    free(tape);
}

Test(outline, what_is_not_finite_gives_no_point)
{
    dy_tape *tape = make_tape(60, diverging);
    dy_point points[4 * 60];
    cr_expect_eq(dy_outline_exact(tape, DY_LOSS, (dy_sight){ 0, 60, 60 }, points), 50);
    int64_t n = dy_outline_smooth(tape, (dy_sight){ 0, 60, 60 }, 5, points);
    for (int64_t i = 0; i < n; i++) cr_expect_float_eq(points[i].y, 1, 1e-12);
    free(tape);
}

/* The average as a loop over all samples would have it. */
static double naive(int64_t to, double updates)
{
    double keep = exp(-1 / updates);
    double sum = 0;
    double weight = 0;
    for (int64_t i = 0; i < to; i++) {
        sum = keep * sum + (1 - keep) * (double)square(i);
        weight = keep * weight + (1 - keep);
    }
    return sum / weight;
}

Test(outline, smoothing_is_exact_up_to_16_samples_a_column)
{
    dy_tape *tape = make_tape(1600, square);
    dy_point points[100];
    cr_assert_eq(dy_outline_smooth(tape, (dy_sight){ 0, 1600, 100 }, 40, points), 100);
    for (int c = 0; c < 100; c++) {
        cr_expect_eq(points[c].x, 16 * c + 15);
        cr_expect_float_eq(points[c].y, naive(16 * c + 16, 40), 1e-9);
    }
    free(tape);
}

Test(outline, the_past_before_the_sight_counts)
{
    dy_tape *tape = make_tape(400, square);
    dy_point points[100];
    cr_assert_eq(dy_outline_smooth(tape, (dy_sight){ 300, 400, 100 }, 20, points), 100);
    /* five times 20 updates are read: e^-5 is what they may miss */
    for (int c = 0; c < 100; c++)
        cr_expect_float_eq(points[c].y, naive(300 + c + 1, 20), 0.01 * 60);
    cr_expect_float_eq(points[99].y, naive(400, 20), 1e-2);
    free(tape);
}

Test(outline, smoothing_a_long_tape_finds_its_mean)
{
    dy_tape *tape = make_tape(200000, square);
    dy_point points[50];
    cr_assert_eq(dy_outline_smooth(tape, (dy_sight){ 0, 200000, 50 }, 50000, points), 50);
    cr_expect_float_eq(points[49].y, 15, 2.5, "3 x 5 on average, gave %g", points[49].y);
    dy_tape *flat = make_tape(200000, constant);
    cr_assert_eq(dy_outline_smooth(flat, (dy_sight){ 0, 200000, 50 }, 50000, points), 50);
    for (int c = 0; c < 50; c++) cr_expect_float_eq(points[c].y, 0.75, 1e-12);
    free(flat);
    free(tape);
}
