/* ignite_state.c - PyTorch-Ignite's schedulers of a parameter in the engine's state, as schedules of lr.
 *
 * Plain functions of the event, whatever the parameter is called.   SPDX-License-Identifier: MIT */
#include "schedule/ignite.h"

#include <math.h>

/* What every one of them ends with. */
#define STATE                                                                                  \
    DY_IGNITE_STATE_NAME, DY_IGNITE_SAVE_HISTORY,                                              \
        { .name = "create_new",                                                                \
          .kind = DY_ARG_BOOL,                                                                 \
          .meaning = "make the parameter where there is none; moves nothing here" },           \
    {                                                                                          \
        0                                                                                      \
    }

#define DY_IGNITE_STATE_NAME                                                                   \
    {                                                                                          \
        .name = "param_name", .kind = DY_ARG_TEXT, .required = true,                           \
        .meaning = "what the parameter is called; here it is lr"                               \
    }

#define STATE_REAL(called, what)                                                               \
    {                                                                                          \
        .name = (called), .kind = DY_ARG_REAL, .required = true, .meaning = (what)             \
    }

#define INITIAL_AND_GAMMA(what)                                                                \
    STATE_REAL("initial_value", "the value at the start"), STATE_REAL("gamma", (what))

enum { INITIAL, GAMMA, STEP_SIZE, MILESTONES = STEP_SIZE };

const dy_param DY_PARAMS_ignite_ExpStateScheduler[] = {
    INITIAL_AND_GAMMA("what it is multiplied by at each event"), STATE
};

static double exponential(const dy_arg *args, double event)
{
    return args[INITIAL].real * pow(args[GAMMA].real, event);
}

bool dy_make_ignite_ExpStateScheduler(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                      dy_error *err)
{
    return dy_plan_hold(plan, arena, args, exponential, err);
}

const dy_param DY_PARAMS_ignite_StepStateScheduler[] = {
    INITIAL_AND_GAMMA("what it is multiplied by at each step"),
    { .name = "step_size",
      .kind = DY_ARG_COUNT,
      .required = true,
      .meaning = "the events from step to step" },
    STATE
};

static double step(const dy_arg *args, double event)
{
    return args[INITIAL].real * pow(args[GAMMA].real, floor(event / args[STEP_SIZE].real));
}

bool dy_make_ignite_StepStateScheduler(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                       dy_error *err)
{
    if (args[STEP_SIZE].real < 1)
        return dy_fail(err, "step_size is 0, which ignite divides by; want at least 1");
    return dy_plan_hold(plan, arena, args, step, err);
}

const dy_param DY_PARAMS_ignite_MultiStepStateScheduler[] = {
    INITIAL_AND_GAMMA("what it is multiplied by at each milestone"),
    { .name = "milestones",
      .kind = DY_ARG_REALS,
      .required = true,
      .may_be_empty = true,
      .meaning = "the events at which it is multiplied; one that is listed twice, twice" },
    STATE
};

/* bisect_right: by halves, also where the milestones don't rise. */
static double passed(const dy_arg *milestones, double event)
{
    int64_t low = 0, high = milestones->n;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (event < milestones->reals[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return (double)low;
}

static double multi_step(const dy_arg *args, double event)
{
    return args[INITIAL].real * pow(args[GAMMA].real, passed(&args[MILESTONES], event));
}

bool dy_make_ignite_MultiStepStateScheduler(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                            dy_error *err)
{
    return dy_plan_hold(plan, arena, args, multi_step, err);
}

const dy_param DY_PARAMS_ignite_PiecewiseLinearStateScheduler[] = {
    { .name = "milestones_values",
      .kind = DY_ARG_PAIRS,
      .required = true,
      .meaning = "{event, value} pairs, joined by lines" },
    STATE
};

bool dy_make_ignite_PiecewiseLinearStateScheduler(dy_plan *plan, dy_arena *arena,
                                                  const dy_arg *args, dy_error *err)
{
    int64_t steps = plan->span.steps, at = 0;
    double *values = dy_ignite_check_milestones(args[0].pairs, args[0].n, err)
                         ? dy_arena_take(arena, steps, sizeof *values, err)
                         : NULL;
    for (int64_t event = 0; values && event < steps; event++)
        values[event] = dy_ignite_between(args[0].pairs, args[0].n, &at, (double)event);
    return values && dy_curve_samples(&plan->lr, arena, values, steps, err);
}

const dy_param DY_PARAMS_ignite_LambdaStateScheduler[] = {
    { .name = "lambda_obj",
      .kind = DY_ARG_FUNCTION,
      .required = true,
      .meaning = "from the event to the value" },
    STATE
};

bool dy_make_ignite_LambdaStateScheduler(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                         dy_error *err)
{
    int64_t steps = plan->span.steps;
    double *values = dy_arena_take(arena, steps, sizeof *values, err);
    for (int64_t event = 0; values && event < steps; event++)
        if (!args[0].call(args[0].self, (double)event, NAN, &values[event], err)) return false;
    return values && dy_curve_samples(&plan->lr, arena, values, steps, err);
}
