/* hover.c - see hover.h.   SPDX-License-Identifier: MIT */
#include "view/hover.h"

#include "base/text.h"
#include "view/legend.h"

#include <math.h>
#include <stdio.h>

/* In ems. */
static const double ROW = 1.4;
static const double PAD = 0.7;
static const double COLUMN_GAP = 1.2;
static const double LEAST_NAME = 4;
static const double MOST_NAME = 14;

static const double OUTSIDE =
    20; /* points of curves hidden count as much as a card all beside the panes */

enum { COLUMNS = 7, NAME = 64 * 3 + 1 };

typedef struct column {
    int32_t pane;
    int decimals; /* -1: each value with a power of ten */
    double width;
} column;

typedef struct card {
    int64_t step;
    int32_t *runs; /* [n_runs] that have a value there */
    int32_t n_runs, rest;
    column columns[COLUMNS];
    int n_columns;
    double name_w;
    dy_box box;
} card;

static const char *short_name(dy_pane_kind kind)
{
    static const char *const NAMES[DY_PANE_KINDS] = {
        [DY_PANE_LR] = "lr",           [DY_PANE_MOMENTUM] = "momentum",
        [DY_PANE_LOSS] = "loss",       [DY_PANE_RATE] = "eff. rate",
        [DY_PANE_ACCURACY] = "acc. %", [DY_PANE_GRADIENT] = "gradient",
        [DY_PANE_RATIO] = "ratio",
    };
    return NAMES[kind];
}

static dy_type number_type(const dy_draft *draft, bool planned)
{
    return (dy_type){ 0.92 * draft->em, planned ? draft->theme.quiet : draft->theme.ink,
                      DY_RIGHT, false };
}

static dy_type name_type(const dy_draft *draft)
{
    return (dy_type){ 0.92 * draft->em, draft->theme.ink, DY_LEFT, false };
}

static bool has_value(const dy_draft *draft, const card *c, int32_t run)
{
    for (int k = 0; k < c->n_columns; k++) {
        bool planned;
        if (isfinite(dy_plot_value(draft, c->columns[k].pane, run, c->step, &planned)))
            return true;
    }
    return false;
}

/* ---- numbers ---- */

/* As many places behind the point as show four digits of the greatest; none where the least would then show fewer than
 * two. */
static int decimals_for(double least, double most)
{
    if (!(most > 0)) return 0;
    int places = 3 - (int)floor(log10(most));
    if (places > 8 || places < -3) return -1;
    if (least > 0 && least * pow(10, places) < 10) places += (int)ceil(log10(most / least));
    return places > 7 ? -1 : places < 0 ? 0 : places;
}

static void format_value(const column *col, double value, char *to, size_t size)
{
    to[0] = '\0';
    if (!isfinite(value)) return;
    if (col->decimals < 0 || fabs(value) >= 1e7)
        snprintf(to, size, "%.3g", value);
    else
        snprintf(to, size, "%.*f", col->decimals, value);
}

static void measure_column(const dy_draft *draft, const card *c, column *col)
{
    double least = (double)INFINITY;
    double most = 0;
    bool planned;
    for (int32_t i = 0; i < c->n_runs; i++) {
        double value = fabs(dy_plot_value(draft, col->pane, c->runs[i], c->step, &planned));
        if (value > 0 && isfinite(value)) least = fmin(least, value);
        if (isfinite(value)) most = fmax(most, value);
    }
    col->decimals = decimals_for(least, most);
    dy_pane_kind kind = draft->panes[col->pane].kind;
    if (kind == DY_PANE_ACCURACY) col->decimals = 2;
    col->width = dy_draft_width(draft, number_type(draft, false), short_name(kind));
    for (int32_t i = 0; i < c->n_runs; i++) {
        char text[48];
        format_value(col, dy_plot_value(draft, col->pane, c->runs[i], c->step, &planned), text,
                     sizeof text);
        col->width = fmax(col->width, dy_draft_width(draft, number_type(draft, planned), text));
    }
}

/* ---- size ---- */

static dy_type head_type(const dy_draft *draft)
{
    return (dy_type){ 0.92 * draft->em, draft->theme.ink, DY_LEFT, true };
}

/* "update 1,200  ·  epoch 2.40" */
static void say_step(const dy_draft *draft, int64_t step, char *to, size_t size)
{
    char count[32];
    dy_format_count(count, sizeof count, step);
    int used = snprintf(to, size, "update %s", count);
    if (draft->epoch_steps > 0)
        snprintf(to + used, size - (size_t)used, "  ·  epoch %.2f",
                 (double)step / (double)draft->epoch_steps);
}

static void take_columns(const dy_draft *draft, card *c)
{
    for (int32_t p = 0; p < draft->n_panes && c->n_columns < COLUMNS; p++)
        if (draft->panes[p].shown && dy_pane_over_updates(draft->panes[p].kind))
            c->columns[c->n_columns++].pane = p;
}

static double columns_width(const dy_draft *draft, const card *c)
{
    double width = 0;
    for (int k = 0; k < c->n_columns; k++)
        width += c->columns[k].width + COLUMN_GAP * draft->em;
    return width;
}

/* Leaves out the least important columns until the rest fit, and gives the names what is left. */
static void fit_width(const dy_draft *draft, card *c, double most)
{
    double em = draft->em;
    double around = dy_legend_swatch_width(draft) + 2 * PAD * em;
    while (c->n_columns > 1 && around + LEAST_NAME * em + columns_width(draft, c) > most)
        c->n_columns--;
    char name[NAME];
    say_step(draft, c->step, name, sizeof name);
    double head = dy_draft_width(draft, head_type(draft), name) + 0.1 * em;
    double widest = head - dy_legend_swatch_width(draft);
    for (int32_t i = 0; i < c->n_runs; i++) {
        dy_draft_name(&draft->traces[c->runs[i]], name, sizeof name);
        widest = fmax(widest, dy_draft_width(draft, name_type(draft), name));
    }
    double room = most - around - columns_width(draft, c);
    c->name_w = fmax(LEAST_NAME * em, fmin(fmin(widest, MOST_NAME * em), room));
    c->box.w = around + c->name_w + columns_width(draft, c);
}

static void fit_height(const dy_draft *draft, card *c, double most)
{
    double em = draft->em;
    int32_t room = (int32_t)((most - 2 * PAD * em) / (ROW * em)) - 1;
    if (c->n_runs > room) {
        c->rest = c->n_runs - (room > 1 ? room - 1 : 0);
        c->n_runs -= c->rest;
    }
    int32_t rows = 1 + c->n_runs + (c->rest > 0);
    c->box.h = (rows * ROW + 2 * PAD) * em;
}

/* ---- place ---- */

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

static void try_place(const dy_draft *draft, card *c, dy_box box, const dy_box *area,
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
    c->box = box;
}

/* Beside the line, at the top or the bottom of a pane or its middle, whichever hides least; the first of equals. */
static void place(const dy_draft *draft, card *c, double x, dy_box area)
{
    double gap = 0.8 * draft->em;
    double best = (double)INFINITY;
    dy_box box = c->box;
    double lowest = area.y + area.h - box.h;
    double wanted = draft->view->pointed ? draft->view->pointer.y : area.y;
    double rows[] = { fmax(area.y, fmin(wanted - box.h / 2, lowest)), area.y,
                      (area.y + lowest) / 2, lowest };
    for (int r = 0; r < 4; r++)
        for (int left = 0; left < 2; left++) {
            box.x = left ? x - gap - box.w : x + gap;
            box.y = fmax(area.y, fmin(rows[r], lowest));
            try_place(draft, c, box, &area, &best);
        }
    if (isfinite(best)) return;
    c->box.x = fmax(0, fmin(x + gap, draft->view->width_px - box.w));
    c->box.y = fmax(0, lowest);
}

/* ---- drawing ---- */

static void draw_head(dy_draft *draft, const card *c, double y)
{
    double em = draft->em;
    char text[100];
    say_step(draft, c->step, text, sizeof text);
    double names = dy_legend_swatch_width(draft) + c->name_w;
    dy_draft_parts_in(draft, (dy_point){ c->box.x + PAD * em, y }, head_type(draft), text,
                      names);
    double x = c->box.x + PAD * em + names;
    for (int k = 0; k < c->n_columns; k++) {
        x += c->columns[k].width + COLUMN_GAP * em;
        dy_draft_text(draft, (dy_point){ x, y }, number_type(draft, true),
                      short_name(draft->panes[c->columns[k].pane].kind));
    }
}

static void draw_row(dy_draft *draft, const card *c, int32_t run, double y)
{
    double em = draft->em;
    char name[NAME];
    double x = c->box.x + PAD * em;
    dy_legend_swatch(draft, run, (dy_point){ x, y });
    dy_draft_name(&draft->traces[run], name, sizeof name);
    x += dy_legend_swatch_width(draft);
    dy_draft_text_in(draft, (dy_point){ x, y }, name_type(draft), name, c->name_w);
    x += c->name_w;
    for (int k = 0; k < c->n_columns; k++) {
        const column *col = &c->columns[k];
        char text[48];
        bool planned;
        double value = dy_plot_value(draft, col->pane, run, c->step, &planned);
        format_value(col, value, text, sizeof text);
        x += col->width + COLUMN_GAP * em;
        dy_draft_text(draft, (dy_point){ x, y }, number_type(draft, planned), text);
    }
}

static void draw_card(dy_draft *draft, const card *c)
{
    double em = draft->em;
    dy_draft_card(draft, c->box);
    double y = c->box.y + (PAD + 1) * em;
    draw_head(draft, c, y);
    for (int32_t i = 0; i < c->n_runs; i++) draw_row(draft, c, c->runs[i], y += ROW * em);
    if (c->rest == 0) return;
    char text[48];
    snprintf(text, sizeof text, "and %d more", c->rest);
    dy_type type = { 0.92 * em, draft->theme.quiet, DY_LEFT, false };
    dy_point at = { c->box.x + PAD * em + dy_legend_swatch_width(draft), y + ROW * em };
    dy_draft_text(draft, at, type, text);
}

/* The line through the panes, and where the curves cross it. */
static void draw_line(dy_draft *draft, const card *c, double x)
{
    for (int32_t p = 0; p < draft->n_panes; p++) {
        const dy_pane *pane = &draft->panes[p];
        const dy_box *box = &pane->box;
        if (!pane->shown || !dy_pane_over_updates(pane->kind)) continue;
        dy_draft_rule(draft, (dy_point){ x, box->y }, (dy_point){ x, box->y + box->h },
                      draft->theme.axis, DY_SOLID);
        for (int32_t i = 0; i < c->n_runs; i++) {
            bool planned;
            double value = dy_plot_value(draft, p, c->runs[i], c->step, &planned);
            double y = dy_scale_at(&pane->y, value);
            if (!isfinite(value) || y < box->y || y > box->y + box->h) continue;
            const dy_trace *trace = &draft->traces[c->runs[i]];
            dy_draft_add(draft, &(dy_item){
                                    .kind = planned ? DY_ITEM_RING : DY_ITEM_DOT,
                                    .colour = dy_theme_run(draft->view->dark, trace->colour),
                                    .run = c->runs[i],
                                    .pane = -1,
                                    .size = 0.26 * draft->em,
                                    .at = { x, y },
                                });
        }
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

static bool take_runs(dy_draft *draft, card *c)
{
    c->runs = dy_draft_take(draft, draft->n, sizeof *c->runs);
    if (!c->runs) return false;
    const dy_view *view = draft->view;
    for (int32_t k = 0; k < (view->n_order > 0 ? view->n_order : draft->n); k++) {
        int32_t i = view->n_order > 0 ? view->order[k] : k;
        dy_show show = draft->traces[i].show;
        if (show == DY_HIDDEN || show == DY_FAINT || c->n_runs == draft->n) continue;
        if (has_value(draft, c, i)) c->runs[c->n_runs++] = i;
    }
    return true;
}

void dy_hover_draw(dy_draft *draft)
{
    card c = { .step = draft->view->hover };
    dy_box area = { 0 };
    const dy_pane *pane;
    if (!draft->view->hovered || !area_of(draft, &area, &pane)) return;
    if (c.step < draft->sight.from || c.step > draft->sight.to) return;
    take_columns(draft, &c);
    if (!take_runs(draft, &c)) return;
    for (int k = 0; k < c.n_columns; k++) measure_column(draft, &c, &c.columns[k]);
    double x = dy_scale_at(&pane->x, (double)c.step);
    draw_line(draft, &c, x);
    if (c.n_runs == 0) return;
    fit_width(draft, &c, fmin(draft->view->width_px, 60 * draft->em) * 0.9);
    fit_height(draft, &c, fmin(draft->view->height_px, area.h + 2 * draft->em));
    place(draft, &c, x, area);
    draw_card(draft, &c);
}
