/* recipes.h - the makers behind the table of recipes, and what they share. For this folder only.
 *
 * To add a schedule: write its params and its make in the recipes_*.c where its family is, declare both here, and give it
 * a row in recipes.c, or in the table of its library, which catalogue.c lists.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/recipe.h"

/* A table each: Derny's own, and a library's. All end at a NULL name. */
extern const dy_recipe DY_RECIPES_CORE[], DY_RECIPES_TORCH[], DY_RECIPES_KERAS[],
    DY_RECIPES_OPTAX[], DY_RECIPES_FASTAI[], DY_RECIPES_IGNITE[], DY_RECIPES_TIMM[],
    DY_RECIPES_TRANSFORMERS[], DY_RECIPES_SMITH[], DY_RECIPES_ARTICLE[];

#define DY_RECIPE(name)                                                                        \
    extern const dy_param DY_PARAMS_##name[];                                                  \
    bool dy_make_##name(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)

DY_RECIPE(constant);
DY_RECIPE(curve);
DY_RECIPE(piecewise);
DY_RECIPE(multi_step);
DY_RECIPE(linear);
DY_RECIPE(cosine);
DY_RECIPE(polynomial);
DY_RECIPE(geometric);
DY_RECIPE(exponential);
DY_RECIPE(step);
DY_RECIPE(cyclical);
DY_RECIPE(cosine_restarts);
DY_RECIPE(one_cycle);
DY_RECIPE(warm_up);
DY_RECIPE(sequence);
DY_RECIPE(plateau);
DY_RECIPE(torch_ReduceLROnPlateau);
DY_RECIPE(timm_PlateauLRScheduler);
DY_RECIPE(transformers_GreedyLR);
DY_RECIPE(transformers_get_scheduler);
DY_RECIPE(smith_one_cycle);
DY_RECIPE(smith_triangular);
DY_RECIPE(smith_triangular2);
DY_RECIPE(smith_exp_range);
DY_RECIPE(article_one_cycle_schedule);
DY_RECIPE(article_exponential_decay);
DY_RECIPE(article_piecewise_constant);
DY_RECIPE(article_cyclical_lr);
DY_RECIPE(optax_inject_hyperparams);
DY_RECIPE(fastai_ParamScheduler);
DY_RECIPE(fastai_fit_one_cycle);
DY_RECIPE(fastai_fit_flat_cos);
DY_RECIPE(fastai_fit_sgdr);
DY_RECIPE(fastai_fine_tune);
DY_RECIPE(fastai_LRFinder);
DY_RECIPE(fastai_ReduceLROnPlateau);
DY_RECIPE(ignite_ReduceLROnPlateauScheduler);
DY_RECIPE(ignite_ExpStateScheduler);
DY_RECIPE(ignite_StepStateScheduler);
DY_RECIPE(ignite_MultiStepStateScheduler);
DY_RECIPE(ignite_PiecewiseLinearStateScheduler);
DY_RECIPE(ignite_LambdaStateScheduler);
DY_RECIPE(keras_ExponentialDecay);
DY_RECIPE(keras_PiecewiseConstantDecay);
DY_RECIPE(keras_PolynomialDecay);
DY_RECIPE(keras_InverseTimeDecay);
DY_RECIPE(keras_CosineDecay);
DY_RECIPE(keras_CosineDecayRestarts);

#undef DY_RECIPE

/* A schedule that is a plain function of the step, its values held from step to step. */
typedef double dy_step_fn(const dy_arg *args, double step);
bool dy_curve_hold(dy_curve *curve, const dy_plan *plan, dy_arena *arena, const dy_arg *args,
                   dy_step_fn *at, dy_error *err);
bool dy_plan_hold(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_step_fn *at,
                  dy_error *err);

/* Checks what is given of a recipe's arguments, and fills in what is not. */
bool dy_spec_complete(const dy_spec *spec, dy_arg *args, dy_error *err);

/* A parameter "steps": the length of a schedule that has an end. */
#define DY_PARAM_STEPS                                                                         \
    {                                                                                          \
        .name = "steps", .kind = DY_ARG_TIME, .want = DY_WANT_POSITIVE, .preset = 1,           \
        .preset_unit = DY_FRACTION, .meaning = "its length; the value at its end is held"      \
    }

/* A library's scheduler is attached to an optimizer: every one's first parameter. */
#define DY_PARAM_OPTIMIZER                                                                     \
    {                                                                                          \
        .name = "optimizer", .kind = DY_ARG_OPTIMIZER,                                         \
        .meaning = "what it is attached to: lr, and momentum or betas; only on the outermost"  \
    }

/* The optimizer is there, with an lr. */
bool dy_arg_attached(const dy_arg *optimizer, dy_error *err);

/* The plan leaves the optimizer's momentum where it is. */
bool dy_plan_attach(dy_plan *plan, dy_arena *arena, const dy_arg *optimizer, dy_error *err);

/* A length in whole updates, at least 1. */
int64_t dy_arg_steps(const dy_arg *arg, dy_span span);

/* Exactly one of two arguments is given. */
bool dy_arg_either(const dy_arg *a, const char *a_name, const dy_arg *b, const char *b_name,
                   dy_error *err);

/* Resolves a part of `whole` that has `steps` updates to itself, to curves; a function is sampled. */
bool dy_part_resolve(dy_plan *part, const dy_plan *whole, const dy_spec *spec, int64_t steps,
                     dy_arena *arena, dy_error *err);

/* A function's curves, from its values at each of the plan's steps. */
bool dy_plan_sample(dy_plan *plan, const dy_spec *spec, dy_arena *arena, dy_error *err);
