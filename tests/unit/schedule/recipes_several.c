/* recipes_several.c - sequence, sum, product, min, max.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>
#include <string.h>

static const expected VALUES[] = {
    { "sequence at=50%,80 schedules=(constant lr=3),(linear lr=2 final_lr=1),(constant lr=5)",
      100,
      10,
      { { 49, 3, -1 }, { 50, 2, -1 }, { 79, 1, -1 }, { 80, 5, -1 }, { 1e9, 5, -1 } } },
    /* a part that leaves momentum alone holds it */
    { "sequence at=10,110,120 schedules=(constant lr=1),(one_cycle max_lr=0.1 "
      "max_momentum=0.9),(constant lr=2),(curve keys=0:1 momentum=(constant lr=0.5))",
      130,
      10,
      { { 0, 1, 0.9 }, { 39, 0.1, 0.85 }, { 115, 2, 0.9 }, { 125, 1, 0.5 } } },
    { "sequence at=30%,60% schedules=(constant lr=1),(constant lr=2),(constant lr=3)",
      2,
      1,
      { { 0, 1, -1 }, { 1, 3, -1 } } },
    /* by the parts' own lengths: percentages are of the whole; the last has the rest */
    { "sequence schedules=(linear lr=0 final_lr=1 steps=11%),(constant lr=5 "
      "steps=1_epoch),(linear "
      "lr=1)",
      100,
      10,
      { { 0, 0, -1 },
        { 5, 0.5, -1 },
        { 10, 1, -1 },
        { 15, 5, -1 },
        { 21, 1, -1 },
        { 60, 0.5, -1 },
        { 99, 0, -1 } } },
    { "sequence schedules=(linear lr=0 final_lr=1 steps=11),(linear lr=1 final_lr=0.5 "
      "steps=11)",
      100,
      10,
      { { 11, 1, -1 }, { 21, 0.5, -1 }, { 99, 0.5, -1 } } },
    { "sum schedules=(linear lr=1),(constant lr=2),(linear lr=0 final_lr=4)",
      11,
      5,
      { { 0, 3, -1 }, { 5, 4.5, -1 }, { 10, 6, -1 } } },
    { "product schedules=(linear lr=1),(constant lr=2),(linear lr=0 final_lr=4)",
      11,
      5,
      { { 0, 0, -1 }, { 5, 2, -1 }, { 10, 0, -1 } } },
    { "product schedules=(exponential lr=1 gamma=0.5 per=5),(linear lr=1)",
      11,
      5,
      { { 0, 1, -1 }, { 5, 0.25, -1 }, { 10, 0, -1 } } },
    { "min schedules=(linear lr=1),(constant lr=0.4),(linear lr=0 final_lr=1)",
      11,
      5,
      { { 0, 0, -1 }, { 2, 0.2, -1 }, { 5, 0.4, -1 }, { 10, 0, -1 } } },
    { "max schedules=(linear lr=1),(constant lr=0.4)",
      11,
      5,
      { { 0, 1, -1 }, { 9, 0.4, -1 } } },
    /* momentum is the first's that has one */
    { "max schedules=(constant lr=0.04),(one_cycle max_lr=0.1),(curve keys=0:0 "
      "momentum=(constant lr=0.5))",
      100,
      10,
      { { 0, 0.04, 0.95 }, { 29, 0.1, 0.85 } } },
    { "sum schedules=(constant lr=2)", 11, 5, { { 5, 2, -1 } } },
};

Test(recipes_several, values)
{
    expect_values(VALUES, sizeof VALUES / sizeof *VALUES);
}

static const refused REFUSED[] = {
    { "sequence at=5 schedules=(constant lr=1)",
      "sequence: 1 schedules for 1 times in at; want one schedule more" },
    { "sequence at=5,5 schedules=(constant lr=1),(constant lr=1),(constant lr=1)",
      "sequence: at[2] is at step 5, not after step 5" },
    { "sequence at=5 schedules=(constant lr=1),(step lr=1)",
      "sequence: part 2: step: every is missing: the time from drop to drop" },
    { "sequence schedules=(constant lr=1 steps=5),(constant lr=1),(constant lr=1)",
      "sequence: part 2 has no length of its own; want steps in it, or at: when the next takes "
      "over" },
    { "sum schedules=(constant lr=1),(plateau lr=1)",
      "sum: part 2: feedback in a part; want it around them all: derny.plateau { schedule = "
      "... "
      "}" },
    { "product schedules=(constant lr=1),(linear)",
      "product: part 2: linear: lr is missing: the rate at the start" },
};

Test(recipes_several, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}

/* Many parts are paired, not stacked: a curve may be only so deep. */
Test(recipes_several, of_as_many_as_there_are)
{
    dy_error err;
    dy_plan plan;
    dy_arena arena = dy_arena_make(0);
    char spec[2000] = "sum schedules=(linear lr=1)";
    for (int i = 1; i < 60; i++) strcat(spec, ",(linear lr=1)");
    cr_assert(plan_of_text(&plan, &arena, spec, 11, 5, &err), "%s", err.text);
    cr_expect(dy_curve_at(&plan.lr, 5) == 30);
    dy_arena_close(&arena);
}

Test(recipes_several, feedback_lasts_as_long_as_its_part)
{
    dy_error err;
    dy_plan plan;
    dy_arena arena = dy_arena_make(0);
    cr_assert(plan_of_text(&plan, &arena,
                           "sequence at=20,60 schedules=(plateau lr=1),(linear lr=1),(plateau "
                           "lr=2 patience=3)",
                           100, 10, &err),
              "%s", err.text);
    cr_expect(plan.n_feedbacks == 2);
    cr_expect(plan.feedback[0].from == 0 && plan.feedback[0].until == 20);
    cr_expect(plan.feedback[1].from == 60 && plan.feedback[1].until == INT64_MAX &&
              plan.feedback[1].patience == 3);
    dy_arena_close(&arena);
}
