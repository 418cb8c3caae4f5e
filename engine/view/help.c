/* help.c - see help.h.   SPDX-License-Identifier: MIT */
#include "view/help.h"

#include <math.h>

/* In ems of the help itself. */
static const double ROW = 1.5;
static const double PAD = 1.4;
static const double KEY_GAP = 1.0;
static const double COLUMN_GAP = 2.4;
static const double HEAD_GAP = 0.7; /* more above a heading that is not at the top */
static const double LEAST = 0.62;   /* of the picture's em */

typedef struct sheet {
    double em;
    int columns;
    double keys_w, mouse_w, does_w; /* of a column */
    double rows;                    /* the tallest column, in rows */
} sheet;

static dy_type type_of(const dy_draft *draft, const sheet *s, dy_colour colour, bool bold)
{
    (void)draft;
    return (dy_type){ s->em, colour, DY_LEFT, bold };
}

static double widest(const dy_draft *draft, const sheet *s, int part)
{
    double most = 0;
    for (int32_t i = 0; i < draft->view->n_help; i++) {
        const dy_help *line = &draft->view->help[i];
        const char *text = part == 0 ? line->keys : part == 1 ? line->mouse : line->does;
        bool heading = !line->keys && !line->mouse;
        if (!text || heading) continue;
        dy_type type = type_of(draft, s, 0, part == 0);
        most = fmax(most, dy_draft_width(draft, type, text));
    }
    return most;
}

static bool is_heading(const dy_help *line)
{
    return !line->keys && !line->mouse;
}

/* The next place in a column that is `at` rows full of `most`, from 0: headings stand free and stay with what follows. true: it
 * is in the next column. */
static bool next_place(const dy_help *line, double most, double *at)
{
    bool heading = is_heading(line);
    bool over = *at > 0 && *at + (heading ? 2 + HEAD_GAP : 1) > most;
    if (over) *at = 0;
    if (heading && *at > 0) *at += HEAD_GAP;
    return over;
}

/* Deals the lines out to columns of at most so many rows; returns how many columns, and the rows of the tallest. */
static int deal(const dy_draft *draft, double most, double *tallest)
{
    int columns = 1;
    double at = 0;
    *tallest = 0;
    for (int32_t i = 0; i < draft->view->n_help; i++) {
        columns += next_place(&draft->view->help[i], most, &at);
        at++;
        *tallest = fmax(*tallest, at);
    }
    return columns;
}

static double column_width(const sheet *s)
{
    return s->keys_w + s->mouse_w + s->does_w + 2 * KEY_GAP * s->em;
}

/* The sheet in letters of that size; false: it is larger than the picture. */
static bool fits(const dy_draft *draft, sheet *s)
{
    s->keys_w = widest(draft, s, 0);
    s->mouse_w = widest(draft, s, 1);
    s->does_w = widest(draft, s, 2);
    double rows = floor((draft->view->height_px - (2 * PAD + 1) * s->em) / (ROW * s->em));
    s->columns = deal(draft, rows, &s->rows);
    double w =
        s->columns * column_width(s) + (s->columns - 1) * COLUMN_GAP * s->em + 2 * PAD * s->em;
    double even = s->rows;
    while (rows > 2 && deal(draft, rows - 1, &even) == s->columns) rows--;
    deal(draft, rows, &s->rows); /* as even as can be */
    return w <= draft->view->width_px - s->em;
}

/* Where even the smallest letters are too wide, words are cut. */
static void squeeze(const dy_draft *draft, sheet *s)
{
    double room =
        draft->view->width_px - (1 + 2 * PAD) * s->em - (s->columns - 1) * COLUMN_GAP * s->em;
    double each = room / s->columns - 2 * KEY_GAP * s->em;
    double wanted = s->keys_w + s->mouse_w + s->does_w;
    double share = fmin(1, each / wanted);
    s->keys_w *= share;
    s->mouse_w *= share;
    s->does_w *= share;
}

static void draw_line(dy_draft *draft, const sheet *s, const dy_help *line, dy_point at)
{
    dy_type keys = type_of(draft, s, draft->theme.ink, true);
    dy_type mouse = type_of(draft, s, draft->theme.quiet, false);
    dy_type does = type_of(draft, s, draft->theme.ink, false);
    if (is_heading(line)) {
        dy_type head = type_of(draft, s, draft->theme.lit, true);
        dy_draft_text_in(draft, at, head, line->does ? line->does : "", column_width(s));
        return;
    }
    if (line->keys) dy_draft_text_in(draft, at, keys, line->keys, s->keys_w);
    at.x += s->keys_w + KEY_GAP * s->em;
    if (line->mouse) dy_draft_text_in(draft, at, mouse, line->mouse, s->mouse_w);
    at.x += s->mouse_w + KEY_GAP * s->em;
    if (line->does) dy_draft_text_in(draft, at, does, line->does, s->does_w);
}

static void draw_sheet(dy_draft *draft, const sheet *s, dy_box box)
{
    double x = box.x + PAD * s->em;
    double top = box.y + (PAD + 0.9) * s->em;
    double at = 0;
    for (int32_t i = 0; i < draft->view->n_help; i++) {
        const dy_help *line = &draft->view->help[i];
        if (next_place(line, s->rows, &at)) x += column_width(s) + COLUMN_GAP * s->em;
        draw_line(draft, s, line, (dy_point){ x, top + at * ROW * s->em });
        at++;
    }
}

void dy_help_draw(dy_draft *draft)
{
    if (draft->view->n_help <= 0) return;
    const dy_view *view = draft->view;
    sheet s = { .em = draft->em };
    while (!fits(draft, &s) && s.em > LEAST * draft->em) s.em *= 0.95;
    squeeze(draft, &s);
    double w = s.columns * column_width(&s) + (s.columns - 1) * COLUMN_GAP * s.em;
    dy_box box = { .w = fmin(w + 2 * PAD * s.em, view->width_px),
                   .h = fmin((s.rows * ROW + 2 * PAD) * s.em, view->height_px) };
    box.x = (view->width_px - box.w) / 2;
    box.y = (view->height_px - box.h) / 2;
    dy_box all = { 0, 0, view->width_px, view->height_px };
    dy_draft_plate(draft, all, 0, dy_faded(draft->theme.paper, 0.75));
    dy_draft_card(draft, box);
    dy_draft_cover(draft, all);
    draw_sheet(draft, &s, box);
}
