/* annotate.c - see annotate.h.   SPDX-License-Identifier: MIT */
#include "view/annotate.h"

#include "view/curves.h"
#include "view/width.h"

#include <math.h>
#include <string.h>

/* In ems. */
static const double SKETCH = 0.24; /* width of its line */
static const double HANDLE = 0.42; /* radius */
static const double GRASP = 0.9;   /* from its middle it can be taken hold of */

static bool within(const dy_scale *scale, double value)
{
    return value >= scale->lo && value <= scale->hi;
}

static dy_type label_type(const dy_draft *draft, dy_anchor anchor)
{
    return (dy_type){ 0.85 * draft->em, draft->theme.quiet, anchor, false };
}

/* Right of an upright line, or left of it where the pane ends; in the first row where it touches nothing. */
static void label_upright(dy_draft *draft, const dy_pane *pane, double x, const char *label)
{
    double em = draft->em;
    dy_type type = label_type(draft, DY_LEFT);
    double width = dy_draft_width(draft, type, label);
    double left = x + 0.35 * em;
    if (left + width > pane->box.x + pane->box.w) left = x - 0.35 * em - width;
    if (left < pane->box.x) return;
    int rows = (int)(pane->box.h / (1.15 * em));
    for (int row = 0; row < rows; row++) {
        dy_point at = { left, pane->box.y + (1 + 1.15 * row) * em };
        if (dy_draft_label(draft, at, type, label)) return;
    }
}

/* Over a level line: at its right end, or its left. */
static void label_level(dy_draft *draft, const dy_pane *pane, double y, const char *label)
{
    const dy_box *box = &pane->box;
    dy_type type = label_type(draft, DY_RIGHT);
    y -= 0.3 * draft->em;
    if (y < box->y + 0.9 * draft->em || dy_draft_width(draft, type, label) > box->w) return;
    if (dy_draft_label(draft, (dy_point){ box->x + box->w, y }, type, label)) return;
    type.anchor = DY_LEFT;
    dy_draft_label(draft, (dy_point){ box->x + 0.3 * draft->em, y }, type, label);
}

static void draw_guide(dy_draft *draft, const dy_pane *pane, const dy_guide *guide)
{
    const dy_box *box = &pane->box;
    const char *label = guide->label ? guide->label : "";
    char clean[160];
    dy_clean(clean, sizeof clean, label, strlen(label));
    if (!within(guide->upright ? &pane->x : &pane->y, guide->at)) return;
    if (guide->upright) {
        double x = dy_scale_at(&pane->x, guide->at);
        dy_draft_rule(draft, (dy_point){ x, box->y }, (dy_point){ x, box->y + box->h },
                      draft->theme.axis, DY_DASHED);
        label_upright(draft, pane, x, clean);
    } else {
        double y = dy_scale_at(&pane->y, guide->at);
        dy_draft_rule(draft, (dy_point){ box->x, y }, (dy_point){ box->x + box->w, y },
                      draft->theme.axis, DY_DASHED);
        label_level(draft, pane, y, clean);
    }
}

void dy_annotate_under(dy_draft *draft, int32_t pane)
{
    for (int32_t i = 0; i < draft->view->n_guides; i++)
        if (draft->view->guides[i].pane == draft->panes[pane].kind)
            draw_guide(draft, &draft->panes[pane], &draft->view->guides[i]);
}

/* What of a line by hand is finite and goes on to the right. */
static dy_stroke clean_stroke(dy_draft *draft, const dy_sketch *sketch)
{
    dy_stroke stroke = { 0 };
    stroke.points = dy_draft_take(draft, sketch->n, sizeof *stroke.points);
    for (int64_t i = 0; stroke.points && i < sketch->n; i++) {
        dy_point at = sketch->points[i];
        bool back = stroke.n > 0 && at.x < stroke.points[stroke.n - 1].x;
        if (isfinite(at.x) && isfinite(at.y) && !back) stroke.points[stroke.n++] = at;
    }
    return stroke;
}

/* The height of the line over, or nearest to, an x. */
static double height_at(const dy_pane *pane, const dy_stroke *stroke, double x)
{
    for (int64_t i = 0; i + 1 < stroke->n; i++) {
        dy_point from = stroke->points[i];
        dy_point to = stroke->points[i + 1];
        double to_x = dy_scale_at(&pane->x, to.x);
        if (to_x < x) continue;
        double from_x = dy_scale_at(&pane->x, from.x);
        double share = to_x > from_x ? fmax(0, (x - from_x) / (to_x - from_x)) : 1;
        double from_y = dy_scale_at(&pane->y, from.y);
        return from_y + share * (dy_scale_at(&pane->y, to.y) - from_y);
    }
    return dy_scale_at(&pane->y, stroke->points[stroke->n - 1].y);
}

/* Over the line's end, inside the pane. */
static void label_sketch(dy_draft *draft, const dy_pane *pane, const dy_stroke *stroke,
                         dy_colour colour, const char *label)
{
    double em = draft->em;
    dy_type type = { 0.92 * em, colour, DY_LEFT, true };
    char clean[160];
    dy_clean(clean, sizeof clean, label, strlen(label));
    double width = dy_draft_width(draft, type, clean);
    const dy_box *box = &pane->box;
    if (width > box->w || box->h < 2 * em) return;
    double end = dy_scale_at(&pane->x, stroke->points[stroke->n - 1].x);
    double x = fmax(box->x, fmin(end + 0.5 * em, box->x + box->w - width));
    double y = fmin(height_at(pane, stroke, x), height_at(pane, stroke, x + width)) - 0.5 * em;
    y = fmax(box->y + em, fmin(y, box->y + box->h - 0.4 * em));
    while (y < box->y + box->h && !dy_draft_label(draft, (dy_point){ x, y }, type, clean))
        y += 1.2 * em;
}

static void draw_sketch(dy_draft *draft, int32_t p, const dy_sketch *sketch)
{
    const dy_pane *pane = &draft->panes[p];
    dy_stroke stroke = clean_stroke(draft, sketch);
    if (stroke.n == 0) return;
    dy_colour colour = sketch->run < 0
                           ? draft->theme.ink
                           : dy_theme_run(draft->view->dark, draft->traces[sketch->run].colour);
    dy_curves_line(draft, pane, &stroke,
                   &(dy_item){ .run = sketch->run,
                               .pane = p,
                               .size = SKETCH * draft->em,
                               .colour = dy_faded(colour, 0.75) });
    if (sketch->label) label_sketch(draft, pane, &stroke, colour, sketch->label);
}

static void draw_handle(dy_draft *draft, int32_t p, int32_t index)
{
    const dy_pane *pane = &draft->panes[p];
    const dy_handle *handle = &draft->view->handles[index];
    double em = draft->em;
    if (!within(&pane->x, handle->step) || !isfinite(handle->value)) return;
    double y = dy_scale_at(&pane->y, handle->value);
    dy_point at = {
        dy_scale_at(&pane->x, handle->step),
        fmax(pane->box.y, fmin(y, pane->box.y + pane->box.h)),
    };
    dy_draft_add(
        draft, &(dy_item){
                   .kind = handle->lit ? DY_ITEM_DOT : DY_ITEM_RING,
                   .colour = dy_theme_run(draft->view->dark, draft->traces[handle->run].colour),
                   .run = handle->run,
                   .pane = -1,
                   .size = (handle->lit ? 1.3 : 1) * HANDLE * em,
                   .at = at,
               });
    dy_box box = { at.x - GRASP * em, at.y - GRASP * em, 2 * GRASP * em, 2 * GRASP * em };
    dy_draft_hit(draft, box,
                 (dy_hit){ DY_HIT_HANDLE, index, p, handle->run, handle->step, handle->value });
}

void dy_annotate_over(dy_draft *draft, int32_t pane)
{
    dy_pane_kind kind = draft->panes[pane].kind;
    for (int32_t i = 0; i < draft->view->n_sketches; i++)
        if (draft->view->sketches[i].pane == kind)
            draw_sketch(draft, pane, &draft->view->sketches[i]);
    for (int32_t i = 0; i < draft->view->n_handles; i++)
        if ((int)draft->view->handles[i].channel == (int)kind) draw_handle(draft, pane, i);
}
