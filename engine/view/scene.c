/* scene.c - the layout of a picture; see scene.h.   SPDX-License-Identifier: MIT */
#include "view/scene.h"

#include "base/text.h"
#include "view/axis.h"
#include "view/curves.h"
#include "view/heading.h"
#include "view/legend.h"

#include <math.h>
#include <stdio.h>

/* In ems. */
static const double HEADING = 1.75; /* above a pane, for its name */
static const double PANE_GAP = 0.7; /* and between that and the pane above */

/* Top to bottom: shares of the height that is left for data. */
static const double SHARES[DY_CHANNELS] = { 0.27, 0.2, 0.53 };

dy_view dy_view_defaults(void)
{
    return (dy_view){ .width_px = 800, .height_px = 600, .scale = 2, .smoothing = -1 };
}

static bool in_range(double value, double least, double most)
{
    return value >= least && value <= most; /* false for NaN */
}

static bool check_view(const dy_view *v, dy_error *err)
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
    return true;
}

double dy_scale_at(const dy_scale *scale, double value)
{
    double lo = scale->log ? log(scale->lo) : scale->lo;
    double hi = scale->log ? log(scale->hi) : scale->hi;
    double at = scale->log ? (value > 0 ? log(value) : -(double)INFINITY) : value;
    double share = fmax(-1, fmin((at - lo) / (hi - lo), 2)); /* NaN goes below */
    return scale->from_px + share * (scale->to_px - scale->from_px);
}

bool dy_traces_read(dy_trace **traces, int32_t *n, const dy_board *board, dy_arena *arena,
                    dy_error *err)
{
    int32_t len = dy_board_len(board);
    dy_trace *found = dy_arena_take(arena, len, sizeof *found, err);
    if (!found) return false;
    int32_t used = 0;
    for (int32_t i = 0; i < len; i++) {
        dy_trace *trace = &found[used];
        if (!dy_board_run(board, i, &trace->run)) continue;
        trace->marks = dy_board_marks(board, i);
        used++;
    }
    *traces = found;
    *n = used;
    return true;
}

/* A value that all runs in sight share, or 0. */
static int64_t shared_epoch(const dy_draft *draft, dy_sight sight)
{
    int64_t steps = 0;
    for (int32_t i = 0; i < draft->n; i++) {
        if (draft->traces[i].show == DY_HIDDEN) continue;
        int64_t own = draft->traces[i].run.card->epoch_steps;
        if (own < 2 || (steps > 0 && own != steps)) return 0;
        steps = own;
    }
    return steps < sight.to - sight.from ? steps : 0;
}

/* A channel that no run has a value of gets no pane, unless that goes for all of them. */
static void choose_panes(const dy_draft *draft, const dy_plot *plots, dy_pane *panes)
{
    bool any = false;
    for (dy_channel c = 0; c < DY_CHANNELS; c++) {
        for (int32_t i = 0; i < draft->n; i++) panes[c].shown |= plots[i].line[c].n > 0;
        any |= panes[c].shown;
    }
    for (dy_channel c = 0; c < DY_CHANNELS; c++) panes[c].shown |= !any;
}

/* The panes in what is left: `free` is the room for data, headings and all. */
static void place_panes(dy_draft *draft, dy_pane *panes, dy_box free)
{
    double em = draft->em;
    int n = 0;
    double shares = 0;
    for (int p = 0; p < DY_CHANNELS; p++) {
        n += panes[p].shown;
        shares += panes[p].shown ? SHARES[p] : 0;
    }
    double data_h = free.h - n * HEADING * em - (n - 1) * PANE_GAP * em;
    double y = free.y;
    double gutter = dy_axis_margin(draft);
    for (int p = 0; p < DY_CHANNELS; p++) {
        dy_pane *pane = &panes[p];
        if (!pane->shown) continue;
        pane->box =
            (dy_box){ .y = y + HEADING * em, .h = fmax(SHARES[p] / shares * data_h, em) };
        pane->y.from_px = pane->box.y + pane->box.h;
        pane->y.to_px = pane->box.y;
        dy_axis_choose(draft, pane);
        gutter = fmax(gutter, dy_axis_room(draft, pane));
        y = pane->y.from_px + PANE_GAP * em;
    }
    for (int p = 0; p < DY_CHANNELS; p++) {
        panes[p].box.x = free.x + gutter;
        panes[p].box.w = fmax(free.w - gutter, em);
        panes[p].x.from_px = panes[p].box.x;
        panes[p].x.to_px = panes[p].box.x + panes[p].box.w;
    }
}

static void note_of_loss(const dy_draft *draft, double smoothing, char *to, size_t size)
{
    bool scored = false;
    for (int32_t i = 0; i < draft->n; i++)
        for (int64_t m = 0; m < draft->traces[i].marks && !scored; m++)
            scored = draft->traces[i].run.marks[m].kind == DY_MARK_SCORE;
    const char *dots = scored ? "  ·  dots: held-out" : "";
    char count[32];
    dy_format_count(count, sizeof count, (int64_t)smoothing);
    if (smoothing > 0)
        snprintf(to, size, "smoothed over %s updates, raw beneath%s", count, dots);
    else
        snprintf(to, size, "of each batch%s", dots);
}

static void draw_panes(dy_draft *draft, const dy_pane *panes, const dy_plot *plots,
                       double smoothing, int64_t epoch)
{
    static const char *const NAMES[DY_CHANNELS] = { "learning rate", "momentum", "loss" };
    char note[120];
    note_of_loss(draft, smoothing, note, sizeof note);
    if (epoch > 0) dy_axis_epochs(draft, panes, epoch);
    int32_t lowest = 0;
    for (int32_t p = 0; p < DY_CHANNELS; p++) {
        dy_channel channel = panes[p].channel;
        if (!panes[p].shown) continue;
        lowest = p;
        dy_axis_pane(draft, &panes[p], NAMES[channel], channel == DY_LOSS ? note : "");
        dy_curves_draw(draft, &panes[p], plots, p);
    }
    dy_axis_updates(draft, &panes[lowest], epoch);
}

static double auto_text(const dy_view *view)
{
    return 11.5 * sqrt(fmin(view->width_px / 800, view->height_px / 600));
}

static void draw_all(dy_draft *draft, dy_pane *panes, dy_sight sight, const dy_plot *plots,
                     double smoothing)
{
    double em = draft->em;
    double margin = DY_MARGIN * em;
    int64_t epoch = shared_epoch(draft, sight);
    dy_box free = { .x = margin, .y = dy_heading_draw(draft) };
    free.w = draft->view->width_px - 2 * margin;
    free.h = draft->view->height_px - margin - dy_axis_depth(draft, epoch) - free.y;
    dy_legend legend = dy_legend_make(draft, free.w, free.h);
    if (legend.beside) {
        free.w -= legend.w + 1.8 * em;
        dy_legend_draw(draft, &legend, (dy_point){ free.x + free.w + 1.8 * em, free.y });
    } else if (legend.h > 0) {
        dy_legend_draw(draft, &legend, (dy_point){ free.x, free.y });
        free.y += legend.h + 0.8 * em;
        free.h -= legend.h + 0.8 * em;
    }
    place_panes(draft, panes, free);
    draw_panes(draft, panes, plots, smoothing, epoch);
}

bool dy_scene_make(dy_scene *scene, dy_arena *arena, const dy_trace *traces, int32_t n,
                   const dy_view *view, dy_error *err)
{
    if (!check_view(view, err)) return false;
    dy_draft draft = { .view = view, .traces = traces, .n = n, .arena = arena, .err = err };
    draft.theme = dy_theme_make(view->dark);
    draft.em = view->text_px > 0 ? view->text_px : auto_text(view);
    for (int32_t i = 0; i < n; i++) draft.contrast |= traces[i].show == DY_STRONG;
    dy_sight sight = dy_fit_sight(&draft);
    double smoothing = dy_fit_smoothing(&draft, sight);
    dy_plot *plots = dy_fit_read(&draft, sight, smoothing);
    if (!plots) return false;
    dy_scene made = {
        .width_px = view->width_px,
        .height_px = view->height_px,
        .scale = view->scale,
        .paper = draft.theme.paper,
    };
    for (dy_channel c = 0; c < DY_CHANNELS; c++) {
        made.panes[c].channel = c;
        made.panes[c].y = dy_fit_scale(&draft, plots, c);
        made.panes[c].x = (dy_scale){ .lo = (double)sight.from, .hi = (double)sight.to };
    }
    choose_panes(&draft, plots, made.panes);
    if (!draft.failed) draw_all(&draft, made.panes, sight, plots, smoothing);
    if (draft.failed) return false;
    made.items = draft.items;
    made.n_items = draft.n_items;
    *scene = made;
    return true;
}
