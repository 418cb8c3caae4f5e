/* texts.c - see texts.h.   SPDX-License-Identifier: MIT */
#include "texts.h"

#include "view/draft.h"

#include <criterion/criterion.h>
#include <math.h>

static const double SLACK = 0.01; /* of a pixel: rounding */

typedef struct extent {
    double left, right, top, bottom;
} extent;

static extent extent_of(const dy_item *item, const dy_view *view)
{
    dy_draft d = { .view = view };
    double w =
        dy_draft_width(&d, (dy_type){ .size = item->size, .bold = item->bold }, item->text);
    double left = item->at.x - (item->anchor == DY_RIGHT    ? w
                                : item->anchor == DY_CENTRE ? w / 2
                                                            : 0);
    return (extent){ left, left + w, item->at.y - 0.72 * item->size, item->at.y };
}

static bool is_text(const dy_item *item)
{
    return item->kind == DY_ITEM_TEXT && item->text[0];
}

static bool apart(const extent *a, const extent *b)
{
    return a->left >= b->right - SLACK || b->left >= a->right - SLACK ||
           a->top >= b->bottom - SLACK || b->top >= a->bottom - SLACK;
}

/* Whether paper that is not seen through lies under all of the later text, over the earlier. */
static bool paper_between(const dy_scene *s, int64_t below, int64_t above, const extent *e)
{
    for (int64_t k = below + 1; k < above; k++) {
        const dy_item *item = &s->items[k];
        const dy_box *box = &item->box;
        if (item->kind != DY_ITEM_PLATE || (item->colour & 0xffU) != 0xffU) continue;
        if (box->x <= e->left + SLACK && box->x + box->w >= e->right - SLACK &&
            box->y <= e->top + SLACK && box->y + box->h >= e->bottom - SLACK)
            return true;
    }
    return false;
}

static void check_places(const dy_scene *s)
{
    for (int64_t i = 0; i < s->n_items; i++) {
        const dy_item *item = &s->items[i];
        cr_assert(isfinite(item->at.x) && isfinite(item->at.y) && isfinite(item->size),
                  "item %ld of kind %d", (long)i, (int)item->kind);
        cr_assert(isfinite(item->box.x) && isfinite(item->box.y) && item->box.w >= 0 &&
                      item->box.h >= 0,
                  "item %ld of kind %d: %g x %g", (long)i, (int)item->kind, item->box.w,
                  item->box.h);
        cr_assert(item->pane < s->n_panes);
        for (int64_t k = 0; k < item->n; k++) {
            cr_assert(isfinite(item->points[k].x) && isfinite(item->points[k].y));
            if (item->rising && k > 0) cr_assert_geq(item->points[k].x, item->points[k - 1].x);
        }
    }
}

static void check_areas(const dy_scene *s)
{
    for (int64_t i = 0; i < s->n_areas; i++) {
        const dy_box *box = &s->areas[i].box;
        cr_assert(box->w >= 0 && box->h >= 0 && isfinite(box->x) && isfinite(box->y),
                  "area %ld: %g %g %g x %g", (long)i, box->x, box->y, box->w, box->h);
        cr_assert_lt(s->areas[i].hit.pane, s->n_panes);
    }
}

void check_texts(const dy_scene *s, const dy_view *view)
{
    check_places(s);
    check_areas(s);
    for (int64_t i = 0; i < s->n_items; i++) {
        if (!is_text(&s->items[i])) continue;
        extent a = extent_of(&s->items[i], view);
        cr_assert(a.left >= -SLACK && a.right <= s->width_px + SLACK && a.top >= -SLACK &&
                      a.bottom <= s->height_px + SLACK,
                  "%g x %g, text %g: '%s' is outside: %g to %g, %g to %g", s->width_px,
                  s->height_px, view->text_px, s->items[i].text, a.left, a.right, a.top,
                  a.bottom);
        for (int64_t j = 0; j < i; j++) {
            if (!is_text(&s->items[j])) continue;
            extent b = extent_of(&s->items[j], view);
            cr_assert(apart(&a, &b) || paper_between(s, j, i, &a),
                      "%g x %g, text %g: '%s' at %g, %g over '%s' at %g, %g", s->width_px,
                      s->height_px, view->text_px, s->items[i].text, s->items[i].at.x,
                      s->items[i].at.y, s->items[j].text, s->items[j].at.x, s->items[j].at.y);
        }
    }
}
