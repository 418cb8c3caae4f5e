/* recipes_keys.c - constant, piecewise, step, multi_step, piecewise_linear, curve.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>

static const expected VALUES[] = {
    { "constant lr=0.1", 10, 5, { { 0, 0.1, -1 }, { 1e18, 0.1, -1 } } },
    { "curve keys=0:0.004,30%:0.1,100%:0",
      101,
      5,
      { { 0, 0.004, -1 },
        { 30, 0.1, -1 },
        { 15, 0.052, -1 },
        { 100, 0, -1 },
        { 500, 0, -1 } } },
    { "curve keys=0:1,2_epochs:2,-1:3",
      100,
      10,
      { { 20, 2, -1 }, { 99, 3, -1 }, { 10, 1.5, -1 } } },
    { "curve keys=0:1 momentum=(curve keys=0:0.95,100%:0.85:cosine)",
      101,
      5,
      { { 0, 1, 0.95 }, { 50, 1, 0.9 }, { 100, 1, 0.85 } } },
    { "curve keys=0:1,30%:5,100%:2", 1, 1, { { 0, 2, -1 }, { -1, 2, -1 } } },
    { "piecewise boundaries=10,20 values=0.01,0.005,0.001",
      30,
      10,
      { { 9, 0.01, -1 }, { 10, 0.005, -1 }, { 19, 0.005, -1 }, { 20, 0.001, -1 } } },
    { "piecewise boundaries=50%,2_epochs values=3,2,1",
      30,
      10,
      { { 14, 3, -1 }, { 15, 2, -1 }, { 20, 1, -1 } } },
    { "step lr=1 every=3_epochs",
      100,
      10,
      { { 29, 1, -1 }, { 30, 0.1, -1 }, { 60, 0.01, -1 } } },
    { "piecewise_linear at=0,30%,100% values=1,3,0",
      101,
      10,
      { { -1, 1, -1 },
        { 15, 2, -1 },
        { 30, 3, -1 },
        { 65, 1.5, -1 },
        { 100, 0, -1 },
        { 200, 0, -1 } } },
    { "piecewise_linear at=1_epoch,40 values=1,3", 100, 10, { { 0, 1, -1 }, { 25, 2, -1 } } },
    { "piecewise_linear at=0,30%,100% values=1,3,0", 1, 1, { { 0, 0, -1 } } },
    { "multi_step lr=1 milestones=10,20",
      30,
      10,
      { { 9, 1, -1 }, { 10, 0.1, -1 }, { 20, 0.01, -1 }, { 1e9, 0.01, -1 } } },
};

Test(recipes_keys, values)
{
    expect_values(VALUES, sizeof VALUES / sizeof *VALUES);
}

static const refused REFUSED[] = {
    { "constant", "constant: lr is missing: the rate" },
    { "constant lr=-1", "constant: lr is -1; want a finite number, at least 0" },
    { "constant lr=nan", "constant: lr is nan; want a finite number, at least 0" },
    { "constant lr=inf", "constant: lr is inf; want a finite number, at least 0" },
    { "curve keys=0:0.1,10:-0.1", "curve: keys[2] is -0.1; want a finite number, at least 0" },
    { "curve keys=400:0.1,200:0.1",
      "curve: keyframe 2 is at step 200, not after keyframe 1 (step 400)" },
    { "curve keys=-2000:0.1", "curve: keyframe 1 is at step -1000; want one from 0 on" },
    { "curve keys=0:0.1,10:0:exp",
      "curve: keyframe 2: exp from 0.1 to 0; want both of one sign and neither 0" },
    { "step lr=1", "step: every is missing: the time from drop to drop" },
    { "step lr=1 every=0", "step: every is 0; want a finite number, more than 0" },
    { "piecewise_linear at=0,10,10 values=1,2,3",
      "piecewise_linear: at[3] is at step 10, not after step 10" },
    { "piecewise_linear at=0,10 values=1,2,3",
      "piecewise_linear: 3 values for 2 times in at; want as many" },
    { "piecewise boundaries=10,20 values=0.01,0.005",
      "piecewise: 2 values for 2 boundaries; want one value more" },
    { "piecewise boundaries=20,10 values=3,2,1",
      "piecewise: boundaries[2] is at step 10, not after step 20" },
    { "piecewise boundaries=0 values=2,1",
      "piecewise: boundaries[1] is 0; want a finite number, more than 0" },
    { "piecewise boundaries=10 values=2,-1",
      "piecewise: values[2] is -1; want a finite number, at least 0" },
    { "multi_step lr=1 milestones=30,30",
      "multi_step: milestones[2] is at step 30, not after step 30" },
    { "multi_step lr=1 gamma=0 milestones=30",
      "multi_step: gamma is 0; want a finite number, more than 0" },
};

Test(recipes_keys, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}
