/* range_test.c - the ladder of rates, the smoothed loss, and the stop.   SPDX-License-Identifier: MIT */
#include "schedule/range_test.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

Test(range_test, the_ladder_reaches_both_its_ends_and_rises_by_equal_ratios)
{
    dy_range_test test = dy_range_test_defaults();
    cr_expect(dy_range_test_lr(&test, 0) == 1e-6);
    cr_expect(dy_range_test_lr(&test, 99) == 10);
    double ratio = pow(1e7, 1.0 / 99);
    for (int i = 1; i < 100; i++) {
        double step = dy_range_test_lr(&test, i) / dy_range_test_lr(&test, i - 1);
        cr_expect(fabs(step / ratio - 1) < 1e-12, "%d: %g", i, step);
    }
}

Test(range_test, a_linear_one_by_equal_differences)
{
    dy_range_test test = dy_range_test_defaults();
    test.linear = true;
    test.from = 1;
    test.to = 100;
    for (int i = 0; i < 100; i++) cr_expect(fabs(dy_range_test_lr(&test, i) - (i + 1)) < 1e-12);
}

Test(range_test, smoothing_divides_the_missing_past_out)
{
    dy_smoother s = { .smoothing = 0.98 };
    cr_expect(fabs(dy_smoother_add(&s, 2.5) - 2.5) < 1e-15, "the first is itself");
    double expected = (0.98 * 2.5 + 0.5) / 1.98;
    cr_expect(fabs(dy_smoother_add(&s, 0.5) - expected) < 1e-15);
    dy_smoother none = { .smoothing = 0 };
    for (int i = 0; i < 5; i++) cr_expect(dy_smoother_add(&none, i) == i);
    dy_smoother flat = { .smoothing = 0.9 };
    for (int i = 0; i < 500; i++) cr_expect(fabs(dy_smoother_add(&flat, 7) - 7) < 1e-14);
}

/* How many losses it takes until the watch stops; 0: it never did. */
static int stops_at(dy_range_watch watch, const double *loss, int n)
{
    for (int i = 0; i < n; i++)
        if (dy_range_watch_add(&watch, loss[i])) return i + 1;
    return 0;
}

Test(range_test, it_stops_past_so_many_times_the_least)
{
    static const double RISING[] = { 2, 1, 3, 4, 4.1, 5 };
    cr_expect_eq(stops_at(dy_range_watch_make(0, 4), RISING, 6), 5);
    cr_expect_eq(stops_at(dy_range_watch_make(0, 3.5), RISING, 6), 4);
    cr_expect_eq(stops_at(dy_range_watch_make(0, INFINITY), RISING, 6), 0);
    cr_expect_eq(stops_at(dy_range_watch_make(0.98, 4), RISING, 6), 0, "smoothed, it lags");
}

Test(range_test, it_stops_at_what_is_not_finite)
{
    cr_expect_eq(stops_at(dy_range_watch_make(0.98, 4), (double[]){ 2, NAN, 1 }, 3), 2);
    cr_expect_eq(stops_at(dy_range_watch_make(0.98, INFINITY), (double[]){ INFINITY }, 1), 1);
}

Test(range_test, the_noise_of_a_loss_of_nearly_nothing_is_no_divergence)
{
    static const double TINY[] = { 1, 1e-12, 1e-10, 1e-7, 4.1e-6 };
    cr_expect_eq(stops_at(dy_range_watch_make(0, 4), TINY, 4), 0);
    cr_expect_eq(stops_at(dy_range_watch_make(0, 4), TINY, 5), 5);
}

static const struct {
    dy_range_test test;
    const char *message;
} BAD[] = {
    { { 0, 1, 100, false, 0.9, 4 },
      "lr from 0 to 1; want rates above 0, the second one greater" },
    { { 1, 1, 100, false, 0.9, 4 }, "lr from 1 to 1" },
    { { 1e-3, INFINITY, 100, false, 0.9, 4 }, "lr from 0.001 to inf" },
    { { NAN, 1, 100, false, 0.9, 4 }, "lr from nan to 1" },
    { { 1e-3, 1, 19, false, 0.9, 4 }, "steps is 19; want 20 to 1000000 updates" },
    { { 1e-3, 1, 100, false, 1, 4 }, "smoothing is 1; want at least 0 and less than 1" },
    { { 1e-3, 1, 100, false, NAN, 4 }, "smoothing is nan" },
    { { 1e-3, 1, 100, false, 0.9, 1 }, "stop is 1; want more than 1" },
};

Test(range_test, bad_settings_are_refused)
{
    dy_error err;
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        cr_expect(!dy_range_test_check(&BAD[i].test, &err));
        cr_expect(strstr(err.text, BAD[i].message), "%s", err.text);
    }
    dy_range_test test = dy_range_test_defaults();
    cr_expect(dy_range_test_check(&test, &err));
}
