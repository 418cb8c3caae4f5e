/* popup.c - see popup.h.   SPDX-License-Identifier: MIT */
#include "view/popup.h"

#include "view/width.h"

#include <math.h>
#include <string.h>

/* In ems. */
static const double ROW = 1.8;
static const double PAD = 0.5;
static const double SIGN = 2.0; /* room for a row's sign */
static const double KEY_GAP = 1.6;
static const double EDGE = 0.4; /* to the edge of the picture, at least */

static dy_type ink(const dy_draft *draft, dy_anchor anchor)
{
    return (dy_type){ draft->em, draft->theme.ink, anchor, false };
}

static dy_type quiet(const dy_draft *draft, dy_anchor anchor)
{
    return (dy_type){ 0.92 * draft->em, draft->theme.quiet, anchor, false };
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

/* Moved so that it lies inside the picture. */
static dy_box inside(const dy_draft *draft, dy_box box)
{
    double edge = EDGE * draft->em;
    box.x = fmax(edge, fmin(box.x, draft->view->width_px - box.w - edge));
    box.y = fmax(edge, fmin(box.y, draft->view->height_px - box.h - edge));
    return box;
}

/* ---- menu ---- */

static dy_box menu_box(const dy_draft *draft, const dy_menu *menu)
{
    double em = draft->em;
    double label_w = 0;
    double key_w = 0;
    for (int32_t i = 0; i < menu->n; i++) {
        const dy_button *row = &menu->rows[i];
        label_w =
            fmax(label_w, dy_draft_width(draft, ink(draft, DY_LEFT), or_empty(row->label)));
        key_w = fmax(key_w, dy_draft_width(draft, quiet(draft, DY_LEFT), or_empty(row->key)));
    }
    double w = (2 * PAD + SIGN) * em + label_w + (key_w > 0 ? KEY_GAP * em + key_w : 0);
    dy_box box = { menu->at.x, menu->at.y, fmin(w, draft->view->width_px - 2 * EDGE * em),
                   (menu->n * ROW + 2 * PAD) * em };
    return inside(draft, box);
}

static void draw_menu_row(dy_draft *draft, const dy_button *row, dy_box box)
{
    double em = draft->em;
    dy_type label = ink(draft, DY_LEFT);
    double y = box.y + (ROW / 2 + 0.35) * em;
    if (row->off) label.colour = draft->theme.axis;
    if (dy_draft_pointed(draft, &box) && !row->off)
        dy_draft_plate(draft, box, 0.25 * em, draft->theme.press);
    if (row->apart) {
        dy_point from = { box.x, box.y };
        dy_draft_rule(draft, from, (dy_point){ box.x + box.w, box.y }, draft->theme.grid,
                      DY_SOLID);
    }
    dy_point sign = { box.x + SIGN / 2 * em, box.y + ROW / 2 * em };
    dy_glyph_draw(draft, row->glyph, sign, em, row->lit ? draft->theme.lit : label.colour);
    const char *key = or_empty(row->key);
    double key_w = key[0] ? dy_draft_width(draft, quiet(draft, DY_RIGHT), key) : 0;
    double right = box.x + box.w - PAD * em;
    dy_draft_text(draft, (dy_point){ right, y }, quiet(draft, DY_RIGHT), key);
    dy_draft_text_in(draft, (dy_point){ box.x + SIGN * em, y }, label, or_empty(row->label),
                     right - key_w - box.x - SIGN * em);
    dy_draft_hit(draft, box,
                 row->off ? (dy_hit){ DY_HIT_OVER, -1, -1, -1, 0, 0 }
                          : (dy_hit){ DY_HIT_MENU, row->id, -1, -1, 0, 0 });
}

void dy_popup_menu(dy_draft *draft)
{
    const dy_menu *menu = draft->view->menu;
    if (!menu || menu->n <= 0) return;
    double em = draft->em;
    dy_box box = menu_box(draft, menu);
    dy_draft_card(draft, box);
    dy_draft_cover(draft, box);
    for (int32_t i = 0; i < menu->n; i++) {
        dy_box row = { box.x + PAD / 2 * em, box.y + (PAD + i * ROW) * em, box.w - PAD * em,
                       ROW * em };
        draw_menu_row(draft, &menu->rows[i], row);
    }
}

/* ---- field ---- */

/* The end of the text that fits, and how much of it stands before the cursor. */
static const char *visible(const dy_draft *draft, const char *text, int32_t cursor,
                           double width, double *before)
{
    char head[400];
    for (;;) {
        const char *end = text;
        for (int32_t i = 0; i < cursor && *end; i++) dy_utf8_next(&end);
        size_t n = (size_t)(end - text);
        if (n >= sizeof head) n = sizeof head - 1;
        memcpy(head, text, n);
        head[n] = '\0';
        *before = dy_draft_width(draft, ink(draft, DY_LEFT), head);
        if (*before <= width || cursor <= 0) return text;
        dy_utf8_next(&text);
        cursor--;
    }
}

static void draw_field(dy_draft *draft, dy_box field, const dy_entry *entry)
{
    double em = draft->em;
    double before;
    char clean[400];
    const char *typed = or_empty(entry->text);
    dy_clean(clean, sizeof clean, typed, strlen(typed));
    double room = field.w - 1.2 * em;
    const char *text = visible(draft, clean, entry->cursor, room, &before);
    dy_point at = { field.x + 0.6 * em, field.y + 1.25 * em };
    dy_draft_plate(draft, field, 0.25 * em, draft->theme.paper);
    dy_draft_add(draft, &(dy_item){
                            .kind = DY_ITEM_FRAME,
                            .box = field,
                            .size = 0.25 * em,
                            .colour = entry->alarm ? draft->theme.alarm : draft->theme.lit,
                            .run = -1,
                            .pane = -1,
                        });
    dy_draft_text_in(draft, at, ink(draft, DY_LEFT), text, room);
    dy_draft_plate(
        draft, (dy_box){ at.x + before, field.y + 0.35 * em, 0.12 * em, field.h - 0.7 * em }, 0,
        draft->theme.lit);
}

void dy_popup_entry(dy_draft *draft, double bottom)
{
    const dy_entry *entry = draft->view->entry;
    if (!entry) return;
    double em = draft->em;
    const char *hint = or_empty(entry->hint);
    double w = fmin(30 * em, draft->view->width_px - 2 * em);
    double h = (hint[0] ? 5.7 : 4.3) * em;
    dy_box box = { (draft->view->width_px - w) / 2, bottom - h - em, w, h };
    box = inside(draft, box);
    dy_draft_card(draft, box);
    dy_draft_hit(draft, box, (dy_hit){ DY_HIT_ENTRY, -1, -1, -1, 0, 0 });
    dy_type prompt = ink(draft, DY_LEFT);
    prompt.bold = true;
    double inner = box.w - 1.6 * em;
    dy_draft_text_in(draft, (dy_point){ box.x + 0.8 * em, box.y + 1.4 * em }, prompt,
                     or_empty(entry->prompt), inner);
    draw_field(draft, (dy_box){ box.x + 0.8 * em, box.y + 1.9 * em, inner, 1.8 * em }, entry);
    dy_type under = quiet(draft, DY_LEFT);
    if (entry->alarm) under.colour = draft->theme.alarm;
    dy_draft_text_in(draft, (dy_point){ box.x + 0.8 * em, box.y + 4.9 * em }, under, hint,
                     inner);
}
