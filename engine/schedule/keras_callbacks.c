/* keras_callbacks.c - Keras' callbacks that set lr at an epoch's begin or end: a function of the epoch, and feedback.
 *
 * In double precision; Keras keeps lr as a float. source: keras/src/callbacks/learning_rate_scheduler.py,
 * reduce_lr_on_plateau.py and monitor_callback.py of Keras 3.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>
#include <string.h>

#define KERAS_VERBOSE                                                                          \
    {                                                                                          \
        .name = "verbose", .kind = DY_ARG_COUNT, .preset = -1,                                 \
        .meaning = "without effect here"                                                       \
    }

enum { SCHEDULE, SCHEDULE_VERBOSE, SCHEDULE_OPTIMIZER, STEPS_PER_EPOCH };

const dy_param DY_PARAMS_keras_LearningRateScheduler[] = {
    [SCHEDULE] = { .name = "schedule",
                   .kind = DY_ARG_FUNCTION,
                   .required = true,
                   .meaning = "from the epoch (from 0) and the last lr to the next" },
    [SCHEDULE_VERBOSE] = KERAS_VERBOSE,
    [SCHEDULE_OPTIMIZER] = DY_PARAM_OPTIMIZER,
    [STEPS_PER_EPOCH] = { .name = "steps_per_epoch",
                          .kind = DY_ARG_COUNT,
                          .preset = -1,
                          .meaning = "updates from call to call; without it the run's epochs" },
    { 0 },
};

/* schedule(epoch, lr) at the begin of each epoch, from the optimizer's lr on. */
static bool follow(double *values, const dy_plan *plan, const dy_arg *args, int64_t each,
                   dy_error *err)
{
    const dy_arg *schedule = &args[SCHEDULE];
    double lr = args[SCHEDULE_OPTIMIZER].real;
    for (int64_t step = 0; step < plan->span.steps; step++) {
        int64_t epoch = step / each;
        if (step % each == 0 && !schedule->call(schedule->self, (double)epoch, lr, &lr, err))
            return false;
        if (lr < 0)
            return dy_fail(err, "lr is %g in epoch %lld; want at least 0", lr,
                           (long long)epoch);
        values[step] = lr;
    }
    return true;
}

bool dy_make_keras_LearningRateScheduler(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                         dy_error *err)
{
    const dy_arg *given = &args[STEPS_PER_EPOCH];
    int64_t each = given->given ? (int64_t)given->real : plan->span.epoch_steps;
    if (!dy_arg_attached(&args[SCHEDULE_OPTIMIZER], err)) return false;
    if (each < 1) return dy_fail(err, "steps_per_epoch is 0; want at least 1");
    double *values = dy_arena_take(arena, plan->span.steps, sizeof *values, err);
    return values && follow(values, plan, args, each, err) &&
           dy_curve_samples(&plan->lr, arena, values, plan->span.steps, err) &&
           dy_plan_attach(plan, arena, &args[SCHEDULE_OPTIMIZER], err);
}

enum { MONITOR, FACTOR, PATIENCE, VERBOSE, MODE, MIN_DELTA, COOLDOWN, MIN_LR, OPTIMIZER };

enum { AUTO, MIN, MAX };

static const char *const MODES[] = { "auto", "min", "max", NULL };

const dy_param DY_PARAMS_keras_ReduceLROnPlateau[] = {
    [MONITOR] = { .name = "monitor",
                  .kind = DY_ARG_TEXT,
                  .meaning = "what is watched (default \"val_loss\"); here it is what the run "
                             "measures" },
    [FACTOR] = { .name = "factor",
                 .kind = DY_ARG_REAL,
                 .want = DY_WANT_MOMENTUM, /* at least 0 and less than 1 */
                 .preset = 0.1,
                 .meaning = "what lr is multiplied by" },
    [PATIENCE] = { .name = "patience",
                   .kind = DY_ARG_COUNT,
                   .preset = 10,
                   .meaning = "observations in a row that are no better at which lr falls" },
    [VERBOSE] = KERAS_VERBOSE,
    [MODE] = { .name = "mode",
               .kind = DY_ARG_CHOICE,
               .choices = MODES,
               .meaning = "less is better, or more is; or as what is watched has it" },
    [MIN_DELTA] = { .name = "min_delta",
                    .kind = DY_ARG_REAL,
                    .preset = 1e-4,
                    .meaning = "the least improvement that counts" },
    [COOLDOWN] = { .name = "cooldown",
                   .kind = DY_ARG_COUNT,
                   .meaning = "observations after a fall until they count again" },
    [MIN_LR] = { .name = "min_lr",
                 .kind = DY_ARG_REAL,
                 .want = DY_WANT_FROM_0,
                 .meaning = "lr is not lowered below this" },
    [OPTIMIZER] = DY_PARAM_OPTIMIZER,
    { 0 },
};

/* Whether more is better, by the mode or, as far as the name says it, by what is watched. */
static bool find_direction(const dy_arg *args, bool *rising, dy_error *err)
{
    const char *monitor = args[MONITOR].given ? args[MONITOR].names[0] : "val_loss";
    int mode = (int)args[MODE].real;
    *rising = mode == MAX || (mode == AUTO && strstr(monitor, "acc"));
    if (mode != AUTO || *rising || strcmp(monitor, "loss") == 0 ||
        strcmp(monitor, "val_loss") == 0)
        return true;
    return dy_fail(err,
                   "monitor is '%.40s', of which it is not known whether less or more is "
                   "better; want mode = \"min\" or \"max\"",
                   monitor);
}

bool dy_make_keras_ReduceLROnPlateau(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                     dy_error *err)
{
    dy_feedback_rule rule = dy_feedback_defaults(DY_FEEDBACK_KERAS);
    if (!find_direction(args, &rule.rising, err) || !dy_arg_attached(&args[OPTIMIZER], err))
        return false;
    rule.factor = args[FACTOR].real;
    rule.patience = (int64_t)args[PATIENCE].real;
    rule.threshold = fabs(args[MIN_DELTA].real);
    rule.cooldown = (int64_t)args[COOLDOWN].real;
    rule.least_lr = args[MIN_LR].real;
    return dy_curve_constant(&plan->lr, arena, args[OPTIMIZER].real, err) &&
           dy_plan_attach(plan, arena, &args[OPTIMIZER], err) &&
           dy_plan_add_feedback(plan, &rule, err);
}
