/* recipes_ramp.c - one way from lr to final_lr: linear, cosine, polynomial, geometric.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

enum { LR, FINAL_LR, STEPS, ENDS, POWER };

enum { INCLUSIVE, EXCLUSIVE };

static const char *const ENDS_CHOICES[] = { "inclusive", "exclusive", NULL };

#define PARAM_LR(wanted)                                                                       \
    [LR] = { .name = "lr",                                                                     \
             .kind = DY_ARG_REAL,                                                              \
             .required = true,                                                                 \
             .want = (wanted),                                                                 \
             .meaning = "the rate at the start" }
#define PARAM_FINAL_LR(needed, wanted)                                                         \
    [FINAL_LR] = { .name = "final_lr",                                                         \
                   .kind = DY_ARG_REAL,                                                        \
                   .required = (needed),                                                       \
                   .want = (wanted),                                                           \
                   .meaning = "the rate at the end" }
#define PARAM_ENDS                                                                             \
    [ENDS] = { .name = "ends",                                                                 \
               .kind = DY_ARG_CHOICE,                                                          \
               .preset = INCLUSIVE,                                                            \
               .choices = ENDS_CHOICES,                                                        \
               .meaning = "final_lr is reached on the last update, or one after it" }

const dy_param DY_PARAMS_linear[] = {
    PARAM_LR(DY_WANT_FROM_0),
    PARAM_FINAL_LR(false, DY_WANT_FROM_0),
    [STEPS] = DY_PARAM_STEPS,
    PARAM_ENDS,
    { 0 },
};

const dy_param DY_PARAMS_cosine[] = {
    PARAM_LR(DY_WANT_FROM_0),
    PARAM_FINAL_LR(false, DY_WANT_FROM_0),
    [STEPS] = DY_PARAM_STEPS,
    PARAM_ENDS,
    { 0 },
};

const dy_param DY_PARAMS_geometric[] = {
    PARAM_LR(DY_WANT_POSITIVE),
    PARAM_FINAL_LR(true, DY_WANT_POSITIVE),
    [STEPS] = DY_PARAM_STEPS,
    PARAM_ENDS,
    { 0 },
};

const dy_param DY_PARAMS_polynomial[] = {
    PARAM_LR(DY_WANT_FROM_0),
    PARAM_FINAL_LR(false, DY_WANT_FROM_0),
    [STEPS] = DY_PARAM_STEPS,
    PARAM_ENDS,
    [POWER] = { .name = "power",
                .kind = DY_ARG_REAL,
                .want = DY_WANT_POSITIVE,
                .preset = 1,
                .meaning = "1: a line; above 1 steep first, below 1 steep last" },
    { 0 },
};

static bool ramp(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_ease ease,
                 dy_error *err)
{
    int64_t end = dy_arg_steps(&args[STEPS], plan->span);
    if (args[ENDS].real == INCLUSIVE) end--;
    dy_key keys[] = {
        { .step = 0, .value = args[LR].real },
        { .step = (double)end, .value = args[FINAL_LR].real, .ease = ease },
    };
    if (end == 0) return dy_curve_keys(&plan->lr, arena, keys + 1, 1, err); /* no way to go */
    return dy_curve_keys(&plan->lr, arena, keys, 2, err);
}

bool dy_make_linear(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return ramp(plan, arena, args, (dy_ease){ .kind = DY_EASE_LINEAR }, err);
}

bool dy_make_cosine(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return ramp(plan, arena, args, (dy_ease){ .kind = DY_EASE_COSINE }, err);
}

bool dy_make_geometric(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return ramp(plan, arena, args, (dy_ease){ .kind = DY_EASE_EXP }, err);
}

bool dy_make_polynomial(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return ramp(plan, arena, args, (dy_ease){ .kind = DY_EASE_POLY, .x = args[POWER].real },
                err);
}
