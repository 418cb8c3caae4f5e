/* transformers.c - how a factor becomes a plan, the plainer factors, and the table.   SPDX-License-Identifier: MIT */
#include "schedule/transformers.h"

#include <math.h>

double dy_factor_progress(double step, double from, double to)
{
    return (step - from) / fmax(1, to - from);
}

double dy_factor_warm_up(double step, double length)
{
    return step / fmax(1, length);
}

bool dy_make_factor(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_factor_class *class = plan->recipe->stepper;
    if (!dy_arg_attached(&args[0], err) || (class->check && !class->check(args, err)))
        return false;
    int64_t steps = plan->span.steps;
    double *values = dy_arena_take(arena, steps, sizeof *values, err);
    if (!values) return false;
    for (int64_t step = 0; step < steps; step++) {
        double lr = values[step] = args[0].real * class->at(args, (double)step);
        if (!isfinite(lr))
            return dy_fail(err,
                           "there is no lr at its step %lld: transformers divides by zero "
                           "there, or takes a root of a number below 0",
                           (long long)step);
        if (lr < 0)
            return dy_fail(err,
                           "lr is %g at its step %lld, and transformers would go on with it; "
                           "want arguments that keep it at 0 or above",
                           lr, (long long)step);
    }
    return dy_curve_samples(&plan->lr, arena, values, steps, err) &&
           dy_plan_attach(plan, arena, &args[0], err);
}

const dy_param DY_PARAMS_transformers_constant[] = { DY_PARAM_OPTIMIZER, { 0 } };

static double constant(const dy_arg *args, double step)
{
    (void)args, (void)step;
    return 1;
}

const dy_factor_class DY_FACTOR_constant = { .at = constant };

const dy_param DY_PARAMS_transformers_constant_with_warmup[] = { DY_PARAM_OPTIMIZER,
                                                                 DY_PARAM_WARMUP_STEPS,
                                                                 { 0 } };

static double constant_with_warmup(const dy_arg *args, double step)
{
    double warm = args[DY_WARMUP_STEPS].real;
    return step < warm ? dy_factor_warm_up(step, warm) : 1;
}

const dy_factor_class DY_FACTOR_constant_with_warmup = { .at = constant_with_warmup };

const dy_param DY_PARAMS_transformers_linear[] = {
    DY_PARAM_OPTIMIZER, DY_PARAM_WARMUP_STEPS, DY_PARAM_TRAINING_STEPS, { 0 }
};

static double linear(const dy_arg *args, double step)
{
    double warm = args[DY_WARMUP_STEPS].real, total = args[DY_TRAINING_STEPS].real;
    if (step < warm) return dy_factor_warm_up(step, warm);
    return fmax(0, (total - step) / fmax(1, total - warm));
}

const dy_factor_class DY_FACTOR_linear = { .at = linear };

enum { LR_END = 3, POWER };

const dy_param DY_PARAMS_transformers_polynomial[] = {
    DY_PARAM_OPTIMIZER,
    DY_PARAM_WARMUP_STEPS,
    DY_PARAM_TRAINING_STEPS,
    [LR_END] = { .name = "lr_end",
                 .kind = DY_ARG_REAL,
                 .preset = 1e-7,
                 .meaning = "the rate at the end, less than the optimizer's" },
    [POWER] = { .name = "power",
                .kind = DY_ARG_REAL,
                .preset = 1,
                .meaning = "the power of what is left" },
    { 0 },
};

static bool polynomial_check(const dy_arg *args, dy_error *err)
{
    double end = args[LR_END].real, first = args[0].real;
    if (first > end) return true;
    return dy_fail(err, "lr_end is %g; want less than the optimizer's lr, which is %g", end,
                   first);
}

static double polynomial(const dy_arg *args, double step)
{
    double warm = args[DY_WARMUP_STEPS].real, total = args[DY_TRAINING_STEPS].real;
    double first = args[0].real, end = args[LR_END].real;
    if (step < warm) return dy_factor_warm_up(step, warm);
    if (step > total) return end / first;
    double left = 1 - (step - warm) / (total - warm);
    return ((first - end) * pow(left, args[POWER].real) + end) / first;
}

const dy_factor_class DY_FACTOR_polynomial = { .check = polynomial_check, .at = polynomial };

enum { TIMESCALE = 2 };

const dy_param DY_PARAMS_transformers_inverse_sqrt[] = {
    DY_PARAM_OPTIMIZER,
    DY_PARAM_WARMUP_STEPS,
    [TIMESCALE] = { .name = "timescale",
                    .kind = DY_ARG_REAL,
                    .want = DY_WANT_POSITIVE,
                    .meaning = "the steps from which it falls; without it num_warmup_steps, "
                               "or 10000 without a rise" },
    { 0 },
};

static double inverse_sqrt(const dy_arg *args, double step)
{
    double warm = args[DY_WARMUP_STEPS].real;
    double scale = args[TIMESCALE].given ? args[TIMESCALE].real : warm != 0 ? warm : 10000;
    if (step < warm) return dy_factor_warm_up(step, warm);
    return 1 / sqrt((step + (scale - warm)) / scale);
}

const dy_factor_class DY_FACTOR_inverse_sqrt = { .at = inverse_sqrt };

#define HF     "transformers.optimization of Hugging Face transformers 5"
#define GREEDY HF "; S. Subramanian et al., GreedyLR, 2025, arXiv:2512.14527"

#define WARMED(formula)                                                                        \
    "lr t/w while t < w, then " formula "; w: num_warmup_steps, T: num_training_steps"
#define PROGRESS "; p: (t - w)/(T - w)"

const dy_recipe DY_RECIPES_TRANSFORMERS[] = {
    { "transformers.get_constant_schedule", "the optimizer's lr", "lr", HF,
      DY_PARAMS_transformers_constant, dy_make_factor, &DY_FACTOR_constant },
    { "transformers.get_constant_schedule_with_warmup", "a rise to the optimizer's lr",
      "lr t/num_warmup_steps, at most lr", HF, DY_PARAMS_transformers_constant_with_warmup,
      dy_make_factor, &DY_FACTOR_constant_with_warmup },
    { "transformers.get_linear_schedule_with_warmup", "a rise and a straight line down to 0",
      WARMED("lr (T - t)/(T - w), then 0"), HF, DY_PARAMS_transformers_linear, dy_make_factor,
      &DY_FACTOR_linear },
    { "transformers.get_cosine_schedule_with_warmup",
      "a rise and half a cosine; up again after the run's end",
      WARMED("lr (1 + cos(2 pi num_cycles p)) / 2" PROGRESS), HF, DY_PARAMS_transformers_cosine,
      dy_make_factor, &DY_FACTOR_cosine },
    { "transformers.get_cosine_with_hard_restarts_schedule_with_warmup",
      "a rise and cosines one after another",
      WARMED("lr (1 + cos(pi (num_cycles p mod 1))) / 2, then 0" PROGRESS), HF,
      DY_PARAMS_transformers_cosine_with_restarts, dy_make_factor,
      &DY_FACTOR_cosine_with_restarts },
    { "transformers.get_polynomial_decay_schedule_with_warmup",
      "a rise and a power of what is left",
      WARMED("lr_end + (lr - lr_end) (1 - p)^power, then lr_end" PROGRESS), HF,
      DY_PARAMS_transformers_polynomial, dy_make_factor, &DY_FACTOR_polynomial },
    { "transformers.get_inverse_sqrt_schedule", "a rise and an inverse root",
      "lr t/w while t < w, then lr sqrt(timescale / (t - w + timescale)); w: num_warmup_steps",
      HF, DY_PARAMS_transformers_inverse_sqrt, dy_make_factor, &DY_FACTOR_inverse_sqrt },
    { "transformers.get_cosine_with_min_lr_schedule_with_warmup",
      "a rise and half a cosine down to a least lr",
      WARMED("r + (lr - r) (1 + cos(2 pi num_cycles p)) / 2, r: min_lr" PROGRESS), HF,
      DY_PARAMS_transformers_cosine_with_min_lr, dy_make_factor,
      &DY_FACTOR_cosine_with_min_lr },
    { "transformers.get_cosine_with_min_lr_schedule_with_warmup_lr_rate",
      "the same, its steps counted from 1",
      "lr (t + 1)/w, or lr (k + (1 - k) t/(w - 1)), while t < w, then r + (lr - r) (1 + cos(2 "
      "pi num_cycles p)) / 2; k: warmup_lr_rate, r: min_lr, p: (t - w + 1)/(T - w)",
      HF, DY_PARAMS_transformers_cosine_warmup_with_min_lr, dy_make_factor,
      &DY_FACTOR_cosine_warmup_with_min_lr },
    { "transformers.get_wsd_schedule", "a rise, a plateau, a fall",
      "lr (r + (1 - r) f): f up over num_warmup_steps, 1 for num_stable_steps, down over "
      "num_decay_steps, then 0; r: min_lr_ratio",
      HF, DY_PARAMS_transformers_warmup_stable_decay, dy_make_factor,
      &DY_FACTOR_warmup_stable_decay },
    { "transformers.get_reduce_on_plateau_schedule",
      "lower lr when a metric stops improving: PyTorch's ReduceLROnPlateau",
      "lr factor^(times patience + 1 observations in a row were no better)", HF,
      DY_PARAMS_torch_ReduceLROnPlateau, dy_make_torch_ReduceLROnPlateau, NULL },
    { "transformers.GreedyLR", "raise lr while a metric improves, lower it when it stops",
      "lr factor^(times patience + 1 in a row were no better - times they were better)", GREEDY,
      DY_PARAMS_transformers_GreedyLR, dy_make_transformers_GreedyLR, NULL },
    { "transformers.get_greedy_schedule", "another name of GreedyLR",
      "lr factor^(times patience + 1 in a row were no better - times they were better)", GREEDY,
      DY_PARAMS_transformers_GreedyLR, dy_make_transformers_GreedyLR, NULL },
    { "transformers.get_scheduler", "any of the schedules above, by its short name",
      "that of the schedule it names", HF, DY_PARAMS_transformers_get_scheduler,
      dy_make_transformers_get_scheduler, NULL },
    { 0 },
};
