/* grip.c - see grip.h.   SPDX-License-Identifier: MIT */
#include "view/grip.h"

#include <math.h>

static const double STILL_PX = 4;    /* a press that moves less is a click */
static const double DOUBLE_S = 0.35; /* for the second half of a double click */

static dy_gesture release(dy_grip *grip, const dy_input *input, const dy_scene *scene,
                          double now_s)
{
    dy_gesture g = grip->press;
    bool dragged = grip->dragging;
    bool twice = input->clicks > 1;
    grip->down = grip->dragging = false;
    g.at = (dy_point){ input->x, input->y };
    g.kind = dragged ? DY_GESTURE_DROP : twice ? DY_GESTURE_DOUBLE : DY_GESTURE_CLICK;
    if (!dragged) g.hit = dy_scene_hit(scene, g.from);
    if (g.kind != DY_GESTURE_CLICK || g.hit.kind != DY_HIT_PANE) return g;
    grip->waits = true;
    grip->click = g;
    grip->due = now_s + DOUBLE_S;
    return (dy_gesture){ .kind = DY_GESTURE_NONE };
}

/* A press ends the waiting of a click before it: as a click of its own, or as half of a double click. */
static dy_gesture press(dy_grip *grip, const dy_input *input, const dy_scene *scene)
{
    dy_point at = { input->x, input->y };
    dy_gesture g = {
        .hit = dy_scene_hit(scene, at), .from = at, .at = at, .held = input->held
    };
    if (input->button == DY_BUTTON_RIGHT) {
        g.kind = DY_GESTURE_CONTEXT;
        return g;
    }
    if (input->button != DY_BUTTON_LEFT) return g;
    grip->down = true;
    grip->press = g;
    bool alone = grip->waits && input->clicks < 2;
    grip->waits = false;
    return alone ? grip->click : g;
}

static dy_gesture move(dy_grip *grip, const dy_input *input, const dy_scene *scene)
{
    dy_point at = { input->x, input->y };
    if (!grip->down)
        return (dy_gesture){ .kind = DY_GESTURE_POINT,
                             .hit = dy_scene_hit(scene, at),
                             .from = at,
                             .at = at,
                             .held = input->held };
    dy_gesture g = grip->press;
    g.at = at;
    if (!grip->dragging && hypot(at.x - g.from.x, at.y - g.from.y) < STILL_PX) return g;
    g.kind = grip->dragging ? DY_GESTURE_DRAG : DY_GESTURE_GRAB;
    grip->dragging = true;
    return g;
}

static dy_gesture turn(const dy_input *input, const dy_scene *scene)
{
    dy_point at = { input->x, input->y };
    return (dy_gesture){ .kind = DY_GESTURE_WHEEL,
                         .hit = dy_scene_hit(scene, at),
                         .from = at,
                         .at = at,
                         .held = input->held,
                         .wheel_x = input->wheel_x,
                         .wheel_y = input->wheel_y };
}

dy_gesture dy_grip_take(dy_grip *grip, const dy_input *input, const dy_scene *scene,
                        double now_s)
{
    dy_gesture none = { .kind = DY_GESTURE_NONE };
    switch (input->kind) {
    case DY_INPUT_DOWN: return press(grip, input, scene);
    case DY_INPUT_UP:
        if (!grip->down || input->button != DY_BUTTON_LEFT) return none;
        return release(grip, input, scene, now_s);
    case DY_INPUT_MOVE: return move(grip, input, scene);
    case DY_INPUT_WHEEL: return turn(input, scene);
    case DY_INPUT_LEAVE: none.kind = DY_GESTURE_LEAVE; return none;
    default: return none;
    }
}

dy_gesture dy_grip_due(dy_grip *grip, double now_s)
{
    if (!grip->waits || now_s < grip->due) return (dy_gesture){ .kind = DY_GESTURE_NONE };
    grip->waits = false;
    return grip->click;
}
