/* marks.c - see marks.h.   SPDX-License-Identifier: MIT */
#include "view/marks.h"

#include "base/text.h"
#include "view/width.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* In ems. */
static const double STRIP = 1.5;
static const double SIGN = 1.0;
static const double WORD_GAP = 0.3;
static const double GAP = 0.5; /* between marks, at least */

typedef struct mark {
    int64_t step;
    dy_glyph glyph;
    dy_colour colour;
    int32_t order; /* in which it was found; sorting keeps it */
    dy_hit hit;
    char word[120];
} mark;

/* ---- which ---- */

/* What has no effect on the numbers, and ends by itself, leaves no mark. */
static dy_glyph glyph_of(dy_act act)
{
    switch (act) {
    case DY_ACT_PAUSE: return DY_GLYPH_PAUSE;
    case DY_ACT_STOP: return DY_GLYPH_STOP;
    case DY_ACT_BEND: return DY_GLYPH_BEND;
    case DY_ACT_REWIND: return DY_GLYPH_REWIND;
    case DY_ACT_FORK: return DY_GLYPH_FORK;
    case DY_ACT_COOL: return DY_GLYPH_COOL;
    default: return DY_GLYPH_NONE;
    }
}

static void word_of(const dy_order *edit, char *to, size_t size)
{
    char count[32];
    dy_format_count(count, sizeof count, edit->count);
    if (edit->act == DY_ACT_BEND)
        snprintf(to, size, "%s", edit->channel == DY_MOMENTUM ? "momentum" : "lr");
    else if (edit->act == DY_ACT_REWIND)
        snprintf(to, size, "back to %s", count);
    else if (edit->act == DY_ACT_FORK)
        snprintf(to, size, "fork");
    else if (edit->act == DY_ACT_COOL)
        snprintf(to, size, "cool in %s", count);
    else
        snprintf(to, size, "%s", dy_act_name(edit->act));
}

/* The trace of a run on the board; -1: none. */
static int32_t trace_of(const dy_draft *draft, int32_t run)
{
    for (int32_t i = 0; i < draft->n; i++)
        if (draft->traces[i].run.index == run) return i;
    return -1;
}

static bool is_shown(const dy_draft *draft, int32_t trace)
{
    return trace < 0 || draft->traces[trace].show != DY_HIDDEN;
}

static dy_colour colour_of(const dy_draft *draft, int32_t trace)
{
    return trace < 0 ? draft->theme.quiet
                     : dy_theme_run(draft->view->dark, draft->traces[trace].colour);
}

static bool in_sight(const dy_draft *draft, int64_t step)
{
    return step >= draft->sight.from && step <= draft->sight.to;
}

static int32_t take_edits(const dy_draft *draft, mark *marks, int32_t n)
{
    for (int64_t i = 0; i < draft->view->n_edits; i++) {
        const dy_order *edit = &draft->view->edits[i];
        bool branch = edit->act == DY_ACT_REWIND || edit->act == DY_ACT_FORK;
        int64_t step = branch ? edit->count : edit->step;
        int32_t trace = trace_of(draft, edit->run);
        dy_glyph glyph = glyph_of(edit->act);
        if (glyph == DY_GLYPH_NONE || !in_sight(draft, step) || !is_shown(draft, trace))
            continue;
        bool own = edit->lane != DY_EVERY_LANE;
        marks[n] = (mark){ .step = step, .glyph = glyph, .order = n };
        marks[n].colour = colour_of(draft, own ? trace : -1);
        marks[n].hit = (dy_hit){ DY_HIT_EDIT, (int32_t)i, -1, trace, (double)step, 0 };
        word_of(edit, marks[n].word, sizeof marks[n].word);
        n++;
    }
    return n;
}

static int32_t take_notes(const dy_draft *draft, mark *marks, int32_t n, int32_t room)
{
    for (int32_t i = 0; i < draft->n; i++) {
        const dy_trace *trace = &draft->traces[i];
        for (int64_t m = 0; m < trace->marks && is_shown(draft, i) && n < room; m++) {
            const dy_mark *note = &trace->run.marks[m];
            if (note->kind != DY_MARK_NOTE || !in_sight(draft, note->step)) continue;
            marks[n] = (mark){ .step = note->step, .glyph = DY_GLYPH_NOTE, .order = n };
            marks[n].colour = colour_of(draft, -1);
            marks[n].hit = (dy_hit){ DY_HIT_NOTE, (int32_t)m, -1, i, (double)note->step, 0 };
            dy_clean(marks[n].word, sizeof marks[n].word, note->text, sizeof note->text);
            n++;
        }
    }
    return n;
}

static int64_t count_notes(const dy_draft *draft)
{
    int64_t n = 0;
    for (int32_t i = 0; i < draft->n; i++)
        for (int64_t m = 0; m < draft->traces[i].marks; m++)
            n += draft->traces[i].run.marks[m].kind == DY_MARK_NOTE;
    return n;
}

static int by_step(const void *a, const void *b)
{
    const mark *x = a;
    const mark *y = b;
    if (x->step != y->step) return x->step < y->step ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

double dy_marks_height(const dy_draft *draft)
{
    bool any = count_notes(draft) > 0;
    for (int64_t i = 0; i < draft->view->n_edits && !any; i++)
        any = glyph_of(draft->view->edits[i].act) != DY_GLYPH_NONE;
    return any ? STRIP * draft->em : 0;
}

/* ---- drawing ---- */

static void draw_line(dy_draft *draft, double x, dy_colour colour)
{
    for (int32_t p = 0; p < draft->n_panes; p++) {
        const dy_pane *pane = &draft->panes[p];
        if (!pane->shown || !dy_pane_over_updates(pane->kind)) continue;
        dy_draft_rule(draft, (dy_point){ x, pane->box.y },
                      (dy_point){ x, pane->box.y + pane->box.h }, dy_faded(colour, 0.35),
                      DY_SOLID);
    }
}

/* Draws one sign that stands for `n` marks, and its word if that ends before `limit`. Returns where it ends. */
static double draw_sign(dy_draft *draft, const mark *m, int32_t n, dy_point at, double limit)
{
    double em = draft->em;
    dy_type type = { 0.85 * em, draft->theme.quiet, DY_LEFT, false };
    double right = at.x + SIGN / 2 * em;
    char word[140];
    snprintf(word, sizeof word, "%.119s", m->word);
    if (n > 1) snprintf(word, sizeof word, "%d", n);
    double word_w = dy_draft_width(draft, type, word);
    draw_line(draft, at.x, m->colour);
    dy_glyph_draw(draft, m->glyph, at, 0.85 * SIGN * em, m->colour);
    if (right + WORD_GAP * em + word_w <= limit) {
        dy_point text = { right + WORD_GAP * em, at.y + 0.3 * em };
        dy_draft_text(draft, text, type, word);
        right = text.x + word_w;
    }
    dy_box box = { at.x - SIGN / 2 * em - 2, at.y - SIGN / 2 * em - 2,
                   right - at.x + SIGN / 2 * em + 4, SIGN * em + 4 };
    dy_draft_hit(draft, box, m->hit);
    return right;
}

/* How many of the marks from here on lie where the first one's sign, and room for a number, is. */
static int32_t cluster(const dy_draft *draft, const dy_pane *pane, const mark *marks, int32_t n)
{
    double first = dy_scale_at(&pane->x, (double)marks[0].step);
    int32_t in = 1;
    while (in < n && dy_scale_at(&pane->x, (double)marks[in].step) <
                         first + (SIGN + WORD_GAP + 1.3 + GAP) * draft->em)
        in++;
    return in;
}

void dy_marks_draw(dy_draft *draft, const dy_pane *pane)
{
    int64_t room = draft->view->n_edits + count_notes(draft);
    mark *marks = dy_draft_take(draft, room, sizeof *marks);
    if (!marks) return;
    int32_t n = take_edits(draft, marks, 0);
    n = take_notes(draft, marks, n, (int32_t)room);
    qsort(marks, (size_t)n, sizeof *marks, by_step);
    double y = pane->box.y + pane->box.h + STRIP / 2 * draft->em;
    double edge = pane->box.x + pane->box.w;
    for (int32_t i = 0; i < n;) {
        int32_t in = cluster(draft, pane, marks + i, n - i);
        double x = dy_scale_at(&pane->x, (double)marks[i].step);
        double limit = edge;
        if (i + in < n)
            limit = dy_scale_at(&pane->x, (double)marks[i + in].step) -
                    (SIGN / 2 + GAP) * draft->em;
        draw_sign(draft, &marks[i], in, (dy_point){ x, y }, limit);
        i += in;
    }
}
