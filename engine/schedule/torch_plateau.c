/* torch_plateau.c - PyTorch's ReduceLROnPlateau: the feedback of feedback.h under its own names, over a constant lr.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/torch.h"

enum { MODE, FACTOR, PATIENCE, THRESHOLD, THRESHOLD_MODE, COOLDOWN, MIN_LR, EPS };

const char *const DY_TORCH_MODES[] = { "min", "max", NULL };
const char *const DY_TORCH_THRESHOLD_MODES[] = { "rel", "abs", NULL };

const dy_param DY_PARAMS_torch_ReduceLROnPlateau[] = { DY_PARAM_OPTIMIZER,
                                                       DY_TORCH_PLATEAU(1),
                                                       { 0 } };

dy_feedback_rule dy_torch_plateau_rule(const dy_arg *first)
{
    dy_feedback_rule rule = dy_feedback_defaults(DY_FEEDBACK_PLATEAU);
    rule.rising = first[MODE].real == 1;
    rule.factor = first[FACTOR].real;
    rule.patience = (int64_t)first[PATIENCE].real;
    rule.threshold = first[THRESHOLD].real;
    rule.absolute = first[THRESHOLD_MODE].real == 1;
    rule.cooldown = (int64_t)first[COOLDOWN].real;
    rule.least_lr = first[MIN_LR].real;
    rule.eps = first[EPS].real;
    return rule;
}

bool dy_torch_plateau_lay(dy_plan *plan, dy_arena *arena, const dy_arg *optimizer,
                          const dy_feedback_rule *rule, dy_error *err)
{
    return dy_arg_attached(optimizer, err) &&
           dy_curve_constant(&plan->lr, arena, optimizer->real, err) &&
           dy_plan_attach(plan, arena, optimizer, err) && dy_plan_add_feedback(plan, rule, err);
}

bool dy_make_torch_ReduceLROnPlateau(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                     dy_error *err)
{
    dy_feedback_rule rule = dy_torch_plateau_rule(&args[1]);
    return dy_torch_plateau_lay(plan, arena, &args[0], &rule, err);
}
