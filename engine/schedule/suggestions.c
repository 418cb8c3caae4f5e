/* suggestions.c - see suggestions.h.   SPDX-License-Identifier: MIT */
#include "schedule/suggestions.h"

#include "schedule/range_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of values[n] that are not NaN, which are put in order. */
static dy_spread spread_of(double *values, int n)
{
    int have = 0;
    for (int i = 0; i < n; i++)
        if (!isnan(values[i])) values[have++] = values[i];
    if (have == 0) return (dy_spread){ NAN, NAN, NAN, 0 };
    qsort(values, (size_t)have, sizeof *values, by_value);
    double low = values[(have - 1) / 2], high = values[have / 2];
    double median = low == high ? low : sqrt(low) * sqrt(high);
    return (dy_spread){ median, values[0], values[have - 1], have };
}

/* Fills smooth[0..n): from the last finite loss on, what it was there. Returns how many losses there were to that point. */
static int64_t smoothen(const dy_ramp *ramp, double smoothing, double *smooth, int64_t n)
{
    dy_smoother smoother = { .smoothing = smoothing };
    int64_t used = 0;
    while (used < ramp->n && isfinite(ramp->loss[used])) {
        smooth[used] = dy_smoother_add(&smoother, ramp->loss[used]);
        used++;
    }
    for (int64_t i = used; i < n; i++) smooth[i] = used > 0 ? smooth[used - 1] : (double)NAN;
    return used;
}

/* See `divergence`. Where the test began is a tenth of it, smoothed. A few last losses alone say nothing, unless the test was
 * stopped for them. */
static double divergence_of(const dy_ramp *ramp, const double *smooth, int64_t used,
                            const double *lr, int64_t planned)
{
    const int64_t FEW = 5;
    double best = INFINITY;
    for (int64_t i = 0; i < used; i++) best = fmin(best, smooth[i]);
    int64_t skip = planned / 10 < used ? planned / 10 : used - 1;
    double level = used > 0 ? (smooth[skip] + best) / 2 : 0;
    int64_t at = ramp->n;
    while (at > 0 && !(ramp->loss[at - 1] <= level)) at--;
    int64_t lost = ramp->n - at;
    if (lost == 0) return ramp->diverged ? lr[ramp->n - 1] : (double)NAN;
    return ramp->diverged || lost >= FEW ? lr[at] : (double)NAN;
}

/* The q-th part of the way through values[n], which are in order, between neighbours in a straight line. */
static double quantile(const double *values, int n, double q)
{
    double at = q * (n - 1);
    int below = (int)at;
    int above = below + 1 < n ? below + 1 : below;
    return values[below] + (at - below) * (values[above] - values[below]);
}

/* The band at update i. column: [seeds] of scratch */
static void cross(dy_suggestions *f, int64_t i, double *column)
{
    double sum = 0;
    for (int k = 0; k < f->seeds; k++) sum += column[k] = f->smooth[k][i];
    qsort(column, (size_t)f->seeds, sizeof *column, by_value);
    f->mean[i] = sum / f->seeds;
    f->least[i] = column[0];
    f->lower[i] = quantile(column, f->seeds, 0.25);
    f->upper[i] = quantile(column, f->seeds, 0.75);
    f->greatest[i] = column[f->seeds - 1];
}

static void spread_picks(dy_suggestions *f, double *column)
{
    for (int pick = 0; pick < DY_PICKS; pick++) {
        for (int k = 0; k < f->seeds; k++) column[k] = f->picks[k][pick];
        f->spread[pick] = spread_of(column, f->seeds);
    }
    memcpy(column, f->diverges, (size_t)f->seeds * sizeof *column);
    f->divergence = spread_of(column, f->seeds);
}

static bool take(dy_suggestions *f, dy_arena *arena, double **scratch, dy_error *err)
{
    double **rows[] = { &f->mean, &f->least, &f->lower, &f->upper, &f->greatest };
    if (!(f->smooth = dy_arena_take(arena, f->seeds, sizeof *f->smooth, err)) ||
        !(f->picks = dy_arena_take(arena, f->seeds, sizeof *f->picks, err)) ||
        !(f->diverges = dy_arena_take(arena, f->seeds, sizeof *f->diverges, err)))
        return false;
    for (int k = 0; k < f->seeds; k++)
        if (!(f->smooth[k] = dy_arena_take(arena, f->n, sizeof **f->smooth, err))) return false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!(*rows[i] = dy_arena_take(arena, f->n, sizeof **rows[i], err))) return false;
    *scratch = dy_arena_take(arena, f->n > f->seeds ? f->n : f->seeds, sizeof **scratch, err);
    return *scratch != NULL;
}

bool dy_suggestions_make(dy_suggestions *says, dy_arena *arena, const dy_ramp *ramps, int seeds,
                         const double *lr, int64_t planned, double smoothing, dy_error *err)
{
    dy_suggestions f = { .seeds = seeds, .lr = lr };
    double *scratch;
    for (int k = 0; k < seeds; k++) f.n = ramps[k].n > f.n ? ramps[k].n : f.n;
    if (!take(&f, arena, &scratch, err)) return false;
    for (int k = 0; k < seeds; k++) {
        int64_t used = smoothen(&ramps[k], smoothing, f.smooth[k], f.n);
        dy_picks_make(f.picks[k], lr, f.smooth[k], used, planned, scratch);
        f.diverges[k] = divergence_of(&ramps[k], f.smooth[k], used, lr, planned);
    }
    for (int64_t i = 0; i < f.n; i++) cross(&f, i, scratch);
    spread_picks(&f, scratch);
    *says = f;
    return true;
}

double dy_suggestions_at(const dy_suggestions *says, const double *curve, double lr)
{
    int64_t lo = 0, hi = says->n - 1;
    if (!(lr > says->lr[0])) return curve[0];
    if (!(lr < says->lr[hi])) return curve[hi];
    while (hi - lo > 1) {
        int64_t middle = lo + (hi - lo) / 2;
        if (says->lr[middle] <= lr)
            lo = middle;
        else
            hi = middle;
    }
    double share = log(lr / says->lr[lo]) / log(says->lr[hi] / says->lr[lo]);
    return curve[lo] + share * (curve[hi] - curve[lo]);
}
