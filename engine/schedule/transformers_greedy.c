/* transformers_greedy.c - GreedyLR of transformers: the feedback of feedback.h under its own names, over the optimizer's lr.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

enum {
    MODE = 1,
    FACTOR,
    PATIENCE,
    THRESHOLD,
    THRESHOLD_MODE,
    COOLDOWN,
    WARMUP,
    MIN_LR,
    MAX_LR,
    EPS,
    VERBOSE,
    SMOOTH,
    WINDOW_SIZE,
    RESET_START,
};

static const char *const MODES[] = { "min", "max", NULL };
static const char *const THRESHOLD_MODES[] = { "rel", "abs", NULL };

/* The presets are those of dy_feedback_defaults. */
const dy_param DY_PARAMS_transformers_GreedyLR[] = {
    DY_PARAM_OPTIMIZER,
    [MODE] = { .name = "mode",
               .kind = DY_ARG_CHOICE,
               .choices = MODES,
               .meaning = "less is better, or more is" },
    [FACTOR] = { .name = "factor",
                 .kind = DY_ARG_REAL,
                 .want = DY_WANT_SHARE,
                 .preset = 0.95,
                 .meaning = "what lr is multiplied by to fall, and divided by to rise" },
    [PATIENCE] = { .name = "patience",
                   .kind = DY_ARG_COUNT,
                   .preset = 10,
                   .meaning = "observations in a row that change nothing yet" },
    [THRESHOLD] = { .name = "threshold",
                    .kind = DY_ARG_REAL,
                    .want = DY_WANT_FROM_0,
                    .preset = 1e-6,
                    .meaning = "the least improvement that counts" },
    [THRESHOLD_MODE] = { .name = "threshold_mode",
                         .kind = DY_ARG_CHOICE,
                         .choices = THRESHOLD_MODES,
                         .preset = 1,
                         .meaning = "threshold as a part of the best, or as it is" },
    [COOLDOWN] = { .name = "cooldown",
                   .kind = DY_ARG_COUNT,
                   .meaning = "observations after a fall that are not counted" },
    [WARMUP] = { .name = "warmup",
                 .kind = DY_ARG_COUNT,
                 .meaning = "observations after a rise that are not counted" },
    [MIN_LR] = { .name = "min_lr",
                 .kind = DY_ARG_REAL,
                 .want = DY_WANT_FROM_0,
                 .preset = 1e-3,
                 .meaning = "lr does not fall below this" },
    [MAX_LR] = { .name = "max_lr",
                 .kind = DY_ARG_REAL,
                 .want = DY_WANT_FROM_0,
                 .preset = 1,
                 .meaning = "lr does not rise above this" },
    [EPS] = { .name = "eps",
              .kind = DY_ARG_REAL,
              .want = DY_WANT_FROM_0,
              .preset = 1e-8,
              .meaning = "a change by no more than this is not made" },
    [VERBOSE] = { .name = "verbose", .kind = DY_ARG_BOOL, .meaning = "without effect here" },
    [SMOOTH] = { .name = "smooth",
                 .kind = DY_ARG_BOOL,
                 .meaning = "look at the mean of the last window_size observations" },
    [WINDOW_SIZE] = { .name = "window_size",
                      .kind = DY_ARG_COUNT,
                      .preset = 50,
                      .meaning = "with smooth" },
    [RESET_START] = { .name = "reset_start",
                      .kind = DY_ARG_COUNT,
                      .preset = 500,
                      .meaning = "falls at min_lr after which it starts anew" },
    { 0 },
};

bool dy_make_transformers_GreedyLR(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                   dy_error *err)
{
    if (!dy_arg_attached(&args[0], err)) return false;
    dy_feedback_rule rule = dy_feedback_defaults(DY_FEEDBACK_GREEDY);
    rule.rising = args[MODE].real == 1;
    rule.factor = args[FACTOR].real;
    rule.patience = (int64_t)args[PATIENCE].real;
    rule.threshold = args[THRESHOLD].real;
    rule.absolute = args[THRESHOLD_MODE].real == 1;
    rule.cooldown = (int64_t)args[COOLDOWN].real;
    rule.warmup = (int64_t)args[WARMUP].real;
    rule.least_lr = args[MIN_LR].real;
    rule.most_lr = args[MAX_LR].real;
    rule.eps = args[EPS].real;
    rule.reset_after = (int64_t)args[RESET_START].real;
    if (args[SMOOTH].real != 0) rule.window = (int64_t)args[WINDOW_SIZE].real;
    if (args[SMOOTH].real != 0 && rule.window == 0)
        return dy_fail(err, "window_size is 0, which GreedyLR divides by; want at least 1");
    return dy_curve_constant(&plan->lr, arena, args[0].real, err) &&
           dy_plan_attach(plan, arena, &args[0], err) && dy_plan_add_feedback(plan, &rule, err);
}
