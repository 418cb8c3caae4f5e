/* timm_step.c - timm's schedulers that drop: step, and multi-step one time early.   SPDX-License-Identifier: MIT */
#include "schedule/timm.h"

#include <math.h>

enum { DECAY_T = 1, DECAY_RATE, STEP_WARM_UP };

#define DECAY_RATE_PARAM                                                                       \
    {                                                                                          \
        .name = "decay_rate", .kind = DY_ARG_REAL, .preset = 1,                                \
        .meaning = "what lr is multiplied by"                                                  \
    }

#define SHARED_PARAMS                                                                          \
    DECAY_RATE_PARAM, DY_TIMM_WARM_UP_PREFIX(1), DY_TIMM_IN_EPOCHS, DY_TIMM_NOISE, DY_TIMM_ITERS

const dy_param DY_PARAMS_timm_StepLRScheduler[] = {
    DY_PARAM_OPTIMIZER,
    [DECAY_T] = { .name = "decay_t",
                  .kind = DY_ARG_REAL,
                  .required = true,
                  .want = DY_WANT_POSITIVE,
                  .meaning = "the time from drop to drop" },
    SHARED_PARAMS,
    { 0 },
};

static bool step_at(const dy_timm *s, double t, double *lr, dy_error *err)
{
    (void)err;
    *lr = s->lr * pow(s->args[DECAY_RATE].real, dy_timm_floor(t, s->args[DECAY_T].real));
    return true;
}

const dy_timm_class DY_TIMM_StepLRScheduler = { .warm_up = STEP_WARM_UP, .at = step_at };

const dy_param DY_PARAMS_timm_MultiStepLRScheduler[] = {
    DY_PARAM_OPTIMIZER,
    [DECAY_T] = { .name = "decay_t",
                  .kind = DY_ARG_REALS,
                  .required = true,
                  .meaning = "the times that it drops before" },
    SHARED_PARAMS,
    { 0 },
};

static bool multi_step_at(const dy_timm *s, double t, double *lr, dy_error *err)
{
    (void)err;
    const dy_arg *milestones = &s->args[DECAY_T];
    double drops = (double)dy_bisect_right(milestones->reals, milestones->n, t + 1);
    *lr = s->lr * pow(s->args[DECAY_RATE].real, drops);
    return true;
}

const dy_timm_class DY_TIMM_MultiStepLRScheduler = { .warm_up = STEP_WARM_UP,
                                                     .at = multi_step_at };
