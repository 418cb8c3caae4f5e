/* ignite.c - PyTorch-Ignite's schedulers made and called as it does.   SPDX-License-Identifier: MIT */
#include "schedule/ignite.h"

#include <math.h>
#include <string.h>

bool dy_ignite_value(dy_ignite *s, double *value, dy_error *err)
{
    const dy_ignite_class *class = s->recipe->stepper;
    *value = NAN; /* of several parameters ignite has a list, equal to no number */
    return !class->value || class->value(s, value, err);
}

static bool set(dy_ignite *s, double value, dy_error *err)
{
    if (!isfinite(value))
        return dy_fail(err, "%s is %g at its event %g; ignite would go on with it",
                       s->param_name, isnan(value) ? (double)NAN : value, s->event);
    if (strcmp(s->param_name, "lr") == 0) s->group->lr = value;
    if (strcmp(s->param_name, "momentum") != 0) return true;
    s->group->momentum = value;
    s->group->moves_momentum = true;
    return true;
}

bool dy_ignite_call(dy_ignite *s, dy_error *err)
{
    const dy_ignite_class *class = s->recipe->stepper;
    double value;
    if (class->call) return class->call(s, err);
    if (class->before && !class->before(s, err)) return false;
    if (!(class->set ? class->set : class->value)(s, &value, err) || !set(s, value, err))
        return false;
    s->event++;
    if (class->after) class->after(s);
    return true;
}

bool dy_ignite_build(dy_ignite *s, const dy_ignite *whole, const dy_spec *spec, int depth,
                     dy_arena *arena, dy_error *err)
{
    if (!spec->recipe || spec->recipe->make != dy_make_ignite)
        return dy_fail(
            err,
            "%s is no parameter scheduler of ignite's; want one of derny.ignite, with "
            "LRScheduler around one of derny.torch",
            spec->recipe ? spec->recipe->name : "a function");
    const dy_ignite_class *class = spec->recipe->stepper;
    dy_arg *args = dy_arena_take(arena, DY_PARAMS_MAX, sizeof *args, err);
    if (!args) return false;
    *s = (dy_ignite){ .recipe = spec->recipe, .args = args, .group = whole->group };
    bool built =
        depth >= DY_SPEC_DEPTH
            ? dy_fail(err, "schedules lie more than %d deep within each other", DY_SPEC_DEPTH)
        : spec->args[0].given
            ? dy_fail(err, "optimizer is given in a part; want it only on the "
                           "outermost call")
            : dy_spec_complete(spec, args, err) && class->open(s, depth, arena, err);
    return built || dy_fail_in(err, "%s", spec->recipe->name);
}

bool dy_ignite_build_parts(dy_ignite *s, const dy_arg *schedulers, int depth, dy_arena *arena,
                           dy_error *err)
{
    s->n_parts = schedulers->n;
    s->parts = dy_arena_take(arena, s->n_parts, sizeof *s->parts, err);
    for (int64_t i = 0; s->parts && i < s->n_parts; i++)
        if (!dy_ignite_build(&s->parts[i], s, schedulers->specs[i], depth + 1, arena, err))
            return dy_fail_in(err, "part %lld", (long long)i + 1);
    return s->parts != NULL;
}

static bool advance(void *self, int64_t step, dy_error *err)
{
    dy_ignite *s = self;
    if (!(s->called_after && step == 0) && !dy_ignite_call(s, err)) return false;
    return dy_torch_has_lr(s->group->lr, err);
}

bool dy_make_ignite(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_ignite_class *class = plan->recipe->stepper;
    dy_torch_group group = dy_torch_group_of(&args[0]);
    dy_ignite s = { .recipe = plan->recipe, .args = args, .group = &group };
    return class->open(&s, plan->depth, arena, err) &&
           dy_torch_record(plan, &group, advance, &s, arena, err);
}

#define IGNITE "ignite.handlers.param_scheduler of PyTorch-Ignite 0.6"

#define STATE "ignite.handlers.state_param_scheduler of PyTorch-Ignite 0.6"

const dy_recipe DY_RECIPES_IGNITE[] = {
    { "ignite.LinearCyclicalScheduler", "a line to the end value and back, over and over",
      "end_value + (start_value - end_value) 2 abs(u - 1/2), or start_value + (end_value - "
      "start_value) u; u: t/cycle_size within a cycle",
      IGNITE, DY_PARAMS_ignite_LinearCyclicalScheduler, dy_make_ignite,
      &DY_IGNITE_LinearCyclicalScheduler },
    { "ignite.CosineAnnealingScheduler", "half a cosine to the end value, over and over",
      "start_value + (end_value - start_value) (1 - cos(pi u)) / 2; u: t/cycle_size within a "
      "cycle",
      IGNITE, DY_PARAMS_ignite_CosineAnnealingScheduler, dy_make_ignite,
      &DY_IGNITE_CosineAnnealingScheduler },
    { "ignite.PiecewiseLinear", "lines through milestones, held outside them",
      "v[i] + (v[i+1] - v[i]) (t - m[i])/(m[i+1] - m[i]) from milestone m[i] on", IGNITE,
      DY_PARAMS_ignite_PiecewiseLinear, dy_make_ignite, &DY_IGNITE_PiecewiseLinear },
    { "ignite.LRScheduler", "a scheduler of PyTorch's", "lr_scheduler(t)", IGNITE,
      DY_PARAMS_ignite_LRScheduler, dy_make_ignite, &DY_IGNITE_LRScheduler },
    { "ignite.ConcatScheduler", "schedulers one after another, each counting its own calls",
      "schedulers[i] for durations[i] updates; the last without end", IGNITE,
      DY_PARAMS_ignite_ConcatScheduler, dy_make_ignite, &DY_IGNITE_ConcatScheduler },
    { "ignite.ParamGroupScheduler", "several schedulers at once, of lr and of momentum",
      "schedulers[i](t), each of its own parameter", IGNITE,
      DY_PARAMS_ignite_ParamGroupScheduler, dy_make_ignite, &DY_IGNITE_ParamGroupScheduler },
    { "ignite.create_lr_scheduler_with_warmup", "a straight rise, then another scheduler",
      "warmup_start_value to warmup_end_value over warmup_duration updates, then lr_scheduler",
      IGNITE, DY_PARAMS_ignite_create_lr_scheduler_with_warmup, dy_make_ignite,
      &DY_IGNITE_create_lr_scheduler_with_warmup },
    { "ignite.ReduceLROnPlateauScheduler", "lower lr when a metric stops improving",
      "lr factor^(times patience + 1 observations in a row were no better)", IGNITE,
      DY_PARAMS_ignite_ReduceLROnPlateauScheduler, dy_make_ignite_ReduceLROnPlateauScheduler,
      NULL },
    { "ignite.ExpStateScheduler", "equal factors at each event", "initial_value gamma^t", STATE,
      DY_PARAMS_ignite_ExpStateScheduler, dy_make_ignite_ExpStateScheduler, NULL },
    { "ignite.StepStateScheduler", "a factor every step_size events",
      "initial_value gamma^floor(t/step_size)", STATE, DY_PARAMS_ignite_StepStateScheduler,
      dy_make_ignite_StepStateScheduler, NULL },
    { "ignite.MultiStepStateScheduler", "a factor at each milestone",
      "initial_value gamma^(milestones at or before t)", STATE,
      DY_PARAMS_ignite_MultiStepStateScheduler, dy_make_ignite_MultiStepStateScheduler, NULL },
    { "ignite.PiecewiseLinearStateScheduler", "lines through milestones, held outside them",
      "v[i] + (v[i+1] - v[i]) (t - m[i])/(m[i+1] - m[i]) from milestone m[i] on", STATE,
      DY_PARAMS_ignite_PiecewiseLinearStateScheduler,
      dy_make_ignite_PiecewiseLinearStateScheduler, NULL },
    { "ignite.LambdaStateScheduler", "a function of the event", "lambda_obj(t)", STATE,
      DY_PARAMS_ignite_LambdaStateScheduler, dy_make_ignite_LambdaStateScheduler, NULL },
    { 0 },
};
