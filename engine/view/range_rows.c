/* range_rows.c - see range_rows.h.
 *
 * Bars and dots lie over the pane, words beside it; so no word can meet a bar, or a line that leads down to the curves.
 *
 * SPDX-License-Identifier: MIT */
#include "view/range_rows.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* In ems. */
static const double HEADING = 1.75, ROW = 1.55, BELOW = 0.7;
static const double BAR = 0.42, DOT = 0.36;
static const double GAP = 1.2;          /* between columns of words */
static const double PANE_GAP = 1.6;     /* and before the first of them */
static const double HALF_FIGURE = 0.36; /* half the height of a figure */

static const double BAR_INK = 0.35, LEAD_INK = 0.55;

double dy_range_rows_height(const dy_draft *draft, const dy_range_plot *plot)
{
    return plot->n_rows == 0 ? 0 : (HEADING + plot->n_rows * ROW + BELOW) * draft->em;
}

/* Rows without a median come last. */
static bool before(const dy_range_row *a, const dy_range_row *b)
{
    if (isnan(a->spread.median) || isnan(b->spread.median)) return !isnan(a->spread.median);
    return a->spread.median < b->spread.median;
}

/* Fills order[n_rows]; returns how many there is room for. */
static int32_t sort_rows(const dy_range_plot *plot, const dy_range_row **order)
{
    int32_t n = plot->n_rows < DY_RANGE_ROWS ? plot->n_rows : DY_RANGE_ROWS;
    for (int32_t i = 0; i < n; i++) {
        int32_t at = i;
        for (; at > 0 && before(&plot->rows[i], order[at - 1]); at--) order[at] = order[at - 1];
        order[at] = &plot->rows[i];
    }
    return n;
}

static double middle_of(const dy_draft *draft, double y, int32_t row)
{
    return y + (HEADING + (row + 0.5) * ROW) * draft->em;
}

static dy_colour colour_of(const dy_draft *draft, const dy_range_row *row)
{
    return row->curve < 0 ? draft->theme.alarm : dy_theme_run(draft->view->dark, row->colour);
}

/* The place on its curve that a row stands for. */
static dy_point place_of(const dy_draft *draft, const dy_range_plot *plot,
                         const dy_range_row *row)
{
    const dy_pane *pane = draft->panes;
    const dy_suggestions *s = &plot->curves[row->curve];
    double value = dy_suggestions_at(s, s->mean, row->spread.median);
    double top = pane->box.y, bottom = top + pane->box.h;
    return (dy_point){ dy_scale_at(&pane->x, row->spread.median),
                       fmax(top, fmin(dy_scale_at(&pane->y, value), bottom)) };
}

static bool leads(const dy_range_plot *plot, const dy_range_row *row)
{
    return row->spread.seeds > 0 && (row->curve < 0 || plot->curves[row->curve].n > 0);
}

void dy_range_rows_lead(dy_draft *draft, const dy_range_plot *plot, double y)
{
    const dy_range_row *order[DY_RANGE_ROWS];
    const dy_pane *pane = draft->panes;
    int32_t n = sort_rows(plot, order);
    for (int32_t i = 0; i < n; i++) {
        double middle = middle_of(draft, y, i);
        dy_draft_rule(draft, (dy_point){ pane->box.x, middle },
                      (dy_point){ pane->box.x + pane->box.w, middle }, draft->theme.grid,
                      DY_SOLID);
    }
    for (int32_t i = 0; i < n; i++) {
        if (!leads(plot, order[i])) continue;
        double x = dy_scale_at(&pane->x, order[i]->spread.median);
        double to =
            order[i]->curve < 0 ? pane->box.y + pane->box.h : place_of(draft, plot, order[i]).y;
        dy_draft_rule(draft, (dy_point){ x, middle_of(draft, y, i) }, (dy_point){ x, to },
                      dy_faded(colour_of(draft, order[i]), LEAD_INK), DY_SOLID);
    }
}

static void draw_dot(dy_draft *draft, dy_point at, dy_colour colour)
{
    dy_draft_add(draft, &(dy_item){ .kind = DY_ITEM_DOT,
                                    .colour = colour,
                                    .run = -1,
                                    .pane = -1,
                                    .size = DOT * draft->em,
                                    .at = at });
}

static void draw_bar(dy_draft *draft, double from, double to, double y, dy_colour colour)
{
    double half = BAR / 2 * draft->em;
    dy_box box = { from - half, y - half, to - from + 2 * half, 2 * half };
    dy_draft_add(draft, &(dy_item){ .kind = DY_ITEM_PLATE,
                                    .colour = colour,
                                    .run = -1,
                                    .pane = -1,
                                    .size = half,
                                    .box = box });
}

/* The words of a row: its label, its median, its note. */
typedef struct columns {
    double value_x, note_x; /* right ends; labels begin at the first's left */
    double label_x;
} columns;

static char *value_text(const dy_range_row *row, char to[24])
{
    snprintf(to, 24, row->spread.seeds > 0 ? "%.3g" : "none", row->spread.median);
    return to;
}

static dy_type word_type(const dy_draft *draft, const dy_range_row *row, dy_anchor anchor)
{
    return (dy_type){ draft->em, draft->theme.ink, anchor, row->strong };
}

static dy_type head_type(const dy_draft *draft, dy_anchor anchor)
{
    return (dy_type){ 0.92 * draft->em, draft->theme.quiet, anchor, false };
}

/* Widths of the three columns; of the last 0 where there are no notes. */
static void measure(const dy_draft *draft, const dy_range_plot *plot, double width[3])
{
    char value[24];
    width[0] = 0;
    width[1] = dy_draft_width(draft, head_type(draft, DY_RIGHT), "lr");
    width[2] = plot->notes_name
                   ? dy_draft_width(draft, head_type(draft, DY_RIGHT), plot->notes_name)
                   : 0;
    for (int32_t i = 0; i < plot->n_rows; i++) {
        const dy_range_row *row = &plot->rows[i];
        dy_type type = word_type(draft, row, DY_LEFT);
        width[0] = fmax(width[0], dy_draft_width(draft, type, row->label));
        width[1] = fmax(width[1], dy_draft_width(draft, type, value_text(row, value)));
        if (row->note) width[2] = fmax(width[2], dy_draft_width(draft, type, row->note));
    }
}

double dy_range_rows_width(const dy_draft *draft, const dy_range_plot *plot)
{
    double width[3];
    if (plot->n_rows == 0) return 0;
    measure(draft, plot, width);
    double notes = width[2] > 0 ? GAP * draft->em + width[2] : 0;
    return PANE_GAP * draft->em + width[0] + GAP * draft->em + width[1] + notes;
}

static columns columns_of(const dy_draft *draft, const dy_range_plot *plot)
{
    double width[3], em = draft->em;
    const dy_pane *pane = draft->panes;
    measure(draft, plot, width);
    columns c = { .label_x = pane->box.x + pane->box.w + PANE_GAP * em };
    c.value_x = c.label_x + width[0] + GAP * em + width[1];
    c.note_x = c.value_x + GAP * em + width[2];
    return c;
}

static void draw_words(dy_draft *draft, const dy_range_row *row, const columns *at, double y)
{
    char value[24];
    double baseline = y + HALF_FIGURE * draft->em;
    dy_type word = word_type(draft, row, DY_LEFT);
    dy_draft_text(draft, (dy_point){ at->label_x, baseline }, word, row->label);
    word.anchor = DY_RIGHT;
    dy_draft_text(draft, (dy_point){ at->value_x, baseline }, word, value_text(row, value));
    if (!row->strong) word.colour = draft->theme.quiet;
    if (row->note) dy_draft_text(draft, (dy_point){ at->note_x, baseline }, word, row->note);
}

static void draw_row(dy_draft *draft, const dy_range_plot *plot, const dy_range_row *row,
                     const columns *at, double y)
{
    const dy_pane *pane = draft->panes;
    dy_colour colour = colour_of(draft, row);
    draw_words(draft, row, at, y);
    if (!leads(plot, row)) return;
    double left = dy_scale_at(&pane->x, row->spread.least);
    double right = dy_scale_at(&pane->x, row->spread.greatest);
    draw_bar(draft, left, right, y, dy_faded(colour, BAR_INK));
    draw_dot(draft, (dy_point){ dy_scale_at(&pane->x, row->spread.median), y }, colour);
    if (row->curve >= 0) draw_dot(draft, place_of(draft, plot, row), colour);
}

static void draw_heading(dy_draft *draft, const dy_range_plot *plot, const columns *at,
                         double y)
{
    const dy_pane *pane = draft->panes;
    double baseline = y + (HEADING - 0.55) * draft->em;
    dy_type head = { draft->em, draft->theme.ink, DY_LEFT, true };
    double x = pane->box.x + dy_draft_width(draft, head, plot->rows_name) + 0.7 * draft->em;
    dy_draft_text(draft, (dy_point){ pane->box.x, baseline }, head, plot->rows_name);
    dy_draft_text(draft, (dy_point){ x, baseline }, head_type(draft, DY_LEFT), plot->rows_note);
    dy_draft_text(draft, (dy_point){ at->value_x, baseline }, head_type(draft, DY_RIGHT), "lr");
    if (plot->notes_name)
        dy_draft_text(draft, (dy_point){ at->note_x, baseline }, head_type(draft, DY_RIGHT),
                      plot->notes_name);
}

void dy_range_rows_draw(dy_draft *draft, const dy_range_plot *plot, double y)
{
    const dy_range_row *order[DY_RANGE_ROWS];
    int32_t n = sort_rows(plot, order);
    if (n == 0) return;
    columns at = columns_of(draft, plot);
    draw_heading(draft, plot, &at, y);
    for (int32_t i = 0; i < n; i++)
        draw_row(draft, plot, order[i], &at, middle_of(draft, y, i));
}
