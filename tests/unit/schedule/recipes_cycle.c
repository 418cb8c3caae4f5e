/* recipes_cycle.c - cyclical, cosine_restarts.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>

static const expected VALUES[] = {
    { "cyclical base_lr=1 max_lr=3 step_up=10 step_down=30",
      100,
      10,
      { { -5, 1, -1 },
        { 0, 1, -1 },
        { 10, 3, -1 },
        { 25, 2, -1 },
        { 40, 1, -1 },
        { 45, 2, -1 } } },
    { "cyclical base_lr=1 max_lr=3 step_up=1_epoch mode=triangular2 cycle_momentum=true",
      100,
      10,
      { { 0, 1, 0.9 }, { 10, 3, 0.8 }, { 30, 2, 0.85 }, { 50, 1.5, 0.875 } } },
    { "cyclical base_lr=0 max_lr=4 step_up=1 mode=exp_range gamma=0.5",
      100,
      10,
      { { 1, 2, -1 }, { 3, 0.5, -1 } } },
    { "cyclical base_lr=1 max_lr=3 step_up=10 mode=sine",
      100,
      10,
      { { 0, 1, -1 },
        { 10.0 / 3, 2, -1 },
        { 10, 3, -1 },
        { 50.0 / 3, 2, -1 },
        { 20, 1, -1 } } },
    { "cyclical base_lr=1 max_lr=3 step_up=10 step_down=30 mode=sine2",
      100,
      10,
      { { 10, 3, -1 }, { 30, 2, -1 }, { 50, 2, -1 }, { 70, 1.5, -1 } } },
    { "cyclical base_lr=0 max_lr=4 step_up=1 mode=sine_exp gamma=0.5",
      100,
      10,
      { { 1, 2, -1 }, { 3, 0.5, -1 } } },
    { "cyclical base_lr=1 max_lr=3 step_up=10 momentum=(constant lr=0.5)",
      100,
      10,
      { { 10, 3, 0.5 } } },
    { "cosine_restarts lr=3 final_lr=1 first=10",
      100,
      10,
      { { 0, 3, -1 }, { 5, 2, -1 }, { 10, 3, -1 }, { 15, 2, -1 }, { 95, 2, -1 } } },
    { "cosine_restarts lr=3 final_lr=1 first=10 mult=2",
      100,
      10,
      { { 20, 2, -1 }, { 30, 3, -1 }, { 50, 2, -1 }, { 70, 3, -1 } } },
    { "cosine_restarts lr=3 final_lr=1 first=10 decay=0.5",
      100,
      10,
      { { 0, 3, -1 }, { 5, 2, -1 }, { 10, 2, -1 }, { 15, 1.5, -1 }, { 20, 1.5, -1 } } },
};

Test(recipes_cycle, values)
{
    expect_values(VALUES, sizeof VALUES / sizeof *VALUES);
}

#define CYCLICAL "cyclical base_lr=1 max_lr=3 step_up=10"

static const refused REFUSED[] = {
    { "cyclical base_lr=3 max_lr=1 step_up=10",
      "cyclical: max_lr is 1; want at least base_lr (3)" },
    { "cyclical base_lr=3 max_lr=4 step_up=0",
      "cyclical: step_up is 0; want a finite number, more than 0" },
    { CYCLICAL " mode=exp_range", "cyclical: gamma is missing; mode \"exp_range\" wants one" },
    { CYCLICAL " gamma=0.5",
      "cyclical: gamma is not for mode \"triangular\"; want \"exp_range\" or \"sine_exp\"" },
    { CYCLICAL " mode=sine_exp", "cyclical: gamma is missing; mode \"sine_exp\" wants one" },
    { CYCLICAL " cycle_momentum=true momentum=(constant lr=0.9)",
      "cyclical: both momentum and cycle_momentum given; want at most one" },
    { CYCLICAL " mode=exp_range gamma=1.5",
      "cyclical: gamma is 1.5; want more than 0 and at most 1" },
    { CYCLICAL " base_momentum=0.5",
      "cyclical: base_momentum and max_momentum want cycle_momentum = true" },
    { CYCLICAL " cycle_momentum=true base_momentum=0.95",
      "cyclical: max_momentum is 0.9; want at least base_momentum (0.95)" },
    { CYCLICAL " cycle_momentum=true max_momentum=1",
      "cyclical: max_momentum is 1; want at least 0 and less than 1" },
    { "cosine_restarts lr=1",
      "cosine_restarts: first is missing: the length of the first cycle" },
    { "cosine_restarts lr=1 first=10 mult=0.5",
      "cosine_restarts: mult is 0.5; want a finite number, at least 1" },
    { "cosine_restarts lr=1 first=10 decay=0",
      "cosine_restarts: decay is 0; want more than 0 and at most 1" },
};

Test(recipes_cycle, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}
