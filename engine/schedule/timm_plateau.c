/* timm_plateau.c - timm's PlateauLRScheduler: PyTorch's rule, which looks on only after a warm-up, and noise over it.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/timm.h"
#include "schedule/timm_noise.h"

#include <math.h>

enum {
    DECAY_RATE = 1,
    PATIENCE,
    THRESHOLD,
    COOLDOWN,
    WARM_T,
    WARM_LR,
    LR_MIN,
    MODE,
    NOISE_TYPE,
    NOISE,
    ITERS = NOISE + DY_TIMM_INITIALIZE + 1,
};

static const char *const MODES[] = { "min", "max", NULL };
static const char *const NOISE_TYPES[] = { "normal", "uniform", NULL };

const dy_param DY_PARAMS_timm_PlateauLRScheduler[] = {
    DY_PARAM_OPTIMIZER,
    [DECAY_RATE] = { .name = "decay_rate",
                     .kind = DY_ARG_REAL,
                     .want = DY_WANT_FROM_0,
                     .preset = 0.1,
                     .meaning = "what lr is multiplied by, less than 1" },
    [PATIENCE] = { .name = "patience_t",
                   .kind = DY_ARG_COUNT,
                   .preset = 10,
                   .meaning = "observations no better that are put up with" },
    [THRESHOLD] = { .name = "threshold",
                    .kind = DY_ARG_REAL,
                    .want = DY_WANT_FROM_0,
                    .preset = 1e-4,
                    .meaning = "the least improvement that counts, as a part of the best" },
    [COOLDOWN] = { .name = "cooldown_t",
                   .kind = DY_ARG_COUNT,
                   .meaning = "observations after a drop that are not counted" },
    DY_TIMM_WARM_UP,
    [LR_MIN] = { .name = "lr_min",
                 .kind = DY_ARG_REAL,
                 .want = DY_WANT_FROM_0,
                 .meaning = "lr is not lowered below this" },
    [MODE] = { .name = "mode",
               .kind = DY_ARG_CHOICE,
               .choices = MODES,
               .preset = 1,
               .meaning = "less is better, or more is, as of an accuracy" },
    [NOISE_TYPE] = { .name = "noise_type",
                     .kind = DY_ARG_CHOICE,
                     .choices = NOISE_TYPES,
                     .meaning = "how noise is drawn" },
    DY_TIMM_NOISE,
    DY_TIMM_ITERS,
    { 0 },
};

/* The warm-up, and after it what it came to. */
static bool lay_base(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double length = args[WARM_T].real, from = args[WARM_LR].real, lr = args[0].real;
    if (length == 0) return dy_curve_constant(&plan->lr, arena, lr, err);
    int64_t steps = plan->span.steps;
    double *values = dy_arena_take(arena, steps, sizeof *values, err);
    if (!values) return false;
    double slope = (lr - from) / length;
    for (int64_t step = 0; step < steps; step++) {
        double t = floor((double)step / args[ITERS].real);
        values[step] = from + (t < length ? t : floor(length)) * slope;
    }
    return dy_curve_samples(&plan->lr, arena, values, steps, err);
}

/* noise[t] of each update after the warm-up. */
static bool lay_noise(const dy_curve **jitter, const dy_plan *plan, dy_arena *arena,
                      const dy_arg *args, dy_error *err)
{
    dy_timm_noise noise;
    int64_t steps = plan->span.steps;
    if (!dy_timm_noise_make(&noise, &args[NOISE], args[NOISE_TYPE].real != 0, err))
        return false;
    *jitter = NULL;
    if (!args[NOISE + DY_TIMM_RANGE].given) return true;
    dy_curve *curve = dy_arena_take(arena, 1, sizeof *curve, err);
    double *values = curve ? dy_arena_take(arena, steps, sizeof *values, err) : NULL;
    if (!values) return false;
    double last = 0;
    values[0] = 0;
    for (int64_t step = 1; step < steps; step++) {
        double t = floor((double)step / args[ITERS].real);
        values[step] = values[step - 1];
        if (t != last && t > args[WARM_T].real) values[step] = dy_timm_noise_at(&noise, t);
        last = t;
    }
    *jitter = curve;
    return dy_curve_samples(curve, arena, values, steps, err);
}

bool dy_make_timm_PlateauLRScheduler(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                     dy_error *err)
{
    if (!dy_timm_open(&args[0], &args[NOISE], &args[ITERS], err)) return false;
    double rate = args[DECAY_RATE].real, iters = args[ITERS].real;
    if (rate >= 1) return dy_fail(err, "decay_rate is %g; want less than 1", rate);
    dy_feedback_rule rule = dy_feedback_defaults(DY_FEEDBACK_PLATEAU);
    rule.factor = rate;
    rule.patience = (int64_t)args[PATIENCE].real;
    rule.threshold = args[THRESHOLD].real;
    rule.cooldown = (int64_t)args[COOLDOWN].real;
    rule.least_lr = args[LR_MIN].real;
    rule.rising = args[MODE].real == 1;
    /* the first epoch that is after the warm-up is told of the update before it */
    rule.from = (int64_t)((floor(args[WARM_T].real) + 1) * iters) - 1;
    return lay_base(plan, arena, args, err) &&
           lay_noise(&rule.jitter, plan, arena, args, err) &&
           dy_plan_add_feedback(plan, &rule, err) && dy_plan_attach(plan, arena, &args[0], err);
}
