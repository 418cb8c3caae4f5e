/* recipes_ramp.c - linear, cosine, polynomial, geometric, rex, tanh, sigmoid.   SPDX-License-Identifier: MIT */
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
    { "cosine lr=1 k=2",
      101,
      5,
      { { 50, (1 + 0.70710678118654752) / 2, -1 }, { 100, 0, -1 } } },
    { "polynomial lr=1 power=3 k=2 ends=exclusive",
      100,
      5,
      { { 0, 1, -1 }, { 50, 0.421875, -1 }, { 100, 0, -1 } } },
    { "rex lr=1", 101, 5, { { 0, 1, -1 }, { 50, 2.0 / 3, -1 }, { 100, 0, -1 } } },
    { "rex lr=1 form=code", 101, 5, { { 50, 10.0 / 11, -1 }, { 90, 0.1 / 0.19, -1 } } },
    { "rex lr=3 final_lr=1 beta=0.25", 101, 5, { { 50, 1 + 2 * 0.8, -1 }, { 100, 1, -1 } } },
    { "tanh lr=1", 91, 5, { { 0, 1, -1 }, { 60, 0.4987636959990146, -1 }, { 90, 0, -1 } } },
    { "tanh lr=1 rescale=false",
      91,
      5,
      { { 0, 0.9999938558253978, -1 }, { 60, 0.5, -1 }, { 90, 0.0024726231566347743, -1 } } },
    { "tanh lr=2 final_lr=1 lower=-7 ends=exclusive rescale=false",
      100,
      5,
      { { 70, 1.5, -1 } } },
    { "sigmoid lr=1",
      101,
      5,
      { { 0, 1, -1 }, { 50, 0.5, -1 }, { 80, 0.041285659785796076, -1 }, { 100, 0, -1 } } },
    { "sigmoid lr=1 steepness=20 midpoint=25% rescale=false",
      101,
      5,
      { { 0, 0.99330714907571514, -1 }, { 25, 0.5, -1 }, { 35, 0.11920292202211756, -1 } } },
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
    { "polynomial lr=1 k=0", "polynomial: k is 0; want a finite number, more than 0" },
    { "rex lr=1 beta=0", "rex: beta is 0; want more than 0 and at most 1" },
    { "rex lr=1 beta=0.3 form=code", "rex: both form and beta given; want at most one" },
    { "tanh lr=1 lower=3 upper=-6", "tanh: tanh from 3 to -6; want lower below upper" },
    { "sigmoid lr=1 steepness=2000",
      "sigmoid: steepness 2000: tanh from -500 to 500; want numbers of at most 300 in size" },
    { "geometric lr=1", "geometric: final_lr is missing: the rate at the end" },
    { "geometric lr=1 final_lr=0",
      "geometric: final_lr is 0; want a finite number, more than 0" },
};

Test(recipes_ramp, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}
