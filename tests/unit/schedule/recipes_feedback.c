/* recipes_feedback.c - plateau, greedy; feedback.c has what the rule does.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>
#include <math.h>

static const expected VALUES[] = {
    { "plateau lr=0.1", 10, 10, { { 0, 0.1, -1 } } },
    { "plateau schedule=(one_cycle max_lr=0.1)", 100, 10, { { 29, 0.1, 0.85 } } },
    { "greedy lr=0.1 max_lr=1", 10, 10, { { 0, 0.1, -1 } } },
    { "greedy max_lr=1 schedule=(one_cycle max_lr=0.1)", 100, 10, { { 29, 0.1, 0.85 } } },
};

Test(recipes_feedback, values)
{
    expect_values(VALUES, sizeof VALUES / sizeof *VALUES);
}

static const refused REFUSED[] = {
    { "plateau schedule=(plateau lr=1)",
      "plateau: feedback over feedback; want at most one for an update, around what it is to "
      "move" },
    { "plateau", "plateau: neither of lr and schedule given; want exactly one" },
    { "plateau lr=1 factor=1", "plateau: factor is 1; want more than 0 and less than 1" },
    { "greedy lr=1", "greedy: max_lr is missing: lr does not rise above this" },
    { "greedy lr=1 max_lr=1 min_lr=2", "greedy: min_lr is 2; want at most max_lr (1)" },
    { "greedy lr=1 max_lr=1 window_size=513", "greedy: window_size is 513; want 1 to 512" },
    { "plateau lr=1 patience=1.5",
      "plateau: patience is 1.5; want a whole number, at least 0" },
};

Test(recipes_feedback, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}

/* lr after each of `n` observations, all as good as each other but those named better. */
static void follow(const char *spec, const char *better, const double *wanted, int n)
{
    dy_error err;
    dy_plan plan;
    dy_arena arena = dy_arena_make(0);
    cr_assert(plan_of_text(&plan, &arena, spec, 100, 10, &err), "%s: %s", spec, err.text);
    dy_pacer pacer = dy_pacer_make(&plan, 0.9);
    double metric = 100;
    for (int i = 0; i < n; i++) {
        dy_pace pace;
        cr_assert(dy_pacer_at(&pacer, i, &pace, &err), "%s", err.text);
        cr_expect(fabs(pace.lr - wanted[i]) <= 1e-15 * wanted[i], "%s: %.17g at %d; want %.17g",
                  spec, pace.lr, i, wanted[i]);
        if (better[i] == '+') metric--;
        dy_pacer_observe(&pacer, i, metric);
    }
    dy_arena_close(&arena);
}

Test(recipes_feedback, what_a_run_makes_of_them)
{
    follow("plateau lr=1 factor=0.5 patience=1", "+---+--",
           (double[]){ 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25 }, 7);
    follow("greedy lr=1 max_lr=3 factor=0.5 patience=1", "+++++--",
           (double[]){ 1, 1, 2, 2, 3, 3, 3, 1.5 }, 7);
    /* it begins where its schedule does, and moves what the schedule gives by then */
    follow("warm_up length=2 schedule=(plateau factor=0.5 patience=0 schedule=(linear lr=1 "
           "final_lr=0 steps=11))",
           "+-+--", (double[]){ 0, 0.5, 1, 0.9, 0.4 }, 5);
    follow("sequence at=2,4 schedules=(plateau lr=1 factor=0.5 patience=0),(constant "
           "lr=3),(plateau lr=4 factor=0.5 patience=0)",
           "+-----", (double[]){ 1, 1, 3, 3, 4, 4 }, 6);
    follow("cool_down length=50 schedule=(plateau lr=1 factor=0.5 patience=0)", "+-",
           (double[]){ 1, 1, 0.5 }, 3);
    follow("scale factor=4 schedule=(plateau lr=1 factor=0.5 patience=0 min_lr=0.3)", "+--",
           (double[]){ 4, 4, 2, 1.2 }, 4);
}
