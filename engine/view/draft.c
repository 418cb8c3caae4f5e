/* draft.c - see draft.h.   SPDX-License-Identifier: MIT */
#include "view/draft.h"

#include "view/width.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void *dy_draft_take(dy_draft *draft, int64_t count, size_t size)
{
    void *memory = draft->failed ? NULL : dy_arena_take(draft->arena, count, size, draft->err);
    draft->failed = !memory;
    return memory;
}

/* The list with room for one more, perhaps moved; NULL: the draft has failed. */
static void *make_room(dy_draft *draft, void *list, int64_t n, int64_t *room, size_t size)
{
    if (n < *room) return list;
    int64_t more = *room > 0 ? 2 * *room : 256;
    void *moved = dy_draft_take(draft, more, size);
    if (!moved) return NULL;
    if (n > 0) memcpy(moved, list, (size_t)n * size);
    *room = more;
    return moved;
}

void dy_draft_add(dy_draft *draft, const dy_item *item)
{
    dy_item *items =
        make_room(draft, draft->items, draft->n_items, &draft->room, sizeof *items);
    if (!items) return;
    draft->items = items;
    items[draft->n_items++] = *item;
}

void dy_draft_hit(dy_draft *draft, dy_box box, dy_hit hit)
{
    dy_area *areas =
        make_room(draft, draft->areas, draft->n_areas, &draft->areas_room, sizeof *areas);
    if (!areas) return;
    draft->areas = areas;
    areas[draft->n_areas++] = (dy_area){ box, hit };
}

void dy_draft_text(dy_draft *draft, dy_point at, dy_type type, const char *text)
{
    char *copy = dy_draft_take(draft, (int64_t)strlen(text) + 1, 1);
    if (!copy) return;
    memcpy(copy, text, strlen(text) + 1);
    dy_draft_add(draft, &(dy_item){
                            .kind = DY_ITEM_TEXT,
                            .colour = type.colour,
                            .run = -1,
                            .pane = -1,
                            .size = type.size,
                            .at = at,
                            .anchor = type.anchor,
                            .bold = type.bold,
                            .text = copy,
                        });
}

/* Where a line that many device pixels wide, at about x, fills whole ones. */
static double snap(const dy_draft *draft, double x, double pixels)
{
    double scale = draft->view->scale;
    double half = fmod(pixels, 2) / 2;
    return (half > 0 ? floor(x * scale) + half : round(x * scale)) / scale;
}

void dy_draft_rule(dy_draft *draft, dy_point from, dy_point to, dy_colour colour, dy_dash dash)
{
    dy_point *points = dy_draft_take(draft, 2, sizeof *points);
    if (!points) return;
    double pixels = fmax(1, floor(0.09 * draft->em * draft->view->scale));
    points[0] = (dy_point){ snap(draft, from.x, pixels), snap(draft, from.y, pixels) };
    points[1] = (dy_point){ snap(draft, to.x, pixels), snap(draft, to.y, pixels) };
    dy_draft_add(draft, &(dy_item){
                            .kind = DY_ITEM_LINE,
                            .colour = colour,
                            .run = -1,
                            .pane = -1,
                            .size = pixels / draft->view->scale,
                            .points = points,
                            .n = 2,
                            .dash = dash,
                        });
}

void dy_draft_text_in(dy_draft *draft, dy_point at, dy_type type, const char *text,
                      double width)
{
    char fitted[800];
    dy_draft_fit(draft, type, text, width, fitted, sizeof fitted);
    if (dy_draft_width(draft, type, fitted) <= width + 1e-6)
        dy_draft_text(draft, at, type, fitted);
}

void dy_draft_parts_in(dy_draft *draft, dy_point at, dy_type type, const char *text,
                       double width)
{
    char parts[400];
    snprintf(parts, sizeof parts, "%s", text);
    while (parts[0] && dy_draft_width(draft, type, parts) > width) {
        char *last = NULL;
        for (char *dot = strstr(parts, "  ·  "); dot; dot = strstr(dot + 1, "  ·  "))
            last = dot;
        *(last ? last : parts) = '\0';
    }
    if (parts[0]) dy_draft_text(draft, at, type, parts);
}

static void add_points(dy_draft *draft, dy_item item, const dy_point *points, int64_t n)
{
    dy_point *copy = dy_draft_take(draft, n, sizeof *copy);
    if (!copy) return;
    memcpy(copy, points, (size_t)n * sizeof *copy);
    item.points = copy;
    item.n = n;
    item.run = -1;
    item.pane = -1;
    dy_draft_add(draft, &item);
}

void dy_draft_stroke(dy_draft *draft, const dy_point *points, int64_t n, double width,
                     dy_colour colour)
{
    dy_item item = { .kind = DY_ITEM_LINE, .size = width, .colour = colour };
    add_points(draft, item, points, n);
}

void dy_draft_fill(dy_draft *draft, const dy_point *points, int64_t n, dy_colour colour)
{
    add_points(draft, (dy_item){ .kind = DY_ITEM_AREA, .colour = colour }, points, n);
}

void dy_draft_plate(dy_draft *draft, dy_box box, double radius, dy_colour colour)
{
    dy_draft_add(draft, &(dy_item){
                            .kind = DY_ITEM_PLATE,
                            .box = box,
                            .size = radius,
                            .colour = colour,
                            .run = -1,
                            .pane = -1,
                        });
}

void dy_draft_card(dy_draft *draft, dy_box box)
{
    double radius = 0.4 * draft->em;
    box.x = snap(draft, box.x, 0);
    box.y = snap(draft, box.y, 0);
    dy_draft_plate(draft, box, radius, draft->theme.card);
    dy_draft_add(draft, &(dy_item){
                            .kind = DY_ITEM_FRAME,
                            .box = box,
                            .size = radius,
                            .colour = draft->theme.rim,
                            .run = -1,
                            .pane = -1,
                        });
}

void dy_draft_cover(dy_draft *draft, dy_box box)
{
    dy_draft_hit(draft, box, (dy_hit){ DY_HIT_OVER, -1, -1, -1, 0, 0 });
}

bool dy_draft_pointed(const dy_draft *draft, const dy_box *box)
{
    return draft->view->pointed && dy_box_has(box, draft->view->pointer);
}

/* Letters of a common sans-serif face, in ems: a little wide rather than narrow, so that nothing overlaps. */
static double estimate(const char *text, double em_px, bool bold)
{
    double ems = 0;
    for (uint32_t c = dy_utf8_next(&text); c; c = dy_utf8_next(&text)) {
        bool thin = c < 128 && strchr(" .,:;'|!il()[]", (int)c);
        ems += c >= 0x1100 ? 1 : thin ? 0.36 : 0.64;
    }
    return ems * em_px * (bold ? 1.1 : 1);
}

double dy_draft_width(const dy_draft *draft, dy_type type, const char *text)
{
    const dy_view *view = draft->view;
    if (!view->measure) return estimate(text, type.size, type.bold);
    return view->measure(view->measure_self, text, type.size, type.bold);
}

static dy_box extent_of(const dy_draft *draft, dy_point at, dy_type type, const char *text)
{
    double w = dy_draft_width(draft, type, text);
    double left = type.anchor == DY_LEFT ? 0 : type.anchor == DY_RIGHT ? w : w / 2;
    return (dy_box){ at.x - left, at.y - 0.8 * type.size, w, type.size };
}

bool dy_draft_label(dy_draft *draft, dy_point at, dy_type type, const char *text)
{
    dy_box own = extent_of(draft, at, type, text);
    double gap = 0.3 * draft->em;
    for (int64_t i = 0; i < draft->n_items; i++) {
        const dy_item *item = &draft->items[i];
        if (item->kind != DY_ITEM_TEXT) continue;
        dy_type other = { item->size, item->colour, item->anchor, item->bold };
        dy_box box = extent_of(draft, item->at, other, item->text);
        if (own.x < box.x + box.w + gap && box.x < own.x + own.w + gap &&
            own.y < box.y + box.h && box.y < own.y + own.h)
            return false;
    }
    dy_draft_text(draft, at, type, text);
    return true;
}

char *dy_draft_fit(const dy_draft *draft, dy_type type, const char *text, double width,
                   char *to, size_t size)
{
    int64_t keep = dy_utf8_count(text);
    dy_shorten(to, size, text, keep);
    /* a hair more, as room measured for just this text comes back rounded */
    while (keep > 0 && dy_draft_width(draft, type, to) > width + 1e-6)
        dy_shorten(to, size, text, --keep);
    return to;
}

bool dy_draft_named(const dy_trace *trace)
{
    return trace->show == DY_SHOWN || trace->show == DY_STRONG;
}

char *dy_draft_name(const dy_trace *trace, char *to, size_t size)
{
    const dy_card *card = trace->run.card;
    return dy_clean(to, size, card->name, sizeof card->name);
}

dy_dash dy_draft_dash(const dy_trace *trace)
{
    return trace->run.card->aside ? DY_DOTTED : dy_theme_dash(trace->colour);
}

double dy_draft_presence(const dy_draft *draft, const dy_trace *trace)
{
    if (trace->show == DY_FAINT) return 0.25;
    return !draft->contrast || trace->show == DY_STRONG ? 1 : 0.3;
}
