/* outline.c - see outline.h.   SPDX-License-Identifier: MIT */
#include "view/outline.h"

#include <math.h>
#include <string.h>

enum {
    EXACT = 16, /* samples of a column that are smoothed one by one */
    GROUP = 8,  /* of more, that are smoothed together */
};

/* Where column `c` begins, and the one before it ends. Columns of a fold and more begin where the tape's folds do, so that
 * a range reads folds only; the ends of the sight stay. */
static int64_t edge(dy_sight sight, int64_t c)
{
    int64_t n = sight.to - sight.from;
    int64_t at = sight.from + n / sight.columns * c + n % sight.columns * c / sight.columns;
    bool wide = n / sight.columns >= DY_FOLD;
    return wide && c > 0 && c < sight.columns ? at / DY_FOLD * DY_FOLD : at;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t add(dy_point *points, int64_t n, double x, double y)
{
    if (!isfinite(y)) return n;
    points[n] = (dy_point){ x, y };
    return n + 1;
}

/* A column's value at one end. Of long ones it is taken from the fold there: its extreme where that is the column's, else the
 * middle of it. */
static double end_value(const dy_tape *tape, dy_channel channel, int64_t at, int64_t fold,
                        const dy_range *column)
{
    if (fold < 0) return dy_tape_at(tape, channel, at);
    dy_range range = dy_tape_range(tape, channel, fold, fold + DY_FOLD);
    if (range.lo > range.hi) return (double)NAN;
    if (range.hi == column->hi) return range.hi;
    return range.lo == column->lo ? range.lo : range.lo / 2 + range.hi / 2;
}

/* First, the extremes that stick out of first and last, last. */
static int64_t outline_column(const dy_tape *tape, dy_channel channel, int64_t from, int64_t to,
                              dy_point *points)
{
    bool folds = to - from >= (int64_t)4 * DY_FOLD && from % DY_FOLD == 0 && to % DY_FOLD == 0;
    dy_range range = dy_tape_range(tape, channel, from, to);
    double first = end_value(tape, channel, from, folds ? from : -1, &range);
    double last = end_value(tape, channel, to - 1, folds ? to - DY_FOLD : -1, &range);
    double middle = (double)from + (double)(to - 1 - from) / 2;
    bool low = range.lo < fmin(first, last);
    bool high = range.hi > fmax(first, last);
    bool rising = first <= last; /* then the least comes first: the shorter way */
    int64_t n = add(points, 0, (double)from, first);
    if (low && rising) n = add(points, n, middle, range.lo);
    if (high) n = add(points, n, middle, range.hi);
    if (low && !rising) n = add(points, n, middle, range.lo);
    return add(points, n, (double)(to - 1), last);
}

int64_t dy_outline_exact(const dy_tape *tape, dy_channel channel, dy_sight sight,
                         dy_point *points)
{
    int64_t len = dy_tape_len(tape);
    int64_t n = 0;
    for (int64_t c = 0; c < sight.columns; c++) {
        int64_t from = edge(sight, c);
        int64_t to = least(edge(sight, c + 1), len);
        if (to - from > DY_OUTLINE_POINTS) {
            n += outline_column(tape, channel, from, to, points + n);
            continue;
        }
        for (int64_t i = from; i < to; i++)
            n = add(points, n, (double)i, dy_tape_at(tape, channel, i));
    }
    return n;
}

int64_t dy_outline_band(const dy_tape *tape, dy_channel channel, dy_sight sight,
                        dy_point *points)
{
    int64_t len = dy_tape_len(tape);
    int64_t n = 0;
    dy_point *end = points + 2 * sight.columns;
    for (int64_t c = 0; c < sight.columns; c++) {
        int64_t from = edge(sight, c);
        int64_t to = least(edge(sight, c + 1), len);
        if (to <= from) continue;
        dy_range range = dy_tape_range(tape, channel, from, to);
        double middle = (double)from + (double)(to - 1 - from) / 2;
        if (range.lo > range.hi) continue;
        points[n] = (dy_point){ middle, range.hi };
        end[-1 - n] = (dy_point){ middle, range.lo };
        n++;
    }
    memmove(points + n, end - n, (size_t)n * sizeof *points);
    return 2 * n;
}

double dy_acting_rate(double lr, double momentum)
{
    return lr / (1 - momentum);
}

int64_t dy_outline_rate(const dy_tape *tape, dy_sight sight, dy_point *points)
{
    int64_t len = dy_tape_len(tape);
    int64_t n = 0;
    for (int64_t c = 0; c < sight.columns; c++) {
        int64_t from = edge(sight, c);
        int64_t in = least(edge(sight, c + 1), len) - from;
        int64_t looks = least(in, DY_OUTLINE_POINTS);
        for (int64_t k = 0; k < looks; k++) {
            int64_t i = from + k * in / looks;
            double lr = dy_tape_at(tape, DY_LR, i);
            double momentum = dy_tape_at(tape, DY_MOMENTUM, i);
            n = add(points, n, (double)i, dy_acting_rate(lr, momentum));
        }
    }
    return n;
}

/* An average of the past: `sum` of values by weight, and `weight` of the past that there was. */
typedef struct average {
    double updates;
    double sum, weight;
} average;

/* A value that so many updates had; `keep` of the weight of what was before stays. */
static void absorb(average *a, double value, double keep)
{
    if (!isfinite(value)) return;
    a->sum = keep * a->sum + (1 - keep) * value;
    a->weight = keep * a->weight + (1 - keep);
}

/* Of those that are finite; NaN: none is. */
static double mean_of(const float *losses, int64_t n)
{
    double sum = 0;
    int64_t finite = 0;
    for (int64_t i = 0; i < n; i++) {
        if (!isfinite(losses[i])) continue;
        sum += (double)losses[i];
        finite++;
    }
    return sum / (double)finite;
}

/* Samples from..to-1, fewer than a fold, `group` of them as one. */
static void absorb_samples(average *a, const dy_tape *tape, int64_t from, int64_t to,
                           int64_t group)
{
    float losses[DY_FOLD];
    int64_t n = to - from;
    dy_tape_losses(tape, from, n, losses);
    double keep = exp(-(double)group / a->updates);
    for (int64_t i = 0; i < n; i += group) {
        int64_t m = least(group, n - i);
        absorb(a, mean_of(losses + i, m), m == group ? keep : exp(-(double)m / a->updates));
    }
}

/* All samples from..to-1: whole folds as one, where there are any. */
static void absorb_all(average *a, const dy_tape *tape, int64_t from, int64_t to)
{
    int64_t group = to - from > EXACT ? GROUP : 1;
    double keep = exp(-(double)DY_FOLD / a->updates);
    while (from < to) {
        int64_t next = (from / DY_FOLD + 1) * DY_FOLD;
        if (next - from == DY_FOLD && next <= to)
            absorb(a, dy_tape_mean_loss(tape, from / DY_FOLD), keep);
        else
            absorb_samples(a, tape, from, least(next, to), group);
        from = least(next, to);
    }
}

int64_t dy_outline_smooth(const dy_tape *tape, dy_sight sight, double updates, dy_point *points)
{
    int64_t len = dy_tape_len(tape);
    average a = { .updates = updates };
    double past =
        fmin(ceil(5 * updates), (double)sight.from); /* e^-5 of the weight is before */
    absorb_all(&a, tape, sight.from - (int64_t)past, least(sight.from, len));
    int64_t n = 0;
    for (int64_t c = 0; c < sight.columns; c++) {
        int64_t from = edge(sight, c);
        int64_t to = least(edge(sight, c + 1), len);
        if (to <= from) continue;
        absorb_all(&a, tape, from, to);
        if (a.weight > 0) n = add(points, n, (double)(to - 1), a.sum / a.weight);
    }
    return n;
}
