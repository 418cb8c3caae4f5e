/* fit.c - see fit.h.   SPDX-License-Identifier: MIT */
#include "view/fit.h"

#include <math.h>
#include <stdlib.h>

static const double DIVERGED_ROOM = 3; /* times the first loss */
static const double RAW_TAIL =
    0.03; /* of the points of a raw curve may lie outside, at either end */
static const double FLAT_SHARE =
    0.06; /* of the axis, under which half the curves lie: then log */
static const double LOG_DEPTH = 1e-8; /* a log axis reaches down to this share of its top */

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
    value = value > -1e300 ? value : -1e300;
    value = value < 1e300 ? value : 1e300;
    if (value < v->lo) v->lo = value;
    if (value > v->hi) v->hi = value;
    if (value > 1e-290 && value < v->positive) v->positive = value;
}

/* A median needs no more of a long stroke than every so manieth point; odd, as points come four a column. */
static int64_t stride(const dy_stroke *stroke)
{
    return (stroke->n / 128) | 1;
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

static void take_dots(values *v, const dy_stroke *dots, double cap)
{
    for (int64_t i = 0; i < dots->n; i++)
        if (dots->points[i].y <= cap) reach(v, dots->points[i].y);
}

/* Curves of the loss, also of what was scored. */
static void take_loss(values *v, const dy_trace *trace, const dy_plot *plot)
{
    const dy_stroke *main = plot->smooth.n > 0 ? &plot->smooth : &plot->line;
    bool diverged = trace->run.outcome->status == DY_DIVERGED;
    double cap = diverged && main->n > 0 ? DIVERGED_ROOM * main->points[0].y : (double)INFINITY;
    take_stroke(v, main, cap);
    if (main != &plot->line) take_raw(v, &plot->line, cap);
    take_dots(v, &plot->dots, cap);
}

static void take_plot(values *v, const dy_plot *plot)
{
    take_stroke(v, &plot->line, INFINITY);
    take_stroke(v, &plot->ghost, INFINITY);
}

static void take_handles(const dy_draft *draft, dy_pane_kind kind, values *v)
{
    for (int32_t i = 0; i < draft->view->n_handles; i++) {
        const dy_handle *handle = &draft->view->handles[i];
        if ((int)handle->channel == (int)kind && isfinite(handle->value))
            reach(v, handle->value);
    }
}

static bool take_room(dy_draft *draft, int32_t pane, values *v)
{
    int64_t most = 0;
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_plot *plot = dy_plot_of(draft, pane, i);
        most += plot->line.n + plot->smooth.n + plot->ghost.n;
    }
    *v = (values){ .lo = (double)INFINITY,
                   .hi = -(double)INFINITY,
                   .positive = (double)INFINITY };
    v->at = dy_draft_take(draft, most, sizeof *v->at);
    return v->at != NULL;
}

static bool gather(dy_draft *draft, int32_t pane, values *v)
{
    dy_pane_kind kind = draft->specs[pane].kind;
    if (!take_room(draft, pane, v)) return false;
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_trace *trace = &draft->traces[i];
        const dy_plot *plot = dy_plot_of(draft, pane, i);
        if (trace->show == DY_HIDDEN) continue;
        if (kind == DY_PANE_LOSS)
            take_loss(v, trace, plot);
        else
            take_plot(v, plot);
    }
    take_handles(draft, kind, v);
    return v->lo <= v->hi;
}

/* Channels that are rates of something, which may go over decades. */
static bool may_be_log(dy_pane_kind kind)
{
    return kind != DY_PANE_MOMENTUM && kind != DY_PANE_ACCURACY;
}

static bool wants_log(values *v, dy_pane_kind kind, dy_axis_kind axis)
{
    if (!isfinite(v->positive) || axis == DY_AXIS_LINEAR) return false;
    if (axis == DY_AXIS_LOG) return true;
    if (!may_be_log(kind) || v->n == 0) return false;
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

static dy_scale linear_scale(const values *v, dy_pane_kind kind)
{
    double lo = v->lo;
    double hi = v->hi;
    bool momentum = kind == DY_PANE_MOMENTUM;
    bool from_zero = !momentum && lo >= 0 && lo < 0.4 * hi;
    double span = hi - lo;
    /* a constant has no span: momentum gets a twentieth either side, the rest stand in the middle of 0 to 2x */
    if (span <= 1e-9 * fabs(hi)) span = momentum ? 0.6 : fmax(fabs(hi), 1e-12);
    double room = (hi - lo > 1e-9 * fabs(hi) ? 0.07 : momentum ? 0.1 : 1) * span;
    lo = from_zero || (lo >= 0 && lo - room < 0) ? 0 : lo - room;
    hi = kind == DY_PANE_ACCURACY && hi <= 100 ? fmin(hi + room, 100) : hi + room;
    return (dy_scale){ .lo = lo, .hi = hi };
}

static bool held(const dy_pane_spec *spec)
{
    return spec->lo < spec->hi && isfinite(spec->lo) && isfinite(spec->hi) &&
           isfinite(spec->hi - spec->lo);
}

dy_scale dy_fit_scale(dy_draft *draft, int32_t pane)
{
    const dy_pane_spec *spec = &draft->specs[pane];
    values v;
    bool any = gather(draft, pane, &v);
    bool log = any && wants_log(&v, spec->kind, spec->y);
    if (held(spec))
        return (dy_scale){ .lo = spec->lo, .hi = spec->hi, .log = log && spec->lo > 0 };
    if (!any) return (dy_scale){ .lo = 0, .hi = 1 };
    return log ? log_scale(&v) : linear_scale(&v, spec->kind);
}

dy_scale dy_fit_across(dy_draft *draft, int32_t pane)
{
    const dy_pane_spec *spec = &draft->specs[pane];
    dy_scale updates = { .lo = (double)draft->sight.from, .hi = (double)draft->sight.to };
    values v;
    if (spec->kind != DY_PANE_LOOP) return updates;
    if (!take_room(draft, pane, &v)) return updates;
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_stroke *line = &dy_plot_of(draft, pane, i)->line;
        for (int64_t k = 0; k < line->n; k++) {
            reach(&v, line->points[k].x);
            v.at[v.n++] = line->points[k].x;
        }
    }
    if (v.lo > v.hi) return (dy_scale){ .lo = 0, .hi = 1 };
    return wants_log(&v, DY_PANE_LR, spec->x) ? log_scale(&v) : linear_scale(&v, DY_PANE_LR);
}

bool dy_fit_any(const dy_draft *draft, int32_t pane)
{
    dy_pane_kind kind = draft->specs[pane].kind;
    if (kind == DY_PANE_PLANE) return draft->view->plane;
    if (kind == DY_PANE_WEIGHTS) return draft->view->weights;
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_plot *plot = dy_plot_of(draft, pane, i);
        if (plot->line.n > 0 || plot->ghost.n > 0) return true;
    }
    return false;
}
