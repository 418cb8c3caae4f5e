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

/* Shares of the height that is left for data. */
static const double SHARES[DY_PANE_KINDS] = {
    [DY_PANE_LR] = 0.27,
    [DY_PANE_MOMENTUM] = 0.2,
    [DY_PANE_LOSS] = 0.53,
};

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

static bool take_panes(dy_draft *draft)
{
    static const dy_pane_spec USUAL[] = {
        { .kind = DY_PANE_LR },
        { .kind = DY_PANE_MOMENTUM },
        { .kind = DY_PANE_LOSS },
    };

    bool asked = draft->view->n_panes > 0;
    draft->n_panes = asked ? draft->view->n_panes : 3;
    draft->panes = dy_draft_take(draft, draft->n_panes, sizeof *draft->panes);
    draft->specs = dy_draft_take(draft, draft->n_panes, sizeof *draft->specs);
    if (draft->failed) return false;
    for (int32_t p = 0; p < draft->n_panes; p++) {
        dy_pane_spec *spec = &draft->specs[p];
        *spec = asked ? draft->view->panes[p] : USUAL[p];
        if (spec->share <= 0) spec->share = SHARES[spec->kind];
    }
    return true;
}

/* A pane that no run has a value of is left out, unless that goes for all of them. */
static void choose_panes(const dy_draft *draft, const dy_plot *plots)
{
    dy_pane *panes = draft->panes;
    bool any = false;
    for (int32_t p = 0; p < draft->n_panes; p++) {
        if (panes[p].kind > DY_PANE_LOSS) continue;
        for (int32_t i = 0; i < draft->n; i++)
            panes[p].shown |= plots[i].line[panes[p].kind].n > 0;
        any |= panes[p].shown;
    }
    for (int32_t p = 0; p < draft->n_panes; p++) panes[p].shown |= !any;
}

/* The panes in what is left: `free` is the room for data, headings and all. */
static void place_panes(dy_draft *draft, dy_box free)
{
    double em = draft->em;
    int n = 0;
    double shares = 0;
    for (int32_t p = 0; p < draft->n_panes; p++) {
        n += draft->panes[p].shown;
        shares += draft->panes[p].shown ? draft->specs[p].share : 0;
    }
    double data_h = free.h - n * HEADING * em - (n - 1) * PANE_GAP * em;
    double y = free.y;
    double gutter = dy_axis_margin(draft);
    for (int32_t p = 0; p < draft->n_panes; p++) {
        dy_pane *pane = &draft->panes[p];
        if (!pane->shown) continue;
        double share = draft->specs[p].share / shares;
        pane->box = (dy_box){ .y = y + HEADING * em, .h = fmax(share * data_h, em) };
        pane->y.from_px = pane->box.y + pane->box.h;
        pane->y.to_px = pane->box.y;
        dy_axis_choose(draft, pane);
        gutter = fmax(gutter, dy_axis_room(draft, pane));
        y = pane->y.from_px + PANE_GAP * em;
    }
    for (int32_t p = 0; p < draft->n_panes; p++) {
        dy_pane *pane = &draft->panes[p];
        pane->box.x = free.x + gutter;
        pane->box.w = fmax(free.w - gutter, em);
        pane->x.from_px = pane->box.x;
        pane->x.to_px = pane->box.x + pane->box.w;
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

static void draw_panes(dy_draft *draft, const dy_plot *plots, double smoothing, int64_t epoch)
{
    char note[120];
    note_of_loss(draft, smoothing, note, sizeof note);
    if (epoch > 0) dy_axis_epochs(draft, epoch);
    const dy_pane *lowest = NULL;
    for (int32_t p = 0; p < draft->n_panes; p++) {
        const dy_pane *pane = &draft->panes[p];
        if (!pane->shown) continue;
        lowest = pane;
        dy_axis_pane(draft, pane, dy_pane_name(pane->kind),
                     pane->kind == DY_PANE_LOSS ? note : "");
        dy_curves_draw(draft, pane, plots, p);
        dy_draft_area(draft, pane->box, (dy_hit){ DY_HIT_PANE, -1, p, -1, 0, 0 });
    }
    if (lowest) dy_axis_updates(draft, lowest, epoch);
}

static double auto_text(const dy_view *view)
{
    return 11.5 * sqrt(fmin(view->width_px / 800, view->height_px / 600));
}

static void draw_all(dy_draft *draft, dy_sight sight, const dy_plot *plots, double smoothing)
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
    place_panes(draft, free);
    draw_panes(draft, plots, smoothing, epoch);
}

bool dy_scene_make(dy_scene *scene, dy_arena *arena, const dy_trace *traces, int32_t n,
                   const dy_view *view, dy_error *err)
{
    if (!dy_view_check(view, n, err)) return false;
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
    if (!take_panes(&draft)) return false;
    for (int32_t p = 0; p < draft.n_panes; p++) {
        dy_pane *pane = &draft.panes[p];
        pane->kind = draft.specs[p].kind;
        if (pane->kind <= DY_PANE_LOSS) pane->y = dy_fit_scale(&draft, plots, &draft.specs[p]);
        pane->x = (dy_scale){ .lo = (double)sight.from, .hi = (double)sight.to };
    }
    choose_panes(&draft, plots);
    if (!draft.failed) draw_all(&draft, sight, plots, smoothing);
    if (draft.failed) return false;
    made.items = draft.items;
    made.n_items = draft.n_items;
    made.areas = draft.areas;
    made.n_areas = draft.n_areas;
    made.panes = draft.panes;
    made.n_panes = draft.n_panes;
    made.smoothing = smoothing;
    *scene = made;
    return true;
}
