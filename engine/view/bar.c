/* bar.c - see bar.h.   SPDX-License-Identifier: MIT */
#include "view/bar.h"

#include "base/text.h"
#include "view/width.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* In ems. */
static const double GAP = 1.0;    /* above all of it, and between its parts */
static const double ROW = 2.2;    /* of status or buttons */
static const double BUTTON = 1.9; /* a side */
static const double GROUP = 0.7;  /* more between groups of buttons */
static const double APART = 1.4;  /* between parts of the status */
static const double PROGRESS = 0.22;
static const double LEAST_MESSAGE = 8;

enum { PARTS = 6, LINES = 3, TEXT = 400 };

/* ---- caption ---- */

static dy_type caption_type(const dy_draft *draft)
{
    return (dy_type){ 1.2 * draft->em, draft->theme.ink, DY_LEFT, false };
}

/* As many of the words at *text as fit into the width; moves past them. At least one, shortened if need be. */
static void take_line(const dy_draft *draft, const char **text, double width, char *to,
                      size_t size)
{
    size_t best = 0;
    size_t n = strlen(*text);
    char line[TEXT];
    for (size_t end = 1; end <= n; end++) {
        if (end < n && (*text)[end] != ' ') continue;
        snprintf(line, sizeof line, "%.*s", (int)end, *text);
        if (best > 0 && dy_draft_width(draft, caption_type(draft), line) > width) break;
        best = end;
    }
    snprintf(line, sizeof line, "%.*s", (int)best, *text);
    dy_draft_fit(draft, caption_type(draft), line, width, to, size);
    *text += best;
    while (**text == ' ') (*text)++;
}

/* The caption in lines; what is left over is cut from the last. Returns how many. */
static int wrap_caption(const dy_draft *draft, double width, char lines[LINES][TEXT])
{
    char clean[TEXT];
    const char *caption = draft->view->caption;
    if (!caption || !caption[0]) return 0;
    const char *rest = dy_clean(clean, sizeof clean, caption, strlen(caption));
    int n = 0;
    while (*rest && n < LINES - 1) take_line(draft, &rest, width, lines[n++], TEXT);
    if (*rest) dy_draft_fit(draft, caption_type(draft), rest, width, lines[n++], TEXT);
    return n;
}

static double caption_width(const dy_draft *draft)
{
    return draft->view->width_px - (2 * DY_MARGIN + 3) * draft->em;
}

static double caption_height(const dy_draft *draft)
{
    char lines[LINES][TEXT];
    int n = wrap_caption(draft, caption_width(draft), lines);
    return n > 0 ? (1.2 * 1.3 * n + 0.8 + GAP) * draft->em : 0;
}

static void draw_caption(dy_draft *draft, dy_box box)
{
    double em = draft->em;
    char lines[LINES][TEXT];
    int n = wrap_caption(draft, caption_width(draft), lines);
    dy_box card = box;
    dy_draft_card(draft, card);
    dy_draft_plate(draft, (dy_box){ card.x, card.y, 0.3 * em, card.h }, 0.15 * em,
                   draft->theme.lit);
    for (int i = 0; i < n; i++) {
        dy_point at = { card.x + 1.2 * em, card.y + (0.4 + 1.2 * (0.95 + 1.3 * i)) * em };
        dy_draft_text(draft, at, caption_type(draft), lines[i]);
    }
}

/* ---- status ---- */

/* One part of the status, and how soon it is left out where room is short: the greatest first. */
typedef struct part {
    char text[TEXT];
    dy_type type;
    int rank;
    double width; /* 0: left out */
} part;

static dy_type quiet_type(const dy_draft *draft)
{
    return (dy_type){ draft->em, draft->theme.quiet, DY_LEFT, false };
}

static void say_step(const dy_bar *bar, char *to, size_t size)
{
    char step[32];
    char steps[32];
    dy_format_count(step, sizeof step, bar->step);
    dy_format_count(steps, sizeof steps, bar->steps);
    if (bar->steps > 0) snprintf(to, size, "update %s of %s", step, steps);
}

static void say_rate(const dy_bar *bar, char *to, size_t size)
{
    char rate[32];
    char limit[48] = "";
    if (bar->limit > 0) snprintf(limit, sizeof limit, ", at most %.6g", bar->limit);
    if (!(bar->rate > 0)) return;
    dy_format_count(rate, sizeof rate, (int64_t)fmin(bar->rate, 1e15));
    if (bar->rate < 10) snprintf(rate, sizeof rate, "%.1f", bar->rate);
    snprintf(to, size, "%s updates/s%s", rate, limit);
}

static void say_parts(const dy_draft *draft, part parts[PARTS])
{
    static const int RANKS[PARTS] = { 0, 1, 3, 4, 2, 5 };
    const dy_bar *bar = draft->view->bar;
    for (int i = 0; i < PARTS; i++)
        parts[i] = (part){ .rank = RANKS[i], .type = quiet_type(draft) };
    parts[0].type.bold = true;
    parts[0].type.colour = draft->theme.ink;
    parts[4].type.colour = bar->alarm ? draft->theme.alarm : draft->theme.ink;
    if (bar->state) dy_clean(parts[0].text, TEXT, bar->state, strlen(bar->state));
    say_step(bar, parts[1].text, TEXT);
    if (isfinite(bar->epoch)) snprintf(parts[2].text, TEXT, "epoch %.2f", bar->epoch);
    say_rate(bar, parts[3].text, TEXT);
    if (bar->message) dy_clean(parts[4].text, TEXT, bar->message, strlen(bar->message));
}

/* Gives each part its width as long as there is room, by rank; the message takes what is left to it. */
static void fit_parts(const dy_draft *draft, part parts[PARTS], double width)
{
    for (int rank = 0; rank < PARTS; rank++)
        for (int i = 0; i < PARTS; i++) {
            part *p = &parts[i];
            if (p->rank != rank || !p->text[0]) continue;
            double wanted = dy_draft_width(draft, p->type, p->text);
            bool cut = rank <= 2 && rank != 1 && width > LEAST_MESSAGE * draft->em;
            if (wanted > width && !cut) continue;
            p->width = fmin(wanted, width);
            width -= p->width + APART * draft->em;
        }
}

static void draw_status(dy_draft *draft, dy_point at, double width)
{
    part parts[PARTS];
    say_parts(draft, parts);
    fit_parts(draft, parts, width);
    for (int i = 0; i < PARTS; i++) {
        if (parts[i].width <= 0) continue;
        dy_draft_text_in(draft, at, parts[i].type, parts[i].text, parts[i].width);
        at.x += parts[i].width + APART * draft->em;
    }
}

/* What the status would like to have. */
static double status_width(const dy_draft *draft)
{
    part parts[PARTS];
    if (!draft->view->bar) return 0;
    say_parts(draft, parts);
    double width = 0;
    for (int i = 0; i < PARTS; i++)
        if (parts[i].text[0])
            width += dy_draft_width(draft, parts[i].type, parts[i].text) + APART * draft->em;
    return width;
}

/* How far the training is, over the whole width. */
static void draw_progress(dy_draft *draft, dy_box box)
{
    const dy_bar *bar = draft->view->bar;
    box.h = PROGRESS * draft->em;
    dy_draft_plate(draft, box, box.h / 2, draft->theme.grid);
    if (bar->steps <= 0) return;
    double share = (double)bar->step / (double)bar->steps;
    box.w *= fmax(0, fmin(share, 1));
    if (box.w > 0) dy_draft_plate(draft, box, box.h / 2, draft->theme.lit);
}

/* ---- buttons ---- */

static double button_room(const dy_draft *draft, const dy_button *button)
{
    return (BUTTON + (button->apart ? GROUP : 0)) * draft->em;
}

/* How many rows of this width the buttons take, and the widest of them. */
static int rows_of_buttons(const dy_draft *draft, double width, double *widest)
{
    int rows = draft->view->n_buttons > 0;
    double x = 0;
    *widest = 0;
    for (int32_t i = 0; i < draft->view->n_buttons; i++) {
        double room = button_room(draft, &draft->view->buttons[i]);
        if (x > 0 && x + room > width) {
            rows++;
            x = 0;
        }
        x += x > 0 ? room : BUTTON * draft->em; /* a row begins without a gap */
        *widest = fmax(*widest, x);
    }
    return rows;
}

static void draw_button(dy_draft *draft, const dy_button *button, dy_point corner)
{
    double side = BUTTON * draft->em;
    dy_box box = { corner.x, corner.y, side, side };
    dy_colour colour = button->off   ? draft->theme.rim
                       : button->lit ? draft->theme.lit
                                     : draft->theme.ink;
    if (dy_draft_pointed(draft, &box) && !button->off)
        dy_draft_plate(draft, box, 0.3 * draft->em, draft->theme.press);
    dy_point middle = { box.x + side / 2, box.y + side / 2 };
    dy_glyph_draw(draft, button->glyph, middle, 0.62 * side, colour);
    dy_draft_hit(draft, box, (dy_hit){ DY_HIT_BUTTON, button->id, -1, -1, 0, 0 });
}

static void draw_buttons(dy_draft *draft, dy_box box)
{
    double x = box.x;
    double y = box.y + (ROW - BUTTON) / 2 * draft->em;
    for (int32_t i = 0; i < draft->view->n_buttons; i++) {
        const dy_button *button = &draft->view->buttons[i];
        double room = button_room(draft, button);
        if (x > box.x && x + room > box.x + box.w + 0.01) {
            x = box.x;
            y += ROW * draft->em;
        }
        if (x > box.x) x += room - BUTTON * draft->em;
        draw_button(draft, button, (dy_point){ x, y });
        x += BUTTON * draft->em;
    }
}

/* ---- all of it ---- */

/* Whether status and buttons stand side by side. */
static bool in_one_row(const dy_draft *draft, double width)
{
    double widest;
    int rows = rows_of_buttons(draft, width, &widest);
    return rows <= 1 && status_width(draft) + widest <= width;
}

static double inner_width(const dy_draft *draft)
{
    return draft->view->width_px - 2 * DY_MARGIN * draft->em;
}

double dy_bar_height(dy_draft *draft)
{
    double em = draft->em;
    double widest;
    double width = inner_width(draft);
    bool status = draft->view->bar;
    int rows = rows_of_buttons(draft, width, &widest);
    if (status && (rows == 0 || !in_one_row(draft, width))) rows++;
    double foot = rows > 0 ? (rows * ROW + GAP) * em : 0;
    return foot + caption_height(draft);
}

void dy_bar_draw(dy_draft *draft, dy_box box)
{
    double em = draft->em;
    double caption_h = caption_height(draft);
    double widest;
    rows_of_buttons(draft, box.w, &widest);
    if (caption_h > 0)
        draw_caption(draft, (dy_box){ box.x, box.y + GAP * em, box.w, caption_h - GAP * em });
    box.y += caption_h + GAP * em;
    box.h -= caption_h + GAP * em;
    if (draft->view->bar) {
        bool beside = in_one_row(draft, box.w);
        draw_progress(draft, (dy_box){ box.x, box.y - PROGRESS * em, box.w, 0 });
        draw_status(draft, (dy_point){ box.x, box.y + (ROW / 2 + 0.35) * em },
                    beside ? box.w - widest - em : box.w);
        if (beside) box = (dy_box){ box.x + box.w - widest, box.y, widest, box.h };
        if (!beside) box.y += ROW * em;
    }
    draw_buttons(draft, box);
}

/* The button under the pointer; NULL: none. */
static const dy_button *pointed_button(const dy_draft *draft, dy_box *box)
{
    for (int64_t i = draft->n_areas - 1; i >= 0; i--) {
        const dy_area *area = &draft->areas[i];
        if (!dy_draft_pointed(draft, &area->box)) continue;
        *box = area->box;
        for (int32_t b = 0; b < draft->view->n_buttons && area->hit.kind == DY_HIT_BUTTON; b++)
            if (draft->view->buttons[b].id == area->hit.index) return &draft->view->buttons[b];
        return NULL;
    }
    return NULL;
}

void dy_bar_hint(dy_draft *draft)
{
    double em = draft->em;
    dy_box box;
    const dy_button *button = pointed_button(draft, &box);
    if (!button || !button->label) return;
    dy_type type = { 0.92 * em, draft->theme.ink, DY_LEFT, false };
    dy_type key_type = { 0.92 * em, draft->theme.quiet, DY_LEFT, false };
    const char *key = button->key ? button->key : "";
    double label_w = dy_draft_width(draft, type, button->label);
    double key_w = key[0] ? dy_draft_width(draft, key_type, key) + 0.8 * em : 0;
    dy_box card = { .w = label_w + key_w + 1.2 * em, .h = 1.7 * em };
    card.x = fmax(0.3 * em, fmin(box.x + box.w / 2 - card.w / 2,
                                 draft->view->width_px - card.w - 0.3 * em));
    card.y = box.y - card.h - 0.3 * em;
    dy_draft_card(draft, card);
    dy_point at = { card.x + 0.6 * em, card.y + 1.15 * em };
    dy_draft_text(draft, at, type, button->label);
    at.x += label_w + 0.8 * em;
    dy_draft_text(draft, at, key_type, key);
}
