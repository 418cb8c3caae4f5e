/* torch_plateau.c - PyTorch's ReduceLROnPlateau: the feedback of feedback.h under its own names, over a constant lr.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/torch.h"

enum { MODE = 1, FACTOR, PATIENCE, THRESHOLD, THRESHOLD_MODE, COOLDOWN, MIN_LR, EPS };

static const char *const MODES[] = { "min", "max", NULL };
static const char *const THRESHOLD_MODES[] = { "rel", "abs", NULL };

const dy_param DY_PARAMS_torch_ReduceLROnPlateau[] = {
    DY_PARAM_OPTIMIZER,
    [MODE] = { .name = "mode",
               .kind = DY_ARG_CHOICE,
               .choices = MODES,
               .meaning = "less is better, or more is" },
    [FACTOR] = { .name = "factor",
                 .kind = DY_ARG_REAL,
                 .want = DY_WANT_MOMENTUM, /* as its library: at least 0 and less than 1 */
                 .preset = 0.1,
                 .meaning = "what lr is multiplied by" },
    [PATIENCE] = { .name = "patience",
                   .kind = DY_ARG_COUNT,
                   .preset = 10,
                   .meaning = "observations no better that are put up with" },
    [THRESHOLD] = { .name = "threshold",
                    .kind = DY_ARG_REAL,
                    .want = DY_WANT_FROM_0,
                    .preset = 1e-4,
                    .meaning = "the least improvement that counts" },
    [THRESHOLD_MODE] = { .name = "threshold_mode",
                         .kind = DY_ARG_CHOICE,
                         .choices = THRESHOLD_MODES,
                         .meaning = "threshold as a part of the best, or as it is" },
    [COOLDOWN] = { .name = "cooldown",
                   .kind = DY_ARG_COUNT,
                   .meaning = "observations after a drop that are not counted" },
    [MIN_LR] = { .name = "min_lr",
                 .kind = DY_ARG_REAL,
                 .want = DY_WANT_FROM_0,
                 .meaning = "lr is not lowered below this" },
    [EPS] = { .name = "eps",
              .kind = DY_ARG_REAL,
              .want = DY_WANT_FROM_0,
              .preset = 1e-8,
              .meaning = "a drop by less than this is not made" },
    { 0 },
};

bool dy_make_torch_ReduceLROnPlateau(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                     dy_error *err)
{
    const dy_arg *optimizer = &args[0];
    if (!dy_arg_attached(optimizer, err)) return false;
    dy_feedback_rule rule = dy_feedback_defaults(DY_FEEDBACK_PLATEAU);
    rule.rising = args[MODE].real == 1;
    rule.factor = args[FACTOR].real;
    rule.patience = (int64_t)args[PATIENCE].real;
    rule.threshold = args[THRESHOLD].real;
    rule.absolute = args[THRESHOLD_MODE].real == 1;
    rule.cooldown = (int64_t)args[COOLDOWN].real;
    rule.least_lr = args[MIN_LR].real;
    rule.eps = args[EPS].real;
    return dy_curve_constant(&plan->lr, arena, optimizer->real, err) &&
           dy_plan_attach(plan, arena, optimizer, err) &&
           dy_plan_add_feedback(plan, &rule, err);
}
