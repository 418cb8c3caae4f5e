/* recipes_feedback.c - plateau; feedback.c has what the rule does.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>

static const expected VALUES[] = {
    { "plateau lr=0.1", 10, 10, { { 0, 0.1, -1 } } },
    { "plateau schedule=(one_cycle max_lr=0.1)", 100, 10, { { 29, 0.1, 0.85 } } },
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
    { "plateau lr=1 patience=1.5",
      "plateau: patience is 1.5; want a whole number, at least 0" },
};

Test(recipes_feedback, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}
