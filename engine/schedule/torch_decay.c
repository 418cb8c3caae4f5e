/* torch_decay.c - PyTorch's schedulers that multiply the last lr: steps, exponential, linear, polynomial.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/torch.h"

#include <math.h>

#define GAMMA(index, is_required)                                                              \
    [index] = { .name = "gamma",                                                               \
                .kind = DY_ARG_REAL,                                                           \
                .required = (is_required),                                                     \
                .want = DY_WANT_FROM_0,                                                        \
                .preset = 0.1,                                                                 \
                .meaning = "what lr is multiplied by" }

#define TOTAL_ITERS(index)                                                                     \
    [index] = { .name = "total_iters",                                                         \
                .kind = DY_ARG_COUNT,                                                          \
                .preset = 5,                                                                   \
                .meaning = "the steps until it is done" }

static bool check_iters(const dy_torch *s, int index, dy_error *err)
{
    if (s->args[index].real >= 1) return true;
    return dy_fail(err, "%s is 0, which PyTorch divides by; want at least 1",
                   s->recipe->params[index].name);
}

enum { STEP_SIZE = 1, STEP_GAMMA };

const dy_param DY_PARAMS_torch_StepLR[] = {
    DY_PARAM_OPTIMIZER,
    [STEP_SIZE] = { .name = "step_size",
                    .kind = DY_ARG_COUNT,
                    .required = true,
                    .meaning = "the steps from drop to drop" },
    GAMMA(STEP_GAMMA, false),
    { 0 },
};

static bool step_open(dy_torch *s, dy_error *err)
{
    return check_iters(s, STEP_SIZE, err);
}

static bool step_next(dy_torch *s, double *lr, dy_error *err)
{
    (void)err;
    bool drops = s->epoch != 0 && fmod(s->epoch, s->args[STEP_SIZE].real) == 0;
    *lr = drops ? s->group->lr * s->args[STEP_GAMMA].real : s->group->lr;
    return true;
}

static double at_base(const dy_torch *s)
{
    return s->base_lr;
}

const dy_torch_class DY_TORCH_StepLR = { .open = step_open,
                                         .next = step_next,
                                         .closed = at_base };

enum { MILESTONES = 1, MILESTONES_GAMMA };

const dy_param DY_PARAMS_torch_MultiStepLR[] = {
    DY_PARAM_OPTIMIZER,
    [MILESTONES] = { .name = "milestones",
                     .kind = DY_ARG_REALS,
                     .required = true,
                     .meaning =
                         "the steps at which it drops; one that is listed twice, twice" },
    GAMMA(MILESTONES_GAMMA, false),
    { 0 },
};

static bool multi_step_next(dy_torch *s, double *lr, dy_error *err)
{
    (void)err;
    const dy_arg *milestones = &s->args[MILESTONES];
    int drops = 0;
    for (int64_t i = 0; i < milestones->n; i++) drops += milestones->reals[i] == s->epoch;
    *lr = drops > 0 ? s->group->lr * pow(s->args[MILESTONES_GAMMA].real, drops) : s->group->lr;
    return true;
}

static double multi_step_closed(const dy_torch *s)
{
    const dy_arg *milestones = &s->args[MILESTONES];
    int drops = 0;
    for (int64_t i = 0; i < milestones->n; i++) drops += milestones->reals[i] <= s->epoch;
    return s->base_lr * pow(s->args[MILESTONES_GAMMA].real, drops);
}

const dy_torch_class DY_TORCH_MultiStepLR = { .next = multi_step_next,
                                              .closed = multi_step_closed };

enum { EXP_GAMMA = 1 };

const dy_param DY_PARAMS_torch_ExponentialLR[] = {
    DY_PARAM_OPTIMIZER,
    GAMMA(EXP_GAMMA, true),
    { 0 },
};

static bool exponential_next(dy_torch *s, double *lr, dy_error *err)
{
    (void)err;
    *lr = s->epoch == 0 ? s->group->lr : s->group->lr * s->args[EXP_GAMMA].real;
    return true;
}

const dy_torch_class DY_TORCH_ExponentialLR = { .next = exponential_next, .closed = at_base };

enum { CONSTANT_FACTOR = 1, CONSTANT_ITERS };

const dy_param DY_PARAMS_torch_ConstantLR[] = {
    DY_PARAM_OPTIMIZER,
    [CONSTANT_FACTOR] = { .name = "factor",
                          .kind = DY_ARG_REAL,
                          .want = DY_WANT_PART,
                          .preset = 1.0 / 3,
                          .meaning = "what lr is multiplied by until total_iters" },
    TOTAL_ITERS(CONSTANT_ITERS),
    { 0 },
};

static bool constant_next(dy_torch *s, double *lr, dy_error *err)
{
    (void)err;
    double factor = s->args[CONSTANT_FACTOR].real;
    if (s->epoch == 0)
        *lr = s->group->lr * factor;
    else
        *lr = s->epoch == s->args[CONSTANT_ITERS].real ? s->group->lr * (1 / factor)
                                                       : s->group->lr;
    return true;
}

static double constant_closed(const dy_torch *s)
{
    double factor = s->args[CONSTANT_FACTOR].real;
    bool done = s->epoch >= s->args[CONSTANT_ITERS].real;
    return s->base_lr * (factor + (done ? 1 : 0) * (1 - factor));
}

const dy_torch_class DY_TORCH_ConstantLR = { .next = constant_next, .closed = constant_closed };

enum { LINEAR_START = 1, LINEAR_END, LINEAR_ITERS };

const dy_param DY_PARAMS_torch_LinearLR[] = {
    DY_PARAM_OPTIMIZER,
    [LINEAR_START] = { .name = "start_factor",
                       .kind = DY_ARG_REAL,
                       .want = DY_WANT_TO_1,
                       .preset = 1.0 / 3,
                       .meaning = "what lr is multiplied by at the start; PyTorch takes no 0, "
                                  "derny.warm_up does" },
    [LINEAR_END] = { .name = "end_factor",
                     .kind = DY_ARG_REAL,
                     .want = DY_WANT_PART,
                     .preset = 1,
                     .meaning = "what lr is multiplied by from total_iters on, at most 1" },
    TOTAL_ITERS(LINEAR_ITERS),
    { 0 },
};

static bool linear_next(dy_torch *s, double *lr, dy_error *err)
{
    (void)err;
    double from = s->args[LINEAR_START].real, total = s->args[LINEAR_ITERS].real;
    double way = s->args[LINEAR_END].real - from;
    *lr = s->group->lr;
    if (s->epoch == 0)
        *lr *= from;
    else if (s->epoch <= total)
        *lr *= 1 + way / (total * from + (s->epoch - 1) * way);
    return true;
}

static double linear_closed(const dy_torch *s)
{
    bool divides = s->args[LINEAR_ITERS].real == 0; /* by its total_iters */
    return divides ? (double)NAN : s->base_lr * s->args[LINEAR_START].real;
}

const dy_torch_class DY_TORCH_LinearLR = { .next = linear_next, .closed = linear_closed };

enum { POLY_ITERS = 1, POLY_POWER };

const dy_param DY_PARAMS_torch_PolynomialLR[] = {
    DY_PARAM_OPTIMIZER,
    TOTAL_ITERS(POLY_ITERS),
    [POLY_POWER] = { .name = "power",
                     .kind = DY_ARG_REAL,
                     .preset = 1,
                     .meaning = "the power of what is left" },
    { 0 },
};

static bool poly_next(dy_torch *s, double *lr, dy_error *err)
{
    (void)err;
    double total = s->args[POLY_ITERS].real;
    *lr = s->group->lr;
    if (s->epoch == 0 || s->epoch > total) return true;
    double left = (1 - s->epoch / total) / (1 - (s->epoch - 1) / total);
    *lr *= pow(left, s->args[POLY_POWER].real);
    return true;
}

static double poly_closed(const dy_torch *s)
{
    return s->args[POLY_ITERS].real == 0 ? (double)NAN : s->base_lr;
}

const dy_torch_class DY_TORCH_PolynomialLR = { .next = poly_next, .closed = poly_closed };
