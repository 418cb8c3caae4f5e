/* hover.c - see hover.h.   SPDX-License-Identifier: MIT */
#include "view/hover.h"

#include "view/plot.h"
#include "view/values.h"

#include <math.h>

/* As much as so many points of curves counts a card that lies all beside the panes. */
static const double OUTSIDE = 20;

/* How much of the curves a box would hide: where they pass at a few updates across it. */
static double hidden_by(const dy_draft *draft, const dy_box *box)
{
    enum { LOOKS = 6 };

    double hidden = 0;
    for (int32_t p = 0; p < draft->n_panes; p++) {
        const dy_pane *pane = &draft->panes[p];
        if (!pane->shown || !dy_pane_over_updates(pane->kind)) continue;
        if (box->y > pane->box.y + pane->box.h || box->y + box->h < pane->box.y) continue;
        for (int k = 0; k < LOOKS; k++) {
            double x = box->x + (k + 0.5) / LOOKS * box->w;
            double step = dy_scale_value(&pane->x, x);
            for (int32_t i = 0; i < draft->n && step >= 0; i++) {
                bool planned;
                double value = dy_plot_value(draft, p, i, (int64_t)step, &planned);
                dy_point at = { x, dy_scale_at(&pane->y, value) };
                hidden += isfinite(value) && dy_box_has(box, at) ? 1 : 0;
            }
        }
    }
    return hidden;
}

static void try_place(const dy_draft *draft, dy_box box, const dy_box *area, dy_box *best_box,
                      double *best)
{
    const dy_view *view = draft->view;
    if (box.x < 0 || box.x + box.w > view->width_px || box.y < 0 ||
        box.y + box.h > view->height_px)
        return;
    double out = fmax(0, box.x + box.w - (area->x + area->w)) + fmax(0, area->x - box.x);
    double cost = hidden_by(draft, &box) + OUTSIDE * out / box.w +
                  (dy_draft_pointed(draft, &box) ? 1000 : 0);
    if (cost >= *best) return;
    *best = cost;
    *best_box = box;
}

/* Beside the line, at the pointer, the top, the middle or the bottom, whichever hides least; the first of equals. */
static dy_box place(const dy_draft *draft, dy_box box, double x, dy_box area)
{
    double gap = 0.8 * draft->em;
    double best = (double)INFINITY;
    double lowest = fmax(0, area.y + area.h - box.h);
    double wanted = draft->view->pointed ? draft->view->pointer.y : area.y;
    double rows[] = { wanted - box.h / 2, area.y, (area.y + lowest) / 2, lowest };
    dy_box found = { fmax(0, fmin(x + gap, draft->view->width_px - box.w)), lowest, box.w,
                     box.h };
    for (int r = 0; r < 4; r++)
        for (int left = 0; left < 2; left++) {
            box.x = left ? x - gap - box.w : x + gap;
            box.y = fmin(fmax(area.y, rows[r]), lowest);
            try_place(draft, box, &area, &found, &best);
        }
    return found;
}

/* A dot where a run is on a pane, open where it is only planned to be. */
static void draw_place(dy_draft *draft, const dy_pane *pane, int32_t run, dy_point at,
                       bool planned)
{
    const dy_box *box = &pane->box;
    if (at.x < box->x || at.x > box->x + box->w || at.y < box->y || at.y > box->y + box->h)
        return;
    dy_draft_add(draft,
                 &(dy_item){
                     .kind = planned ? DY_ITEM_RING : DY_ITEM_DOT,
                     .colour = dy_theme_run(draft->view->dark, draft->traces[run].colour),
                     .run = run,
                     .pane = -1,
                     .size = 0.26 * draft->em,
                     .at = at,
                 });
}

/* The line through the panes, and where the curves cross it. */
static void draw_line(dy_draft *draft, int64_t step, double x)
{
    for (int32_t p = 0; p < draft->n_panes; p++) {
        const dy_pane *pane = &draft->panes[p];
        const dy_box *box = &pane->box;
        if (!pane->shown || !dy_pane_over_updates(pane->kind)) continue;
        dy_draft_rule(draft, (dy_point){ x, box->y }, (dy_point){ x, box->y + box->h },
                      draft->theme.axis, DY_SOLID);
        for (int32_t i = 0; i < draft->n; i++) {
            bool planned;
            double value = dy_plot_value(draft, p, i, step, &planned);
            dy_point at = { x, dy_scale_at(&pane->y, value) };
            if (dy_draft_named(&draft->traces[i]) && isfinite(value))
                draw_place(draft, pane, i, at, planned);
        }
    }
}

static int32_t pane_of(const dy_draft *draft, dy_pane_kind kind)
{
    for (int32_t p = 0; p < draft->n_panes; p++)
        if (draft->panes[p].shown && draft->panes[p].kind == kind) return p;
    return -1;
}

/* Where the runs were on their loops then, as far as a pane of the loss knows it. */
static void draw_on_loop(dy_draft *draft, int64_t step)
{
    int32_t loop = pane_of(draft, DY_PANE_LOOP);
    int32_t loss = pane_of(draft, DY_PANE_LOSS);
    for (int32_t i = 0; loop >= 0 && loss >= 0 && i < draft->n; i++) {
        const dy_pane *pane = &draft->panes[loop];
        bool planned;
        double y = dy_plot_value(draft, loss, i, step, &planned);
        double x = dy_trace_at(&draft->traces[i], DY_LR, step, &planned);
        dy_point at = { dy_scale_at(&pane->x, x), dy_scale_at(&pane->y, y) };
        if (dy_draft_named(&draft->traces[i]) && isfinite(x) && isfinite(y))
            draw_place(draft, pane, i, at, false);
    }
}

/* All panes over updates. false: there is none. */
static bool area_of(const dy_draft *draft, dy_box *area, const dy_pane **first)
{
    *first = NULL;
    for (int32_t p = 0; p < draft->n_panes; p++) {
        const dy_pane *pane = &draft->panes[p];
        if (!pane->shown || !dy_pane_over_updates(pane->kind)) continue;
        if (!*first) *area = pane->box;
        if (!*first) *first = pane;
        area->h = pane->box.y + pane->box.h - area->y;
    }
    return *first;
}

void dy_hover_draw(dy_draft *draft)
{
    int64_t step = draft->view->hover;
    dy_box area = { 0 };
    const dy_pane *pane;
    dy_values values;
    if (!draft->view->hovered || !area_of(draft, &area, &pane)) return;
    if (step < draft->sight.from || step > draft->sight.to) return;
    double x = dy_scale_at(&pane->x, (double)step);
    draw_line(draft, step, x);
    draw_on_loop(draft, step);
    double most_w = 0.9 * fmin(draft->view->width_px, 60 * draft->em);
    double most_h = fmin(draft->view->height_px, area.h + 2 * draft->em);
    if (!dy_values_make(draft, &values, step, most_w, most_h) || values.n_runs == 0) return;
    dy_box box = place(draft, (dy_box){ 0, 0, values.w, values.h }, x, area);
    dy_draft_card(draft, box);
    dy_values_draw(draft, &values, (dy_point){ box.x, box.y });
}
