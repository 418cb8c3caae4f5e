/* recipes_decay.c - exponential, inverse_time, inverse_sqrt.   SPDX-License-Identifier: MIT */
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
    { "inverse_time lr=1 rate=0.5 per=1_epoch",
      100,
      10,
      { { -5, 1, -1 }, { 0, 1, -1 }, { 5, 0.8, -1 }, { 20, 0.5, -1 }, { 60, 0.25, -1 } } },
    { "inverse_time lr=1 rate=0.5 per=10 staircase=true",
      100,
      10,
      { { 9, 1, -1 }, { 10, 1 / 1.5, -1 }, { 39, 0.4, -1 } } },
    { "inverse_time lr=3 rate=1 per=10 power=2", 100, 10, { { 10, 0.75, -1 } } },
    { "inverse_sqrt lr=1 warm_up=10",
      1000,
      10,
      { { -3, 0.1, -1 },
        { 0, 0.1, -1 },
        { 4, 0.5, -1 },
        { 9, 1, -1 },
        { 39, 0.5, -1 },
        { 159, 0.25, -1 } } },
    { "inverse_sqrt d_model=256 warm_up=1_epoch factor=2",
      1000,
      16,
      { { 0, 2.0 / 64 / 16, -1 }, { 15, 2.0 / 64, -1 }, { 63, 1.0 / 64, -1 } } },
    { "inverse_sqrt lr=1 warm_up=0.2", 100, 10, { { 0, 1, -1 }, { 3, 0.5, -1 } } },
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
    { "inverse_time lr=1 per=1",
      "inverse_time: rate is missing: lr is down to 1 / (1 + rate) after one `per`" },
    { "inverse_sqrt lr=1 d_model=4 warm_up=5",
      "inverse_sqrt: both of lr and d_model given; want exactly one" },
    { "inverse_sqrt lr=1 factor=4 warm_up=5",
      "inverse_sqrt: factor is only for d_model; want lr alone" },
    { "inverse_sqrt lr=1",
      "inverse_sqrt: warm_up is missing: the time of the rise, at least an update" },
};

Test(recipes_decay, refused)
{
    expect_refused(REFUSED, sizeof REFUSED / sizeof *REFUSED);
}
