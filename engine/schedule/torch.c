/* torch.c - schedulers made and stepped as PyTorch does, and what they did as curves.   SPDX-License-Identifier: MIT */
#include "schedule/torch.h"

#include <math.h>

static bool set_lr(dy_torch *s, double lr, dy_error *err)
{
    if (!isfinite(lr))
        return dy_fail(err,
                       "lr is %g at its step %g: PyTorch divides by zero there, or goes on "
                       "with what is no rate",
                       isnan(lr) ? (double)NAN : lr, s->epoch);
    s->group->lr = lr;
    return true;
}

bool dy_torch_step(dy_torch *s, dy_error *err)
{
    double lr;
    const dy_torch_class *class = s->recipe->stepper;
    if (class->step) return class->step(s, err);
    s->epoch++;
    s->calls++;
    return class->next(s, &lr, err) && set_lr(s, lr, err);
}

bool dy_torch_restart(dy_torch *s, dy_error *err)
{
    const dy_torch_class *class = s->recipe->stepper;
    double lr;
    s->epoch = 0;
    s->calls++;
    if (class->restart) return class->restart(s, err);
    if (class->closed) return set_lr(s, class->closed(s), err);
    return class->next(s, &lr, err) && set_lr(s, lr, err);
}

bool dy_torch_has_lr(double lr, dy_error *err)
{
    return !isnan(lr) ||
           dy_fail(err, "optimizer is missing: it begins with the optimizer's lr; want "
                        "optimizer = { lr = 0.1 } in the outermost call");
}

/* The constructor that all but those made of others share. */
static bool start(dy_torch *s, dy_error *err)
{
    const dy_torch_class *class = s->recipe->stepper;
    dy_torch_group *group = s->group;
    if (class->open && !class->open(s, err)) return false;
    if (isnan(group->initial_lr)) group->initial_lr = group->lr;
    if (!dy_torch_has_lr(group->initial_lr, err)) return false;
    s->base_lr = group->initial_lr;
    s->epoch = -1;
    return dy_torch_step(s, err);
}

static bool build_parts(dy_torch *s, const dy_arg *schedulers, int depth, dy_arena *arena,
                        dy_error *err)
{
    s->n_parts = schedulers->n;
    s->parts = dy_arena_take(arena, s->n_parts, sizeof *s->parts, err);
    for (int64_t i = 0; s->parts && i < s->n_parts; i++)
        if (!dy_torch_build(&s->parts[i], schedulers->specs[i], s->group, depth + 1, arena,
                            err))
            return dy_fail_in(err, "part %lld", (long long)i + 1);
    return s->parts != NULL;
}

static bool begin(dy_torch *s, int depth, dy_arena *arena, dy_error *err)
{
    const dy_torch_class *class = s->recipe->stepper;
    if (depth >= DY_SPEC_DEPTH)
        return dy_fail(err, "schedules lie more than %d deep within each other", DY_SPEC_DEPTH);
    if (!class->start) return start(s, err);
    return build_parts(s, &s->args[1], depth, arena, err) && class->start(s, err);
}

bool dy_torch_build(dy_torch *s, const dy_spec *spec, dy_torch_group *group, int depth,
                    dy_arena *arena, dy_error *err)
{
    if (spec->recipe && spec->recipe->make == dy_make_torch_ReduceLROnPlateau)
        return dy_fail(err, "PyTorch steps no ReduceLROnPlateau within others, as it has to be "
                            "given a metric; want derny.plateau { schedule = ... } around "
                            "the rest, or derny.sequence");
    if (!spec->recipe || spec->recipe->make != dy_make_torch)
        return dy_fail(err,
                       "%s is no scheduler that PyTorch could step; want one of "
                       "derny.torch, or derny.sequence for schedules of any kind",
                       spec->recipe ? spec->recipe->name : "a function");
    dy_arg *args = dy_arena_take(arena, DY_PARAMS_MAX, sizeof *args, err);
    if (!args) return false;
    *s = (dy_torch){ .recipe = spec->recipe, .args = args, .group = group };
    bool built = spec->args[0].given
                     ? dy_fail(err, "optimizer is given in a part; want it only on the "
                                    "outermost call")
                     : dy_spec_complete(spec, args, err) && begin(s, depth, arena, err);
    return built || dy_fail_in(err, "%s", spec->recipe->name);
}

dy_torch_group dy_torch_group_of(const dy_arg *optimizer)
{
    bool has = optimizer->n > 0;
    return (dy_torch_group){ .lr = optimizer->given ? optimizer->real : (double)NAN,
                             .initial_lr = NAN,
                             .momentum = has ? optimizer->reals[0] : 0,
                             .has_momentum = has || !optimizer->given,
                             .moves_momentum = has };
}

/* Of a fall to 0 rounding may leave something below it. */
static bool check_lr(double *lr, int64_t step, const dy_torch_group *group, dy_error *err)
{
    if (*lr < 0 && *lr > -0x1p-40 * group->initial_lr) *lr = 0;
    if (!(*lr < 0)) return true;
    return dy_fail(
        err,
        "lr is %g at update %lld, and the library would go on with it; want arguments "
        "that keep it at 0 or above",
        *lr, (long long)step);
}

bool dy_torch_record(dy_plan *plan, const dy_torch_group *group, dy_torch_advance *advance,
                     void *self, dy_arena *arena, dy_error *err)
{
    int64_t steps = plan->span.steps;
    double *lr = dy_arena_take(arena, steps, sizeof *lr, err);
    double *momentum = lr ? dy_arena_take(arena, steps, sizeof *momentum, err) : NULL;
    if (!momentum) return false;
    for (int64_t step = 0; step < steps; step++) {
        if (!advance(self, step, err)) return false;
        lr[step] = group->lr;
        if (!check_lr(&lr[step], step, group, err)) return false;
        momentum[step] = group->momentum;
    }
    return dy_curve_samples(&plan->lr, arena, lr, steps, err) &&
           (!group->moves_momentum ||
            dy_curve_samples(&plan->momentum, arena, momentum, steps, err));
}

/* PyTorch's are stepped once after each update. */
static bool advance(void *self, int64_t step, dy_error *err)
{
    return step == 0 || dy_torch_step(self, err);
}

bool dy_make_torch(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    dy_torch_group group = dy_torch_group_of(&args[0]);
    dy_torch s = { .recipe = plan->recipe, .args = args, .group = &group };
    return begin(&s, plan->depth, arena, err) &&
           dy_torch_record(plan, &group, advance, &s, arena, err);
}

#define TORCH "torch.optim.lr_scheduler of PyTorch 2.7"

const dy_recipe DY_RECIPES_TORCH[] = {
    { "torch.LambdaLR", "the first lr times a function of the step", "lr lr_lambda(t)", TORCH,
      DY_PARAMS_torch_LambdaLR, dy_make_torch, &DY_TORCH_LambdaLR },
    { "torch.MultiplicativeLR", "the last lr times a function of the step",
      "lr lr_lambda(1) lr_lambda(2) ... lr_lambda(t)", TORCH, DY_PARAMS_torch_MultiplicativeLR,
      dy_make_torch, &DY_TORCH_MultiplicativeLR },
    { "torch.StepLR", "a drop every step_size updates", "lr gamma^floor(t/step_size)", TORCH,
      DY_PARAMS_torch_StepLR, dy_make_torch, &DY_TORCH_StepLR },
    { "torch.MultiStepLR", "a drop at each milestone", "lr gamma^(milestones at or before t)",
      TORCH, DY_PARAMS_torch_MultiStepLR, dy_make_torch, &DY_TORCH_MultiStepLR },
    { "torch.ConstantLR", "a part of lr, then all of it",
      "lr factor while t < total_iters, then lr", TORCH, DY_PARAMS_torch_ConstantLR,
      dy_make_torch, &DY_TORCH_ConstantLR },
    { "torch.LinearLR", "a straight line between two parts of lr",
      "lr (start_factor + (end_factor - start_factor) t/total_iters), then held", TORCH,
      DY_PARAMS_torch_LinearLR, dy_make_torch, &DY_TORCH_LinearLR },
    { "torch.ExponentialLR", "the last lr times gamma", "lr gamma^t", TORCH,
      DY_PARAMS_torch_ExponentialLR, dy_make_torch, &DY_TORCH_ExponentialLR },
    { "torch.PolynomialLR", "a power of what is left, down to 0",
      "lr (1 - t/total_iters)^power, then 0", TORCH, DY_PARAMS_torch_PolynomialLR,
      dy_make_torch, &DY_TORCH_PolynomialLR },
    { "torch.CosineAnnealingLR", "half a cosine down, then up again, without end",
      "eta_min + (lr - eta_min) (1 + cos(pi t/T_max)) / 2", TORCH,
      DY_PARAMS_torch_CosineAnnealingLR, dy_make_torch, &DY_TORCH_CosineAnnealingLR },
    { "torch.CosineAnnealingWarmRestarts", "cosines one after another, each starting anew",
      "eta_min + (lr - eta_min) (1 + cos(pi T_cur/T_i)) / 2; T_i: T_0 T_mult^n", TORCH,
      DY_PARAMS_torch_CosineAnnealingWarmRestarts, dy_make_torch,
      &DY_TORCH_CosineAnnealingWarmRestarts },
    { "torch.CyclicLR", "up and down between two rates, momentum the other way",
      "base_lr + (max_lr - base_lr) w s; w: 0 to 1 and back; s: 1, 1/2^(cycle - 1), gamma^t or "
      "scale_fn",
      TORCH, DY_PARAMS_torch_CyclicLR, dy_make_torch, &DY_TORCH_CyclicLR },
    { "torch.OneCycleLR", "one rise and one long fall, momentum the other way",
      "max_lr/div_factor up to max_lr at pct_start total_steps - 1, down to "
      "max_lr/div_factor/final_div_factor at total_steps - 1",
      TORCH, DY_PARAMS_torch_OneCycleLR, dy_make_torch, &DY_TORCH_OneCycleLR },
    { "torch.SequentialLR", "schedulers one after another, from their own step 0",
      "schedulers[i] from milestones[i-1] on", TORCH, DY_PARAMS_torch_SequentialLR,
      dy_make_torch, &DY_TORCH_SequentialLR },
    { "torch.ChainedScheduler", "schedulers that all change one lr at each step",
      "the product of what each multiplies lr by", TORCH, DY_PARAMS_torch_ChainedScheduler,
      dy_make_torch, &DY_TORCH_ChainedScheduler },
    { "torch.SWALR", "from where lr is to the rate that weights are averaged at, and held",
      "lr + (swa_lr - lr) a; a: t/anneal_epochs, or (1 - cos(pi t/anneal_epochs)) / 2",
      "torch.optim.swa_utils of PyTorch 2.7", DY_PARAMS_torch_SWALR, dy_make_torch,
      &DY_TORCH_SWALR },
    { "torch.ReduceLROnPlateau", "lower lr when a metric stops improving",
      "lr factor^(times patience + 1 observations in a row were no better)", TORCH,
      DY_PARAMS_torch_ReduceLROnPlateau, dy_make_torch_ReduceLROnPlateau, NULL },
    { 0 },
};
