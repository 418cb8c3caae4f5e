/* values.c - see values.h.   SPDX-License-Identifier: MIT */
#include "view/values.h"

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

enum { NAME = 64 * 3 + 1 };

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

static bool has_value(const dy_draft *draft, const dy_values *v, int32_t run)
{
    for (int k = 0; k < v->n_columns; k++) {
        bool planned;
        if (isfinite(dy_plot_value(draft, v->columns[k].pane, run, v->step, &planned)))
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

static void format_value(const dy_values_column *col, double value, char *to, size_t size)
{
    to[0] = '\0';
    if (!isfinite(value)) return;
    if (col->decimals < 0 || fabs(value) >= 1e7)
        snprintf(to, size, "%.3g", value);
    else
        snprintf(to, size, "%.*f", col->decimals, value);
}

static void measure_column(const dy_draft *draft, const dy_values *v, dy_values_column *col)
{
    double least = (double)INFINITY;
    double most = 0;
    bool planned;
    for (int32_t i = 0; i < v->n_runs; i++) {
        double value = fabs(dy_plot_value(draft, col->pane, v->runs[i], v->step, &planned));
        if (value > 0 && isfinite(value)) least = fmin(least, value);
        if (isfinite(value)) most = fmax(most, value);
    }
    col->decimals = decimals_for(least, most);
    dy_pane_kind kind = draft->panes[col->pane].kind;
    if (kind == DY_PANE_ACCURACY) col->decimals = 2;
    col->width = dy_draft_width(draft, number_type(draft, false), short_name(kind));
    for (int32_t i = 0; i < v->n_runs; i++) {
        char text[48];
        format_value(col, dy_plot_value(draft, col->pane, v->runs[i], v->step, &planned), text,
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

static bool any_has(const dy_draft *draft, int32_t pane, int64_t step)
{
    bool planned;
    for (int32_t i = 0; i < draft->n; i++)
        if (dy_draft_named(&draft->traces[i]) &&
            isfinite(dy_plot_value(draft, pane, i, step, &planned)))
            return true;
    return false;
}

static void take_columns(const dy_draft *draft, dy_values *v)
{
    for (int32_t p = 0; p < draft->n_panes && v->n_columns < DY_VALUES_COLUMNS; p++)
        if (draft->panes[p].shown && dy_pane_over_updates(draft->panes[p].kind) &&
            any_has(draft, p, v->step))
            v->columns[v->n_columns++].pane = p;
}

static double columns_width(const dy_draft *draft, const dy_values *v)
{
    double width = 0;
    for (int k = 0; k < v->n_columns; k++)
        width += v->columns[k].width + COLUMN_GAP * draft->em;
    return width;
}

/* Leaves out the least important columns until the rest fit, and gives the names what is left. */
static void fit_width(const dy_draft *draft, dy_values *v, double most)
{
    double em = draft->em;
    double around = dy_legend_swatch_width(draft) + 2 * PAD * em;
    while (v->n_columns > 1 && around + LEAST_NAME * em + columns_width(draft, v) > most)
        v->n_columns--;
    char name[NAME];
    say_step(draft, v->step, name, sizeof name);
    double head = dy_draft_width(draft, head_type(draft), name) + 0.1 * em;
    double widest = head - dy_legend_swatch_width(draft);
    for (int32_t i = 0; i < v->n_runs; i++) {
        dy_draft_name(&draft->traces[v->runs[i]], name, sizeof name);
        widest = fmax(widest, dy_draft_width(draft, name_type(draft), name));
    }
    double room = most - around - columns_width(draft, v);
    v->name_w = fmax(LEAST_NAME * em, fmin(fmin(widest, MOST_NAME * em), room));
    v->w = around + v->name_w + columns_width(draft, v);
}

static void fit_height(const dy_draft *draft, dy_values *v, double most)
{
    double em = draft->em;
    int32_t room = (int32_t)fmax(0, (most - 2 * PAD * em) / (ROW * em) - 1);
    if (v->n_runs > room) {
        v->rest = v->n_runs - (room > 1 ? room - 1 : 0);
        v->n_runs -= v->rest;
    }
    int32_t rows = 1 + v->n_runs + (v->rest > 0);
    v->h = (rows * ROW + 2 * PAD) * em;
}

static bool take_runs(dy_draft *draft, dy_values *v)
{
    v->runs = dy_draft_take(draft, draft->n, sizeof *v->runs);
    if (!v->runs) return false;
    const dy_view *view = draft->view;
    for (int32_t k = 0; k < (view->n_order > 0 ? view->n_order : draft->n); k++) {
        int32_t i = view->n_order > 0 ? view->order[k] : k;
        bool room = v->n_runs < draft->n; /* a row may be asked for twice */
        if (room && dy_draft_named(&draft->traces[i]) && has_value(draft, v, i))
            v->runs[v->n_runs++] = i;
    }
    return true;
}

bool dy_values_make(dy_draft *draft, dy_values *values, int64_t step, double most_w,
                    double most_h)
{
    dy_values v = { .step = step };
    take_columns(draft, &v);
    if (!take_runs(draft, &v)) return false;
    for (int k = 0; k < v.n_columns; k++) measure_column(draft, &v, &v.columns[k]);
    fit_width(draft, &v, most_w);
    fit_height(draft, &v, most_h);
    *values = v;
    return true;
}

/* ---- drawing ---- */

static void draw_head(dy_draft *draft, const dy_values *v, dy_point at)
{
    char text[100];
    say_step(draft, v->step, text, sizeof text);
    double names = dy_legend_swatch_width(draft) + v->name_w;
    dy_draft_parts_in(draft, at, head_type(draft), text, names);
    at.x += names;
    for (int k = 0; k < v->n_columns; k++) {
        at.x += v->columns[k].width + COLUMN_GAP * draft->em;
        dy_draft_text(draft, at, number_type(draft, true),
                      short_name(draft->panes[v->columns[k].pane].kind));
    }
}

static void draw_row(dy_draft *draft, const dy_values *v, int32_t run, dy_point at)
{
    char name[NAME];
    dy_legend_swatch(draft, run, at);
    dy_draft_name(&draft->traces[run], name, sizeof name);
    at.x += dy_legend_swatch_width(draft);
    dy_draft_text_in(draft, at, name_type(draft), name, v->name_w);
    at.x += v->name_w;
    for (int k = 0; k < v->n_columns; k++) {
        const dy_values_column *col = &v->columns[k];
        char text[48];
        bool planned;
        double value = dy_plot_value(draft, col->pane, run, v->step, &planned);
        format_value(col, value, text, sizeof text);
        at.x += col->width + COLUMN_GAP * draft->em;
        dy_draft_text(draft, at, number_type(draft, planned), text);
    }
}

void dy_values_draw(dy_draft *draft, const dy_values *values, dy_point corner)
{
    double em = draft->em;
    dy_point at = { corner.x + PAD * em, corner.y + (PAD + 1) * em };
    draw_head(draft, values, at);
    for (int32_t i = 0; i < values->n_runs; i++) {
        at.y += ROW * em;
        draw_row(draft, values, values->runs[i], at);
    }
    if (values->rest == 0) return;
    char text[48];
    snprintf(text, sizeof text, "and %d more", values->rest);
    dy_type type = { 0.92 * em, draft->theme.quiet, DY_LEFT, false };
    dy_draft_text(draft, (dy_point){ at.x + dy_legend_swatch_width(draft), at.y + ROW * em },
                  type, text);
}
