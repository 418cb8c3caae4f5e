/* recipe_frame.c - what all of Derny's own share: steps, after, momentum.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>
#include <string.h>

static const expected VALUES[] = {
    { "linear lr=1 steps=11", 100, 10, { { 10, 0, -1 }, { 11, 0, -1 }, { 1e9, 0, -1 } } },
    { "linear lr=1 steps=11 after=hold", 100, 10, { { 5, 0.5, -1 }, { 50, 0, -1 } } },
    { "linear lr=1 final_lr=0.5 steps=11 after=zero",
      100,
      10,
      { { 10, 0.5, -1 }, { 10.5, 0.5, -1 }, { 11, 0, -1 }, { 1e9, 0, -1 } } },
    { "linear lr=1 steps=11 after=repeat",
      100,
      10,
      { { -3, 1, -1 }, { 10, 0, -1 }, { 11, 1, -1 }, { 27, 0.5, -1 } } },
    { "linear lr=1 steps=100 after=error", 100, 10, { { 99, 0, -1 } } },
    /* one update after the last its end is reached, and held */
    { "linear lr=1 steps=10 ends=exclusive",
      100,
      10,
      { { 9, 0.1, -1 }, { 10, 0, -1 }, { 50, 0, -1 } } },
    /* what has no end stops moving where its length ends, the run's without steps */
    { "exponential lr=1 gamma=0.5 per=1",
      5,
      5,
      { { 4, 0.0625, -1 }, { 5, 0.0625, -1 }, { 1e9, 0.0625, -1 } } },
    { "exponential lr=1 gamma=0.5 per=1 steps=3", 5, 5, { { 2, 0.25, -1 }, { 4, 0.25, -1 } } },
    { "exponential lr=1 gamma=0.5 per=1 steps=2 after=repeat",
      5,
      5,
      { { 1, 0.5, -1 }, { 2, 1, -1 }, { 5, 0.5, -1 } } },
    /* percentages within it are of its own length */
    { "multi_step lr=1 milestones=50% steps=40%", 100, 10, { { 19, 1, -1 }, { 20, 0.1, -1 } } },
    { "warm_up length=50% steps=40% schedule=(linear lr=1)",
      100,
      10,
      { { 10, 0.5, -1 }, { 20, 1, -1 }, { 39, 0, -1 } } },
    /* momentum is held after the end, or comes again with the lr */
    { "linear lr=1 steps=11 after=zero momentum=(linear lr=0.9 final_lr=0.5)",
      100,
      10,
      { { 0, 1, 0.9 }, { 5, 0.5, 0.7 }, { 50, 0, 0.5 } } },
    { "linear lr=1 steps=11 after=repeat momentum=(linear lr=0.9 final_lr=0.5)",
      100,
      10,
      { { 10, 0, 0.5 }, { 16, 0.5, 0.7 } } },
    { "one_cycle max_lr=0.1 momentum=(constant lr=0.7)", 100, 10, { { 29, 0.1, 0.7 } } },
    { "constant lr=1 momentum=(cosine lr=0.95 final_lr=0.85)", 101, 10, { { 50, 1, 0.9 } } },
};

Test(recipe_frame, values)
{
    expect_values(VALUES, sizeof VALUES / sizeof *VALUES);
}

static const refused REFUSED[] = {
    { "linear lr=1 steps=40% after=error",
      "linear: it has 400 updates of 1,000, and after = \"error\"; want more steps, or another "
      "after" },
    { "scale factor=2 schedule=(linear lr=1 steps=999 after=error)",
      "scale: linear: it has 999 updates of 1,000, and after = \"error\"; want more steps, or "
      "another after" },
    { "linear lr=1 momentum=(constant lr=1)",
      "linear: momentum: 1 at step 0; want 0 <= m < 1" },
    { "linear lr=1 momentum=(linear lr=0.5 final_lr=2)",
      "linear: momentum: 1 at step 333; want 0 <= m < 1" },
    { "linear lr=1 momentum=(plateau lr=0.5)", "linear: momentum: feedback moves lr only" },
    { "linear lr=1 momentum=(step lr=0.5)",
      "linear: momentum: step: every is missing: the time from drop to drop" },
    { "one_cycle max_lr=1 momentum=(constant lr=0.5) base_momentum=0.5",
      "one_cycle: both momentum and base_momentum given; want at most one" },
};

Test(recipe_frame, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}

/* A part that is long enough may have after = "error"; in a sequence that takes over in time, too. */
Test(recipe_frame, an_error_only_where_it_would_be_reached)
{
    dy_error err;
    dy_plan plan;
    dy_pace pace;
    dy_arena arena = dy_arena_make(0);
    cr_assert(plan_of_text(&plan, &arena,
                           "sequence schedules=(linear lr=1 steps=5 after=error),(linear lr=1)",
                           100, 10, &err),
              "%s", err.text);
    cr_assert(plan_of_text(&plan, &arena, "linear lr=1 after=error", 100, 10, &err), "%s",
              err.text);
    dy_pacer pacer = dy_pacer_make(&plan, 0.9);
    cr_expect(dy_pacer_at(&pacer, 99, &pace, &err));
    cr_expect(!dy_pacer_at(&pacer, 100, &pace, &err));
    cr_expect(
        strcmp(err.text, "lr: step 100, but the schedule has 100, and after = \"error\"") == 0,
        "%s", err.text);
    dy_arena_close(&arena);
}

/* Derny's own all have them, last in their tables. */
Test(recipe_frame, every_recipe_of_our_own)
{
    for (const dy_recipe *r = dy_recipe_next(NULL); r; r = dy_recipe_next(r)) {
        bool steps = false, after = false, momentum = false, library = strchr(r->name, '.');
        for (const dy_param *p = r->params; p->name; p++) {
            steps |= p->role == DY_ROLE_STEPS;
            after |= p->role == DY_ROLE_AFTER;
            momentum |=
                strcmp(p->name, "momentum") == 0 || strcmp(p->name, "max_momentum") == 0;
        }
        cr_expect(library ? !steps && !after : steps && after && momentum, "%s", r->name);
    }
}
