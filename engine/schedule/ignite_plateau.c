/* ignite_plateau.c - PyTorch-Ignite's wrapper of PyTorch's ReduceLROnPlateau.   SPDX-License-Identifier: MIT */
#include "schedule/ignite.h"

enum { METRIC_NAME = 1, SAVE_HISTORY, PARAM_GROUP, WRAPPED };

const dy_param DY_PARAMS_ignite_ReduceLROnPlateauScheduler[] = {
    DY_PARAM_OPTIMIZER,
    [METRIC_NAME] = { .name = "metric_name",
                      .kind = DY_ARG_TEXT,
                      .required = true,
                      .meaning = "what is watched; here it is what the run measures" },
    DY_IGNITE_SAVE_HISTORY,
    DY_IGNITE_PARAM_GROUP,
    DY_TORCH_PLATEAU(WRAPPED),
    { 0 },
};

/* Its min_lr reaches PyTorch only together with param_group_index. */
bool dy_make_ignite_ReduceLROnPlateauScheduler(dy_plan *plan, dy_arena *arena,
                                               const dy_arg *args, dy_error *err)
{
    dy_feedback_rule rule = dy_torch_plateau_rule(&args[WRAPPED]);
    if (!args[PARAM_GROUP].given) rule.least_lr = 0;
    return dy_ignite_check_group(&args[PARAM_GROUP], err) &&
           dy_torch_plateau_lay(plan, arena, &args[0], &rule, err);
}
