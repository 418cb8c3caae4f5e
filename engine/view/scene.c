/* scene.c - the parts of a picture, put together; see scene.h.   SPDX-License-Identifier: MIT */
#include "view/scene.h"

#include "base/text.h"
#include "view/annotate.h"
#include "view/axis.h"
#include "view/bar.h"
#include "view/curves.h"
#include "view/fit.h"
#include "view/heading.h"
#include "view/help.h"
#include "view/hover.h"
#include "view/layout.h"
#include "view/legend.h"
#include "view/marks.h"
#include "view/popup.h"
#include "view/portrait.h"
#include "view/slider.h"

#include <math.h>
#include <stdio.h>

/* In ems. */
static const double LEAST_SIDE = 22; /* of width, for what stands beside the panes */

/* Of the room there is. */
static const double WIDEST_SIDE = 0.3;
static const double LEGEND_SHARE = 0.5;   /* above others */
static const double SQUARES_SHARE = 0.35; /* below others */

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

/* A pane without anything to see is left out, unless that goes for all of them: then those over updates wait for it. */
static void choose_panes(const dy_draft *draft)
{
    bool any = false;
    for (int32_t p = 0; p < draft->n_panes; p++) {
        draft->panes[p].shown = dy_fit_any(draft, p);
        any |= draft->panes[p].shown;
    }
    for (int32_t p = 0; p < draft->n_panes && !any; p++)
        draft->panes[p].shown = dy_pane_over_updates(draft->panes[p].kind);
}

static void note_of_loss(const dy_draft *draft, int32_t pane, char *to, size_t size)
{
    bool scored = false;
    for (int32_t i = 0; i < draft->n; i++) scored |= dy_plot_of(draft, pane, i)->dots.n > 0;
    const char *dots = scored ? "  ·  dots: held-out" : "";
    char count[32];
    dy_format_count(count, sizeof count, (int64_t)draft->smoothing);
    if (draft->smoothing > 0)
        snprintf(to, size, "smoothed over %s updates%s  ·  raw beneath", count, dots);
    else
        snprintf(to, size, "of each batch%s", dots);
}

static const char *note_of(const dy_draft *draft, int32_t p, char *to, size_t size)
{
    dy_pane_kind kind = draft->panes[p].kind;
    to[0] = '\0';
    if (kind == DY_PANE_LOSS) note_of_loss(draft, p, to, size);
    if (kind == DY_PANE_RATE) snprintf(to, size, "lr / (1 - momentum)");
    if (kind == DY_PANE_ACCURACY) snprintf(to, size, "held-out, %%");
    if (kind == DY_PANE_RATIO) snprintf(to, size, "size of an update by that of the weights");
    if (!dy_pane_over_updates(kind) && kind != DY_PANE_LOOP)
        dy_portrait_note(draft, kind, to, size);
    return to;
}

/* What of a pane can be hit: its data, its labels and its name. */
static void hit_pane(dy_draft *draft, int32_t p)
{
    const dy_box *box = &draft->panes[p].box;
    double left = draft->panes[p].gutter;
    dy_hit hit = { DY_HIT_HEADING, -1, p, -1, 0, 0 };
    double name_h = 1.5 * draft->em;
    dy_draft_hit(draft, (dy_box){ box->x, box->y - name_h, box->w, name_h }, hit);
    hit.kind = DY_HIT_VALUES;
    dy_draft_hit(draft, (dy_box){ box->x - left, box->y, left, box->h }, hit);
    hit.kind = DY_HIT_ACROSS;
    dy_box under = { box->x, box->y + box->h, box->w, dy_axis_across_depth(draft) };
    if (draft->panes[p].kind == DY_PANE_LOOP) dy_draft_hit(draft, under, hit);
    hit.kind = DY_HIT_PANE;
    dy_draft_hit(draft, *box, hit);
}

static void draw_pane(dy_draft *draft, int32_t p)
{
    const dy_pane *pane = &draft->panes[p];
    char note[200];
    double right = pane->box.x + pane->box.w;
    hit_pane(draft, p);
    if (pane->kind == DY_PANE_LOSS && draft->view->slider) right = dy_slider_draw(draft, pane);
    dy_axis_heading(draft, pane, note_of(draft, p, note, sizeof note), right);
    if (pane->kind > DY_PANE_LOOP) {
        dy_portrait_draw(draft, p);
        return;
    }
    dy_axis_pane(draft, pane);
    dy_annotate_under(draft, p);
    dy_curves_draw(draft, p);
    dy_annotate_over(draft, p);
    if (pane->kind == DY_PANE_LOOP) dy_axis_across(draft, pane, "learning rate");
}

static int32_t lowest_pane(const dy_draft *draft)
{
    int32_t lowest = -1;
    for (int32_t p = 0; p < draft->n_panes; p++)
        if (draft->panes[p].shown && dy_pane_over_updates(draft->panes[p].kind)) lowest = p;
    return lowest;
}

/* The axis that the panes share, under the lowest, and what was done on the way. */
static void draw_updates(dy_draft *draft)
{
    int32_t lowest = lowest_pane(draft);
    if (lowest < 0) return;
    const dy_pane *pane = &draft->panes[lowest];
    double strip = dy_marks_height(draft);
    double y = pane->box.y + pane->box.h;
    dy_hit hit = { DY_HIT_UPDATES, -1, lowest, -1, 0, 0 };
    dy_box area = { pane->box.x, y, pane->box.w, strip + dy_axis_depth(draft) };
    dy_draft_hit(draft, area, hit);
    dy_axis_updates(draft, pane, strip);
    if (strip > 0) dy_marks_draw(draft, pane);
}

static void draw_panes(dy_draft *draft)
{
    if (draft->epoch_steps > 0) dy_axis_epochs(draft);
    for (int32_t p = 0; p < draft->n_panes; p++)
        if (draft->panes[p].shown) draw_pane(draft, p);
    draw_updates(draft);
}

static double auto_text(const dy_view *view)
{
    return 11.5 * sqrt(fmin(view->width_px / 800, view->height_px / 600));
}

/* Cuts a column off the right of `free`, for the legend and what stands by itself. */
static void draw_beside(dy_draft *draft, dy_box *free, dy_legend *legend, bool squares)
{
    double em = draft->em;
    double w = legend->w;
    if (squares) w = fmax(w, fmin(LEAST_SIDE * em, WIDEST_SIDE * free->w));
    if (w <= 0) return;
    legend->cell_w = w;
    double gap = 1.8 * em;
    dy_box side = { free->x + free->w - w, free->y, w, free->h };
    free->w -= w + gap;
    dy_legend_draw(draft, legend, (dy_point){ side.x, side.y });
    double below = legend->h > 0 ? legend->h + em : 0;
    side.y += below;
    side.h -= below;
    if (squares) dy_layout_grid(draft, side);
}

/* The legend above the rest, what stands by itself under it. */
static void draw_above(dy_draft *draft, dy_box *free, const dy_legend *legend, bool squares)
{
    double em = draft->em;
    if (legend->h > 0) {
        dy_legend_draw(draft, legend, (dy_point){ free->x, free->y });
        free->y += legend->h + 0.8 * em;
        free->h -= legend->h + 0.8 * em;
    }
    if (!squares) return;
    dy_box row = *free;
    row.h = fmin(free->w / dy_layout_count(draft, false), SQUARES_SHARE * free->h);
    row.y = free->y + free->h - row.h;
    free->h -= row.h + em;
    dy_layout_grid(draft, row);
}

/* Places the panes in what is left between heading and foot, the legend beside or above them. */
static void place_panes(dy_draft *draft, dy_box free)
{
    bool squares = dy_layout_count(draft, false) > 0;
    bool stack = dy_layout_count(draft, true) > 0;
    bool wide = free.w >= 1.15 * free.h;
    double most = squares && wide ? LEGEND_SHARE * free.h : free.h;
    dy_legend legend = dy_legend_make(draft, free.w, free.h, most);
    if (wide)
        draw_beside(draft, &free, &legend, squares && stack);
    else
        draw_above(draft, &free, &legend, squares && stack);
    if (!stack) dy_layout_grid(draft, free);
    dy_layout_stack(draft, free, dy_axis_depth(draft) + dy_marks_height(draft));
}

/* What lies over the panes. */
static void draw_over(dy_draft *draft, double foot_y)
{
    dy_hover_draw(draft);
    dy_bar_hint(draft);
    dy_popup_entry(draft, foot_y);
    dy_popup_menu(draft);
    dy_help_draw(draft);
}

static void draw_all(dy_draft *draft)
{
    double margin = DY_MARGIN * draft->em;
    double foot = dy_bar_height(draft);
    double bottom = draft->view->height_px - (foot > 0 ? 0.5 : 1) * margin;
    dy_box free = { .x = margin, .y = dy_heading_draw(draft) };
    free.w = draft->view->width_px - 2 * margin;
    free.h = fmax(bottom - foot - free.y, 0);
    place_panes(draft, free);
    draw_panes(draft);
    if (foot > 0) dy_bar_draw(draft, (dy_box){ margin, bottom - foot, free.w, foot });
    draw_over(draft, bottom - foot);
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
        .reach = draft.em,
        .slider = draft.slider,
        .slider_most = dy_slider_most(draft.sight),
    };
    return true;
}
