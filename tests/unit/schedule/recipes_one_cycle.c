/* recipes_one_cycle.c - the edges of one_cycle; golden.c has its shape.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>

static const expected VALUES[] = {
    /* after the end it holds, where OneCycleLR comes up again */
    { "one_cycle max_lr=0.1",
      100,
      10,
      { { 0, 0.004, 0.95 }, { 29, 0.1, 0.85 }, { 99, 4e-7, 0.95 }, { 100, 4e-7, 0.95 } } },
    { "one_cycle max_lr=0.1 steps=50%", 200, 10, { { 29, 0.1, 0.85 }, { 99, 4e-7, 0.95 } } },
    { "one_cycle max_lr=0.1 base_lr=0.05 cycle_momentum=false",
      100,
      10,
      { { 0, 0.05, -1 }, { 99, 5e-6, -1 } } },
    /* pct_start T = 1: the top is the first update */
    { "one_cycle max_lr=0.1 pct_start=0.1", 10, 1, { { 0, 0.1, 0.85 }, { 9, 4e-7, 0.95 } } },
    { "one_cycle max_lr=0.1 pct_start=0.5", 2, 1, { { 0, 0.1, 0.85 }, { 1, 4e-7, 0.95 } } },
    { "one_cycle max_lr=0.1 pct_start=0.1 three_phase=true",
      10,
      1,
      { { 0, 0.1, 0.85 }, { 9, 4e-7, 0.95 } } },
    /* pct_start T < 1: under way at the first update, and held before it */
    { "one_cycle max_lr=1 pct_start=0.05 anneal=linear div_factor=1 final_div_factor=2",
      10,
      1,
      { { 0, 1 - 0.5 * 0.5 / 9.5, 0.85 + 0.1 * 0.5 / 9.5 },
        { -1, 1 - 0.5 * 0.5 / 9.5, 0.85 + 0.1 * 0.5 / 9.5 },
        { 9, 0.5, 0.95 } } },
    { "one_cycle max_lr=0.1", 1, 1, { { 0, 4e-7, 0.95 } } },
    { "one_cycle max_lr=0.1 three_phase=true", 1, 1, { { 0, 4e-7, 0.95 } } },
    { "one_cycle max_lr=0.1 three_phase=true pct_start=0.25", 2, 1, { { 1, 4e-7, 0.95 } } },
    { "one_cycle style=article max_lr=0.01 base_lr=0.001",
      7,
      1,
      { { 0, 0.001, 0.95 },
        { 1, 0.004, 0.95 - 0.1 / 3 },
        { 3, 0.01, 0.85 },
        { 6, 0.001, 0.95 },
        { 9, 0.001, 0.95 } } },
    { "one_cycle style=article max_lr=0.01 base_lr=0.001",
      100,
      1,
      { { 49, 0.00982, 0.852 },
        { 50, 0.01, 0.85 },
        { 99, 0.00118, 0.948 },
        { 100, 0.00118, 0.948 } } },
    { "one_cycle style=article max_lr=0.25", 3, 1, { { 0, 0.01, 0.95 }, { 1, 0.25, 0.85 } } },
    { "one_cycle style=article max_lr=0.25", 1, 1, { { 0, 0.25, 0.85 } } },
    { "one_cycle style=article max_lr=0.25", 2, 1, { { 0, 0.01, 0.95 }, { 1, 0.25, 0.85 } } },
};

Test(recipes_one_cycle, values)
{
    expect_values(VALUES, sizeof VALUES / sizeof *VALUES);
}

static const refused REFUSED[] = {
    { "one_cycle", "one_cycle: max_lr is missing: the rate at the top" },
    { "one_cycle max_lr=0.1 pct_start=1.2",
      "one_cycle: pct_start is 1.2; want more than 0 and less than 1" },
    { "one_cycle max_lr=0.1 pct_start=0",
      "one_cycle: pct_start is 0; want more than 0 and less than 1" },
    { "one_cycle max_lr=0.1 pct_start=0.6 three_phase=true",
      "one_cycle: pct_start is 0.6; want at most 0.5 with three_phase" },
    { "one_cycle max_lr=0.1 div_factor=0",
      "one_cycle: div_factor is 0; want a finite number, more than 0" },
    { "one_cycle max_lr=0.1 base_lr=0.2",
      "one_cycle: base_lr is 0.2; want at most max_lr (0.1)" },
    { "one_cycle max_lr=0.1 base_lr=0.02 div_factor=10",
      "one_cycle: both base_lr and div_factor given; want at most one" },
    { "one_cycle max_lr=0.1 style=article anneal=cos",
      "one_cycle: anneal is only for style \"pytorch\"" },
    { "one_cycle max_lr=0.1 max_momentum=1",
      "one_cycle: max_momentum is 1; want at least 0 and less than 1" },
};

Test(recipes_one_cycle, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}
