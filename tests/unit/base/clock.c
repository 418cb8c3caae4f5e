/* clock.c - time never goes back and is in seconds.
 *
 * SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <criterion/criterion.h>
#include <time.h>

Test(clock, never_goes_back)
{
    double last = dy_now_s();
    cr_assert_gt(last, 0.0);
    for (int i = 0; i < 100000; i++) {
        double now = dy_now_s();
        cr_assert(now >= last, "%.9f after %.9f", now, last);
        last = now;
    }
}

/* Only a lower bound: a busy machine may sleep as long as it likes. */
Test(clock, counts_seconds)
{
    double from = dy_now_s();
    nanosleep(&(struct timespec){ .tv_nsec = 20 * 1000 * 1000 }, NULL);
    double took = dy_now_s() - from;
    cr_assert(took >= 0.019 && took < 20, "20 ms of sleep took %.9f s", took);
}
