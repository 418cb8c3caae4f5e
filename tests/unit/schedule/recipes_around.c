/* recipes_around.c - warm_up, cool_down, scale, clip, shift, staircase, loop.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>

static const expected VALUES[] = {
    { "warm_up length=10 schedule=(linear lr=1)",
      111,
      10,
      { { 0, 0, -1 }, { 5, 0.5, -1 }, { 10, 1, -1 }, { 60, 0.5, -1 }, { 110, 0, -1 } } },
    { "warm_up length=10% start_factor=0.5 schedule=(constant lr=1)",
      100,
      10,
      { { 0, 0.5, -1 }, { 5, 0.75, -1 }, { 10, 1, -1 } } },
    { "warm_up length=1_epoch from=0.01 ease=exp schedule=(constant lr=1)",
      100,
      10,
      { { 0, 0.01, -1 }, { 5, 0.1, -1 }, { 10, 1, -1 } } },
    /* momentum holds its first value during the warm-up */
    { "warm_up length=10 schedule=(one_cycle max_lr=0.1)",
      110,
      10,
      { { 0, 0, 0.95 }, { 10, 0.004, 0.95 }, { 39, 0.1, 0.85 }, { 109, 4e-7, 0.95 } } },
    /* longer than the run: the rest has one update, and is never reached */
    { "warm_up length=500 schedule=(cosine lr=1 final_lr=1)", 100, 10, { { 50, 0.1, -1 } } },

    { "cool_down length=20 schedule=(constant lr=1)",
      100,
      10,
      { { 0, 1, -1 }, { 79, 1, -1 }, { 89, 0.5, -1 }, { 99, 0, -1 }, { 200, 0, -1 } } },
    { "cool_down length=20% ease=1-sqrt final_lr=0.2 schedule=(constant lr=1)",
      100,
      10,
      { { 79, 1, -1 }, { 84, 0.6, -1 }, { 99, 0.2, -1 } } },
    /* the schedule has the first 80 updates; the fall begins with the last of them */
    { "cool_down length=20 schedule=(linear lr=1 final_lr=0.4)",
      100,
      10,
      { { 0, 1, -1 }, { 79, 0.4, -1 }, { 89, 0.2, -1 }, { 99, 0, -1 } } },
    { "cool_down length=20 ends=exclusive schedule=(constant lr=1)",
      101,
      10,
      { { 80, 1, -1 }, { 101, 0, -1 } } },
    { "cool_down length=50 schedule=(one_cycle max_lr=0.1)",
      150,
      10,
      { { 29, 0.1, 0.85 }, { 99, 4e-7, 0.95 }, { 149, 0, 0.95 } } },
    { "cool_down length=5 final_lr=3 schedule=(constant lr=1)", 1, 1, { { 0, 3, -1 } } },
    { "cool_down length=500 final_lr=3 schedule=(constant lr=1)",
      3,
      1,
      { { 0, 1, -1 }, { 1, 2, -1 }, { 2, 3, -1 } } },

    { "scale factor=2.5 schedule=(linear lr=1)", 11, 5, { { 0, 2.5, -1 }, { 5, 1.25, -1 } } },
    { "scale factor=2 schedule=(one_cycle max_lr=0.1)", 100, 10, { { 29, 0.2, 0.85 } } },
    { "clip min=0.2 schedule=(linear lr=1)", 11, 5, { { 5, 0.5, -1 }, { 9, 0.2, -1 } } },
    { "clip max=0.7 schedule=(linear lr=1)", 11, 5, { { 0, 0.7, -1 }, { 9, 0.1, -1 } } },
    { "clip min=0.3 max=0.3 schedule=(linear lr=1)", 11, 5, { { 0, 0.3, -1 } } },
    { "shift by=4 schedule=(linear lr=1)",
      11,
      5,
      { { 0, 1, -1 }, { 4, 1, -1 }, { 9, 0.5, -1 }, { 10, 0.4, -1 }, { 20, 0.4, -1 } } },
    { "shift by=-4 schedule=(linear lr=1)",
      11,
      5,
      { { -3, 0.6, -1 }, { 0, 0.6, -1 }, { 1, 0.5, -1 }, { 6, 0, -1 } } },
    { "shift by=10% schedule=(one_cycle max_lr=0.1)",
      100,
      10,
      { { 39, 0.1, 0.85 }, { 0, 0.004, 0.95 } } },
    { "staircase every=1_epoch schedule=(linear lr=1)",
      101,
      10,
      { { -5, 1, -1 }, { 9, 1, -1 }, { 10, 0.9, -1 }, { 19, 0.9, -1 }, { 100, 0, -1 } } },
    { "staircase every=10 schedule=(one_cycle max_lr=0.1 anneal=linear pct_start=0.21)",
      100,
      10,
      { { 25, 0.1, 0.85 }, { 5, 0.004, 0.95 } } },

    { "loop length=11 schedule=(linear lr=1)",
      110,
      10,
      { { 0, 1, -1 }, { 10, 0, -1 }, { 11, 1, -1 }, { 27, 0.5, -1 } } },
    { "loop length=10 stretch=2 decay=0.5 schedule=(linear lr=1 ends=exclusive)",
      100,
      10,
      { { 5, 0.5, -1 },
        { 10, 0.5, -1 },
        { 20, 0.25, -1 },
        { 30, 0.25, -1 },
        { 50, 0.125, -1 } } },
    { "loop schedule=(linear lr=1 steps=11)", 110, 10, { { 10, 0, -1 }, { 11, 1, -1 } } },
    { "loop length=50% schedule=(one_cycle max_lr=0.1) decay=0.5",
      200,
      10,
      { { 29, 0.1, 0.85 }, { 129, 0.05, 0.85 }, { 100, 0.002, 0.95 } } },
};

Test(recipes_around, values)
{
    expect_values(VALUES, sizeof VALUES / sizeof *VALUES);
}

static const refused REFUSED[] = {
    { "warm_up schedule=(constant lr=1)", "warm_up: length is missing: the time of the rise; "
                                          "the schedule has the rest of the run" },
    { "warm_up length=5", "warm_up: schedule is missing: what follows" },
    { "warm_up length=5 from=0 start_factor=0 schedule=(constant lr=1)",
      "warm_up: both from and start_factor given; want at most one" },
    { "warm_up length=5 schedule=(constant lr=-1)",
      "warm_up: constant: lr is -1; want a finite number, at least 0" },
    { "warm_up length=5 ease=exp schedule=(constant lr=1)",
      "warm_up: ease \"exp\" from 0 to 1; want both above 0: give from or start_factor" },
    { "cool_down length=5 ease=exp schedule=(constant lr=1)",
      "cool_down: ease \"exp\" from 1 to 0; want both above 0" },
    { "scale schedule=(constant lr=1)", "scale: factor is missing: what lr is multiplied by" },
    { "scale factor=-1 schedule=(constant lr=1)",
      "scale: factor is -1; want a finite number, at least 0" },
    { "clip schedule=(constant lr=1)", "clip: neither of min and max given; want one or both" },
    { "clip min=2 max=1 schedule=(constant lr=1)", "clip: min is 2; want at most max (1)" },
    { "clip min=2 schedule=(plateau lr=1)",
      "clip: feedback within a clip; want the clip within it: derny.plateau { schedule = "
      "derny.clip ... }" },
    { "shift by=-5 schedule=(plateau lr=1)",
      "shift: feedback by 5 steps earlier; want by of at least 0" },
    { "loop schedule=(linear lr=1)", "loop: length is missing: of the first time round; want "
                                     "it, or steps in the schedule" },
    { "loop length=5 schedule=(plateau lr=1)",
      "loop: feedback within a loop; want the loop within it: derny.plateau { schedule = "
      "derny.loop ... }" },
    { "loop length=5 stretch=0.5 schedule=(linear lr=1)",
      "loop: stretch is 0.5; want a finite number, at least 1" },
};

Test(recipes_around, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}

static dy_feedback_rule rule_of(const char *spec)
{
    dy_error err;
    dy_plan plan;
    dy_arena arena = dy_arena_make(0);
    cr_assert(plan_of_text(&plan, &arena, spec, 100, 10, &err), "%s", err.text);
    cr_assert(plan.n_feedbacks == 1, "%s", spec);
    dy_feedback_rule rule = plan.feedback[0];
    dy_arena_close(&arena);
    return rule;
}

Test(recipes_around, feedback_of_a_part_is_that_of_the_whole)
{
    dy_feedback_rule rule = rule_of("warm_up length=5 schedule=(plateau lr=1 factor=0.25)");
    cr_expect(rule.factor == 0.25 && rule.from == 5 && rule.until == INT64_MAX);
    rule = rule_of("cool_down length=5 schedule=(plateau lr=1 factor=0.25)");
    cr_expect(rule.factor == 0.25 && rule.from == 0 && rule.until == INT64_MAX);
    rule = rule_of("scale factor=4 schedule=(plateau lr=1 min_lr=0.25 eps=0.125)");
    cr_expect(rule.least_lr == 1 && rule.eps == 0.5);
    rule = rule_of("shift by=10% schedule=(plateau lr=1)");
    cr_expect(rule.from == 10 && rule.until == INT64_MAX);
}
