/* recipes_phase.c - flat_cosine, trapezoid, wsd, knee; recipes_one_cycle.c has the fifth.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>

static const expected VALUES[] = {
    { "flat_cosine lr=1 flat=40%",
      101,
      10,
      { { 0, 1, -1 }, { 40.4, 1, -1 }, { 70.2, 0.5, -1 }, { 100, 0, -1 }, { 200, 0, -1 } } },
    { "flat_cosine lr=1 final_lr=0.5 ends=exclusive",
      100,
      10,
      { { 75, 1, -1 }, { 87.5, 0.75, -1 }, { 100, 0.5, -1 } } },
    { "flat_cosine lr=1 final_lr=0.5", 1, 1, { { 0, 0.5, -1 } } },
    { "flat_cosine lr=1 final_lr=0.5", 2, 1, { { 0, 1, -1 }, { 1, 0.5, -1 } } },
    /* updates of the rise: 1/10, 2/10 ... all of it; the last 20 updates fall */
    { "trapezoid lr=1 warm_up=10%",
      100,
      10,
      { { -2, 0.1, -1 },
        { 0, 0.1, -1 },
        { 4, 0.5, -1 },
        { 9, 1, -1 },
        { 79, 1, -1 },
        { 89, 0.5, -1 },
        { 99, 0, -1 } } },
    { "trapezoid lr=1 warm_up=0 cool_down=1_epoch final_lr=0.2",
      100,
      10,
      { { 0, 1, -1 }, { 89, 1, -1 }, { 94, 0.6, -1 }, { 99, 0.2, -1 } } },
    { "trapezoid lr=1 warm_up=50% cool_down=50%",
      5,
      1,
      { { 0, 1.0 / 3, -1 }, { 2, 1, -1 }, { 3, 0.5, -1 }, { 4, 0, -1 } } },
    { "wsd lr=1 warm_up=10% decay=16%",
      101,
      10,
      { { 0, 0.1, -1 },
        { 9, 1, -1 },
        { 84, 1, -1 },
        { 88, 0.5, -1 },
        { 93, 0.25, -1 },
        { 100, 0, -1 } } },
    { "wsd lr=1 warm_up=0 decay=20 tail=linear", 101, 10, { { 80, 1, -1 }, { 90, 0.5, -1 } } },
    { "wsd lr=1 warm_up=0 decay=30 tail=cosine", 101, 10, { { 70, 1, -1 }, { 80, 0.75, -1 } } },
    { "wsd lr=1 warm_up=0 decay=20 tail=exp final_lr=0.01",
      101,
      10,
      { { 80, 1, -1 }, { 90, 0.1, -1 }, { 100, 0.01, -1 } } },
    { "wsd lr=1 final_lr=0.5", 1, 1, { { 0, 0.5, -1 } } },
    { "wsd lr=1 final_lr=0.5", 2, 1, { { 0, 1, -1 }, { 1, 0.5, -1 } } },
    { "knee lr=1",
      100,
      10,
      { { 0, 0.1, -1 }, { 9, 1, -1 }, { 59, 1, -1 }, { 79, 0.5, -1 }, { 99, 0, -1 } } },
    { "knee lr=1 warm_up=10 explore=30 steps=50% final_lr=0.5",
      160,
      10,
      { { 39, 1, -1 }, { 59, 0.75, -1 }, { 79, 0.5, -1 }, { 159, 0.5, -1 } } },
};

Test(recipes_phase, values)
{
    expect_values(VALUES, sizeof VALUES / sizeof *VALUES);
}

static const refused REFUSED[] = {
    { "trapezoid lr=1 warm_up=60% cool_down=50%",
      "trapezoid: warm_up (600) and cool_down (500) are longer than its 1000 updates" },
    { "wsd lr=1 warm_up=900 decay=200",
      "wsd: warm_up (900) and decay (200) are longer than its 1000 updates" },
    { "knee lr=1 warm_up=50% explore=600",
      "knee: warm_up (500) and explore (600) are longer than its 1000 updates" },
    { "wsd lr=1 tail=exp", "wsd: tail \"exp\" from 1 to 0; want lr and final_lr above 0" },
    { "wsd lr=1 warm_up=-1", "wsd: warm_up is -1; want a finite number, at least 0" },
    { "flat_cosine", "flat_cosine: lr is missing: the rate on the level" },
};

Test(recipes_phase, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}
