/* range_scene.c - see range_scene.h.   SPDX-License-Identifier: MIT */
#include "view/range_scene.h"

#include "view/axis.h"
#include "view/heading.h"
#include "view/range_rows.h"

#include <math.h>

/* In ems. */
static const double HEADING = 1.75; /* above the pane, for its name */
static const double MEAN = 0.19, SEED = 0.06;

static const double OUTER = 0.12, INNER = 0.2; /* opacity of the band, and of its quartiles */
static const double ALL = 0.35;   /* of the quartiles of several curves where they overlap */
static const double FAINT = 0.35; /* of a seed's own curve */
static const double SHADE = 0.07;
static const double DEEP = 50; /* the loss falls to less than a so manieth: a log axis */

typedef struct extent {
    double start, lo, hi;
} extent;

/* What the values in sight must hold: all curves from their start to their least, and something of the climb after it. */
static extent extent_of(const dy_range_plot *plot)
{
    extent e = { .start = -(double)INFINITY, .lo = INFINITY, .hi = -(double)INFINITY };
    for (int32_t c = 0; c < plot->n_curves; c++) {
        const dy_suggestions *s = &plot->curves[c];
        int64_t least = 0;
        for (int64_t i = 0; i < s->n; i++) {
            if (s->mean[i] < s->mean[least]) least = i;
            if (isfinite(s->least[i])) e.lo = fmin(e.lo, s->least[i]);
        }
        for (int64_t i = 0; i <= least && i < s->n; i++)
            if (isfinite(s->greatest[i])) e.hi = fmax(e.hi, s->greatest[i]);
        if (s->n > 0 && isfinite(s->mean[0])) e.start = fmax(e.start, s->mean[0]);
    }
    if (!(e.lo <= e.hi)) return (extent){ 1, 0, 1 };
    return e;
}

static dy_scale value_scale(const dy_range_plot *plot)
{
    extent e = extent_of(plot);
    double span = fmax(e.hi - e.lo, 1e-9 * fmax(fabs(e.hi), 1e-3));
    if (e.lo > 0 && e.start > DEEP * e.lo)
        return (dy_scale){ .lo = e.lo / 1.5, .hi = e.hi * 4, .log = true };
    return (dy_scale){ .lo = e.lo - 0.08 * span, .hi = e.hi + 0.35 * span };
}

static dy_scale rate_scale(const dy_range_plot *plot)
{
    dy_scale x = { .lo = INFINITY, .hi = 0, .log = !plot->linear };
    for (int32_t c = 0; c < plot->n_curves; c++) {
        const dy_suggestions *s = &plot->curves[c];
        if (s->n < 2) continue;
        x.lo = fmin(x.lo, s->lr[0]);
        x.hi = fmax(x.hi, s->lr[s->n - 1]);
    }
    if (x.lo > 0 && x.lo < x.hi && isfinite(x.hi)) return x;
    return (dy_scale){ .lo = 1e-6, .hi = 10, .log = true };
}

/* Places of a curve; `points` has room for them. */
static void trace_curve(const dy_pane *pane, const dy_suggestions *s, const double *values,
                        dy_point *points, bool backwards)
{
    for (int64_t i = 0; i < s->n; i++) {
        int64_t from = backwards ? s->n - 1 - i : i;
        points[i] = (dy_point){ dy_scale_at(&pane->x, s->lr[from]),
                                dy_scale_at(&pane->y, values[from]) };
    }
}

static void draw_band(dy_draft *draft, const dy_suggestions *s, const double *below,
                      const double *above, dy_colour colour)
{
    dy_point *points = dy_draft_take(draft, 2 * s->n, sizeof *points);
    if (!points) return;
    trace_curve(draft->panes, s, below, points, false);
    trace_curve(draft->panes, s, above, points + s->n, true);
    dy_draft_add(draft, &(dy_item){ .kind = DY_ITEM_AREA,
                                    .colour = colour,
                                    .run = -1,
                                    .pane = 0,
                                    .points = points,
                                    .n = 2 * s->n });
}

static void draw_line(dy_draft *draft, const dy_suggestions *s, const double *values,
                      double size, dy_colour colour)
{
    dy_point *points = dy_draft_take(draft, s->n, sizeof *points);
    if (!points) return;
    trace_curve(draft->panes, s, values, points, false);
    dy_draft_add(draft, &(dy_item){ .kind = DY_ITEM_LINE,
                                    .colour = colour,
                                    .run = -1,
                                    .pane = 0,
                                    .size = size * draft->em,
                                    .points = points,
                                    .n = s->n });
}

static void draw_curve(dy_draft *draft, const dy_range_plot *plot, int32_t c)
{
    const dy_suggestions *s = &plot->curves[c];
    dy_colour colour = dy_theme_run(draft->view->dark, c);
    bool alone = plot->n_curves == 1;
    if (s->n < 2) return;
    if (alone) draw_band(draft, s, s->least, s->greatest, dy_faded(colour, OUTER));
    double ink = alone ? INNER : 1 - pow(1 - ALL, 1.0 / plot->n_curves);
    if (s->seeds > 1) draw_band(draft, s, s->lower, s->upper, dy_faded(colour, ink));
    for (int k = 0; alone && s->seeds > 1 && k < s->seeds; k++)
        draw_line(draft, s, s->smooth[k], SEED, dy_faded(colour, FAINT));
    draw_line(draft, s, s->mean, MEAN, colour);
}

/* Rates above the least divergence of all. */
static void draw_shade(dy_draft *draft, const dy_range_plot *plot)
{
    const dy_pane *pane = draft->panes;
    dy_point *points = dy_draft_take(draft, 4, sizeof *points);
    double from = INFINITY;
    for (int32_t i = 0; i < plot->n_rows; i++)
        if (plot->rows[i].curve < 0 && plot->rows[i].spread.seeds > 0)
            from = fmin(from, plot->rows[i].spread.median);
    if (!points || !isfinite(from)) return;
    double left = dy_scale_at(&pane->x, from), right = pane->box.x + pane->box.w;
    double top = pane->box.y, bottom = top + pane->box.h;
    points[0] = (dy_point){ left, top };
    points[1] = (dy_point){ right, top };
    points[2] = (dy_point){ right, bottom };
    points[3] = (dy_point){ left, bottom };
    dy_draft_add(draft, &(dy_item){ .kind = DY_ITEM_AREA,
                                    .colour = dy_faded(draft->theme.alarm, SHADE),
                                    .run = -1,
                                    .pane = 0,
                                    .points = points,
                                    .n = 4 });
}

/* The pane in what the heading and the rows leave, its labels to the left and its axis beneath. */
static void place_pane(dy_draft *draft, dy_box free)
{
    dy_pane *pane = draft->panes;
    double depth = dy_axis_across_depth(draft);
    pane->box.y = free.y + HEADING * draft->em;
    pane->box.h = fmax(free.h - HEADING * draft->em - depth, draft->em);
    pane->y.from_px = pane->box.y + pane->box.h;
    pane->y.to_px = pane->box.y;
    dy_axis_choose(draft, pane);
    double gutter = dy_axis_room(draft, pane);
    pane->box.x = free.x + gutter;
    pane->box.w = fmax(free.w - gutter, draft->em);
    pane->x.from_px = pane->box.x;
    pane->x.to_px = pane->box.x + pane->box.w;
}

/* On a plate of paper, so that what leads down passes behind it. */
static void draw_heading(dy_draft *draft, const dy_range_plot *plot)
{
    const dy_pane *pane = draft->panes;
    double em = draft->em;
    dy_type bold = { em, draft->theme.ink, DY_LEFT, true };
    dy_type note = { 0.92 * em, draft->theme.quiet, DY_LEFT, false };
    dy_box plate = { pane->box.x, pane->box.y - 1.6 * em, 0, 1.5 * em };
    plate.w = dy_draft_width(draft, bold, dy_pane_name(pane->kind)) + 1.1 * em +
              dy_draft_width(draft, note, plot->loss_note);
    dy_draft_add(draft, &(dy_item){ .kind = DY_ITEM_PLATE,
                                    .colour = draft->theme.paper,
                                    .run = -1,
                                    .pane = -1,
                                    .box = plate });
    dy_axis_heading(draft, pane, plot->loss_note, pane->box.x + pane->box.w);
}

static void draw_all(dy_draft *draft, const dy_range_plot *plot)
{
    double margin = DY_MARGIN * draft->em;
    dy_box free = { .x = margin, .y = dy_heading_draw(draft) };
    free.w = draft->view->width_px - 2 * margin;
    free.h = draft->view->height_px - margin - free.y;
    double rows_h = dy_range_rows_height(draft, plot);
    free.w -= dy_range_rows_width(draft, plot);
    double rows_y = free.y;
    free.y += rows_h;
    free.h -= rows_h;
    place_pane(draft, free);
    dy_pane *pane = draft->panes;
    draw_shade(draft, plot);
    dy_axis_pane(draft, pane);
    dy_axis_across(draft, pane, "learning rate");
    dy_range_rows_lead(draft, plot, rows_y);
    draw_heading(draft, plot);
    for (int32_t c = 0; c < plot->n_curves; c++) draw_curve(draft, plot, c);
    dy_range_rows_draw(draft, plot, rows_y);
}

static dy_draft begin(dy_arena *arena, const dy_range_plot *plot, const dy_view *view,
                      dy_error *err)
{
    dy_draft draft = {
        .view = view, .traces = plot->traces, .n = plot->n_traces, .arena = arena, .err = err
    };
    draft.theme = dy_theme_make(view->dark);
    draft.em = view->text_px > 0
                   ? view->text_px
                   : 11.5 * sqrt(fmin(view->width_px / 800, view->height_px / 600));
    draft.panes = dy_draft_take(&draft, 1, sizeof *draft.panes);
    draft.n_panes = 1;
    return draft;
}

bool dy_range_scene_make(dy_scene *scene, dy_arena *arena, const dy_range_plot *plot,
                         const dy_view *view, dy_error *err)
{
    if (!dy_view_check(view, plot->n_traces, err)) return false;
    dy_draft draft = begin(arena, plot, view, err);
    if (draft.failed) return false;
    draft.panes[0] = (dy_pane){
        .kind = DY_PANE_LOSS, .shown = true, .x = rate_scale(plot), .y = value_scale(plot)
    };
    draw_all(&draft, plot);
    if (draft.failed) return false;
    *scene = (dy_scene){ .width_px = view->width_px,
                         .height_px = view->height_px,
                         .scale = view->scale,
                         .paper = draft.theme.paper,
                         .items = draft.items,
                         .n_items = draft.n_items,
                         .panes = draft.panes,
                         .n_panes = 1 };
    return true;
}
