/* scene.c - the parts of a picture, put together; see scene.h.   SPDX-License-Identifier: MIT */
#include "view/scene.h"

#include "base/text.h"
#include "view/axis.h"
#include "view/curves.h"
#include "view/fit.h"
#include "view/heading.h"
#include "view/layout.h"
#include "view/legend.h"

#include <math.h>
#include <stdio.h>

/* A value that all runs in sight share, or 0. */
static int64_t shared_epoch(const dy_draft *draft)
{
    int64_t steps = 0;
    for (int32_t i = 0; i < draft->n; i++) {
        if (draft->traces[i].show == DY_HIDDEN) continue;
        int64_t own = draft->traces[i].run.card->epoch_steps;
        if (own < 2 || (steps > 0 && own != steps)) return 0;
        steps = own;
    }
    return steps < draft->sight.to - draft->sight.from ? steps : 0;
}

/* A pane without anything to see is left out, unless that goes for all of them. */
static void choose_panes(const dy_draft *draft)
{
    bool any = false;
    for (int32_t p = 0; p < draft->n_panes; p++) {
        draft->panes[p].shown = dy_fit_any(draft, p);
        any |= draft->panes[p].shown;
    }
    for (int32_t p = 0; p < draft->n_panes; p++) draft->panes[p].shown |= !any;
}

static void note_of_loss(const dy_draft *draft, int32_t pane, char *to, size_t size)
{
    bool scored = false;
    for (int32_t i = 0; i < draft->n; i++) scored |= dy_plot_of(draft, pane, i)->dots.n > 0;
    const char *dots = scored ? "  ·  dots: held-out" : "";
    char count[32];
    dy_format_count(count, sizeof count, (int64_t)draft->smoothing);
    if (draft->smoothing > 0)
        snprintf(to, size, "smoothed over %s updates, raw beneath%s", count, dots);
    else
        snprintf(to, size, "of each batch%s", dots);
}

static void draw_pane(dy_draft *draft, int32_t p)
{
    const dy_pane *pane = &draft->panes[p];
    char note[120] = "";
    if (pane->kind == DY_PANE_LOSS) note_of_loss(draft, p, note, sizeof note);
    dy_axis_pane(draft, pane);
    dy_axis_heading(draft, pane, note, pane->box.x + pane->box.w);
    dy_curves_draw(draft, p);
    if (pane->kind == DY_PANE_LOOP) dy_axis_across(draft, pane, "learning rate");
    dy_draft_area(draft, pane->box, (dy_hit){ DY_HIT_PANE, -1, p, -1, 0, 0 });
}

static void draw_panes(dy_draft *draft)
{
    const dy_pane *lowest = NULL;
    if (draft->epoch_steps > 0) dy_axis_epochs(draft);
    for (int32_t p = 0; p < draft->n_panes; p++) {
        const dy_pane *pane = &draft->panes[p];
        if (!pane->shown) continue;
        if (dy_pane_over_updates(pane->kind)) lowest = pane;
        draw_pane(draft, p);
    }
    if (lowest) dy_axis_updates(draft, lowest, 0);
}

static double auto_text(const dy_view *view)
{
    return 11.5 * sqrt(fmin(view->width_px / 800, view->height_px / 600));
}

static void draw_all(dy_draft *draft)
{
    double em = draft->em;
    double margin = DY_MARGIN * em;
    dy_box free = { .x = margin, .y = dy_heading_draw(draft) };
    free.w = draft->view->width_px - 2 * margin;
    free.h = draft->view->height_px - margin - free.y;
    dy_legend legend = dy_legend_make(draft, free.w, free.h);
    if (legend.beside) {
        free.w -= legend.w + 1.8 * em;
        dy_legend_draw(draft, &legend, (dy_point){ free.x + free.w + 1.8 * em, free.y });
    } else if (legend.h > 0) {
        dy_legend_draw(draft, &legend, (dy_point){ free.x, free.y });
        free.y += legend.h + 0.8 * em;
        free.h -= legend.h + 0.8 * em;
    }
    dy_layout_stack(draft, free, dy_axis_depth(draft));
    draw_panes(draft);
}

static dy_draft begin(dy_arena *arena, const dy_trace *traces, int32_t n, const dy_view *view,
                      dy_error *err)
{
    dy_draft draft = { .view = view, .traces = traces, .n = n, .arena = arena, .err = err };
    draft.theme = dy_theme_make(view->dark);
    draft.em = view->text_px > 0 ? view->text_px : auto_text(view);
    for (int32_t i = 0; i < n; i++) draft.contrast |= traces[i].show == DY_STRONG;
    draft.sight = dy_plot_sight(&draft);
    draft.smoothing = dy_plot_smoothing(&draft, draft.sight);
    draft.epoch_steps = shared_epoch(&draft);
    return draft;
}

static void read_panes(dy_draft *draft)
{
    dy_plot_read(draft);
    if (draft->failed) return;
    choose_panes(draft);
    for (int32_t p = 0; p < draft->n_panes; p++) {
        draft->panes[p].y = dy_fit_scale(draft, p);
        draft->panes[p].x = dy_fit_across(draft, p);
    }
}

bool dy_scene_make(dy_scene *scene, dy_arena *arena, const dy_trace *traces, int32_t n,
                   const dy_view *view, dy_error *err)
{
    if (!dy_view_check(view, n, err)) return false;
    dy_draft draft = begin(arena, traces, n, view, err);
    if (!dy_layout_take(&draft)) return false;
    read_panes(&draft);
    if (!draft.failed) draw_all(&draft);
    if (draft.failed) return false;
    *scene = (dy_scene){
        .width_px = view->width_px,
        .height_px = view->height_px,
        .scale = view->scale,
        .paper = draft.theme.paper,
        .items = draft.items,
        .n_items = draft.n_items,
        .areas = draft.areas,
        .n_areas = draft.n_areas,
        .panes = draft.panes,
        .n_panes = draft.n_panes,
        .smoothing = draft.smoothing,
    };
    return true;
}
