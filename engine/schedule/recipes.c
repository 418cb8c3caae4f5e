/* recipes.c - the table of Derny's own schedules.
 *
 * In the formulas t is the step, T the schedule's length and e its last step: T - 1, or T where ends = "exclusive".
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

const dy_recipe DY_RECIPES_CORE[] = {
    { "constant", "the same lr at every update", "lr", "", DY_PARAMS_constant, dy_make_constant,
      NULL },
    { "curve", "through keyframes, each reached exactly", "keys joined by eases; held outside",
      "", DY_PARAMS_curve, dy_make_curve, NULL },
    { "piecewise", "constant pieces; at a boundary the new value is in effect",
      "values[i] while boundaries[i-1] <= t < boundaries[i]",
      "optax.piecewise_constant_schedule (Keras keeps the old value at the boundary)",
      DY_PARAMS_piecewise, dy_make_piecewise, NULL },
    { "linear", "a straight line to its end value", "lr + (final_lr - lr) t/e",
      "M. Li et al., Budgeted Training, 2020, arXiv:1905.04753", DY_PARAMS_linear,
      dy_make_linear, NULL },
    { "cosine", "half a cosine to its end value", "lr + (final_lr - lr) (1 - cos(pi t/e)) / 2",
      "I. Loshchilov and F. Hutter, SGDR, 2017, arXiv:1608.03983", DY_PARAMS_cosine,
      dy_make_cosine, NULL },
    { "polynomial", "a power of what is left of the run",
      "final_lr + (lr - final_lr) (1 - t/e)^power",
      "lr_policy \"poly\" of Caffe; tf.keras PolynomialDecay", DY_PARAMS_polynomial,
      dy_make_polynomial, NULL },
    { "geometric", "equal factors in equal times to its end value", "lr (final_lr / lr)^(t/e)",
      "SchedExp of fastai", DY_PARAMS_geometric, dy_make_geometric, NULL },
    { "exponential", "equal factors in equal times, without end",
      "lr gamma^(t/per), or lr exp(-k t/per); t/per rounded down where staircase",
      "gamma: torch ExponentialLR, Keras ExponentialDecay", DY_PARAMS_exponential,
      dy_make_exponential, NULL },
    { "step", "a drop by one factor at equal intervals", "lr gamma^floor(t/every)",
      "torch StepLR", DY_PARAMS_step, dy_make_step, NULL },
    { "multi_step", "a drop by one factor at each milestone",
      "lr gamma^(milestones at or before t)", "torch MultiStepLR", DY_PARAMS_multi_step,
      dy_make_multi_step, NULL },
    { "cyclical", "up and down between two rates, without end",
      "base_lr + (max_lr - base_lr) w s; w: 0 to 1 and back; s: 1, 1/2^cycle or gamma^t",
      "L. Smith, Cyclical Learning Rates, 2017, arXiv:1506.01186; as torch CyclicLR",
      DY_PARAMS_cyclical, dy_make_cyclical, NULL },
    { "cosine_restarts", "cosines one after another, each starting anew, without end",
      "final_lr + (lr - final_lr) decay^n (1 + cos(pi u)) / 2; u: 0 to 1 over cycle n, which "
      "lasts first mult^n",
      "I. Loshchilov and F. Hutter, SGDR, 2017, arXiv:1608.03983; as torch "
      "CosineAnnealingWarmRestarts",
      DY_PARAMS_cosine_restarts, dy_make_cosine_restarts, NULL },
    { "one_cycle", "one rise and one long fall, momentum moving the other way",
      "max_lr/div_factor up to max_lr at pct_start T - 1, down to "
      "max_lr/div_factor/final_div_factor at T - 1; \"article\": base_lr + (max_lr - base_lr) "
      "t/h while t < h = floor(T/2), then max_lr - (max_lr - base_lr) (t - h)/h",
      "L. Smith and N. Topin, Super-Convergence, 2018, arXiv:1708.07120; as torch OneCycleLR",
      DY_PARAMS_one_cycle, dy_make_one_cycle, NULL },
    { "warm_up", "a rise to where another schedule begins, then that schedule",
      "from there up to schedule(0) over length, then schedule(t - length)",
      "P. Goyal et al., Accurate, Large Minibatch SGD, 2017, arXiv:1706.02677",
      DY_PARAMS_warm_up, dy_make_warm_up, NULL },
    { "sequence", "schedules one after another, each counting from its own start",
      "schedules[i](t - at[i-1]) while at[i-1] <= t < at[i]",
      "torch SequentialLR; optax.join_schedules", DY_PARAMS_sequence, dy_make_sequence, NULL },
    { "plateau", "lower lr when the loss stops falling",
      "lr factor^(times patience + 1 observations in a row were no better)",
      "torch ReduceLROnPlateau", DY_PARAMS_plateau, dy_make_plateau, NULL },
    { 0 },
};
