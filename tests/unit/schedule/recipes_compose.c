/* recipes_compose.c - warm_up, sequence, plateau.   SPDX-License-Identifier: MIT */
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
    { "sequence at=50%,80 schedules=(constant lr=3),(linear lr=2 final_lr=1),(constant lr=5)",
      100,
      10,
      { { 49, 3, -1 }, { 50, 2, -1 }, { 79, 1, -1 }, { 80, 5, -1 }, { 1e9, 5, -1 } } },
    /* a part that leaves momentum alone holds it */
    { "sequence at=10,110,120 schedules=(constant lr=1),(one_cycle max_lr=0.1 "
      "max_momentum=0.9),(constant lr=2),(curve keys=0:1 momentum=0:0.5)",
      130,
      10,
      { { 0, 1, 0.9 }, { 39, 0.1, 0.85 }, { 115, 2, 0.9 }, { 125, 1, 0.5 } } },
    { "sequence at=30%,60% schedules=(constant lr=1),(constant lr=2),(constant lr=3)",
      2,
      1,
      { { 0, 1, -1 }, { 1, 3, -1 } } },
    { "plateau lr=0.1", 10, 10, { { 0, 0.1, -1 } } },
    { "plateau schedule=(one_cycle max_lr=0.1)", 100, 10, { { 29, 0.1, 0.85 } } },
};

Test(recipes_compose, values)
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
      "warm_up: keyframe 2: exp from 0 to 1; want both of one sign and neither 0" },
    { "sequence at=5 schedules=(constant lr=1)",
      "sequence: 1 schedules for 1 times in at; want one schedule more" },
    { "sequence at=5,5 schedules=(constant lr=1),(constant lr=1),(constant lr=1)",
      "sequence: at[2] is at step 5, not after step 5" },
    { "sequence at=5 schedules=(constant lr=1),(step lr=1)",
      "sequence: part 2: step: every is missing: the time from drop to drop" },
    { "plateau schedule=(plateau lr=1)",
      "plateau: feedback over feedback; want at most one for an update, around what it is to "
      "move" },
    { "plateau", "plateau: neither of lr and schedule given; want exactly one" },
    { "plateau lr=1 factor=1", "plateau: factor is 1; want more than 0 and less than 1" },
    { "plateau lr=1 patience=1.5",
      "plateau: patience is 1.5; want a whole number, at least 0" },
};

Test(recipes_compose, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}

Test(recipes_compose, feedback_of_a_part_is_that_of_the_whole)
{
    dy_error err;
    dy_plan plan;
    dy_arena arena = dy_arena_make(0);
    cr_assert(plan_of_text(
        &plan, &arena, "warm_up length=5 schedule=(plateau lr=1 factor=0.25)", 100, 10, &err));
    cr_expect(plan.n_feedbacks == 1 && plan.feedback[0].factor == 0.25);
    cr_expect(plan.feedback[0].from == 5 && plan.feedback[0].until == INT64_MAX);
    dy_arena_close(&arena);
}
