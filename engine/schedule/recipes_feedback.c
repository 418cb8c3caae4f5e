/* recipes_feedback.c - schedules that follow the loss: plateau.   SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

enum {
    PLATEAU_SCHEDULE,
    PLATEAU_LR,
    PLATEAU_FACTOR,
    PLATEAU_PATIENCE,
    PLATEAU_THRESHOLD,
    PLATEAU_THRESHOLD_MODE,
    PLATEAU_MODE,
    PLATEAU_COOLDOWN,
    PLATEAU_MIN_LR,
    PLATEAU_EPS,
};

static const char *const THRESHOLD_MODES[] = { "rel", "abs", NULL };
static const char *const MODES[] = { "min", "max", NULL };

/* The presets are those of dy_feedback_defaults. */
static const dy_param PLATEAU[] = {
    [PLATEAU_SCHEDULE] = { .name = "schedule",
                           .kind = DY_ARG_SCHEDULE,
                           .meaning = "what is lowered; or give lr" },
    [PLATEAU_LR] =
        DY_PARAM_REAL("lr", DY_WANT_FROM_0, 0, "the rate at the start; or give schedule"),
    [PLATEAU_FACTOR] = DY_PARAM_REAL("factor", DY_WANT_SHARE, 0.1, "what lr is multiplied by"),
    [PLATEAU_PATIENCE] = { .name = "patience",
                           .kind = DY_ARG_COUNT,
                           .preset = 10,
                           .meaning = "observations no better that are put up with" },
    [PLATEAU_THRESHOLD] =
        DY_PARAM_REAL("threshold", DY_WANT_FROM_0, 1e-4, "the least improvement that counts"),
    [PLATEAU_THRESHOLD_MODE] = DY_PARAM_CHOICE("threshold_mode", 0, THRESHOLD_MODES,
                                               "threshold as a part of the best, or as it is"),
    [PLATEAU_MODE] = DY_PARAM_CHOICE("mode", 0, MODES, "less is better, or more is"),
    [PLATEAU_COOLDOWN] = { .name = "cooldown",
                           .kind = DY_ARG_COUNT,
                           .meaning = "observations after a drop that are not counted" },
    [PLATEAU_MIN_LR] =
        DY_PARAM_REAL("min_lr", DY_WANT_FROM_0, 0, "lr is not lowered below this"),
    [PLATEAU_EPS] =
        DY_PARAM_REAL("eps", DY_WANT_FROM_0, 1e-8, "a drop by less than this is not made"),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_plateau(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    dy_feedback_rule rule = dy_feedback_defaults(DY_FEEDBACK_PLATEAU);
    rule.factor = args[PLATEAU_FACTOR].real;
    rule.patience = (int64_t)args[PLATEAU_PATIENCE].real;
    rule.threshold = args[PLATEAU_THRESHOLD].real;
    rule.absolute = args[PLATEAU_THRESHOLD_MODE].real == 1;
    rule.rising = args[PLATEAU_MODE].real == 1;
    rule.cooldown = (int64_t)args[PLATEAU_COOLDOWN].real;
    rule.least_lr = args[PLATEAU_MIN_LR].real;
    rule.eps = args[PLATEAU_EPS].real;
    return dy_plan_wrap_either(plan, &args[PLATEAU_SCHEDULE], &args[PLATEAU_LR], arena, err) &&
           dy_plan_add_feedback(plan, &rule, err);
}

const dy_recipe DY_RECIPES_FEEDBACK[] = {
    { "plateau", "lower lr when the loss stops falling",
      "lr factor^(times patience + 1 observations in a row were no better)",
      "torch ReduceLROnPlateau", PLATEAU, make_plateau, NULL },
    { 0 },
};
