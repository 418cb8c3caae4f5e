/* recipes_decay.c - exponential, step.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>

#define E1 2.7182818284590452354

static const expected VALUES[] = {
    { "exponential lr=1 gamma=0.25 per=1_epoch",
      100,
      10,
      { { 0, 1, -1 }, { 5, 0.5, -1 }, { 20, 0.0625, -1 } } },
    { "exponential lr=1 gamma=0.25 per=1_epoch staircase=true",
      100,
      10,
      { { 9, 1, -1 }, { 10, 0.25, -1 }, { 20, 0.0625, -1 } } },
    { "exponential lr=1 k=2 per=20", 100, 10, { { 0, 1, -1 }, { 10, 1 / E1, -1 } } },
    { "exponential lr=1 k=2 per=20 staircase=true",
      100,
      10,
      { { 19, 1, -1 }, { 20, 1 / E1 / E1, -1 } } },
    { "exponential lr=1 k=5000 per=20", 100, 10, { { 0, 1, -1 }, { 1e9, 0, -1 } } },
    { "step lr=1 every=3_epochs",
      100,
      10,
      { { 29, 1, -1 }, { 30, 0.1, -1 }, { 60, 0.01, -1 } } },
};

Test(recipes_decay, values)
{
    expect_values(VALUES, sizeof VALUES / sizeof *VALUES);
}

static const refused REFUSED[] = {
    { "exponential lr=1 per=1", "exponential: neither of gamma and k given; want exactly one" },
    { "exponential lr=1 gamma=0.5 k=1 per=1",
      "exponential: both of gamma and k given; want exactly one" },
    { "exponential lr=1 gamma=0.9",
      "exponential: per is missing: the time over which the factor applies, e.g. \"1 epoch\"" },
    { "exponential lr=1 gamma=0 per=1",
      "exponential: gamma is 0; want a finite number, more than 0" },
    { "exponential lr=1 k=-1 per=1",
      "exponential: k is -1; want a finite number, more than 0" },
    { "step lr=1", "step: every is missing: the time from drop to drop" },
    { "step lr=1 every=0", "step: every is 0; want a finite number, more than 0" },
};

Test(recipes_decay, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}
