/* recipes_decay.c - lr times a factor again and again: exponential, step.   SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>

enum { EXP_LR, EXP_GAMMA, EXP_K, EXP_PER, EXP_STAIRCASE };

/* Libraries call very different things by the same three numbers, so `per` has no preset (a gamma meant for an epoch
 * leaves nothing of lr when it is applied at each update), and the two forms have names of their own. */
const dy_param DY_PARAMS_exponential[] = {
    [EXP_LR] = { .name = "lr",
                 .kind = DY_ARG_REAL,
                 .required = true,
                 .want = DY_WANT_FROM_0,
                 .meaning = "the rate at the start" },
    [EXP_GAMMA] = { .name = "gamma",
                    .kind = DY_ARG_REAL,
                    .want = DY_WANT_POSITIVE,
                    .meaning = "the factor over each `per`; or give k" },
    [EXP_K] = { .name = "k",
                .kind = DY_ARG_REAL,
                .want = DY_WANT_POSITIVE,
                .meaning = "the factor over each `per` is exp(-k); or give gamma" },
    [EXP_PER] = { .name = "per",
                  .kind = DY_ARG_TIME,
                  .required = true,
                  .want = DY_WANT_POSITIVE,
                  .meaning = "the time over which the factor applies, e.g. \"1 epoch\"" },
    [EXP_STAIRCASE] = { .name = "staircase",
                        .kind = DY_ARG_BOOL,
                        .meaning = "drop at the end of each `per` instead of all along" },
    { 0 },
};

bool dy_make_exponential(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_arg *gamma = &args[EXP_GAMMA], *k = &args[EXP_K];
    if (!dy_arg_either(gamma, "gamma", k, "k", err)) return false;
    bool staircase = args[EXP_STAIRCASE].real != 0;
    double rate = gamma->real;
    double per = dy_time_length(args[EXP_PER].time, plan->span);
    if (k->given && staircase) rate = exp(-k->real);
    if (k->given && !staircase) { /* exp(-1) over per/k: no k makes it underflow */
        rate = exp(-1);
        per /= k->real;
    }
    return dy_curve_decay(&plan->lr, arena, args[EXP_LR].real, rate, per, staircase, err);
}

enum { STEP_LR, STEP_GAMMA, STEP_EVERY };

const dy_param DY_PARAMS_step[] = {
    [STEP_LR] = { .name = "lr",
                  .kind = DY_ARG_REAL,
                  .required = true,
                  .want = DY_WANT_FROM_0,
                  .meaning = "the rate at the start" },
    [STEP_GAMMA] = { .name = "gamma",
                     .kind = DY_ARG_REAL,
                     .want = DY_WANT_POSITIVE,
                     .preset = 0.1,
                     .meaning = "the factor of each drop" },
    [STEP_EVERY] = { .name = "every",
                     .kind = DY_ARG_TIME,
                     .required = true,
                     .want = DY_WANT_POSITIVE,
                     .meaning = "the time from drop to drop" },
    { 0 },
};

bool dy_make_step(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double every = dy_time_length(args[STEP_EVERY].time, plan->span);
    return dy_curve_decay(&plan->lr, arena, args[STEP_LR].real, args[STEP_GAMMA].real, every,
                          true, err);
}
