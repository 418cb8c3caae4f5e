/* curves.c - see curves.h.   SPDX-License-Identifier: MIT */
#include "view/curves.h"

#include <math.h>

/* In ems. */
static const double CURVE = 0.15; /* widths of lines */
static const double RAW = 0.07;

static const double DOTS = 120; /* scores in a pane */
static const double RAW_INK =
    0.4; /* share of the paper that all raw curves hide where they overlap */

typedef struct brush {
    int32_t run, pane;
    double size;
    dy_colour colour;
    dy_dash dash;
} brush;

static void draw_stroke(dy_draft *draft, const dy_pane *pane, const dy_stroke *stroke, brush b)
{
    if (stroke->n == 0) return;
    dy_point *points = dy_draft_take(draft, stroke->n, sizeof *points);
    if (!points) return;
    for (int64_t i = 0; i < stroke->n; i++) {
        points[i].x = dy_scale_at(&pane->x, stroke->points[i].x);
        points[i].y = dy_scale_at(&pane->y, stroke->points[i].y);
    }
    dy_draft_add(draft, &(dy_item){
                            .kind = DY_ITEM_LINE,
                            .colour = b.colour,
                            .run = b.run,
                            .pane = b.pane,
                            .size = b.size,
                            .points = points,
                            .n = stroke->n,
                            .dash = b.dash,
                        });
}

static void draw_marker(dy_draft *draft, dy_item_kind kind, brush b, dy_point at)
{
    dy_draft_add(draft, &(dy_item){
                            .kind = kind,
                            .colour = b.colour,
                            .run = b.run,
                            .pane = -1,
                            .size = b.size,
                            .at = at,
                        });
}

/* A place on the pane, brought in from below it, or from above it to `inset` under its edge. */
static dy_point place(const dy_pane *pane, double x, double y, double inset)
{
    double top = pane->box.y;
    return (dy_point){
        .x = dy_scale_at(&pane->x, x),
        .y = fmax(top + inset, fmin(dy_scale_at(&pane->y, y), top + pane->box.h)),
    };
}

/* Where updates are few, each is a dot. */
static void draw_samples(dy_draft *draft, const dy_pane *pane, const dy_stroke *stroke, brush b)
{
    double apart = pane->box.w / fmax(1, pane->x.hi - pane->x.lo);
    if (apart < 2 * draft->em) return;
    b.size = 0.22 * draft->em;
    for (int64_t i = 0; i < stroke->n; i++)
        draw_marker(draft, DY_ITEM_DOT, b,
                    place(pane, stroke->points[i].x, stroke->points[i].y, 0));
}

/* The held-out loss; the last always, of the others those that leave room between each other, and not above DOTS of
 * all runs together. */
static void draw_scores(dy_draft *draft, const dy_pane *pane, brush b)
{
    const dy_trace *trace = &draft->traces[b.run];
    b.size = (draft->n < 4 ? 0.34 : 0.26) * draft->em;
    double apart = fmax(3 * b.size, pane->box.w * draft->n / DOTS);
    double free_to = (double)INFINITY;
    for (int64_t i = trace->marks - 1; i >= 0; i--) {
        const dy_mark *mark = &trace->run.marks[i];
        double step = (double)mark->step;
        if (mark->kind != DY_MARK_SCORE || !isfinite(mark->loss)) continue;
        if (step < pane->x.lo || step > pane->x.hi) continue;
        dy_point at = place(pane, step, mark->loss, 0);
        if (at.x > free_to) continue;
        free_to = at.x - apart;
        draw_marker(draft, DY_ITEM_DOT, b, at);
    }
}

static void draw_end(dy_draft *draft, const dy_pane *pane, const dy_stroke *stroke, brush b)
{
    if (stroke->n == 0) return;
    dy_point last = stroke->points[stroke->n - 1];
    b.size = 0.42 * draft->em;
    draw_marker(draft, DY_ITEM_CROSS, b, place(pane, last.x, last.y, b.size));
}

static void draw_run(dy_draft *draft, const dy_pane *pane, const dy_plot *plot, brush b)
{
    const dy_trace *trace = &draft->traces[b.run];
    const dy_stroke *line = &plot->line[pane->kind];
    bool loss = pane->kind == DY_PANE_LOSS;
    draw_stroke(draft, pane, loss && plot->smooth.n > 0 ? &plot->smooth : line, b);
    draw_samples(draft, pane, line, b);
    bool diverged = trace->run.outcome->status == DY_DIVERGED;
    int64_t len = dy_tape_len(trace->run.tape);
    if (diverged && (double)len <= pane->x.hi) draw_end(draft, pane, line, b);
}

static brush brush_for(const dy_draft *draft, int32_t run, int32_t pane)
{
    const dy_trace *trace = &draft->traces[run];
    dy_colour colour = dy_theme_run(draft->view->dark, trace->colour);
    return (brush){
        .run = run,
        .pane = pane,
        .size = (trace->show == DY_STRONG ? 1.6 : 1) * CURVE * draft->em,
        .colour = dy_faded(colour, dy_draft_presence(draft, trace)),
        .dash = dy_theme_dash(trace->colour),
    };
}

/* The raw loss under every smoothed line, fainter the more there are. */
static void draw_raw(dy_draft *draft, const dy_pane *pane, const dy_plot *plots, int32_t index)
{
    double share = 1 - pow(1 - RAW_INK, 1 / fmax(1, draft->n));
    for (int32_t i = 0; i < draft->n; i++) {
        if (plots[i].smooth.n == 0) continue;
        brush b = brush_for(draft, i, index);
        b.size = RAW * draft->em;
        b.colour = dy_faded(b.colour, share);
        b.dash = DY_SOLID;
        draw_stroke(draft, pane, &plots[i].line[DY_LOSS], b);
    }
}

void dy_curves_draw(dy_draft *draft, const dy_pane *pane, const dy_plot *plots, int32_t index)
{
    bool loss = pane->kind == DY_PANE_LOSS;
    if (loss) draw_raw(draft, pane, plots, index);
    for (int strong = 0; strong < 2; strong++)
        for (int32_t i = 0; i < draft->n; i++)
            if (draft->traces[i].show == (strong ? DY_STRONG : DY_SHOWN))
                draw_run(draft, pane, &plots[i], brush_for(draft, i, index));
    for (int32_t i = 0; loss && i < draft->n; i++)
        if (draft->traces[i].show != DY_HIDDEN)
            draw_scores(draft, pane, brush_for(draft, i, index));
}
