/* grip.h - the mouse as gestures: what was pressed, moved and let go, in terms of what lies under it.
 *
 * A click on the data of a pane waits until it cannot become a double click: what it does cannot be taken back. The clock is
 * the caller's (base/clock.h).
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/input.h"
#include "view/scene.h"

typedef enum dy_gesture_kind {
    DY_GESTURE_NONE,
    DY_GESTURE_POINT, /* the pointer is at `at`, with nothing held */
    DY_GESTURE_LEAVE,
    DY_GESTURE_CLICK,
    DY_GESTURE_DOUBLE,
    DY_GESTURE_CONTEXT, /* the right button */
    DY_GESTURE_GRAB,    /* a drag begins: `hit` is what lay at `from` */
    DY_GESTURE_DRAG,
    DY_GESTURE_DROP,
    DY_GESTURE_WHEEL,
} dy_gesture_kind;

typedef struct dy_gesture {
    dy_gesture_kind kind;
    dy_hit hit; /* at `at`; of a drag what lay where it began */
    dy_point from, at;
    unsigned held;           /* when the button went down */
    double wheel_x, wheel_y; /* notches */
} dy_gesture;

/* All zero: nothing is pressed. */
typedef struct dy_grip {
    bool down, dragging;
    dy_gesture press;
    bool waits; /* a click, until `due` */
    dy_gesture click;
    double due;
} dy_grip;

/* What an input means; NONE where it is no mouse's, or nothing yet. */
dy_gesture dy_grip_take(dy_grip *grip, const dy_input *input, const dy_scene *scene,
                        double now_s);

/* The click that waited, once it is time; else NONE. */
dy_gesture dy_grip_due(dy_grip *grip, double now_s);
