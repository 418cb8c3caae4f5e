/* grip.c - the mouse as gestures.   SPDX-License-Identifier: MIT */
#include "view/grip.h"

#include <criterion/criterion.h>

/* A pane at the left, a button at the right. */
static const dy_area AREAS[] = {
    { { 0, 0, 100, 100 }, { .kind = DY_HIT_PANE, .index = -1, .run = -1 } },
    { { 200, 0, 50, 50 }, { .kind = DY_HIT_BUTTON, .index = 7, .pane = -1, .run = -1 } },
};
static dy_pane pane = { .shown = true,
                        .box = { 0, 0, 100, 100 },
                        .x = { 0, 1000, false, 0, 100 },
                        .y = { 0, 1, false, 100, 0 } };
static dy_scene scene;
static dy_grip grip;

static void begin(void)
{
    scene = (dy_scene){ .areas = AREAS, .n_areas = 2, .panes = &pane, .n_panes = 1 };
    grip = (dy_grip){ 0 };
}

TestSuite(grip, .init = begin);

static dy_gesture mouse(dy_input_kind kind, double x, double y, int clicks, double now_s)
{
    dy_input input = {
        .kind = kind, .button = DY_BUTTON_LEFT, .clicks = clicks, .x = x, .y = y
    };
    return dy_grip_take(&grip, &input, &scene, now_s);
}

Test(grip, a_button_is_clicked_at_once)
{
    cr_expect_eq(mouse(DY_INPUT_DOWN, 210, 10, 1, 0).kind, DY_GESTURE_NONE);
    dy_gesture g = mouse(DY_INPUT_UP, 211, 11, 1, 0.1);
    cr_expect_eq(g.kind, DY_GESTURE_CLICK);
    cr_expect(g.hit.kind == DY_HIT_BUTTON && g.hit.index == 7);
    cr_expect_eq(dy_grip_due(&grip, 10).kind, DY_GESTURE_NONE);
}

Test(grip, a_click_on_data_waits_until_it_is_none_of_two)
{
    mouse(DY_INPUT_DOWN, 30, 50, 1, 0);
    cr_expect_eq(mouse(DY_INPUT_UP, 30, 50, 1, 0.1).kind, DY_GESTURE_NONE);
    cr_expect_eq(dy_grip_due(&grip, 0.3).kind, DY_GESTURE_NONE);
    dy_gesture g = dy_grip_due(&grip, 0.6);
    cr_expect_eq(g.kind, DY_GESTURE_CLICK);
    cr_expect_eq(g.hit.update, 300);
    cr_expect_eq(dy_grip_due(&grip, 0.7).kind, DY_GESTURE_NONE, "once");
}

Test(grip, a_double_click_is_no_click)
{
    mouse(DY_INPUT_DOWN, 30, 50, 1, 0);
    mouse(DY_INPUT_UP, 30, 50, 1, 0.1);
    cr_expect_eq(mouse(DY_INPUT_DOWN, 30, 50, 2, 0.2).kind, DY_GESTURE_NONE);
    cr_expect_eq(mouse(DY_INPUT_UP, 30, 50, 2, 0.3).kind, DY_GESTURE_DOUBLE);
    cr_expect_eq(dy_grip_due(&grip, 10).kind, DY_GESTURE_NONE);
}

Test(grip, a_press_elsewhere_makes_the_waiting_click_come)
{
    mouse(DY_INPUT_DOWN, 30, 50, 1, 0);
    mouse(DY_INPUT_UP, 30, 50, 1, 0.1);
    dy_gesture g = mouse(DY_INPUT_DOWN, 80, 50, 1, 0.2);
    cr_expect(g.kind == DY_GESTURE_CLICK && g.hit.update == 300);
    mouse(DY_INPUT_UP, 80, 50, 1, 0.3);
    cr_expect_eq(dy_grip_due(&grip, 10).hit.update, 800);
}

Test(grip, a_drag_begins_when_the_hand_moves)
{
    mouse(DY_INPUT_DOWN, 30, 50, 1, 0);
    cr_expect_eq(mouse(DY_INPUT_MOVE, 32, 51, 1, 0).kind, DY_GESTURE_NONE, "a trembling hand");
    dy_gesture g = mouse(DY_INPUT_MOVE, 40, 50, 1, 0);
    cr_expect(g.kind == DY_GESTURE_GRAB && g.from.x == 30 && g.at.x == 40);
    g = mouse(DY_INPUT_MOVE, 31, 50, 1, 0);
    cr_expect_eq(g.kind, DY_GESTURE_DRAG, "back to where it began, and still a drag");
    g = mouse(DY_INPUT_UP, 300, 50, 1, 0);
    cr_expect(g.kind == DY_GESTURE_DROP && g.hit.kind == DY_HIT_PANE);
    cr_expect_eq(mouse(DY_INPUT_MOVE, 30, 50, 1, 0).kind, DY_GESTURE_POINT);
}

Test(grip, what_is_held_is_held_from_the_press_on)
{
    dy_input input = { .kind = DY_INPUT_DOWN,
                       .button = DY_BUTTON_LEFT,
                       .held = DY_HELD_SHIFT,
                       .clicks = 1,
                       .x = 30,
                       .y = 50 };
    dy_grip_take(&grip, &input, &scene, 0);
    cr_expect_eq(mouse(DY_INPUT_MOVE, 60, 50, 1, 0).held, DY_HELD_SHIFT);
}

Test(grip, other_buttons_and_the_wheel)
{
    dy_input right = { .kind = DY_INPUT_DOWN, .button = DY_BUTTON_RIGHT, .x = 30, .y = 50 };
    cr_expect_eq(dy_grip_take(&grip, &right, &scene, 0).kind, DY_GESTURE_CONTEXT);
    right.button = DY_BUTTON_MIDDLE;
    cr_expect_eq(dy_grip_take(&grip, &right, &scene, 0).kind, DY_GESTURE_NONE);
    right.kind = DY_INPUT_UP;
    cr_expect_eq(dy_grip_take(&grip, &right, &scene, 0).kind, DY_GESTURE_NONE);
    dy_input wheel = { .kind = DY_INPUT_WHEEL, .wheel_y = 1, .x = 30, .y = 50 };
    dy_gesture g = dy_grip_take(&grip, &wheel, &scene, 0);
    cr_expect(g.kind == DY_GESTURE_WHEEL && g.wheel_y == 1 && g.hit.update == 300);
    dy_input leave = { .kind = DY_INPUT_LEAVE };
    cr_expect_eq(dy_grip_take(&grip, &leave, &scene, 0).kind, DY_GESTURE_LEAVE);
}
