/* recipes_feedback.c - schedules that follow the loss: plateau, greedy. The rules are those of feedback.h.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

enum {
    SCHEDULE,
    LR,
    FACTOR,
    PATIENCE,
    THRESHOLD,
    THRESHOLD_MODE,
    MODE,
    COOLDOWN,
    MIN_LR,
    EPS,
    OWN,
};

enum { RELATIVE, ABSOLUTE };

static const char *const THRESHOLD_MODES[] = { "rel", "abs", NULL };
static const char *const MODES[] = { "min", "max", NULL };

#define PARAM_COUNT(called, usual, what)                                                       \
    {                                                                                          \
        .name = (called), .kind = DY_ARG_COUNT, .preset = (usual), .meaning = (what)           \
    }

/* The presets are those of dy_feedback_defaults. */
static const dy_param PLATEAU[] = {
    [SCHEDULE] = { .name = "schedule",
                   .kind = DY_ARG_SCHEDULE,
                   .meaning = "what is lowered; or give lr" },
    [LR] = DY_PARAM_REAL("lr", DY_WANT_FROM_0, 0, "the rate at the start; or give schedule"),
    [FACTOR] = DY_PARAM_REAL("factor", DY_WANT_SHARE, 0.1, "what lr is multiplied by"),
    [PATIENCE] = PARAM_COUNT("patience", 10, "observations no better that are put up with"),
    [THRESHOLD] =
        DY_PARAM_REAL("threshold", DY_WANT_FROM_0, 1e-4, "the least improvement that counts"),
    [THRESHOLD_MODE] = DY_PARAM_CHOICE("threshold_mode", RELATIVE, THRESHOLD_MODES,
                                       "threshold as a part of the best, or as it is"),
    [MODE] = DY_PARAM_CHOICE("mode", 0, MODES, "less is better, or more is"),
    [COOLDOWN] = PARAM_COUNT("cooldown", 0, "observations after a drop that are not counted"),
    [MIN_LR] = DY_PARAM_REAL("min_lr", DY_WANT_FROM_0, 0, "lr is not lowered below this"),
    [EPS] = DY_PARAM_REAL("eps", DY_WANT_FROM_0, 1e-8, "a drop by less than this is not made"),
    DY_PARAMS_COMMON,
    { 0 },
};

static dy_feedback_rule rule_of(dy_feedback_kind kind, const dy_arg *args)
{
    dy_feedback_rule rule = dy_feedback_defaults(kind);
    rule.factor = args[FACTOR].real;
    rule.patience = (int64_t)args[PATIENCE].real;
    rule.threshold = args[THRESHOLD].real;
    rule.absolute = args[THRESHOLD_MODE].real == ABSOLUTE;
    rule.rising = args[MODE].real == 1;
    rule.cooldown = (int64_t)args[COOLDOWN].real;
    rule.least_lr = args[MIN_LR].real;
    rule.eps = args[EPS].real;
    return rule;
}

static bool make_plateau(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    dy_feedback_rule rule = rule_of(DY_FEEDBACK_PLATEAU, args);
    return dy_plan_wrap_either(plan, &args[SCHEDULE], &args[LR], arena, err) &&
           dy_plan_add_feedback(plan, &rule, err);
}

enum { MAX_LR = OWN, WARMUP, WINDOW, RESET_AFTER };

/* The greatest lr it may come to is asked for: none is right for every network. */
static const dy_param GREEDY[] = {
    [SCHEDULE] = { .name = "schedule",
                   .kind = DY_ARG_SCHEDULE,
                   .meaning = "what is lowered and raised; or give lr" },
    [LR] = DY_PARAM_REAL("lr", DY_WANT_FROM_0, 0, "the rate at the start; or give schedule"),
    [FACTOR] = DY_PARAM_REAL("factor", DY_WANT_SHARE, 0.95,
                             "what lr is multiplied by to fall, and divided by to rise"),
    [PATIENCE] = PARAM_COUNT("patience", 10, "observations in a row that change nothing yet"),
    [THRESHOLD] =
        DY_PARAM_REAL("threshold", DY_WANT_FROM_0, 1e-6, "the least improvement that counts"),
    [THRESHOLD_MODE] = DY_PARAM_CHOICE("threshold_mode", ABSOLUTE, THRESHOLD_MODES,
                                       "threshold as a part of the best, or as it is"),
    [MODE] = DY_PARAM_CHOICE("mode", 0, MODES, "less is better, or more is"),
    [COOLDOWN] = PARAM_COUNT("cooldown", 0, "observations after a fall that are not counted"),
    [MIN_LR] = DY_PARAM_REAL("min_lr", DY_WANT_FROM_0, 0, "lr does not fall below this"),
    [EPS] =
        DY_PARAM_REAL("eps", DY_WANT_FROM_0, 1e-8, "a change by less than this is not made"),
    [MAX_LR] = DY_PARAM_NEEDED("max_lr", DY_WANT_FROM_0, "lr does not rise above this"),
    [WARMUP] = PARAM_COUNT("warmup", 0, "observations after a rise that are not counted"),
    [WINDOW] =
        PARAM_COUNT("window_size", 0,
                    "how many of the last observations it looks at the mean of; 0: each as "
                    "it is"),
    [RESET_AFTER] =
        PARAM_COUNT("reset_after", 500, "falls at min_lr after which it starts anew"),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_greedy(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    dy_feedback_rule rule = rule_of(DY_FEEDBACK_GREEDY, args);
    rule.most_lr = args[MAX_LR].real;
    rule.warmup = (int64_t)args[WARMUP].real;
    rule.window = (int64_t)args[WINDOW].real;
    rule.reset_after = (int64_t)args[RESET_AFTER].real;
    if (args[MIN_LR].real > args[MAX_LR].real)
        return dy_fail(err, "min_lr is %g; want at most max_lr (%g)", args[MIN_LR].real,
                       args[MAX_LR].real);
    return dy_plan_wrap_either(plan, &args[SCHEDULE], &args[LR], arena, err) &&
           dy_plan_add_feedback(plan, &rule, err);
}

const dy_recipe DY_RECIPES_FEEDBACK[] = {
    { "plateau", "lower lr when the loss stops falling",
      "lr factor^(times patience + 1 observations in a row were no better)",
      "torch ReduceLROnPlateau", PLATEAU, make_plateau, NULL },
    { "greedy", "raise lr while the loss falls, lower it when it stops",
      "lr / factor after patience + 1 better observations in a row, lr factor after as many "
      "that "
      "were not",
      "S. Subramanian et al., GreedyLR, 2025, arXiv:2512.14527; transformers GreedyLR", GREEDY,
      make_greedy, NULL },
    { 0 },
};
