/* timm.c - timm's schedulers called as a training loop calls them, and their table.   SPDX-License-Identifier: MIT */
#include "schedule/timm.h"

#include "schedule/timm_noise.h"

#include <math.h>

double dy_timm_floor(double a, double b)
{
    double whole = (a - fmod(a, b)) / b;
    double down = floor(whole);
    return whole - down > 0.5 ? down + 1 : down;
}

bool dy_timm_open(const dy_arg *optimizer, const dy_arg *noise, const dy_arg *iters,
                  dy_error *err)
{
    if (!dy_arg_attached(optimizer, err)) return false;
    if (noise[DY_TIMM_INITIALIZE].real == 0)
        return dy_fail(err, "initialize is false, and timm finds no initial_lr in a new "
                            "optimizer; leave it out");
    if (iters->real >= 1) return true;
    return dy_fail(err, "iters_per_epoch is 0; want at least 1");
}

/* _get_lr(t) */
static bool value_at(const dy_timm *s, double t, double *lr, dy_error *err)
{
    const dy_timm_class *class = s->recipe->stepper;
    if (t < s->warm_t) {
        *lr = s->warm_lr + t * s->warm_slope;
        return true;
    }
    if (!class->at(s, s->prefix ? t - s->warm_t : t, lr, err)) return false;
    if (isfinite(*lr)) return true;
    return dy_fail(err,
                   "there is no lr at its time %g: timm raises an error there (a negative "
                   "number to a broken power, or a division by zero)",
                   t);
}

static bool open_warm_up(dy_timm *s, dy_error *err)
{
    const dy_timm_class *class = s->recipe->stepper;
    const dy_arg *warm = &s->args[class->warm_up];
    double to = s->lr;
    s->prefix = class->no_prefix || warm[DY_TIMM_PREFIX].real != 0;
    s->warm_t = warm[DY_TIMM_WARM_T].real;
    s->warm_lr = warm[DY_TIMM_WARM_LR].real;
    if (s->warm_t == 0) return true;
    if (class->joins && !s->prefix && !value_at(s, s->warm_t, &to, err)) return false;
    s->warm_slope = (to - s->warm_lr) / s->warm_t;
    return true;
}

static bool check_lr(double lr, double t, dy_error *err)
{
    if (lr >= 0) return true;
    return dy_fail(err,
                   "lr is %g at its time %g, and timm would go on with it; want arguments that "
                   "keep it at 0 or above",
                   lr, t);
}

/* What step(t + 1) or step_update(t + 1) after update t leaves, for each update. */
static bool follow(const dy_timm *s, const dy_timm_noise *noise, double each, double *values,
                   int64_t steps, dy_error *err)
{
    values[0] = s->warm_t > 0 ? s->warm_lr : s->lr;
    double last = 0;
    for (int64_t step = 1; step < steps; step++) {
        double t = floor((double)step / each);
        values[step] = values[step - 1];
        if (t == last) continue;
        last = t;
        if (!value_at(s, t, &values[step], err)) return false;
        values[step] += values[step] * dy_timm_noise_at(noise, t);
        if (!check_lr(values[step], t, err)) return false;
    }
    return true;
}

bool dy_make_timm(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_timm_class *class = plan->recipe->stepper;
    const dy_arg *in_epochs =
        &args[class->warm_up + DY_TIMM_WARM_UP_PARAMS - (class->no_prefix ? 1 : 0)];
    const dy_arg *noise_args = in_epochs + 1;
    const dy_arg *iters = &noise_args[DY_TIMM_INITIALIZE + 1];
    dy_timm s = { .recipe = plan->recipe, .args = args, .lr = args[0].real };
    dy_timm_noise noise;
    if (!dy_timm_open(&args[0], noise_args, iters, err) ||
        (class->open && !class->open(&s, err)) || !open_warm_up(&s, err) ||
        !dy_timm_noise_make(&noise, noise_args, false, err))
        return false;
    int64_t steps = plan->span.steps;
    double each = in_epochs->real != 0 ? iters->real : 1;
    double *values = dy_arena_take(arena, steps, sizeof *values, err);
    return values && follow(&s, &noise, each, values, steps, err) &&
           dy_curve_samples(&plan->lr, arena, values, steps, err) &&
           dy_plan_attach(plan, arena, &args[0], err);
}

#define TIMM "timm.scheduler of timm 1.0.29"

const dy_recipe DY_RECIPES_TIMM[] = {
    { "timm.CosineLRScheduler", "half a cosine, after a rise or without, in cycles",
      "lr_min + (lr - lr_min) (1 + cos(pi t^k/t_initial^k)) / 2, then lr_min; k: k_decay", TIMM,
      DY_PARAMS_timm_CosineLRScheduler, dy_make_timm, &DY_TIMM_CosineLRScheduler },
    { "timm.TanhLRScheduler", "a hyperbolic tangent down, in cycles",
      "lr_min + (lr - lr_min) (1 - tanh(lb (1 - p) + ub p)) / 2; p: t/t_initial", TIMM,
      DY_PARAMS_timm_TanhLRScheduler, dy_make_timm, &DY_TIMM_TanhLRScheduler },
    { "timm.PolyLRScheduler", "a power of what is left, in cycles",
      "lr_min + (lr - lr_min) (1 - t^k/t_initial^k)^power, then lr_min; k: k_decay", TIMM,
      DY_PARAMS_timm_PolyLRScheduler, dy_make_timm, &DY_TIMM_PolyLRScheduler },
    { "timm.StepLRScheduler", "a drop every decay_t", "lr decay_rate^floor(t/decay_t)", TIMM,
      DY_PARAMS_timm_StepLRScheduler, dy_make_timm, &DY_TIMM_StepLRScheduler },
    { "timm.MultiStepLRScheduler", "a drop just before each milestone",
      "lr decay_rate^(decay_t at or before t + 1)", TIMM, DY_PARAMS_timm_MultiStepLRScheduler,
      dy_make_timm, &DY_TIMM_MultiStepLRScheduler },
    { "timm.WSDLRScheduler", "a rise, a plateau, a fall",
      "lr_min + (lr stable(t) - lr_min) decay(p); p: 0 to 1 over the last decay_t of t_initial",
      TIMM, DY_PARAMS_timm_WSDLRScheduler, dy_make_timm, &DY_TIMM_WSDLRScheduler },
    { "timm.PlateauLRScheduler", "lower lr when a metric stops improving, after a rise",
      "lr decay_rate^(times patience_t + 1 observations in a row were no better)", TIMM,
      DY_PARAMS_timm_PlateauLRScheduler, dy_make_timm_PlateauLRScheduler, NULL },
    { 0 },
};
