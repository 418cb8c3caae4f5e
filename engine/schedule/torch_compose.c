/* torch_compose.c - PyTorch's schedulers made of schedulers.
 *
 * All parts change one lr: those of a ChainedScheduler one after another at each step, those of a SequentialLR in turn. A
 * sequence undoes its parts' first steps, and undoes them again in a sequence within it.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/torch.h"

#include <math.h>

#define SCHEDULERS_PARAM                                                                       \
    {                                                                                          \
        .name = "schedulers", .kind = DY_ARG_SCHEDULES, .required = true,                      \
        .meaning = "schedulers of derny.torch"                                                 \
    }

const dy_param DY_PARAMS_torch_ChainedScheduler[] = { DY_PARAM_OPTIMIZER,
                                                      SCHEDULERS_PARAM,
                                                      { 0 } };

static bool chained_start(dy_torch *s, dy_error *err)
{
    (void)s, (void)err;
    return true; /* its parts have begun on their own */
}

static bool chained_step(dy_torch *s, dy_error *err)
{
    for (int64_t i = 0; i < s->n_parts; i++)
        if (!dy_torch_step(&s->parts[i], err))
            return dy_fail_in(err, "part %lld: %s", (long long)i + 1, s->parts[i].recipe->name);
    return true;
}

const dy_torch_class DY_TORCH_ChainedScheduler = { .start = chained_start,
                                                   .step = chained_step };

enum { MILESTONES = 2 };

const dy_param DY_PARAMS_torch_SequentialLR[] = {
    DY_PARAM_OPTIMIZER,
    SCHEDULERS_PARAM,
    [MILESTONES] = { .name = "milestones",
                     .kind = DY_ARG_REALS,
                     .required = true,
                     .meaning = "the steps at which the next takes over, one less than "
                                "schedulers" },
    { 0 },
};

static void undo(dy_torch *s)
{
    for (int64_t i = 0; i < s->n_parts; i++) undo(&s->parts[i]);
    if (s->n_parts == 0) s->epoch--;
}

static bool sequential_start(dy_torch *s, dy_error *err)
{
    int64_t n = s->args[MILESTONES].n;
    if (s->n_parts != n + 1)
        return dy_fail(err, "%lld schedulers for %lld milestones; want one scheduler more",
                       (long long)s->n_parts, (long long)n);
    for (int64_t i = 1; i < s->n_parts; i++)
        if (s->parts[i].n_parts > 0)
            return dy_fail(err,
                           "part %lld is a %s, which PyTorch cannot start at a milestone "
                           "(its step takes no epoch); want it first, or derny.sequence",
                           (long long)i + 1, s->parts[i].recipe->name);
    s->group->lr = s->group->initial_lr;
    undo(s);
    s->parts[0].calls = 0;
    return dy_torch_step(&s->parts[0], err);
}

static bool sequential_step(dy_torch *s, dy_error *err)
{
    const dy_arg *milestones = &s->args[MILESTONES];
    s->epoch++;
    int64_t i = dy_bisect_right(milestones->reals, milestones->n, s->epoch);
    bool starts = i > 0 && milestones->reals[i - 1] == s->epoch;
    bool ok = starts ? dy_torch_restart(&s->parts[i], err) : dy_torch_step(&s->parts[i], err);
    return ok || dy_fail_in(err, "part %lld: %s", (long long)i + 1, s->parts[i].recipe->name);
}

const dy_torch_class DY_TORCH_SequentialLR = { .start = sequential_start,
                                               .step = sequential_step };
