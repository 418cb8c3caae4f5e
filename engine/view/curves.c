/* curves.c - see curves.h.   SPDX-License-Identifier: MIT */
#include "view/curves.h"

#include <math.h>
#include <string.h>

/* In ems. */
static const double CURVE = 0.15; /* widths of lines */
static const double GHOST = 0.11;
static const double RAW = 0.07;

static const double DOTS = 120; /* scores in a pane */
static const double RAW_INK =
    0.4; /* share of the paper that all raw curves hide where they overlap */
static const double GHOST_INK = 0.8;
static const double THIN_PX = 0.08; /* what is less off a straight line than this lies on it */

/* ---- lines ---- */

/* Leaves out what lies on the straight line between the points that stay; their x does not fall. Returns how many stay. */
static int64_t thin(dy_point *points, int64_t n, double off)
{
    if (n < 3) return n;
    int64_t kept = 1; /* points[kept - 1] is where the straight line in hand begins */
    double least = -(double)INFINITY;
    double most = (double)INFINITY; /* slopes of lines from there that pass all points since */
    for (int64_t i = 1; i < n; i++) {
        dy_point from = points[kept - 1];
        double dx = points[i].x - from.x;
        double slope = dx > 0 ? (points[i].y - from.y) / dx : (double)NAN;
        if (!(slope >= least && slope <= most) && i - 1 > 0) {
            points[kept++] = points[i - 1];
            from = points[kept - 1];
            dx = points[i].x - from.x;
            least = -(double)INFINITY;
            most = (double)INFINITY;
        }
        if (dx > 0) {
            least = fmax(least, (points[i].y - off - from.y) / dx);
            most = fmin(most, (points[i].y + off - from.y) / dx);
        } else {
            least = (double)INFINITY; /* upright: the next point is kept whatever it is */
        }
    }
    points[kept++] = points[n - 1];
    return kept;
}

/* dy_scale_at for many values: what can be known before is. */
typedef struct placer {
    double lo, per, from_px, least, most;
    bool log;
} placer;

static placer placer_of(const dy_scale *scale)
{
    double length = scale->to_px - scale->from_px;
    double lo = scale->log ? log(scale->lo) : scale->lo;
    double hi = scale->log ? log(scale->hi) : scale->hi;
    return (placer){
        lo, length / (hi - lo), scale->from_px, -fabs(length), 2 * fabs(length), scale->log
    };
}

static double place_at(const placer *p, double value)
{
    if (p->log) value = value > 0 ? log(value) : -(double)INFINITY;
    double px = (value - p->lo) * p->per;
    bool up = p->per < 0;
    double least = up ? -p->most : p->least;
    double most = up ? -p->least : p->most;
    px = px > least ? px : least; /* NaN goes below */
    return p->from_px + (px < most ? px : most);
}

/* The places of a stroke on a pane, in the draft's scratch if there is room. */
static dy_point *placed(dy_draft *draft, const dy_pane *pane, const dy_stroke *stroke)
{
    bool fits = stroke->n <= draft->scratch_room;
    dy_point *points = fits ? draft->scratch : dy_draft_take(draft, stroke->n, sizeof *points);
    placer x = placer_of(&pane->x);
    placer y = placer_of(&pane->y);
    for (int64_t i = 0; points && i < stroke->n; i++) {
        points[i].x = place_at(&x, stroke->points[i].x);
        points[i].y = place_at(&y, stroke->points[i].y);
    }
    return points;
}

/* Adds an item of n points, which are copied. */
static void add_points(dy_draft *draft, dy_item item, const dy_point *points, int64_t n)
{
    dy_point *copy = dy_draft_take(draft, n, sizeof *copy);
    if (!copy) return;
    memcpy(copy, points, (size_t)n * sizeof *copy);
    item.points = copy;
    item.n = n;
    dy_draft_add(draft, &item);
}

void dy_curves_line(dy_draft *draft, const dy_pane *pane, const dy_stroke *stroke,
                    const dy_item *like)
{
    dy_point *points = stroke->n > 0 ? placed(draft, pane, stroke) : NULL;
    if (!points) return;
    dy_item item = *like;
    item.kind = DY_ITEM_LINE;
    item.rising = dy_pane_over_updates(pane->kind);
    add_points(draft, item, points, item.rising ? thin(points, stroke->n, THIN_PX) : stroke->n);
}

static void draw_band(dy_draft *draft, const dy_pane *pane, const dy_stroke *stroke,
                      dy_item item)
{
    const dy_point *points = placed(draft, pane, stroke);
    if (!points) return;
    item.kind = DY_ITEM_BAND;
    add_points(draft, item, points, stroke->n);
}

static dy_item brush_for(const dy_draft *draft, int32_t run, int32_t pane)
{
    const dy_trace *trace = &draft->traces[run];
    dy_colour colour = dy_theme_run(draft->view->dark, trace->colour);
    return (dy_item){
        .run = run,
        .pane = pane,
        .size = (trace->show == DY_STRONG ? 1.6 : 1) * CURVE * draft->em,
        .colour = dy_faded(colour, dy_draft_presence(draft, trace)),
        .dash = dy_draft_dash(trace),
    };
}

/* What lies raw under every smoothed line, fainter the more there are. */
static void draw_raw(dy_draft *draft, const dy_pane *pane, int32_t index)
{
    double share = 1 - pow(1 - RAW_INK, 1 / fmax(1, draft->n));
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_plot *plot = dy_plot_of(draft, index, i);
        if (plot->smooth.n == 0) continue;
        dy_item b = brush_for(draft, i, index);
        b.size = RAW * draft->em;
        b.colour = dy_faded(b.colour, share);
        b.dash = DY_SOLID;
        if (plot->band)
            draw_band(draft, pane, &plot->line, b);
        else
            dy_curves_line(draft, pane, &plot->line, &b);
    }
}

static void draw_ghosts(dy_draft *draft, const dy_pane *pane, int32_t index)
{
    for (int32_t i = 0; i < draft->n; i++) {
        dy_item b = brush_for(draft, i, index);
        b.size = GHOST * draft->em;
        b.colour = dy_faded(b.colour, GHOST_INK);
        b.dash = DY_DASHED;
        dy_curves_line(draft, pane, &dy_plot_of(draft, index, i)->ghost, &b);
    }
}

/* ---- markers ---- */

static void draw_marker(dy_draft *draft, dy_item_kind kind, dy_item b, dy_point at)
{
    b.kind = kind;
    b.pane = -1;
    b.at = at;
    b.dash = DY_SOLID;
    dy_draft_add(draft, &b);
}

/* A place on the pane, brought in from below it, or from above it to `inset` under its edge. */
static dy_point place(const dy_pane *pane, dy_point at, double inset)
{
    double top = pane->box.y;
    return (dy_point){
        .x = dy_scale_at(&pane->x, at.x),
        .y = fmax(top + inset, fmin(dy_scale_at(&pane->y, at.y), top + pane->box.h)),
    };
}

/* Where updates are few, each is a dot. */
static void draw_samples(dy_draft *draft, const dy_pane *pane, const dy_stroke *stroke,
                         dy_item b)
{
    double apart = pane->box.w / fmax(1, pane->x.hi - pane->x.lo);
    if (apart < 2 * draft->em || pane->kind > DY_PANE_RATE) return;
    b.size = 0.22 * draft->em;
    for (int64_t i = 0; i < stroke->n; i++)
        draw_marker(draft, DY_ITEM_DOT, b, place(pane, stroke->points[i], 0));
}

/* What was held out; the last always, of the others those that leave room between each other, and not above DOTS of
 * all runs together. */
static void draw_scores(dy_draft *draft, const dy_pane *pane, const dy_stroke *dots, dy_item b)
{
    b.size = (draft->n < 4 ? 0.34 : 0.26) * draft->em;
    double apart = fmax(3 * b.size, pane->box.w * draft->n / DOTS);
    double free_to = (double)INFINITY;
    for (int64_t i = dots->n - 1; i >= 0; i--) {
        dy_point at = place(pane, dots->points[i], 0);
        if (at.x > free_to) continue;
        free_to = at.x - apart;
        draw_marker(draft, DY_ITEM_DOT, b, at);
    }
}

static const dy_stroke *main_stroke(const dy_plot *plot)
{
    return plot->smooth.n > 0 ? &plot->smooth : &plot->line;
}

static void draw_end(dy_draft *draft, const dy_pane *pane, const dy_plot *plot, dy_item b)
{
    const dy_stroke *stroke = plot->band ? &plot->smooth : &plot->line;
    if (stroke->n == 0) return;
    b.size = 0.42 * draft->em;
    draw_marker(draft, DY_ITEM_CROSS, b, place(pane, stroke->points[stroke->n - 1], b.size));
}

/* A loop's beginning is open, its end closed. */
static void draw_ends(dy_draft *draft, const dy_pane *pane, const dy_stroke *line, dy_item b)
{
    if (line->n == 0) return;
    b.size = 0.3 * draft->em;
    draw_marker(draft, DY_ITEM_RING, b, place(pane, line->points[0], 0));
    draw_marker(draft, DY_ITEM_DOT, b, place(pane, line->points[line->n - 1], 0));
}

static void draw_run(dy_draft *draft, const dy_pane *pane, const dy_plot *plot, dy_item b)
{
    const dy_trace *trace = &draft->traces[b.run];
    if (pane->kind == DY_PANE_ACCURACY) b.size *= GHOST / CURVE;
    dy_curves_line(draft, pane, main_stroke(plot), &b);
    draw_samples(draft, pane, &plot->line, b);
    if (pane->kind == DY_PANE_LOOP) draw_ends(draft, pane, &plot->line, b);
    bool diverged = trace->run.outcome->status == DY_DIVERGED;
    int64_t len = dy_tape_len(trace->run.tape);
    bool over_updates = dy_pane_over_updates(pane->kind);
    if (diverged && over_updates && (double)len <= pane->x.hi) draw_end(draft, pane, plot, b);
}

void dy_curves_draw(dy_draft *draft, int32_t index)
{
    static const dy_show ORDER[] = { DY_FAINT, DY_SHOWN, DY_STRONG };
    const dy_pane *pane = &draft->panes[index];
    draw_raw(draft, pane, index);
    draw_ghosts(draft, pane, index);
    for (int k = 0; k < 3; k++)
        for (int32_t i = 0; i < draft->n; i++)
            if (draft->traces[i].show == ORDER[k])
                draw_run(draft, pane, dy_plot_of(draft, index, i), brush_for(draft, i, index));
    for (int32_t i = 0; i < draft->n; i++)
        draw_scores(draft, pane, &dy_plot_of(draft, index, i)->dots,
                    brush_for(draft, i, index));
}
