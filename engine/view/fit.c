/* fit.c - see fit.h.   SPDX-License-Identifier: MIT */
#include "view/fit.h"

#include <math.h>
#include <stdlib.h>

static const double DIVERGED_ROOM = 3; /* times the first loss */
static const double RAW_TAIL =
    0.03; /* of the points of a raw curve may lie outside, at either end */
static const double FLAT_SHARE =
    0.06; /* of the axis, under which half the curves lie: then log */
static const double LOG_DEPTH = 1e-8;    /* a log axis reaches down to this share of its top */
static const double LEAST_SMOOTHED = 60; /* updates in sight: fewer are shown as they are */

dy_sight dy_fit_sight(const dy_draft *draft)
{
    const dy_view *view = draft->view;
    dy_sight sight = { .columns = (int64_t)view->width_px };
    if (view->to > view->from) {
        sight.from = view->from;
        sight.to = view->to;
        return sight;
    }
    sight.to = 1;
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_run_view *run = &draft->traces[i].run;
        bool running = run->outcome->status == DY_RUNNING;
        int64_t n = running ? dy_tape_room(run->tape) : dy_tape_len(run->tape);
        if (draft->traces[i].show != DY_HIDDEN && n > sight.to) sight.to = n;
    }
    return sight;
}

double dy_fit_smoothing(const dy_draft *draft, dy_sight sight)
{
    double asked = draft->view->smoothing;
    if (asked >= 0) return asked;
    double n = (double)(sight.to - sight.from);
    return n < LEAST_SMOOTHED ? 0 : ceil(n / LEAST_SMOOTHED);
}

static void read_run(dy_draft *draft, const dy_tape *tape, dy_sight sight, double smoothing,
                     dy_plot *plot)
{
    int64_t most = DY_OUTLINE_POINTS * sight.columns;
    for (dy_channel c = 0; c < DY_CHANNELS; c++) {
        dy_point *points = dy_draft_take(draft, most, sizeof *points);
        if (!points) return;
        plot->line[c] = (dy_stroke){ points, dy_outline_exact(tape, c, sight, points) };
    }
    if (smoothing <= 0) return;
    dy_point *points = dy_draft_take(draft, sight.columns, sizeof *points);
    if (!points) return;
    plot->smooth = (dy_stroke){
        points,
        dy_outline_smooth(tape, DY_LOSS, sight, smoothing, points),
    };
}

dy_plot *dy_fit_read(dy_draft *draft, dy_sight sight, double smoothing)
{
    dy_plot *plots = dy_draft_take(draft, draft->n, sizeof *plots);
    for (int32_t i = 0; plots && i < draft->n; i++)
        if (draft->traces[i].show != DY_HIDDEN)
            read_run(draft, draft->traces[i].run.tape, sight, smoothing, &plots[i]);
    return draft->failed ? NULL : plots;
}

/* The values an axis is chosen by. */
typedef struct values {
    double *at; /* [n] */
    int64_t n;
    double lo, hi;   /* what must be in sight */
    double positive; /* the least above 0; infinite: none */
} values;

/* Within what powers of ten and sums of two can be taken of. */
static void reach(values *v, double value)
{
    value = fmax(-1e300, fmin(value, 1e300));
    v->lo = fmin(v->lo, value);
    v->hi = fmax(v->hi, value);
    if (value > 1e-290) v->positive = fmin(v->positive, value);
}

/* A median needs no more of a long stroke than every so manieth point; odd, as points come four a column. */
static int64_t stride(const dy_stroke *stroke)
{
    return (stroke->n / 512) | 1;
}

static void take_stroke(values *v, const dy_stroke *stroke, double cap)
{
    int64_t every = stride(stroke);
    for (int64_t i = 0; i < stroke->n; i++) {
        double value = stroke->points[i].y;
        if (value > cap) continue;
        reach(v, value);
        if (i % every == 0) v->at[v->n++] = value;
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The raw curve under a smoothed one: all but its tails. The scratch behind v->at[v->n] is free. */
static void take_raw(values *v, const dy_stroke *stroke, double cap)
{
    double *sorted = v->at + v->n;
    int64_t n = 0;
    for (int64_t i = 0; i < stroke->n; i += stride(stroke))
        if (stroke->points[i].y <= cap) sorted[n++] = stroke->points[i].y;
    if (n == 0) return;
    qsort(sorted, (size_t)n, sizeof *sorted, by_value);
    int64_t tail = (int64_t)(RAW_TAIL * (double)n);
    reach(v, sorted[tail]);
    reach(v, sorted[n - 1 - tail]);
}

static void take_scores(values *v, const dy_trace *trace, double cap)
{
    for (int64_t i = 0; i < trace->marks; i++) {
        const dy_mark *mark = &trace->run.marks[i];
        if (mark->kind == DY_MARK_SCORE && isfinite(mark->loss) && mark->loss <= cap)
            reach(v, mark->loss);
    }
}

static void take_loss(values *v, const dy_trace *trace, const dy_plot *plot)
{
    const dy_stroke *main = plot->smooth.n > 0 ? &plot->smooth : &plot->line[DY_LOSS];
    bool diverged = trace->run.outcome->status == DY_DIVERGED;
    double cap = diverged && main->n > 0 ? DIVERGED_ROOM * main->points[0].y : (double)INFINITY;
    take_stroke(v, main, cap);
    if (main != &plot->line[DY_LOSS]) take_raw(v, &plot->line[DY_LOSS], cap);
    take_scores(v, trace, cap);
}

static bool gather(dy_draft *draft, const dy_plot *plots, dy_channel channel, values *v)
{
    int64_t most = 0;
    for (int32_t i = 0; i < draft->n; i++) most += plots[i].line[channel].n + plots[i].smooth.n;
    *v = (values){ .lo = (double)INFINITY,
                   .hi = -(double)INFINITY,
                   .positive = (double)INFINITY };
    v->at = dy_draft_take(draft, most, sizeof *v->at);
    if (!v->at) return false;
    for (int32_t i = 0; i < draft->n; i++) {
        if (draft->traces[i].show == DY_HIDDEN) continue;
        if (channel == DY_LOSS)
            take_loss(v, &draft->traces[i], &plots[i]);
        else
            take_stroke(v, &plots[i].line[channel], INFINITY);
    }
    return v->lo <= v->hi;
}

static bool wants_log(values *v, dy_channel channel, dy_axis_kind kind)
{
    if (!isfinite(v->positive) || kind == DY_AXIS_LINEAR) return false;
    if (kind == DY_AXIS_LOG) return true;
    if (channel == DY_MOMENTUM || v->n == 0) return false;
    qsort(v->at, (size_t)v->n, sizeof *v->at, by_value);
    return v->at[v->n / 2] < FLAT_SHARE * v->hi;
}

static dy_scale log_scale(const values *v)
{
    double hi = v->hi;
    double lo = fmax(v->positive, hi * LOG_DEPTH);
    double room = fmax(0.05 * log10(hi / lo), 0.05);
    return (dy_scale){ .lo = lo * pow(10, -room), .hi = hi * pow(10, room), .log = true };
}

static dy_scale linear_scale(const values *v, dy_channel channel)
{
    double lo = v->lo;
    double hi = v->hi;
    bool from_zero = channel != DY_MOMENTUM && lo >= 0 && lo < 0.4 * hi;
    double span = hi - lo;
    /* a constant has no span: momentum gets a twentieth either side, the rest stand in the middle of 0 to 2x */
    if (span <= 1e-9 * fabs(hi)) span = channel == DY_MOMENTUM ? 0.6 : fmax(fabs(hi), 1e-12);
    double room = (hi - lo > 1e-9 * fabs(hi) ? 0.07 : channel == DY_MOMENTUM ? 0.1 : 1) * span;
    lo = from_zero || (lo >= 0 && lo - room < 0) ? 0 : lo - room;
    return (dy_scale){ .lo = lo, .hi = hi + room };
}

dy_scale dy_fit_scale(dy_draft *draft, const dy_plot *plots, const dy_pane_spec *spec)
{
    values v;
    dy_channel channel = (dy_channel)spec->kind;
    if (!gather(draft, plots, channel, &v)) return (dy_scale){ .lo = 0, .hi = 1 };
    return wants_log(&v, channel, spec->y) ? log_scale(&v) : linear_scale(&v, channel);
}
