/* hit.c - see hit.h and scene.h.   SPDX-License-Identifier: MIT */
#include "view/scene.h"

bool dy_box_has(const dy_box *box, dy_point at)
{
    return at.x >= box->x && at.x < box->x + box->w && at.y >= box->y && at.y < box->y + box->h;
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

dy_hit dy_scene_hit(const dy_scene *scene, dy_point at)
{
    for (int64_t i = scene->n_areas - 1; i >= 0; i--) {
        const dy_area *area = &scene->areas[i];
        if (!dy_box_has(&area->box, at)) continue;
        return area->hit.kind == DY_HIT_PANE ? dy_pane_hit(scene, area->hit.pane, at)
                                             : area->hit;
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
    (void)x;
    return scene->smoothing;
}
