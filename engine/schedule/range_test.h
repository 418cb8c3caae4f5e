/* range_test.h - the learning-rate range test as arithmetic: the rate of each update, the loss smoothed, and when to stop.
 *
 * A short run in which lr rises from far too low to far too high, while the loss is watched. What its curve says about lr
 * is picks.h's; running it is lab/finder.h's.
 * source: L. Smith, Cyclical Learning Rates, 2017, arXiv:1506.01186, section 3.3; smoothing and stop as in fastai's LRFinder
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"

#include <stdint.h>

typedef struct dy_range_test {
    double from, to;  /* the rates of the first and the last update; 0 < from < to */
    int64_t steps;    /* updates, >= DY_RANGE_TEST_LEAST */
    bool linear;      /* equal differences; else equal ratios */
    double smoothing; /* weight of the past in the smoothed loss, 0 <= s < 1 */
    double
        stop; /* diverged: the smoothed loss is above so many times its least; > 1, may be infinite */
} dy_range_test;

/* Fewer updates have no curve left once the rules have cut its ends off. */
enum { DY_RANGE_TEST_LEAST = 20 };

/* 1e-6 to 10 in 100 updates of equal ratios, smoothing 0.98, stop at 4. */
dy_range_test dy_range_test_defaults(void);

/* Fails when a number is out of range; says which. */
bool dy_range_test_check(const dy_range_test *test, dy_error *err);

/* The rate of update i, 0 <= i < steps: exactly `from` at the first, exactly `to` at the last. */
double dy_range_test_lr(const dy_range_test *test, int64_t i);

/* The loss smoothed: an exponential moving average, of which the missing past is divided out (as Adam does: without that
 * the first values would lie far too low). Starts as { .smoothing = ... }. */
typedef struct dy_smoother {
    double smoothing;
    double sum, weight;
} dy_smoother;

/* Takes the next loss; returns the average so far. */
double dy_smoother_add(dy_smoother *smoother, double loss);

/* The stop rule. Starts as dy_range_watch_make gives it. */
typedef struct dy_range_watch {
    dy_smoother smoother;
    double stop, first, best;
} dy_range_watch;

dy_range_watch dy_range_watch_make(double smoothing, double stop);

/* Takes the next loss. true: it is not finite, or the smoothed loss is above `stop` times its least (a least of nearly nothing
 * counts as a millionth of the first, so that the noise of rounding stops no test). */
bool dy_range_watch_add(dy_range_watch *watch, double loss);
