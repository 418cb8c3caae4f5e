/* hand.c - keyframes under a hand.   SPDX-License-Identifier: MIT */
#include "view/hand.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { STEPS = 1001 }; /* the last is update 1,000 */

static dy_arena arena;
static dy_error err;
static dy_hand hand;

/* 0.1 at first, 0.5 at update 400, 0.1 at the end. */
static void take_up(void)
{
    static const dy_key KEYS[] = { { 0, 0.1, { 0 } },
                                   { 400, 0.5, { .kind = DY_EASE_LINEAR } },
                                   { 1000, 0.1, { .kind = DY_EASE_COSINE } } };
    arena = dy_arena_make(0);
    dy_curve plan;
    cr_assert(dy_curve_keys(&plan, &arena, KEYS, 3, &err));
    cr_assert(dy_hand_take(&hand, DY_LR, &plan, 0, STEPS));
    cr_assert_eq(hand.n, 3);
}

static void let_go(void)
{
    dy_arena_close(&arena);
}

TestSuite(hand, .init = take_up, .fini = let_go);

static void expect_near(double found, double wanted, const char *what)
{
    cr_expect(fabs(found - wanted) < 1e-12, "%s: %.17g; want %.17g", what, found, wanted);
}

/* What comes out is a curve, whatever was done, and it gives what the hand shows. */
static void expect_sound(void)
{
    dy_curve curve;
    cr_assert(dy_hand_curve(&hand, &curve, &arena, &err), "%s", err.text);
    for (int step = 0; step < STEPS; step += 7) {
        double value = dy_curve_at(&curve, step);
        cr_expect(value >= 0 && (hand.channel == DY_LR || value < 1), "%g at %d", value, step);
        expect_near(dy_hand_at(&hand, step), value, "curve");
    }
}

Test(hand, a_keyframe_to_come_is_moved)
{
    int32_t i = dy_hand_move(&hand, 2, 900, 0.2, 500);
    expect_near(dy_hand_at(&hand, 900), 0.2, "there");
    expect_near(dy_hand_at(&hand, 1000), 0.2, "after");
    cr_expect_eq(hand.keys[i].step, 900);
    expect_sound();
}

Test(hand, the_present_value_goes_on)
{
    double before = dy_hand_at(&hand, 499);
    dy_hand_move(&hand, 2, 1000, 0.9, 500);
    expect_near(dy_hand_at(&hand, 499), before, "the last update's");
    cr_expect_eq(hand.keys[0].step, 499, "the past is one keyframe: %g", hand.keys[0].step);
    expect_sound();
}

Test(hand, a_later_keyframe_leaves_the_present_stretch_alone)
{
    double before = dy_hand_at(&hand, 250);
    dy_hand_move(&hand, 2, 1000, 0.9, 200);
    expect_near(dy_hand_at(&hand, 250), before, "on the way up");
    cr_expect_eq(hand.keys[0].step, 0);
}

Test(hand, neighbours_the_past_and_the_end_are_in_the_way)
{
    int32_t i = dy_hand_move(&hand, 1, 5000, 0.5, 100);
    cr_expect_eq(hand.keys[i].step, 999);
    i = dy_hand_move(&hand, i, -70, 0.5, 100);
    cr_expect_eq(hand.keys[i].step, 100);
    i = dy_hand_move(&hand, hand.n - 1, 4000, 0.5, 100);
    cr_expect_eq(hand.keys[i].step, 1000);
    expect_sound();
}

Test(hand, the_past_cannot_be_held)
{
    dy_hand before = hand;
    cr_expect_eq(dy_hand_first(&hand, 401), 2);
    cr_expect_eq(dy_hand_first(&hand, 400), 1);
    cr_expect_eq(dy_hand_move(&hand, 1, 600, 3, 401), 1);
    cr_expect_not(dy_hand_remove(&hand, 1, 401));
    cr_expect_eq(dy_hand_add(&hand, 300, 401), -1);
    cr_expect(memcmp(&before, &hand, sizeof hand) == 0);
}

Test(hand, values_are_ones_that_a_run_can_use)
{
    dy_hand_move(&hand, 2, 1000, -3, 0);
    expect_near(dy_hand_at(&hand, 1000), 0, "lr");
    expect_sound();
    cr_assert(dy_hand_take(&hand, DY_MOMENTUM, NULL, 0.9, STEPS));
    dy_hand_move(&hand, hand.n - 1, 1000, 1.5, 0);
    expect_sound();
}

Test(hand, an_exp_ease_gives_way_to_zero)
{
    static const dy_key KEYS[] = { { 0, 1, { 0 } }, { 1000, 0.01, { .kind = DY_EASE_EXP } } };
    dy_curve plan;
    cr_assert(dy_curve_keys(&plan, &arena, KEYS, 2, &err));
    cr_assert(dy_hand_take(&hand, DY_LR, &plan, 0, STEPS));
    dy_hand_move(&hand, 1, 1000, 0, 300);
    expect_sound();
    expect_near(dy_hand_at(&hand, 1000), 0, "the end");
}

Test(hand, a_constant_has_an_end_to_hold)
{
    cr_assert(dy_hand_take(&hand, DY_LR, NULL, 0.3, STEPS));
    cr_assert_eq(hand.n, 2);
    cr_expect_eq(hand.keys[1].step, 1000);
    dy_hand_move(&hand, 1, 1000, 0.1, 500);
    expect_near(dy_hand_at(&hand, 499), 0.3, "so far");
    expect_near(dy_hand_at(&hand, 1000), 0.1, "the end");
}

Test(hand, a_plan_longer_than_the_run_is_cut_at_its_end)
{
    static const dy_key KEYS[] = { { 0, 1, { 0 } }, { 2000, 0, { .kind = DY_EASE_LINEAR } } };
    dy_curve plan;
    cr_assert(dy_curve_keys(&plan, &arena, KEYS, 2, &err));
    cr_assert(dy_hand_take(&hand, DY_LR, &plan, 0, STEPS));
    cr_assert_eq(hand.n, 3);
    expect_near(hand.keys[1].value, 0.5, "at the end");
}

Test(hand, both_halves_of_a_jump_go_sideways)
{
    static const dy_key KEYS[] = { { 0, 1, { 0 } },
                                   { 500, 0.5, { .kind = DY_EASE_LINEAR } },
                                   { 500, 2, { .kind = DY_EASE_HOLD } },
                                   { 1000, 1, { .kind = DY_EASE_LINEAR } } };
    dy_curve plan;
    cr_assert(dy_curve_keys(&plan, &arena, KEYS, 4, &err));
    cr_assert(dy_hand_take(&hand, DY_LR, &plan, 0, STEPS));
    int32_t i = dy_hand_move(&hand, 2, 700, 3, 0);
    cr_expect(hand.keys[i].step == 700 && hand.keys[i - 1].step == 700);
    cr_expect(hand.keys[i].value == 3 && hand.keys[i - 1].value == 0.5);
    expect_sound();
    i = dy_hand_move(&hand, 1, 600, 0.4,
                     550); /* the first to come: the past becomes one keyframe */
    cr_expect(hand.keys[i].step == 600 && hand.keys[i + 1].step == 600);
    cr_expect_eq(hand.keys[0].step, 549);
    expect_sound();
}

Test(hand, a_keyframe_is_added_on_the_curve_and_removed)
{
    double before = dy_hand_at(&hand, 200);
    int32_t i = dy_hand_add(&hand, 200, 0);
    cr_assert_eq(i, 1);
    expect_near(dy_hand_at(&hand, 200), before, "where it is");
    expect_near(dy_hand_at(&hand, 300), 0.4, "a straight line stays one");
    cr_expect_eq(dy_hand_add(&hand, 200.3, 0), 1, "the same again");
    cr_expect_eq(hand.n, 4);
    cr_assert(dy_hand_remove(&hand, i, 0));
    cr_expect_eq(hand.n, 3);
    expect_sound();
    cr_expect_not(dy_hand_remove(&hand, 2, 800), "the only one to come");
}

Test(hand, there_is_an_end_to_adding)
{
    int added = 0;
    for (int step = 1; step < 1000; step++)
        if (dy_hand_add(&hand, step, 0) >= 0) added++;
    cr_expect(added >= DY_HAND_KEYS - 4 && hand.n <= DY_HAND_KEYS);
    cr_expect_not(dy_hand_draw(&hand, (dy_point[]){ { 600, 1 }, { 700, 2 } }, 2, false, 0));
    dy_hand_move(&hand, dy_hand_first(&hand, 500), 501, 1, 500);
    expect_sound();
}

/* --- strokes ------------------------------------------------------------------------------------------------------ */

Test(hand, a_stroke_takes_the_place_of_what_was_there)
{
    dy_point stroke[201];
    for (int i = 0; i <= 200; i++) stroke[i] = (dy_point){ 600 + i, 0.3 + 0.1 * sin(i / 30.0) };
    double before = dy_hand_at(&hand, 598);
    cr_assert(dy_hand_draw(&hand, stroke, 201, false, 100));
    expect_sound();
    cr_expect(fabs(dy_hand_at(&hand, 598) - before) < 1e-3);
    for (int i = 0; i <= 200; i++)
        cr_expect(fabs(dy_hand_at(&hand, 600 + i) - stroke[i].y) < 0.003, "point %d", i);
    expect_near(dy_hand_at(&hand, 1000), 0.1, "the end stays");
    cr_expect(hand.n < 30, "%d keyframes", hand.n);
}

Test(hand, a_stroke_begins_ahead_and_ends_with_the_run)
{
    dy_point stroke[] = { { 300, 1 },   { 499, 1 },   { 500.2, 0.7 },
                          { 500.4, 9 }, { 800, 0.2 }, { 1700, 0.6 } };
    double present = dy_hand_at(&hand, 499);
    cr_assert(dy_hand_draw(&hand, stroke, 6, false, 500));
    expect_sound();
    expect_near(dy_hand_at(&hand, 499), present, "the present");
    expect_near(dy_hand_at(&hand, 500), 0.7, "its first point ahead");
    expect_near(dy_hand_at(&hand, 1000), 0.6, "its last");
    cr_expect_not(dy_hand_draw(&hand, stroke, 2, false, 500), "all of it is past");
}

Test(hand, a_stroke_on_a_log_axis_is_straight_there)
{
    dy_point stroke[101];
    for (int i = 0; i <= 100; i++) stroke[i] = (dy_point){ 500 + 5 * i, pow(10, -i / 25.0) };
    cr_assert(dy_hand_draw(&hand, stroke, 101, true, 0));
    expect_near(dy_hand_at(&hand, 750), 1e-2, "half way");
    cr_expect(hand.n <= 6, "%d keyframes", hand.n);
    expect_sound();
}

/* --- typing ------------------------------------------------------------------------------------------------------- */

Test(hand, reads_what_is_typed)
{
    static const struct {
        const char *text;
        double step, value;
    } cases[] = {
        { "0.05", 400, 0.05 }, { " 1e-3 ", 400, 1e-3 },     { "x 0.5", 400, 0.25 },
        { "*2", 400, 1 },      { "0.05 @ 700", 700, 0.05 }, { "x2@7", 7, 1 },
        { "0", 400, 0 },
    };

    static const char *const wrong[] = { "",   "x",   "fast", "0.1 0.2", "0.1@",
                                         "-1", "nan", "inf",  "1e9" };
    double step, value;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect(dy_hand_read(&hand, 1, cases[i].text, &step, &value, &err), "%s",
                  cases[i].text);
        cr_expect(step == cases[i].step && value == cases[i].value, "%s: %g @ %g",
                  cases[i].text, value, step);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        cr_expect_not(dy_hand_read(&hand, 1, wrong[i], &step, &value, &err), "%s", wrong[i]);
    hand.channel = DY_MOMENTUM;
    cr_expect_not(dy_hand_read(&hand, 1, "1", &step, &value, &err));
}
