/* outline.c - see outline.h.   SPDX-License-Identifier: MIT */
#include "view/outline.h"

#include <math.h>

enum {
    LOOKS = 16,       /* samples a smoothed column looks at */
    WARM_LOOKS = 256, /* and as many before the sight */
};

/* Where column `c` begins, and the one before it ends. Wide columns begin where the tape's folds do, so that a range
 * reads folds only; the ends of the sight stay. */
static int64_t edge(dy_sight sight, int64_t c)
{
    int64_t n = sight.to - sight.from;
    int64_t at = sight.from + n / sight.columns * c + n % sight.columns * c / sight.columns;
    bool wide = n / sight.columns >= (int64_t)4 * DY_FOLD;
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

/* First, the extremes that stick out of first and last, last. */
static int64_t outline_column(const dy_tape *tape, dy_channel channel, int64_t from, int64_t to,
                              dy_point *points)
{
    double first = dy_tape_at(tape, channel, from);
    double last = dy_tape_at(tape, channel, to - 1);
    double middle = (double)from + (double)(to - 1 - from) / 2;
    dy_range range = dy_tape_range(tape, channel, from, to);
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

/* An average of the past: `sum` of values by weight, and `weight` of the past that there was. */
typedef struct average {
    double updates;
    double sum, weight;
} average;

/* Samples from..to-1 in at most `looks` parts; the one in the middle of a part stands for all of it. */
static void absorb(average *a, const dy_tape *tape, dy_channel channel, int64_t from,
                   int64_t to, int64_t looks)
{
    int64_t n = to - from;
    int64_t parts = least(n, looks);
    if (parts <= 0) return;
    double keep = exp(-(double)n / (double)parts / a->updates);
    for (int64_t i = 0; i < parts; i++) {
        int64_t at = from + (2 * i + 1) * n / (2 * parts);
        double value = dy_tape_at(tape, channel, at);
        if (!isfinite(value)) continue;
        a->sum = keep * a->sum + (1 - keep) * value;
        a->weight = keep * a->weight + (1 - keep);
    }
}

int64_t dy_outline_smooth(const dy_tape *tape, dy_channel channel, dy_sight sight,
                          double updates, dy_point *points)
{
    int64_t len = dy_tape_len(tape);
    average a = { .updates = updates };
    double past =
        fmin(ceil(5 * updates), (double)sight.from); /* e^-5 of the weight is before */
    absorb(&a, tape, channel, sight.from - (int64_t)past, least(sight.from, len), WARM_LOOKS);
    int64_t n = 0;
    for (int64_t c = 0; c < sight.columns; c++) {
        int64_t from = edge(sight, c);
        int64_t to = least(edge(sight, c + 1), len);
        if (to <= from) continue;
        absorb(&a, tape, channel, from, to, LOOKS);
        if (a.weight > 0) n = add(points, n, (double)(to - 1), a.sum / a.weight);
    }
    return n;
}
