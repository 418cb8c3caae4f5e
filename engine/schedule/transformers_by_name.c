/* transformers_by_name.c - get_scheduler of transformers: a schedule by its short name, with what it passes on to each.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <string.h>

enum { NAME, OPTIMIZER, WARMUP_STEPS, TRAINING_STEPS, KWARGS };

/* What is passed on besides the optimizer, and whether it has to be there. */
enum { PASSES_KWARGS = 1, NEEDS_WARMUP = 2, NEEDS_TRAINING = 4, PASSES_TRAINING = 8 };

enum { KINDS = 12 };

static const char *const NAMES[KINDS + 1] = {
    "linear",
    "cosine",
    "cosine_with_restarts",
    "polynomial",
    "constant",
    "constant_with_warmup",
    "inverse_sqrt",
    "reduce_lr_on_plateau",
    "cosine_with_min_lr",
    "cosine_warmup_with_min_lr",
    "warmup_stable_decay",
    "greedy",
    NULL,
};

static const char *const RECIPES[KINDS] = {
    "transformers.get_linear_schedule_with_warmup",
    "transformers.get_cosine_schedule_with_warmup",
    "transformers.get_cosine_with_hard_restarts_schedule_with_warmup",
    "transformers.get_polynomial_decay_schedule_with_warmup",
    "transformers.get_constant_schedule",
    "transformers.get_constant_schedule_with_warmup",
    "transformers.get_inverse_sqrt_schedule",
    "transformers.get_reduce_on_plateau_schedule",
    "transformers.get_cosine_with_min_lr_schedule_with_warmup",
    "transformers.get_cosine_with_min_lr_schedule_with_warmup_lr_rate",
    "transformers.get_wsd_schedule",
    "transformers.get_greedy_schedule",
};

enum { ALL = PASSES_KWARGS | NEEDS_WARMUP | NEEDS_TRAINING };

static const int TREATED[KINDS] = {
    ALL,
    ALL,
    ALL,
    ALL,
    0,
    NEEDS_WARMUP,
    NEEDS_WARMUP,
    PASSES_KWARGS,
    ALL,
    ALL,
    PASSES_KWARGS | NEEDS_WARMUP | PASSES_TRAINING,
    PASSES_KWARGS,
};

const dy_param DY_PARAMS_transformers_get_scheduler[] = {
    [NAME] = { .name = "name",
               .kind = DY_ARG_CHOICE,
               .required = true,
               .choices = NAMES,
               .meaning = "which schedule" },
    [OPTIMIZER] = DY_PARAM_OPTIMIZER,
    [WARMUP_STEPS] = { .name = "num_warmup_steps",
                       .kind = DY_ARG_REAL,
                       .meaning = "the steps of a rise from 0, where the schedule has one" },
    [TRAINING_STEPS] = { .name = "num_training_steps",
                         .kind = DY_ARG_REAL,
                         .meaning = "the steps of the run, where the schedule has an end" },
    [KWARGS] = { .name = "scheduler_specific_kwargs",
                 .kind = DY_ARG_OPTIONS,
                 .recipes = RECIPES,
                 .meaning = "further arguments of the schedule" },
    { 0 },
};

/* The argument of that name, of a schedule that has it. */
static dy_arg *argument(dy_spec *spec, const char *name)
{
    int i = 0;
    while (strcmp(spec->recipe->params[i].name, name) != 0) i++;
    return &spec->args[i];
}

static bool pass(dy_spec *spec, const dy_arg *arg, const char *name, bool needed, dy_error *err)
{
    dy_arg *to = argument(spec, name);
    if (to->given)
        return dy_fail(err, "scheduler_specific_kwargs has %s too; want it once", name);
    *to = *arg;
    if (arg->given || !needed) return true;
    return dy_fail(err, "%s is missing, which %s wants", name, spec->recipe->name);
}

bool dy_make_transformers_get_scheduler(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                        dy_error *err)
{
    int kind = (int)args[NAME].real, treated = TREATED[kind];
    dy_spec spec = { .recipe = dy_recipe_find(RECIPES[kind]) };
    if (args[KWARGS].given && (treated & PASSES_KWARGS)) spec = *args[KWARGS].specs[0];
    if (!pass(&spec, &args[OPTIMIZER], "optimizer", false, err)) return false;
    if ((treated & NEEDS_WARMUP) &&
        !pass(&spec, &args[WARMUP_STEPS], "num_warmup_steps", true, err))
        return false;
    bool needed = (treated & NEEDS_TRAINING) != 0;
    if ((needed || (treated & PASSES_TRAINING)) &&
        !pass(&spec, &args[TRAINING_STEPS], "num_training_steps", needed, err))
        return false;
    dy_plan part;
    if (!dy_part_resolve(&part, plan, &spec, plan->span.steps, arena, err)) return false;
    plan->lr = part.lr;
    plan->momentum = part.momentum;
    return dy_plan_adopt_feedback(plan, &part, 0, INT64_MAX, err);
}
