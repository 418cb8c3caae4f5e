/* plan.c - times, moments, and a plan being followed.   SPDX-License-Identifier: MIT */
#include "schedule/plan.h"

#include "spec_text.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static const struct {
    const char *text;
    double amount;
    dy_unit unit;
} TIMES[] = {
    { "300", 300, DY_STEPS },           { "300 steps", 300, DY_STEPS },
    { "1 step", 1, DY_STEPS },          { "30%", 0.3, DY_FRACTION },
    { " 12.5 % ", 0.125, DY_FRACTION }, { " 2.5 epochs ", 2.5, DY_EPOCHS },
    { "1 epoch", 1, DY_EPOCHS },        { "5epochs", 5, DY_EPOCHS },
    { "1e3", 1000, DY_STEPS },          { "0", 0, DY_STEPS },
};

Test(plan, times_are_read)
{
    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
        dy_error err;
        dy_time time = { 0 };
        cr_assert(dy_time_parse(&time, TIMES[i].text, &err), "%s", err.text);
        cr_expect(time.amount == TIMES[i].amount && time.unit == TIMES[i].unit, "%s",
                  TIMES[i].text);
    }
}

Test(plan, what_is_no_time_is_refused)
{
    static const char *const BAD[] = {
        "",          " ",    "%",     "epochs", "five epochs", "nan",
        "inf",       "0x10", "1e999", "30 %%",  "3 day",       "1.2.3",
        "-5 epochs", "-1",   "1e",    "1e+",    "5 epoch s"
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        dy_error err = { "" };
        dy_time time = { 42, DY_EPOCHS };
        cr_expect(!dy_time_parse(&time, BAD[i], &err), "'%s'", BAD[i]);
        cr_expect(strstr(err.text, "is not a time; want steps"), "%s", err.text);
        cr_expect(time.amount == 42);
    }
}

Test(plan, a_key_at_the_end_is_on_the_last_update)
{
    dy_span span = { 1000, 100 };
    cr_expect(dy_time_at((dy_time){ 1, DY_FRACTION }, span) == 999);
    cr_expect(dy_time_at((dy_time){ 10, DY_EPOCHS }, span) == 999);
    cr_expect(dy_time_at((dy_time){ 9, DY_EPOCHS }, span) == 900);
    cr_expect(dy_time_at((dy_time){ -1, DY_STEPS }, span) == 999);
    cr_expect(dy_time_at((dy_time){ 300, DY_STEPS }, span) == 300);
    cr_expect(dy_time_length((dy_time){ 1, DY_FRACTION }, span) == 1000);
    cr_expect(dy_time_length((dy_time){ 10, DY_EPOCHS }, span) == 1000);
}

Test(plan, moments)
{
    dy_moment last = dy_moment_at((dy_span){ 1000, 100 }, 999);
    cr_expect(last.epoch == 9 && last.progress == 1 && last.steps == 1000);
    cr_expect(dy_moment_at((dy_span){ 1, 1 }, 0).progress == 0);
}

static bool scripted(void *self, const dy_moment *now, dy_pace *pace, dy_error *err)
{
    const dy_pace *gives = self;
    if (now->step == 9) return dy_fail(err, "own.lua:3: boom");
    pace->lr = gives->lr;
    if (gives->momentum != 7) pace->momentum = gives->momentum;
    return true;
}

static const struct {
    dy_pace gives;
    int64_t step;
    const char *message; /* NULL: it is used */
} GIVEN[] = {
    { { 0.1, 0.5 }, 3, NULL },
    { { 0, 0 }, 3, NULL },
    { { NAN, 0.5 }, 812, "lr: nan at step 812; want a finite number >= 0" },
    { { -0.5, 0.5 }, 1, "lr: -0.5 at step 1; want a finite number >= 0" },
    { { INFINITY, 0.5 }, 1, "lr: inf at step 1; want a finite number >= 0" },
    { { 0.1, 1.2 }, 3, "momentum: 1.2 at step 3; want 0 <= m < 1" },
    { { 0.1, 1 }, 3, "momentum: 1 at step 3; want 0 <= m < 1" },
    { { 0.1, -0.1 }, 3, "momentum: -0.1 at step 3; want 0 <= m < 1" },
    { { 0.1, NAN }, 3, "momentum: nan at step 3; want 0 <= m < 1" },
    { { 0.1, 0.5 }, 9, "own.lua:3: boom" },
};

Test(plan, a_function_is_held_to_what_an_update_can_use)
{
    for (size_t i = 0; i < sizeof GIVEN / sizeof *GIVEN; i++) {
        dy_error err = { "" };
        dy_pace gives = GIVEN[i].gives, pace = { -7, -7 };
        dy_plan plan = { .span = { 1000, 10 }, .call = scripted, .self = &gives };
        dy_pacer pacer = dy_pacer_make(&plan, 0.9);
        bool ok = dy_pacer_at(&pacer, GIVEN[i].step, &pace, &err);
        cr_expect(ok == (GIVEN[i].message == NULL), "case %zu", i);
        if (ok) cr_expect(pace.lr == gives.lr && pace.momentum == gives.momentum);
        if (!ok) cr_expect(strcmp(err.text, GIVEN[i].message) == 0, "%s", err.text);
        if (!ok) cr_expect(pace.lr == -7, "nothing changed");
    }
}

Test(plan, momentum_is_the_optimizers_where_the_plan_leaves_it_alone)
{
    dy_error err;
    dy_pace pace, gives = { 0.1, 7 };
    dy_plan plan = { .span = { 10, 10 }, .call = scripted, .self = &gives };
    dy_pacer pacer = dy_pacer_make(&plan, 0.9);
    cr_assert(dy_pacer_at(&pacer, 0, &pace, &err));
    cr_expect(pace.momentum == 0.9);
    dy_arena arena = dy_arena_make(0);
    cr_assert(plan_of_text(&plan, &arena, "constant lr=0.2", 10, 10, &err));
    cr_assert(dy_pacer_at(&pacer, 5, &pace, &err));
    cr_expect(pace.lr == 0.2 && pace.momentum == 0.9);
    dy_arena_close(&arena);
}

Test(plan, observing_lowers_lr_only_with_feedback)
{
    dy_error err;
    dy_pace pace;
    dy_plan plan;
    dy_arena arena = dy_arena_make(0);
    cr_assert(
        plan_of_text(&plan, &arena, "plateau lr=0.2 factor=0.5 patience=0", 10, 10, &err));
    dy_pacer pacer = dy_pacer_make(&plan, 0.9), other = dy_pacer_make(&plan, 0.9);
    dy_pacer_observe(&pacer, 0, 1);
    dy_pacer_observe(&pacer, 1, 1);
    cr_assert(dy_pacer_at(&pacer, 2, &pace, &err));
    cr_expect(pace.lr == 0.1);
    cr_assert(dy_pacer_at(&other, 2, &pace, &err));
    cr_expect(pace.lr == 0.2, "one plan serves many runs");
    dy_arena_close(&arena);
}

/* The rates of updates 0 to 9 where the metric never gets better. */
static void expect_followed(const char *spec, const double want[10])
{
    dy_error err = { "" };
    dy_pace pace;
    dy_plan plan;
    dy_arena arena = dy_arena_make(0);
    cr_assert(plan_of_text(&plan, &arena, spec, 10, 10, &err), "%s", err.text);
    dy_pacer pacer = dy_pacer_make(&plan, 0.9);
    for (int step = 0; step < 10; step++) {
        cr_assert(dy_pacer_at(&pacer, step, &pace, &err));
        cr_expect(pace.lr == want[step], "%s: %g at step %d, want %g", spec, pace.lr, step,
                  want[step]);
        dy_pacer_observe(&pacer, step, 1);
    }
    dy_arena_close(&arena);
}

Test(plan, a_part_s_feedback_acts_while_the_part_lasts)
{
    expect_followed("warm_up length=4 schedule=(plateau lr=1 factor=0.5 patience=0)",
                    (double[]){ 0, 0.25, 0.5, 0.75, 1, 1, 0.5, 0.25, 0.125, 0.0625 });
    expect_followed("sequence at=3,6 schedules=(plateau lr=1 factor=0.5 patience=0),(constant "
                    "lr=3),(plateau lr=8 factor=0.25 patience=1)",
                    (double[]){ 1, 1, 0.5, 3, 3, 3, 8, 8, 8, 2 });
}
