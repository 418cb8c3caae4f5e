/* range_test.c - see range_test.h.   SPDX-License-Identifier: MIT */
#include "schedule/range_test.h"

#include <math.h>

static const double LEAST_SHARE = 1e-6; /* of the first loss */

dy_range_test dy_range_test_defaults(void)
{
    return (
        dy_range_test){ .from = 1e-6, .to = 10, .steps = 100, .smoothing = 0.98, .stop = 4 };
}

bool dy_range_test_check(const dy_range_test *test, dy_error *err)
{
    const int64_t MOST = 1000000;

    if (!(test->from > 0 && test->from < test->to && isfinite(test->to)))
        return dy_fail(err, "lr from %g to %g; want rates above 0, the second one greater",
                       test->from, test->to);
    if (test->steps < DY_RANGE_TEST_LEAST || test->steps > MOST)
        return dy_fail(err, "steps is %lld; want %d to %lld updates", (long long)test->steps,
                       DY_RANGE_TEST_LEAST, (long long)MOST);
    if (!(test->smoothing >= 0 && test->smoothing < 1))
        return dy_fail(err, "smoothing is %g; want at least 0 and less than 1",
                       test->smoothing);
    if (!(test->stop > 1)) return dy_fail(err, "stop is %g; want more than 1", test->stop);
    return true;
}

double dy_range_test_lr(const dy_range_test *test, int64_t i)
{
    int64_t last = test->steps - 1;
    if (i <= 0) return test->from;
    if (i >= last) return test->to;
    double share = (double)i / (double)last;
    return test->linear ? test->from + share * (test->to - test->from)
                        : test->from * pow(test->to / test->from, share);
}

double dy_smoother_add(dy_smoother *smoother, double loss)
{
    double past = smoother->smoothing;
    smoother->sum = past * smoother->sum + (1 - past) * loss;
    smoother->weight = past * smoother->weight + (1 - past);
    return smoother->sum / smoother->weight;
}

dy_range_watch dy_range_watch_make(double smoothing, double stop)
{
    return (dy_range_watch){
        .smoother = { .smoothing = smoothing }, .stop = stop, .first = NAN, .best = INFINITY
    };
}

bool dy_range_watch_add(dy_range_watch *watch, double loss)
{
    if (!isfinite(loss)) return true;
    double smooth = dy_smoother_add(&watch->smoother, loss);
    if (isnan(watch->first)) watch->first = smooth;
    watch->best = fmin(watch->best, smooth);
    return smooth > watch->stop * fmax(watch->best, LEAST_SHARE * watch->first);
}
