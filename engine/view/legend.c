/* legend.c - see legend.h.   SPDX-License-Identifier: MIT */
#include "view/legend.h"

#include "view/rider.h"

#include <math.h>
#include <stdio.h>

/* In ems. */
static const double SWATCH = 2.1; /* with the gap after it */
static const double VALUE_GAP = 1.1;
static const double COLUMN_GAP = 2.2;
static const double ROW = 1.65;
static const double LEAST_ROW = 1.3;
static const double TALL_ROW = 3.0; /* of a rider, with two lines */
static const double LEAST_NAME = 5;

enum { NAME = 64 * 3 + 1 }; /* every byte of a name may become U+FFFD */

static dy_type name_type(const dy_draft *draft, const dy_trace *trace)
{
    bool hidden = trace->show == DY_HIDDEN;
    return (dy_type){ draft->em, hidden ? draft->theme.axis : draft->theme.ink, DY_LEFT,
                      trace->show == DY_STRONG };
}

static dy_type value_type(const dy_draft *draft)
{
    return (dy_type){ draft->em, draft->theme.quiet, DY_RIGHT, false };
}

double dy_legend_swatch_width(const dy_draft *draft)
{
    return SWATCH * draft->em;
}

/* ---- which rows ---- */

static int32_t rows_as_they_are(const dy_draft *draft, int32_t *rows)
{
    int32_t n = 0;
    for (int aside = 0; aside < 2; aside++)
        for (int32_t i = 0; i < draft->n; i++) {
            const dy_trace *trace = &draft->traces[i];
            bool apart = trace->run.card->aside;
            if (dy_draft_named(trace) && apart == (aside == 1)) rows[n++] = i;
        }
    return n;
}

/* Fills the legend's rows: as asked, by rank, or those that are shown, what is aside last. */
static bool take_rows(dy_draft *draft, dy_legend *legend)
{
    const dy_view *view = draft->view;
    int32_t most = draft->n;
    if (view->n_order > most) most = view->n_order;
    if (view->ranking && view->ranking->n > most) most = view->ranking->n;
    int32_t *rows = dy_draft_take(draft, most, sizeof *rows);
    if (!rows) return false;
    legend->rows = rows;
    if (view->ranking)
        for (int32_t i = 0; i < view->ranking->n; i++)
            rows[legend->entries++] = view->ranking->riders[i].trace;
    else if (view->n_order > 0)
        for (int32_t i = 0; i < view->n_order; i++) rows[legend->entries++] = view->order[i];
    else
        legend->entries = rows_as_they_are(draft, rows);
    return true;
}

/* ---- layout ---- */

static void value_text(const dy_draft *draft, const dy_legend *legend, int32_t row, char *to,
                       size_t size)
{
    if (draft->view->ranking)
        dy_rider_value(draft, row, legend->tall, to, size);
    else
        dy_verdict_text(draft, legend->rows[row], legend->says, to, size);
}

static const char *heading_text(const dy_draft *draft, const dy_legend *legend)
{
    const dy_ranking *ranking = draft->view->ranking;
    if (ranking) return ranking->by == DY_RANK_LOSS ? "loss" : "held-out accuracy";
    return dy_verdict_name(legend->says);
}

/* The widest name and the widest value. */
static void measure(const dy_draft *draft, const dy_legend *legend, double *name_w,
                    double *value_w)
{
    *name_w = 0;
    *value_w = 0;
    for (int32_t i = 0; i < legend->entries; i++) {
        const dy_trace *trace = &draft->traces[legend->rows[i]];
        char text[NAME];
        dy_draft_name(trace, text, sizeof text);
        *name_w = fmax(*name_w, dy_draft_width(draft, name_type(draft, trace), text));
        value_text(draft, legend, i, text, sizeof text);
        *value_w = fmax(*value_w, dy_draft_width(draft, value_type(draft), text));
    }
}

static void trim(dy_legend *legend, int32_t room)
{
    if (legend->entries <= room) return;
    legend->rest =
        legend->entries - (room > 1 ? room - 1 : 0); /* a place goes to their count */
    legend->entries -= legend->rest;
}

static void place_beside(const dy_draft *draft, dy_legend *legend, double most)
{
    double em = draft->em;
    double wanted = (legend->tall ? TALL_ROW : ROW) * em;
    double least = (legend->tall ? TALL_ROW : LEAST_ROW) * em;
    double heading = ROW * em;
    legend->columns = 1;
    legend->row_h = fmax(least, fmin(wanted, (most - heading) / fmax(1, legend->entries)));
    trim(legend, (int32_t)((most - heading) / legend->row_h));
    int32_t rows = legend->entries + (legend->rest > 0);
    legend->w = legend->cell_w;
    legend->h = heading + rows * legend->row_h;
}

static void place_above(const dy_draft *draft, dy_legend *legend, double w, double most)
{
    double gap = COLUMN_GAP * draft->em;
    legend->row_h = (legend->tall ? TALL_ROW : ROW) * draft->em;
    double columns = floor((w + gap) / (legend->cell_w + gap));
    legend->columns = (int32_t)fmax(1, fmin(columns, legend->entries));
    trim(legend, legend->columns * (int32_t)fmax(1, 0.3 * most / legend->row_h));
    int32_t cells = legend->entries + (legend->rest > 0);
    int32_t rows = (cells + legend->columns - 1) / legend->columns;
    legend->w = w;
    legend->h = ROW * draft->em + rows * legend->row_h; /* the headings, too */
}

dy_legend dy_legend_make(dy_draft *draft, double w, double h, double most)
{
    double em = draft->em;
    dy_legend legend = { .says = dy_verdict_says(draft), .beside = w >= 1.15 * h };
    if (!take_rows(draft, &legend) || legend.entries < 2) return (dy_legend){ 0 };
    legend.tall = draft->view->ranking &&
                  (ROW + TALL_ROW * legend.entries) * em <= (legend.beside ? most : 0.3 * most);
    double name_w;
    double value_w;
    measure(draft, &legend, &name_w, &value_w);
    double around = SWATCH * em + (value_w > 0 ? VALUE_GAP * em + value_w : 0);
    double heading = dy_draft_width(draft, value_type(draft), heading_text(draft, &legend));
    double below = 0;
    for (int32_t i = 0; legend.tall && i < legend.entries; i++)
        below = fmax(below, SWATCH * em + dy_rider_width(draft, i));
    double widest = fmax(legend.beside ? 0.33 * w : fmin(w, 30 * em), around + LEAST_NAME * em);
    legend.cell_w = fmin(fmax(fmax(around + name_w, heading), below), widest);
    if (legend.beside)
        place_beside(draft, &legend, most);
    else
        place_above(draft, &legend, w, most);
    return legend;
}

/* ---- drawing ---- */

void dy_legend_swatch(dy_draft *draft, int32_t run, dy_point at)
{
    const dy_trace *trace = &draft->traces[run];
    dy_point *points = dy_draft_take(draft, 2, sizeof *points);
    if (!points) return;
    double em = draft->em;
    points[0] = (dy_point){ at.x, at.y - 0.34 * em };
    points[1] = (dy_point){ at.x + 1.5 * em, at.y - 0.34 * em };
    double presence = trace->show == DY_HIDDEN ? 0.2 : dy_draft_presence(draft, trace);
    dy_item item = {
        .kind = DY_ITEM_LINE,
        .colour = dy_faded(dy_theme_run(draft->view->dark, trace->colour), presence),
        .run = run,
        .pane = -1,
        .size = (trace->show == DY_STRONG ? 0.28 : 0.2) * em,
        .points = points,
        .n = 2,
        .dash = dy_draft_dash(trace),
    };
    dy_draft_add(draft, &item);
}

static void draw_entry(dy_draft *draft, const dy_legend *legend, int32_t row, dy_point at)
{
    int32_t run = legend->rows[row];
    const dy_trace *trace = &draft->traces[run];
    double em = draft->em;
    char value[64];
    char name[NAME];
    value_text(draft, legend, row, value, sizeof value);
    dy_type type = value_type(draft);
    if (dy_verdict_diverged(trace)) type.colour = draft->theme.alarm;
    double value_w = dy_draft_width(draft, type, value);
    double name_w = legend->cell_w - SWATCH * em - (value_w > 0 ? VALUE_GAP * em + value_w : 0);
    dy_draft_name(trace, name, sizeof name);
    dy_legend_swatch(draft, run, at);
    if (draft->view->bet == run + 1) {
        name_w -= 1.3 * em;
        dy_point star = { at.x + SWATCH * em + name_w + 0.7 * em, at.y - 0.34 * em };
        dy_glyph_draw(draft, DY_GLYPH_STAR, star, em, draft->theme.lit);
    }
    dy_draft_text_in(draft, (dy_point){ at.x + SWATCH * em, at.y }, name_type(draft, trace),
                     name, name_w);
    dy_draft_text(draft, (dy_point){ at.x + legend->cell_w, at.y }, type, value);
    if (draft->view->ranking && legend->tall)
        dy_rider_draw(draft, row, (dy_point){ at.x + SWATCH * em, at.y + 1.3 * em },
                      legend->cell_w - SWATCH * em);
}

/* The left end of a row's first baseline; `place` counts cells, row by row. */
static dy_point cell(const dy_draft *draft, const dy_legend *legend, dy_point at, double place)
{
    double row = floor(place / legend->columns);
    double column = legend->columns > 1 ? place - row * legend->columns : 0;
    if (legend->columns == 1) row = place;
    double first = 0.7 * fmin(legend->row_h, ROW * draft->em);
    return (dy_point){
        .x = at.x + column * (legend->cell_w + COLUMN_GAP * draft->em),
        .y = at.y + ROW * draft->em + row * legend->row_h + first,
    };
}

static void draw_headings(dy_draft *draft, const dy_legend *legend, dy_point at)
{
    dy_type type = value_type(draft);
    type.size *= 0.92;
    double y = at.y + 0.7 * fmin(legend->row_h, ROW * draft->em);
    const char *over = heading_text(draft, legend);
    double over_w = dy_draft_width(draft, type, over);
    for (int32_t c = 0; c < legend->columns; c++) {
        double left = at.x + c * (legend->cell_w + COLUMN_GAP * draft->em);
        dy_draft_text(draft, (dy_point){ left + legend->cell_w, y }, type, over);
        if (c > 0 || !draft->view->ordered_by) continue;
        dy_type by = { type.size, type.colour, DY_LEFT, false };
        dy_draft_text_in(draft, (dy_point){ left, y }, by, draft->view->ordered_by,
                         legend->cell_w - over_w - draft->em);
    }
    dy_box box = { at.x, at.y, legend->w, ROW * draft->em };
    dy_draft_hit(draft, box, (dy_hit){ DY_HIT_ROWS, -1, -1, -1, 0, 0 });
}

/* Where a row is: where its run's row is on its way to, else its number. */
static double place_of(const dy_draft *draft, const dy_legend *legend, int32_t row)
{
    bool moves = draft->view->ranking && draft->view->row_at && legend->columns == 1;
    if (!moves) return row;
    double at = draft->view->row_at[legend->rows[row]];
    return isfinite(at) ? fmax(0, fmin(at, legend->entries - 1)) : row;
}

void dy_legend_draw(dy_draft *draft, const dy_legend *legend, dy_point at)
{
    if (legend->h <= 0) return;
    draw_headings(draft, legend, at);
    for (int32_t i = 0; i < legend->entries; i++) {
        int32_t run = legend->rows[i];
        dy_point left = cell(draft, legend, at, place_of(draft, legend, i));
        dy_box box = { at.x, left.y - 0.7 * fmin(legend->row_h, ROW * draft->em),
                       legend->cell_w, legend->row_h };
        box.x = left.x;
        dy_draft_hit(draft, box, (dy_hit){ DY_HIT_ROW, run, -1, run, 0, 0 });
        draw_entry(draft, legend, i, left);
    }
    if (legend->rest == 0) return;
    char text[48];
    snprintf(text, sizeof text, "and %d more", legend->rest);
    dy_point place = cell(draft, legend, at, legend->entries);
    dy_type type = { draft->em, draft->theme.quiet, DY_LEFT, false };
    dy_draft_text(draft, (dy_point){ place.x + SWATCH * draft->em, place.y }, type, text);
}
