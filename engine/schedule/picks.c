/* picks.c - see picks.h.   SPDX-License-Identifier: MIT */
#include "schedule/picks.h"

#include <math.h>
#include <stddef.h>

/* What fastai leaves out, and what its slide is tuned to. */
enum { SKIPPED_SHARE = 10, SKIPPED_LAST = 5 };

static const double SLIDE_WINDOW = 15, SLIDE_THRESHOLD = 0.005, SLIDE_DENSITY = 12.5;

const char *const DY_PICK_NAMES[] = { [DY_PICK_VALLEY] = "valley",
                                      [DY_PICK_STEEPEST] = "steepest",
                                      [DY_PICK_MINIMUM] = "minimum",
                                      [DY_PICK_SLIDE] = "slide",
                                      [DY_PICKS] = NULL };

/* How many of tails[0..count) are above x: they fall. */
static int64_t count_above(const double *tails, int64_t count, double x)
{
    int64_t lo = 0, hi = count;
    while (lo < hi) {
        int64_t middle = lo + (hi - lo) / 2;
        if (tails[middle] > x)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo;
}

/* tails[k] is the greatest last loss of a falling subsequence of length k + 1 seen so far, so that one binary search tells
 * how long the longest one is that ends at i. source: M. Fredman, 1975 */
double dy_pick_valley(const double *lr, const double *loss, int64_t n, double *scratch)
{
    double *tails = scratch;
    int64_t longest = 0, end = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t before = count_above(tails, longest, loss[i]);
        tails[before] = loss[i]; /* no less than what stood there */
        if (before < longest) continue;
        longest = before + 1;
        end = i;
    }
    return longest < 3 ? (double)NAN : lr[end - longest + longest / 3 + longest / 6];
}

double dy_pick_steepest(const double *lr, const double *loss, int64_t n)
{
    int64_t best = -1;
    double least = 0;
    for (int64_t i = 0; i + 1 < n; i++) {
        double slope = (loss[i + 1] - loss[i]) / (log(lr[i + 1]) - log(lr[i]));
        if (!(slope < least)) continue;
        least = slope;
        best = i;
    }
    return best < 0 ? (double)NAN : lr[best];
}

static int64_t least_of(const double *loss, int64_t n)
{
    int64_t best = 0;
    for (int64_t i = 1; i < n; i++)
        if (loss[i] < loss[best]) best = i;
    return best;
}

double dy_pick_minimum(const double *lr, const double *loss, int64_t n)
{
    int64_t best = least_of(loss, n);
    return best == 0 ? (double)NAN : lr[best] / 10;
}

/* By central differences, one-sided at the ends, as numpy.gradient. n >= 2 */
static double slope_at(const double *loss, int64_t n, int64_t i)
{
    int64_t left = i > 0 ? i - 1 : 0;
    int64_t right = i < n - 1 ? i + 1 : n - 1;
    return (loss[right] - loss[left]) / (double)(right - left);
}

double dy_pick_slide(const double *lr, const double *loss, int64_t n, int64_t window,
                     double threshold)
{
    if (n <= window || n < 2) return NAN;
    int64_t at = n - 1 - window; /* of the left place */
    double found = lr[at];
    for (; at >= 0; at--) {
        double apart = fabs(slope_at(loss, n, at + window) - slope_at(loss, n, at));
        if (!(apart > threshold)) break;
        found = lr[at];
    }
    return found;
}

void dy_picks_make(double picks[DY_PICKS], const double *lr, const double *loss, int64_t n,
                   int64_t planned, double *scratch)
{
    int64_t skip = planned / SKIPPED_SHARE;
    int64_t rest = n - SKIPPED_LAST - skip;
    for (int i = 0; i < DY_PICKS; i++) picks[i] = NAN;
    if (rest < 2) return;
    lr += skip;
    loss += skip;
    double density = (double)(rest - 1) / log10(lr[rest - 1] / lr[0]) / SLIDE_DENSITY;
    int64_t window = (int64_t)fmax(1, fmin(round(SLIDE_WINDOW * density), (double)n));
    picks[DY_PICK_VALLEY] = dy_pick_valley(lr, loss, rest, scratch);
    picks[DY_PICK_STEEPEST] = dy_pick_steepest(lr, loss, least_of(loss, rest) + 1);
    picks[DY_PICK_MINIMUM] = dy_pick_minimum(lr, loss, rest);
    picks[DY_PICK_SLIDE] = dy_pick_slide(lr, loss, rest, window, SLIDE_THRESHOLD / density);
}
