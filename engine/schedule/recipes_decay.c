/* recipes_decay.c - falls without end, by a law of their own: exponential, inverse_time, inverse_sqrt.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>

enum { EXP_LR, EXP_GAMMA, EXP_K, EXP_PER, EXP_STAIRCASE };

#define PARAM_STAIRCASE                                                                        \
    DY_PARAM_BOOL("staircase", 0, "drop at the end of each `per` instead of all along")

/* Libraries call very different things by the same three numbers, so `per` has no preset (a gamma meant for an epoch
 * leaves nothing of lr when it is applied at each update), and the two forms have names of their own. */
static const dy_param EXPONENTIAL[] = {
    [EXP_LR] = DY_PARAM_LR(DY_WANT_FROM_0),
    [EXP_GAMMA] =
        DY_PARAM_REAL("gamma", DY_WANT_POSITIVE, 0, "the factor over each `per`; or give k"),
    [EXP_K] = DY_PARAM_REAL("k", DY_WANT_POSITIVE, 0,
                            "the factor over each `per` is exp(-k); or give gamma"),
    [EXP_PER] =
        DY_PARAM_TIME("per", "the time over which the factor applies, e.g. \"1 epoch\""),
    [EXP_STAIRCASE] = PARAM_STAIRCASE,
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_exponential(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
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

enum { TIME_LR, TIME_RATE, TIME_PER, TIME_POWER, TIME_STAIRCASE };

static const dy_param INVERSE_TIME[] = {
    [TIME_LR] = DY_PARAM_LR(DY_WANT_FROM_0),
    [TIME_RATE] = DY_PARAM_NEEDED("rate", DY_WANT_POSITIVE,
                                  "lr is down to 1 / (1 + rate) after one `per`"),
    [TIME_PER] = DY_PARAM_TIME("per", "the time that rate is for, e.g. \"1 epoch\""),
    [TIME_POWER] = DY_PARAM_REAL("power", DY_WANT_POSITIVE, 1, "the power of the divisor"),
    [TIME_STAIRCASE] = PARAM_STAIRCASE,
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_inverse_time(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double per = dy_time_length(args[TIME_PER].time, plan->span);
    return dy_curve_power(&plan->lr, arena, args[TIME_LR].real, -args[TIME_POWER].real,
                          per / args[TIME_RATE].real, err) &&
           (args[TIME_STAIRCASE].real == 0 ||
            dy_curve_map(&plan->lr, arena, DY_NODE_STAIRS, &plan->lr, per, 0, err));
}

enum { SQRT_LR, SQRT_D_MODEL, SQRT_FACTOR, SQRT_WARM_UP };

static const dy_param INVERSE_SQRT[] = {
    [SQRT_LR] = DY_PARAM_REAL("lr", DY_WANT_FROM_0, 0,
                              "the rate at the top, where the warm-up ends; or give d_model"),
    [SQRT_D_MODEL] = DY_PARAM_REAL("d_model", DY_WANT_POSITIVE, 0,
                                   "the width of the model: the top is factor / sqrt(d_model "
                                   "warm_up)"),
    [SQRT_FACTOR] = DY_PARAM_REAL("factor", DY_WANT_POSITIVE, 1, "with d_model"),
    [SQRT_WARM_UP] = DY_PARAM_TIME("warm_up", "the time of the rise, at least an update"),
    DY_PARAMS_COMMON,
    { 0 },
};

/* The paper counts updates from 1: its update w, the top, is step w - 1. */
static bool make_inverse_sqrt(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_arg *lr = &args[SQRT_LR], *d_model = &args[SQRT_D_MODEL];
    double w = (double)dy_arg_steps(&args[SQRT_WARM_UP], plan->span);
    if (!dy_arg_either(lr, "lr", d_model, "d_model", err)) return false;
    if (args[SQRT_FACTOR].given && lr->given)
        return dy_fail(err, "factor is only for d_model; want lr alone");
    double top = lr->given ? lr->real : args[SQRT_FACTOR].real / sqrt(d_model->real * w);
    dy_key rise[] = { { 0, top / w, { 0 } }, { w - 1, top, { .kind = DY_EASE_LINEAR } } };
    if (!dy_curve_power(&plan->lr, arena, top, -0.5, w, err)) return false;
    dy_curve before;
    return w == 1 || (dy_curve_keys(&before, arena, rise, 2, err) &&
                      dy_curve_join(&plan->lr, arena, &before, w - 1, &plan->lr, err));
}

const dy_recipe DY_RECIPES_DECAY[] = {
    { "exponential", "equal factors in equal times, without end",
      "lr gamma^(t/per), or lr exp(-k t/per); t/per rounded down where staircase",
      "gamma: torch ExponentialLR, Keras ExponentialDecay", EXPONENTIAL, make_exponential,
      NULL },
    { "inverse_time", "as one over the time, without end",
      "lr / (1 + rate t/per)^power; t/per rounded down where staircase",
      "H. Robbins and S. Monro, A Stochastic Approximation Method, 1951; as Keras "
      "InverseTimeDecay; power: lr_policy \"inv\" of Caffe",
      INVERSE_TIME, make_inverse_time, NULL },
    { "inverse_sqrt", "a rise, then as one over the square root of the time (Noam)",
      "lr min((t + 1)/w, sqrt(w/(t + 1))); w: warm_up; lr: factor / sqrt(d_model w)",
      "A. Vaswani et al., Attention Is All You Need, 2017, arXiv:1706.03762", INVERSE_SQRT,
      make_inverse_sqrt, NULL },
    { 0 },
};
