/* legend.c - see legend.h.   SPDX-License-Identifier: MIT */
#include "view/legend.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>

/* In ems. */
static const double SWATCH = 2.1; /* with the gap after it */
static const double VALUE_GAP = 1.1;
static const double COLUMN_GAP = 2.2;
static const double ROW = 1.65;
static const double LEAST_ROW = 1.3;
static const double LEAST_NAME = 5;

enum { NAME = 64 * 3 + 1 }; /* every byte of a name may become U+FFFD */

static dy_type name_type(const dy_draft *draft, const dy_trace *trace)
{
    return (dy_type){ draft->em, draft->theme.ink, DY_LEFT, trace->show == DY_STRONG };
}

static dy_type value_type(const dy_draft *draft)
{
    return (dy_type){ draft->em, draft->theme.quiet, DY_RIGHT, false };
}

dy_verdict_kind dy_legend_says(const dy_draft *draft)
{
    dy_verdict_kind says = DY_SAY_NOTHING;
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_outcome *o = draft->traces[i].run.outcome;
        dy_verdict_kind has = isfinite(o->test_accuracy) ? DY_SAY_ACCURACY
                              : isfinite(o->test_loss)   ? DY_SAY_TEST_LOSS
                              : isfinite(o->train_loss)  ? DY_SAY_TRAIN_LOSS
                                                         : DY_SAY_NOTHING;
        bool counts = draft->traces[i].show != DY_HIDDEN && o->status != DY_RUNNING;
        if (counts && has < says) says = has;
    }
    return says;
}

const char *dy_verdict_name(dy_verdict_kind says)
{
    static const char *const NAMES[] = { "test accuracy", "test loss", "train loss", "" };
    return NAMES[says];
}

static bool diverged(const dy_trace *trace)
{
    return trace->run.outcome->status == DY_DIVERGED;
}

void dy_legend_verdict(const dy_trace *trace, dy_verdict_kind says, char *to, size_t size)
{
    const dy_outcome *o = trace->run.outcome;
    double value = says == DY_SAY_ACCURACY    ? 100 * o->test_accuracy
                   : says == DY_SAY_TEST_LOSS ? o->test_loss
                                              : o->train_loss;
    to[0] = '\0';
    if (o->status == DY_RUNNING) return; /* nothing is final yet */
    if (diverged(trace))
        snprintf(to, size, "diverged");
    else if (says == DY_SAY_ACCURACY && isfinite(value))
        snprintf(to, size, "%.2f %%", value);
    else if (says != DY_SAY_NOTHING && isfinite(value))
        dy_format_loss(to, size, value);
}

/* The widest name and the widest value. */
static void measure(const dy_draft *draft, dy_legend *legend, double *name_w, double *value_w)
{
    *name_w = 0;
    *value_w = 0;
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_trace *trace = &draft->traces[i];
        if (trace->show == DY_HIDDEN) continue;
        char text[NAME];
        dy_draft_name(trace, text, sizeof text);
        *name_w = fmax(*name_w, dy_draft_width(draft, name_type(draft, trace), text));
        dy_legend_verdict(trace, legend->says, text, sizeof text);
        *value_w = fmax(*value_w, dy_draft_width(draft, value_type(draft), text));
        legend->entries++;
    }
}

static void trim(dy_legend *legend, int32_t room)
{
    if (legend->entries <= room) return;
    legend->rest =
        legend->entries - (room > 1 ? room - 1 : 0); /* a place goes to their count */
    legend->entries -= legend->rest;
}

static void place_beside(const dy_draft *draft, dy_legend *legend, double h)
{
    double em = draft->em;
    legend->columns = 1;
    legend->row_h = fmax(LEAST_ROW * em, fmin(ROW * em, h / (legend->entries + 1)));
    trim(legend, (int32_t)(h / legend->row_h) - 1); /* one for the heading */
    legend->w = legend->cell_w;
    legend->h = h;
}

static void place_above(const dy_draft *draft, dy_legend *legend, double w, double h)
{
    double gap = COLUMN_GAP * draft->em;
    legend->row_h = ROW * draft->em;
    double columns = floor((w + gap) / (legend->cell_w + gap));
    legend->columns = (int32_t)fmax(1, fmin(columns, legend->entries));
    trim(legend, legend->columns * (int32_t)fmax(1, 0.3 * h / legend->row_h));
    int32_t cells = legend->entries + (legend->rest > 0);
    int32_t rows = (cells + legend->columns - 1) / legend->columns;
    legend->w = w;
    legend->h = (rows + 1) * legend->row_h; /* one for the headings */
}

dy_legend dy_legend_make(const dy_draft *draft, double w, double h)
{
    dy_legend legend = { .says = dy_legend_says(draft), .beside = w >= 1.15 * h };
    double name_w;
    double value_w;
    measure(draft, &legend, &name_w, &value_w);
    if (legend.entries < 2) return (dy_legend){ 0 };
    double em = draft->em;
    double around = SWATCH * em + (value_w > 0 ? VALUE_GAP * em + value_w : 0);
    double heading = dy_draft_width(draft, value_type(draft), dy_verdict_name(legend.says));
    double most = fmax(legend.beside ? 0.33 * w : fmin(w, 30 * em), around + LEAST_NAME * em);
    legend.cell_w = fmin(fmax(around + name_w, heading), most);
    if (legend.beside)
        place_beside(draft, &legend, h);
    else
        place_above(draft, &legend, w, h);
    return legend;
}

static void draw_swatch(dy_draft *draft, int32_t run, dy_point at)
{
    const dy_trace *trace = &draft->traces[run];
    dy_point *points = dy_draft_take(draft, 2, sizeof *points);
    if (!points) return;
    double em = draft->em;
    points[0] = (dy_point){ at.x, at.y - 0.34 * em };
    points[1] = (dy_point){ at.x + 1.5 * em, at.y - 0.34 * em };
    double presence = dy_draft_presence(draft, trace);
    dy_item item = {
        .kind = DY_ITEM_LINE,
        .colour = dy_faded(dy_theme_run(draft->view->dark, trace->colour), presence),
        .run = run,
        .pane = -1,
        .size = (trace->show == DY_STRONG ? 0.28 : 0.2) * em,
        .points = points,
        .n = 2,
        .dash = dy_theme_dash(trace->colour),
    };
    dy_draft_add(draft, &item);
}

static void draw_entry(dy_draft *draft, const dy_legend *legend, int32_t run, dy_point at)
{
    const dy_trace *trace = &draft->traces[run];
    double em = draft->em;
    draw_swatch(draft, run, at);
    char value[32];
    char name[NAME];
    char fitted[NAME + 4];
    dy_legend_verdict(trace, legend->says, value, sizeof value);
    dy_type type = value_type(draft);
    if (diverged(trace)) type.colour = draft->theme.alarm;
    double value_w = dy_draft_width(draft, type, value);
    double name_w = legend->cell_w - SWATCH * em - (value_w > 0 ? VALUE_GAP * em + value_w : 0);
    dy_type name_as = name_type(draft, trace);
    dy_draft_name(trace, name, sizeof name);
    dy_draft_fit(draft, name_as, name, name_w, fitted, sizeof fitted);
    dy_draft_text(draft, (dy_point){ at.x + SWATCH * em, at.y }, name_as, fitted);
    dy_draft_text(draft, (dy_point){ at.x + legend->cell_w, at.y }, type, value);
}

static dy_point cell(const dy_draft *draft, const dy_legend *legend, dy_point at, int32_t i)
{
    int32_t column = i % legend->columns;
    int32_t row = i / legend->columns + 1; /* 0: the headings */
    return (dy_point){
        .x = at.x + column * (legend->cell_w + COLUMN_GAP * draft->em),
        .y = at.y + (row + 0.7) * legend->row_h,
    };
}

void dy_legend_draw(dy_draft *draft, const dy_legend *legend, dy_point at)
{
    if (legend->h <= 0) return;
    dy_type heading = value_type(draft);
    heading.size *= 0.92;
    for (int32_t c = 0; c < legend->columns; c++) {
        dy_point right = cell(draft, legend, at, c);
        right.x += legend->cell_w;
        right.y -= legend->row_h;
        dy_draft_text(draft, right, heading, dy_verdict_name(legend->says));
    }
    int32_t drawn = 0;
    for (int32_t i = 0; i < draft->n && drawn < legend->entries; i++)
        if (draft->traces[i].show != DY_HIDDEN)
            draw_entry(draft, legend, i, cell(draft, legend, at, drawn++));
    if (legend->rest == 0) return;
    char text[48];
    snprintf(text, sizeof text, "and %d more", legend->rest);
    dy_point place = cell(draft, legend, at, drawn);
    dy_type type = { draft->em, draft->theme.quiet, DY_LEFT, false };
    dy_draft_text(draft, (dy_point){ place.x + SWATCH * draft->em, place.y }, type, text);
}
