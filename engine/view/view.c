/* view.c - see view.h.   SPDX-License-Identifier: MIT */
#include "view/view.h"

const char *dy_pane_name(dy_pane_kind kind)
{
    static const char *const NAMES[DY_PANE_KINDS] = {
        [DY_PANE_LR] = "learning rate",
        [DY_PANE_MOMENTUM] = "momentum",
        [DY_PANE_LOSS] = "loss",
        [DY_PANE_RATE] = "effective rate",
        [DY_PANE_ACCURACY] = "accuracy",
        [DY_PANE_GRADIENT] = "gradient norm",
        [DY_PANE_RATIO] = "update ratio",
        [DY_PANE_LOOP] = "loss by learning rate",
        [DY_PANE_PLANE] = "decision boundary",
        [DY_PANE_WEIGHTS] = "first layer",
    };
    return NAMES[kind];
}

bool dy_pane_over_updates(dy_pane_kind kind)
{
    return kind < DY_PANE_LOOP;
}

dy_view dy_view_defaults(void)
{
    return (dy_view){ .width_px = 800, .height_px = 600, .scale = 2, .smoothing = -1 };
}

static bool in_range(double value, double least, double most)
{
    return value >= least && value <= most; /* false for NaN */
}

static bool check_panes(const dy_view *v, dy_error *err)
{
    bool seen[DY_PANE_KINDS] = { false };
    for (int32_t p = 0; p < v->n_panes; p++) {
        const dy_pane_spec *spec = &v->panes[p];
        if ((uint32_t)spec->kind >= DY_PANE_KINDS)
            return dy_fail(err, "picture: pane %d is of no known kind", p + 1);
        if (seen[spec->kind])
            return dy_fail(err, "picture: there are two panes of %s; want one",
                           dy_pane_name(spec->kind));
        if (!in_range(spec->share, 0, 1e6))
            return dy_fail(err, "picture: the share of %s is %g; want 0 (as usual) to 1e6",
                           dy_pane_name(spec->kind), spec->share);
        seen[spec->kind] = true;
    }
    return true;
}

static bool check_trace(int32_t trace, int32_t least, int32_t n_traces, const char *what,
                        dy_error *err)
{
    if (trace >= least && trace < n_traces) return true;
    return dy_fail(err, "picture: a %s of run %d; there are %d", what, trace, n_traces);
}

static bool check_traces(const dy_view *v, int32_t n_traces, dy_error *err)
{
    bool ok = check_trace(v->bet - 1, -1, n_traces, "bet", err);
    for (int32_t i = 0; ok && i < v->n_order; i++)
        ok = check_trace(v->order[i], 0, n_traces, "row", err);
    for (int32_t i = 0; ok && i < v->n_handles; i++)
        ok = check_trace(v->handles[i].run, 0, n_traces, "handle", err);
    for (int32_t i = 0; ok && i < v->n_sketches; i++)
        ok = check_trace(v->sketches[i].run, -1, n_traces, "sketch", err);
    for (int32_t i = 0; ok && v->ranking && i < v->ranking->n; i++)
        ok = check_trace(v->ranking->riders[i].trace, 0, n_traces, "rider", err);
    return ok;
}

bool dy_view_check(const dy_view *v, int32_t n_traces, dy_error *err)
{
    if (!in_range(v->width_px, DY_VIEW_LEAST_PX, DY_VIEW_MOST_PX) ||
        !in_range(v->height_px, DY_VIEW_LEAST_PX, DY_VIEW_MOST_PX))
        return dy_fail(err, "picture: %g x %g pixels; want %d to %d each way", v->width_px,
                       v->height_px, DY_VIEW_LEAST_PX, DY_VIEW_MOST_PX);
    if (!in_range(v->scale, 0.25, 16))
        return dy_fail(err, "picture: the scale is %g; want 0.25 to 16", v->scale);
    if (!in_range(v->text_px, 0, 200))
        return dy_fail(err, "picture: text of %g pixels; want 0 (automatic) to 200",
                       v->text_px);
    if (!in_range(v->smoothing, -1e15, 1e15))
        return dy_fail(err, "picture: smoothing over %g updates; want a number", v->smoothing);
    if (v->to > v->from && (v->from < 0 || v->to > ((int64_t)1 << 50)))
        return dy_fail(err, "picture: updates %lld to %lld in sight; want 0 to 2^50",
                       (long long)v->from, (long long)v->to);
    return check_panes(v, err) && check_traces(v, n_traces, err);
}
