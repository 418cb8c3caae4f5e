/* recipes_ramp.c - linear, cosine, polynomial, geometric.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>

static const expected VALUES[] = {
    { "linear lr=1", 11, 5, { { 0, 1, -1 }, { 5, 0.5, -1 }, { 10, 0, -1 }, { 99, 0, -1 } } },
    { "linear lr=1 ends=exclusive", 10, 5, { { 5, 0.5, -1 }, { 9, 0.1, -1 }, { 10, 0, -1 } } },
    { "linear lr=1 final_lr=2 steps=50%", 42, 5, { { 10, 1.5, -1 }, { 20, 2, -1 } } },
    { "linear lr=1 final_lr=2 steps=2_epochs", 100, 11, { { 0, 1, -1 }, { 21, 2, -1 } } },
    { "cosine lr=1 final_lr=0.5",
      101,
      5,
      { { 0, 1, -1 }, { 50, 0.75, -1 }, { 100, 0.5, -1 }, { 1e18, 0.5, -1 } } },
    { "polynomial lr=1 power=2", 11, 5, { { 5, 0.25, -1 }, { 10, 0, -1 } } },
    { "geometric lr=1 final_lr=0.0001",
      101,
      5,
      { { 25, 0.1, -1 }, { 50, 0.01, -1 }, { 100, 1e-4, -1 } } },
    { "cosine lr=1 final_lr=0.5", 1, 1, { { 0, 0.5, -1 } } },
    { "cosine lr=1 final_lr=0.5", 2, 1, { { 0, 1, -1 }, { 1, 0.5, -1 } } },
    { "geometric lr=1 final_lr=0.5 steps=0.2", 9, 1, { { 0, 0.5, -1 } } },
};

Test(recipes_ramp, values)
{
    expect_values(VALUES, sizeof VALUES / sizeof *VALUES);
}

static const refused REFUSED[] = {
    { "linear", "linear: lr is missing: the rate at the start" },
    { "cosine lr=1 final_lr=-1", "cosine: final_lr is -1; want a finite number, at least 0" },
    { "cosine lr=1 steps=0", "cosine: steps is 0; want a finite number, more than 0" },
    { "cosine lr=1 steps=-5", "cosine: steps is -5; want a finite number, more than 0" },
    { "polynomial lr=1 power=0", "polynomial: power is 0; want a finite number, more than 0" },
    { "geometric lr=1", "geometric: final_lr is missing: the rate at the end" },
    { "geometric lr=1 final_lr=0",
      "geometric: final_lr is 0; want a finite number, more than 0" },
};

Test(recipes_ramp, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}
