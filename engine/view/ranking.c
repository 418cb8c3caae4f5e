/* ranking.c - see ranking.h.   SPDX-License-Identifier: MIT */
#include "view/ranking.h"

#include "view/outline.h"

#include <math.h>
#include <stdlib.h>

enum {
    COLUMNS = 256, /* of a tape, smoothed */
    SPANS =
        60, /* smoothing is over such a part of the longest tape, as it is in a picture of all of it */
};

/* How a value came about: points in updates and values, rising in updates. */
typedef struct history {
    dy_point *points;
    int64_t n;
} history;

static int64_t longest(const dy_trace *traces, int32_t n)
{
    int64_t most = 1;
    for (int32_t i = 0; i < n; i++) {
        int64_t len = dy_tape_len(traces[i].run.tape);
        if (len > most) most = len;
    }
    return most;
}

static bool read_loss(history *h, const dy_trace *trace, int64_t updates, dy_arena *arena,
                      dy_error *err)
{
    h->points = dy_arena_take(arena, COLUMNS, sizeof *h->points, err);
    if (!h->points) return false;
    dy_sight sight = { .from = 0, .to = updates, .columns = COLUMNS };
    double smoothing = fmax(1, (double)updates / SPANS);
    h->n = dy_outline_smooth(trace->run.tape, sight, smoothing, h->points);
    return true;
}

static bool read_accuracy(history *h, const dy_trace *trace, dy_arena *arena, dy_error *err)
{
    h->points = dy_arena_take(arena, trace->marks, sizeof *h->points, err);
    if (!h->points) return false;
    for (int64_t i = 0; i < trace->marks; i++) {
        const dy_mark *mark = &trace->run.marks[i];
        if (mark->kind != DY_MARK_SCORE || !isfinite(mark->accuracy)) continue;
        h->points[h->n++] = (dy_point){ (double)mark->step, mark->accuracy };
    }
    return true;
}

/* The first update at which the value was this good, between points as on a straight line; NaN: never. `sign` turns
 * values so that less is better. */
static double reached(const history *h, double value, double sign)
{
    for (int64_t i = 0; i < h->n; i++) {
        dy_point at = h->points[i];
        if (sign * at.y > sign * value) continue;
        if (i == 0) return at.x;
        dy_point before = h->points[i - 1];
        return before.x + (at.x - before.x) * (before.y - value) / (before.y - at.y);
    }
    return (double)NAN;
}

static int64_t first_past(const dy_trace *trace, double target)
{
    for (int64_t i = 0; target > 0 && i < trace->marks; i++) {
        const dy_mark *mark = &trace->run.marks[i];
        if (mark->kind == DY_MARK_SCORE && mark->accuracy >= target) return mark->step;
    }
    return -1;
}

static int by_worth(const void *a, const void *b)
{
    const dy_rider *x = a;
    const dy_rider *y = b;
    bool x_out = isnan(x->behind);
    bool y_out = isnan(y->behind);
    if (x_out != y_out) return x_out ? 1 : -1;
    if (!x_out && x->behind != y->behind) return x->behind < y->behind ? -1 : 1;
    return (x->trace > y->trace) - (x->trace < y->trace);
}

/* Sorts by what `behind` holds so far: the value, less being better. Then it is the distance to the first. */
static void sort(dy_ranking *ranking, dy_rider *riders, const history *histories)
{
    double sign = ranking->by == DY_RANK_LOSS ? 1 : -1;
    qsort(riders, (size_t)ranking->n, sizeof *riders, by_worth);
    const history *lead = ranking->n > 0 ? &histories[riders[0].trace] : NULL;
    double best = ranking->n > 0 ? riders[0].behind : 0;
    for (int32_t i = 0; i < ranking->n; i++) {
        dy_rider *rider = &riders[i];
        const history *own = &histories[rider->trace];
        rider->updates = -1;
        if (isnan(rider->behind)) continue;
        rider->behind -= best;
        double apart = own->points[own->n - 1].x - reached(lead, rider->value, sign);
        if (apart >= 0) rider->updates = i > 0 ? (int64_t)llround(apart) : 0;
    }
}

static bool rides(const dy_trace *trace)
{
    return trace->show != DY_FAINT && !trace->run.card->aside;
}

static dy_rider rider_of(const dy_trace *trace, int32_t index, const history *h,
                         const dy_ranking *ranking)
{
    bool out = trace->run.outcome->status == DY_DIVERGED || h->n == 0;
    double value = h->n > 0 ? h->points[h->n - 1].y : (double)NAN;
    double sign = ranking->by == DY_RANK_LOSS ? 1 : -1;
    return (dy_rider){
        .trace = index,
        .value = value,
        .behind = out ? (double)NAN : sign * value,
        .past = first_past(trace, ranking->target),
    };
}

static void find_first(dy_ranking *ranking)
{
    int64_t least = INT64_MAX;
    ranking->first = -1;
    for (int32_t i = 0; i < ranking->n; i++) {
        const dy_rider *rider = &ranking->riders[i];
        if (rider->past < 0 || rider->past >= least) continue;
        least = rider->past;
        ranking->first = rider->trace;
    }
}

bool dy_ranking_make(dy_ranking *ranking, dy_arena *arena, const dy_trace *traces, int32_t n,
                     dy_rank_by by, double target, dy_error *err)
{
    dy_rider *riders = dy_arena_take(arena, n, sizeof *riders, err);
    history *histories = riders ? dy_arena_take(arena, n, sizeof *histories, err) : NULL;
    if (!histories) return false;
    dy_ranking made = { .by = by, .target = target, .riders = riders };
    int64_t updates = longest(traces, n);
    for (int32_t i = 0; i < n; i++) {
        if (!rides(&traces[i])) continue;
        history *h = &histories[i];
        if (!(by == DY_RANK_LOSS ? read_loss(h, &traces[i], updates, arena, err)
                                 : read_accuracy(h, &traces[i], arena, err)))
            return false;
        riders[made.n++] = rider_of(&traces[i], i, h, &made);
    }
    sort(&made, riders, histories);
    find_first(&made);
    *ranking = made;
    return true;
}
