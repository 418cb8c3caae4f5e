/* recipes_momentum.c - mirror, demon, with_momentum.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>

static const expected VALUES[] = {
    { "mirror schedule=(linear lr=3 final_lr=1)",
      11,
      5,
      { { -5, 3, 0.85 }, { 0, 3, 0.85 }, { 5, 2, 0.9 }, { 10, 1, 0.95 }, { 99, 1, 0.95 } } },
    { "mirror min_lr=0 max_lr=4 base_momentum=0.5 max_momentum=0.9 schedule=(linear lr=3 "
      "final_lr=1)",
      11,
      5,
      { { 0, 3, 0.6 }, { 10, 1, 0.8 } } },
    /* beyond the range that is named it stays within its own */
    { "mirror min_lr=1.5 max_lr=2.5 schedule=(linear lr=3 final_lr=1)",
      11,
      5,
      { { 0, 3, 0.85 }, { 5, 2, 0.9 }, { 10, 1, 0.95 } } },
    { "mirror schedule=(constant lr=3)", 11, 5, { { 0, 3, 0.95 } } },
    /* what the schedule does to momentum itself is replaced */
    { "mirror base_momentum=0.5 schedule=(one_cycle max_lr=0.1)",
      100,
      10,
      { { 29, 0.1, 0.5 } } },

    { "demon lr=1",
      101,
      10,
      { { 0, 1, 0.9 }, { 50, 1, 0.45 / 0.55 }, { 90, 1, 0.09 / 0.19 }, { 100, 1, 0 } } },
    { "demon momentum=0.5 ends=exclusive schedule=(linear lr=1)",
      100,
      10,
      { { 0, 1, 0.5 }, { 50, 49.0 / 99, 0.25 / 0.75 }, { 100, 0, 0 } } },
    { "demon momentum=0 lr=1", 101, 10, { { 50, 1, 0 } } },
    { "demon lr=1", 1, 1, { { 0, 1, 0 } } },

    { "with_momentum schedule=(linear lr=1) momentum=(linear lr=0.9 final_lr=0.5)",
      11,
      5,
      { { 0, 1, 0.9 }, { 5, 0.5, 0.7 }, { 10, 0, 0.5 } } },
};

Test(recipes_momentum, values)
{
    expect_values(VALUES, sizeof VALUES / sizeof *VALUES);
}

static const refused REFUSED[] = {
    { "mirror base_momentum=0.96 schedule=(linear lr=1)",
      "mirror: base_momentum is 0.96; want at most max_momentum (0.95)" },
    { "mirror min_lr=3 max_lr=1 schedule=(linear lr=1)",
      "mirror: min_lr is 3, above max_lr (1)" },
    { "demon", "demon: neither of lr and schedule given; want exactly one" },
    { "demon lr=1 momentum=1", "demon: momentum is 1; want at least 0 and less than 1" },
    { "with_momentum schedule=(linear lr=1)",
      "with_momentum: momentum is missing: what momentum is to be: a number, or a schedule of "
      "its values" },
};

Test(recipes_momentum, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}
