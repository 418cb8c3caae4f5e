/* schedule_examples.c - see schedule_examples.h.   SPDX-License-Identifier: MIT */
#include "cli/schedule_examples.h"

#include <stdio.h>
#include <string.h>

#define OPTIMIZER "optimizer = { lr = 0.1, momentum = 0.9 }"
#define WARMED    "num_warmup_steps = 40, num_training_steps = 300, " OPTIMIZER
#define GREEDY    "factor = 0.9, max_lr = 0.4, " OPTIMIZER
#define SMITH(n)                                                                               \
    "base_lr = 0.1, max_lr = 1, stepsize = " #n ", momentum = 0.95, cyclical_momentum = 0.85"

/* What is typical of schedules whose arguments depend on each other. The rest are shown with their required
 * arguments. */
static const struct {
    const char *name, *example;
} EXAMPLES[] = {
    { "curve",
      "derny.curve { {0, 0.004}, {\"30%\", 0.1, \"cosine\"}, {\"100%\", 1e-5, \"cosine\"} }" },
    { "piecewise",
      "derny.piecewise { boundaries = { \"40%\", \"70%\" }, values = { 0.1, 0.05, 0.01 } }" },
    { "geometric", "derny.geometric { lr = 0.1, final_lr = 0.001 }" },
    { "exponential", "derny.exponential { lr = 0.1, gamma = 0.9, per = \"1 epoch\" }" },
    { "step", "derny.step { lr = 0.1, gamma = 0.5, every = \"6 epochs\" }" },
    { "multi_step",
      "derny.multi_step { lr = 0.1, gamma = 0.3, milestones = { \"50%\", \"75%\" } }" },
    { "cyclical", "derny.cyclical { base_lr = 0.01, max_lr = 0.1, step_up = 50 }" },
    { "cosine_restarts", "derny.cosine_restarts { lr = 0.1, first = 43, mult = 2 }" },
    { "polynomial", "derny.polynomial { lr = 0.1, power = 2 }" },
    { "warm_up", "derny.warm_up { schedule = derny.cosine { lr = 0.1 }, length = \"20%\" }" },
    { "sequence", "derny.sequence { schedules = { derny.constant(0.1), derny.cosine { lr = 0.1 "
                  "} }, at = { \"50%\" } }" },
    { "piecewise_linear",
      "derny.piecewise_linear { at = { 0, \"20%\", \"100%\" }, values = { 0.01, 0.1, 0 } }" },
    { "cosine", "derny.cosine { lr = 0.1, final_lr = 0.001 }" },
    { "inverse_time", "derny.inverse_time { lr = 0.1, rate = 0.5, per = \"3 epochs\" }" },
    { "inverse_sqrt", "derny.inverse_sqrt { lr = 0.1, warm_up = \"10%\" }" },
    { "cool_down", "derny.cool_down { 0.1, length = \"30%\", ease = \"cosine\" }" },
    { "scale", "derny.scale { derny.cosine { lr = 0.1 }, factor = 0.5 }" },
    { "clip", "derny.clip { derny.linear { lr = 0.1 }, min = 0.02, max = 0.08 }" },
    { "shift", "derny.shift { derny.cosine { lr = 0.1 }, by = \"30%\" }" },
    { "staircase", "derny.staircase { derny.cosine { lr = 0.1 }, every = \"3 epochs\" }" },
    { "loop",
      "derny.loop { derny.linear { lr = 0.1 }, length = 43, stretch = 2, decay = 0.7 }" },
    { "sum",
      "derny.sum { derny.linear { lr = 0.1 }, derny.cyclical { base_lr = 0, max_lr = 0.03, "
      "step_up = 20 } }" },
    { "product",
      "derny.product { derny.cosine { lr = 1 }, derny.cyclical { base_lr = 0.05, max_lr "
      "= 0.1, step_up = 20 } }" },
    { "min",
      "derny.min { derny.linear { lr = 0, final_lr = 0.2 }, derny.linear { lr = 0.1 } }" },
    { "max",
      "derny.max { derny.exponential { lr = 0.1, gamma = 0.8, per = \"1 epoch\" }, 0.02 }" },
    { "mirror", "derny.mirror { derny.trapezoid { lr = 0.1 } }" },
    { "demon", "derny.demon { derny.linear { lr = 0.1 } }" },
    { "with_momentum",
      "derny.with_momentum { derny.cosine { lr = 0.1 }, momentum = { {0, 0.95}, "
      "{\"30%\", 0.85}, {\"100%\", 0.95} } }" },
    { "plateau", "derny.plateau { lr = 0.1, factor = 0.3 }" },
    { "greedy", "derny.greedy { lr = 0.05, max_lr = 0.1, factor = 0.8, patience = 5 }" },
    { "article.one_cycle_schedule", "derny.article.one_cycle_schedule { total_epochs = 300 }" },
    { "keras.ExponentialDecay", "derny.keras.ExponentialDecay { initial_learning_rate = 0.1, "
                                "decay_steps = 100, decay_rate = 0.5 }" },
    { "keras.PiecewiseConstantDecay", "derny.keras.PiecewiseConstantDecay { boundaries = { "
                                      "100, 200 }, values = { 0.1, 0.05, 0.01 } }" },
    { "keras.PolynomialDecay", "derny.keras.PolynomialDecay { initial_learning_rate = 0.1, "
                               "decay_steps = 250, power = 2 }" },
    { "keras.InverseTimeDecay", "derny.keras.InverseTimeDecay { initial_learning_rate = 0.1, "
                                "decay_steps = 30, decay_rate = 0.5 }" },
    { "keras.CosineDecay", "derny.keras.CosineDecay { initial_learning_rate = 0, decay_steps = "
                           "250, warmup_target = 0.1, warmup_steps = 50 }" },
    { "keras.CosineDecayRestarts", "derny.keras.CosineDecayRestarts { initial_learning_rate = "
                                   "0.1, first_decay_steps = 43 }" },
    { "torch.MultiStepLR",
      "derny.torch.MultiStepLR { milestones = { 150, 225 }, gamma = 0.3, " OPTIMIZER " }" },
    { "torch.StepLR", "derny.torch.StepLR { step_size = 60, gamma = 0.5, " OPTIMIZER " }" },
    { "torch.ExponentialLR", "derny.torch.ExponentialLR { gamma = 0.99, " OPTIMIZER " }" },
    { "torch.MultiplicativeLR", "derny.torch.MultiplicativeLR { lr_lambda = function(t) "
                                "return t % 2 == 0 and 0.98 or 1 end, " OPTIMIZER " }" },
    { "torch.ConstantLR", "derny.torch.ConstantLR { total_iters = 100, " OPTIMIZER " }" },
    { "torch.LinearLR", "derny.torch.LinearLR { total_iters = 100, " OPTIMIZER " }" },
    { "torch.PolynomialLR",
      "derny.torch.PolynomialLR { total_iters = 250, power = 2, " OPTIMIZER " }" },
    { "torch.CosineAnnealingLR",
      "derny.torch.CosineAnnealingLR { T_max = 200, " OPTIMIZER " }" },
    { "torch.CosineAnnealingWarmRestarts",
      "derny.torch.CosineAnnealingWarmRestarts { T_0 = 43, T_mult = 2, " OPTIMIZER " }" },
    { "torch.CyclicLR", "derny.torch.CyclicLR { base_lr = 0.01, max_lr = 0.1, step_size_up = "
                        "50, " OPTIMIZER " }" },
    { "torch.OneCycleLR",
      "derny.torch.OneCycleLR { max_lr = 0.1, total_steps = 300, " OPTIMIZER " }" },
    { "torch.SequentialLR",
      "derny.torch.SequentialLR { schedulers = { derny.torch.LinearLR { total_iters = 50 }, "
      "derny.torch.CosineAnnealingLR { T_max = 250 } }, milestones = { 50 }, " OPTIMIZER " }" },
    { "torch.ChainedScheduler",
      "derny.torch.ChainedScheduler { schedulers = { derny.torch.StepLR { step_size = 100 }, "
      "derny.torch.ExponentialLR { gamma = 0.99 } }, " OPTIMIZER " }" },
    { "keras.LearningRateScheduler", "derny.keras.LearningRateScheduler { schedule = "
                                     "function(epoch, lr) return epoch < 10 and "
                                     "lr or lr * 0.9 end, " OPTIMIZER " }" },
    { "keras.ReduceLROnPlateau",
      "derny.keras.ReduceLROnPlateau { factor = 0.3, " OPTIMIZER " }" },
    { "torch.SWALR",
      "derny.torch.SWALR { swa_lr = 0.02, anneal_epochs = 200, " OPTIMIZER " }" },
    { "torch.ReduceLROnPlateau",
      "derny.torch.ReduceLROnPlateau { factor = 0.3, " OPTIMIZER " }" },
    { "timm.CosineLRScheduler", "derny.timm.CosineLRScheduler { t_initial = 280, warmup_t = "
                                "20, warmup_prefix = true, " OPTIMIZER " }" },
    { "timm.TanhLRScheduler",
      "derny.timm.TanhLRScheduler { t_initial = 280, warmup_t = 20, " OPTIMIZER " }" },
    { "timm.PolyLRScheduler",
      "derny.timm.PolyLRScheduler { t_initial = 100, cycle_limit = 3, " OPTIMIZER " }" },
    { "timm.StepLRScheduler",
      "derny.timm.StepLRScheduler { decay_t = 60, decay_rate = 0.5, " OPTIMIZER " }" },
    { "timm.MultiStepLRScheduler", "derny.timm.MultiStepLRScheduler { decay_t = { 150, 225 }, "
                                   "decay_rate = 0.3, " OPTIMIZER " }" },
    { "timm.WSDLRScheduler", "derny.timm.WSDLRScheduler { t_initial = 270, decay_t = 60, "
                             "warmup_t = 30, " OPTIMIZER " }" },
    { "timm.PlateauLRScheduler", "derny.timm.PlateauLRScheduler { mode = \"min\", decay_rate = "
                                 "0.3, warmup_t = 20, " OPTIMIZER " }" },
    { "optax.linear_schedule", "derny.optax.linear_schedule { init_value = 0.1, end_value = "
                               "0.01, transition_steps = 250 }" },
    { "optax.polynomial_schedule",
      "derny.optax.polynomial_schedule { init_value = 0.1, end_value = 0, power = 2, "
      "transition_steps = 200, transition_begin = 50 }" },
    { "optax.exponential_decay",
      "derny.optax.exponential_decay { init_value = 0.1, transition_steps = 60, decay_rate = "
      "0.5, end_value = 0.01 }" },
    { "optax.cosine_decay_schedule", "derny.optax.cosine_decay_schedule { init_value = 0.1, "
                                     "decay_steps = 250, alpha = 0.1 }" },
    { "optax.piecewise_constant_schedule",
      "derny.optax.piecewise_constant_schedule { init_value = 0.1, boundaries_and_scales = { "
      "[100] = 0.5, [200] = 0.2 } }" },
    { "optax.piecewise_interpolate_schedule",
      "derny.optax.piecewise_interpolate_schedule { interpolate_type = \"cosine\", init_value "
      "= 0.01, boundaries_and_scales = { [60] = 10, [180] = 0.5, [280] = 0.02 } }" },
    { "optax.linear_onecycle_schedule",
      "derny.optax.linear_onecycle_schedule { transition_steps = 300, peak_value = 0.1 }" },
    { "optax.cosine_onecycle_schedule",
      "derny.optax.cosine_onecycle_schedule { transition_steps = 300, peak_value = 0.1 }" },
    { "optax.warmup_constant_schedule", "derny.optax.warmup_constant_schedule { init_value = "
                                        "0, peak_value = 0.1, warmup_steps = 60 }" },
    { "optax.warmup_cosine_decay_schedule",
      "derny.optax.warmup_cosine_decay_schedule { init_value = 0, peak_value = 0.1, "
      "warmup_steps = 40, decay_steps = 300 }" },
    { "optax.warmup_exponential_decay_schedule",
      "derny.optax.warmup_exponential_decay_schedule { init_value = 0, peak_value = 0.1, "
      "warmup_steps = 40, transition_steps = 60, decay_rate = 0.5 }" },
    { "optax.sgdr_schedule",
      "derny.optax.sgdr_schedule { cosine_kwargs = { { init_value = 0, peak_value = 0.1, "
      "warmup_steps = 10, decay_steps = 100 }, { init_value = 0, peak_value = 0.07, "
      "warmup_steps = 20, decay_steps = 200 } } }" },
    { "optax.join_schedules",
      "derny.optax.join_schedules { schedules = { derny.optax.linear_schedule(0, 0.1, 50), "
      "derny.optax.cosine_decay_schedule(0.1, 250) }, boundaries = { 50 } }" },
    { "optax.inject_hyperparams", "derny.optax.inject_hyperparams { learning_rate = "
                                  "derny.optax.cosine_onecycle_schedule(300, 0.1), momentum = "
                                  "derny.optax.linear_schedule(0.85, 0.95, 300) }" },
    { "fastai.SchedLin", "derny.fastai.SchedLin(0.1, 0.01)" },
    { "fastai.SchedCos", "derny.fastai.SchedCos(0.1, 0.01)" },
    { "fastai.SchedNo", "derny.fastai.SchedNo(0.1, 0.1)" },
    { "fastai.SchedExp", "derny.fastai.SchedExp(0.1, 0.001)" },
    { "fastai.SchedPoly", "derny.fastai.SchedPoly(0.1, 0.001, 2)" },
    { "fastai.combine_scheds",
      "derny.fastai.combine_scheds({ 0.3, 0.7 }, { derny.fastai.SchedLin(0.01, 0.1), "
      "derny.fastai.SchedExp(0.1, 0.001) })" },
    { "fastai.combined_cos", "derny.fastai.combined_cos(0.25, 0.01, 0.1, 0.001)" },
    { "fastai.ParamScheduler",
      "derny.fastai.ParamScheduler { scheds = { lr = derny.fastai.combined_cos(0.3, 0.01, 0.1, "
      "0.001), mom = derny.fastai.combined_cos(0.3, 0.95, 0.85, 0.95) } }" },
    { "fastai.fit_one_cycle", "derny.fastai.fit_one_cycle { n_epoch = 30, lr_max = 0.1 }" },
    { "fastai.fit_flat_cos", "derny.fastai.fit_flat_cos { n_epoch = 30, lr = 0.1 }" },
    { "fastai.fit_sgdr",
      "derny.fastai.fit_sgdr { n_cycles = 4, cycle_len = 2, lr_max = 0.1 }" },
    { "fastai.fine_tune",
      "derny.fastai.fine_tune { epochs = 25, freeze_epochs = 5, base_lr = 0.1 }" },
    { "fastai.LRFinder", "derny.fastai.LRFinder { num_it = 300 }" },
    { "ignite.LinearCyclicalScheduler",
      "derny.ignite.LinearCyclicalScheduler { param_name = \"lr\", start_value = 0.01, "
      "end_value = 0.1, cycle_size = 100, " OPTIMIZER " }" },
    { "ignite.CosineAnnealingScheduler",
      "derny.ignite.CosineAnnealingScheduler { param_name = \"lr\", start_value = 0.1, "
      "end_value = 0.001, cycle_size = 100, " OPTIMIZER " }" },
    { "ignite.PiecewiseLinear",
      "derny.ignite.PiecewiseLinear { param_name = \"lr\", milestones_values = { {50, 0.1}, "
      "{150, 0.05}, {151, 0.02}, {250, 0.005} }, " OPTIMIZER " }" },
    { "ignite.LRScheduler", "derny.ignite.LRScheduler { lr_scheduler = derny.torch.StepLR { "
                            "step_size = 60, gamma = 0.5 }, " OPTIMIZER " }" },
    { "ignite.ConcatScheduler",
      "derny.ignite.ConcatScheduler { schedulers = { derny.ignite.LinearCyclicalScheduler { "
      "param_name = \"lr\", start_value = 0.01, end_value = 0.1, cycle_size = 200 }, "
      "derny.ignite.CosineAnnealingScheduler { param_name = \"lr\", start_value = 0.1, "
      "end_value = 0.01, cycle_size = 200 } }, durations = { 100 }, " OPTIMIZER " }" },
    { "ignite.ParamGroupScheduler",
      "derny.ignite.ParamGroupScheduler { schedulers = { derny.ignite.LinearCyclicalScheduler "
      "{ param_name = \"lr\", start_value = 0.01, end_value = 0.1, cycle_size = 150 }, "
      "derny.ignite.LinearCyclicalScheduler { param_name = \"momentum\", start_value = 0.95, "
      "end_value = 0.85, cycle_size = 150 } }, " OPTIMIZER " }" },
    { "ignite.create_lr_scheduler_with_warmup",
      "derny.ignite.create_lr_scheduler_with_warmup { lr_scheduler = derny.torch.ExponentialLR "
      "{ gamma = 0.99 }, warmup_start_value = 0, warmup_duration = 50, " OPTIMIZER " }" },
    { "fastai.ReduceLROnPlateau",
      "derny.fastai.ReduceLROnPlateau { patience = 10, factor = 3, lr = 0.1 }" },
    { "ignite.ReduceLROnPlateauScheduler",
      "derny.ignite.ReduceLROnPlateauScheduler { metric_name = \"loss\", factor = "
      "0.3, " OPTIMIZER " }" },
    { "ignite.ExpStateScheduler", "derny.ignite.ExpStateScheduler { initial_value = 0.1, gamma "
                                  "= 0.99, param_name = \"lr\" }" },
    { "ignite.StepStateScheduler", "derny.ignite.StepStateScheduler { initial_value = 0.1, "
                                   "gamma = 0.5, step_size = 60, param_name = \"lr\" }" },
    { "ignite.MultiStepStateScheduler",
      "derny.ignite.MultiStepStateScheduler { initial_value = 0.1, gamma = 0.3, milestones = { "
      "150, 225 }, param_name = \"lr\" }" },
    { "ignite.PiecewiseLinearStateScheduler",
      "derny.ignite.PiecewiseLinearStateScheduler { milestones_values = { {50, 0.1}, {150, "
      "0.05}, {250, 0.005} }, param_name = \"lr\" }" },
    { "ignite.LambdaStateScheduler",
      "derny.ignite.LambdaStateScheduler { lambda_obj = function(t) return 0.1 * 0.99 ^ t end, "
      "param_name = \"lr\" }" },
    { "transformers.get_constant_schedule_with_warmup",
      "derny.transformers.get_constant_schedule_with_warmup { num_warmup_steps = 40, " OPTIMIZER
      " }" },
    { "transformers.get_linear_schedule_with_warmup",
      "derny.transformers.get_linear_schedule_with_warmup { " WARMED " }" },
    { "transformers.get_cosine_schedule_with_warmup",
      "derny.transformers.get_cosine_schedule_with_warmup { " WARMED " }" },
    { "transformers.get_cosine_with_hard_restarts_schedule_with_warmup",
      "derny.transformers.get_cosine_with_hard_restarts_schedule_with_warmup { " WARMED
      ", num_cycles = 3 }" },
    { "transformers.get_polynomial_decay_schedule_with_warmup",
      "derny.transformers.get_polynomial_decay_schedule_with_warmup { " WARMED
      ", power = 2 }" },
    { "transformers.get_inverse_sqrt_schedule",
      "derny.transformers.get_inverse_sqrt_schedule { num_warmup_steps = 40, " OPTIMIZER " }" },
    { "transformers.get_cosine_with_min_lr_schedule_with_warmup",
      "derny.transformers.get_cosine_with_min_lr_schedule_with_warmup { " WARMED
      ", min_lr = 0.02 }" },
    { "transformers.get_cosine_with_min_lr_schedule_with_warmup_lr_rate",
      "derny.transformers.get_cosine_with_min_lr_schedule_with_warmup_lr_rate { " WARMED
      ", min_lr = 0.02, warmup_lr_rate = 0.3 }" },
    { "transformers.get_wsd_schedule",
      "derny.transformers.get_wsd_schedule { num_warmup_steps = 40, num_decay_steps = 80, "
      "num_training_steps = 300, " OPTIMIZER " }" },
    { "transformers.get_reduce_on_plateau_schedule",
      "derny.transformers.get_reduce_on_plateau_schedule { factor = 0.3, " OPTIMIZER " }" },
    { "transformers.GreedyLR", "derny.transformers.GreedyLR { " GREEDY " }" },
    { "transformers.get_greedy_schedule",
      "derny.transformers.get_greedy_schedule { " GREEDY " }" },
    { "transformers.get_scheduler",
      "derny.transformers.get_scheduler { name = \"cosine_with_restarts\", " WARMED
      ", scheduler_specific_kwargs = { num_cycles = 2 } }" },
    { "smith.one_cycle", "derny.smith.one_cycle { " SMITH(130) " }" },
    { "smith.triangular", "derny.smith.triangular { " SMITH(50) " }" },
    { "smith.triangular2", "derny.smith.triangular2 { " SMITH(50) " }" },
    { "smith.exp_range", "derny.smith.exp_range { " SMITH(50) ", gamma = 0.993 }" },
};

/* A plain value for an argument that is needed. */
static const char *typical(const dy_param *param)
{
    switch (param->kind) {
    case DY_ARG_OPTIMIZER: return "{ lr = 0.1, momentum = 0.9 }";
    case DY_ARG_FUNCTION: return "function(t) return 0.99 ^ t end";
    case DY_ARG_TIME: return "\"30%\"";
    case DY_ARG_COUNT: return "10";
    default: return param->want == DY_WANT_SHARE ? "0.5" : "0.1";
    }
}

/* A recipe with its required arguments, which then should be plain. */
static void plain_example(const dy_recipe *recipe, char *to, size_t size)
{
    int used = snprintf(to, size, "derny.%s {", recipe->name);
    const char *before = " ";
    for (const dy_param *p = recipe->params; p->name && used < (int)size; p++) {
        if (!p->required && p->kind != DY_ARG_OPTIMIZER) continue;
        used +=
            snprintf(to + used, size - (size_t)used, "%s%s = %s", before, p->name, typical(p));
        before = ", ";
    }
    if (used < (int)size) snprintf(to + used, size - (size_t)used, " }");
}

void dy_schedule_example(const dy_recipe *recipe, char *to, size_t size)
{
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++) {
        if (strcmp(EXAMPLES[i].name, recipe->name) != 0) continue;
        snprintf(to, size, "%s", EXAMPLES[i].example);
        return;
    }
    plain_example(recipe, to, size);
}
