/* hit.c - see hit.h and scene.h.   SPDX-License-Identifier: MIT */
#include "view/scene.h"
#include "view/slider.h"

#include <math.h>

bool dy_box_has(const dy_box *box, dy_point at)
{
    return at.x >= box->x && at.x < box->x + box->w && at.y >= box->y && at.y < box->y + box->h;
}

/* The square of how far a point is from a line between two others. */
static double apart(dy_point at, dy_point from, dy_point to)
{
    double dx = to.x - from.x;
    double dy = to.y - from.y;
    double length = dx * dx + dy * dy;
    double share = length > 0 ? ((at.x - from.x) * dx + (at.y - from.y) * dy) / length : 0;
    share = fmax(0, fmin(share, 1));
    double ox = at.x - from.x - share * dx;
    double oy = at.y - from.y - share * dy;
    return ox * ox + oy * oy;
}

/* The run whose line in a pane passes nearest to a point, at most `reach` away; -1: none. */
static int32_t nearest_run(const dy_scene *scene, int32_t pane, dy_point at)
{
    double best = scene->reach * scene->reach;
    int32_t run = -1;
    for (int64_t i = 0; i < scene->n_items; i++) {
        const dy_item *item = &scene->items[i];
        if (item->kind != DY_ITEM_LINE || item->pane != pane || item->run < 0) continue;
        for (int64_t k = 1; k < item->n; k++) {
            double off = apart(at, item->points[k - 1], item->points[k]);
            if (off >= best) continue;
            best = off;
            run = item->run;
        }
    }
    return run;
}

dy_hit dy_pane_hit(const dy_scene *scene, int32_t pane, dy_point at)
{
    return (dy_hit){
        .kind = DY_HIT_PANE,
        .index = -1,
        .pane = pane,
        .run = -1,
        .update = dy_scale_value(&scene->panes[pane].x, at.x),
        .value = dy_scale_value(&scene->panes[pane].y, at.y),
    };
}

/* What a hit says that depends on where in its area it is. */
static dy_hit resolve(const dy_scene *scene, const dy_hit *found, dy_point at)
{
    dy_hit hit = *found;
    if (hit.kind == DY_HIT_PANE) {
        hit = dy_pane_hit(scene, hit.pane, at);
        hit.run = nearest_run(scene, hit.pane, at);
    }
    if (hit.kind == DY_HIT_SLIDER) hit.value = dy_scene_slide(scene, at.x);
    if (hit.kind == DY_HIT_UPDATES)
        hit.update = dy_scale_value(&scene->panes[hit.pane].x, at.x);
    return hit;
}

dy_hit dy_scene_hit(const dy_scene *scene, dy_point at)
{
    for (int64_t i = scene->n_areas - 1; i >= 0; i--) {
        const dy_area *area = &scene->areas[i];
        if (!dy_box_has(&area->box, at)) continue;
        return resolve(scene, &area->hit, at);
    }
    return (dy_hit){ .kind = DY_HIT_NOTHING, .index = -1, .pane = -1, .run = -1 };
}

const dy_pane *dy_scene_pane(const dy_scene *scene, dy_pane_kind kind)
{
    for (int32_t p = 0; p < scene->n_panes; p++)
        if (scene->panes[p].kind == kind && scene->panes[p].shown) return &scene->panes[p];
    return NULL;
}

double dy_scene_slide(const dy_scene *scene, double x)
{
    double share = (x - scene->slider.x) / fmax(scene->slider.w, 1);
    return dy_slider_value(fmax(0, fmin(share, 1)), scene->slider_most);
}
