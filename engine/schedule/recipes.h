/* recipes.h - the tables of recipes, and what their makers share. For this folder only.
 *
 * To add a schedule: write its params, its make and its row in the recipes_*.c where its family is, or in the table of its
 * library; catalogue.c lists the tables.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/recipe.h"

/* A table for each family of Derny's own, and for each library. All end at a NULL name. */
extern const dy_recipe DY_RECIPES_KEYS[], DY_RECIPES_RAMP[], DY_RECIPES_DECAY[],
    DY_RECIPES_PHASE[], DY_RECIPES_CYCLE[], DY_RECIPES_AROUND[], DY_RECIPES_SEVERAL[],
    DY_RECIPES_MOMENTUM[], DY_RECIPES_FEEDBACK[];
extern const dy_recipe DY_RECIPES_TORCH[], DY_RECIPES_KERAS[], DY_RECIPES_OPTAX[],
    DY_RECIPES_FASTAI[], DY_RECIPES_IGNITE[], DY_RECIPES_TIMM[], DY_RECIPES_TRANSFORMERS[],
    DY_RECIPES_SMITH[], DY_RECIPES_ARTICLE[];

#define DY_RECIPE(name)                                                                        \
    extern const dy_param DY_PARAMS_##name[];                                                  \
    bool dy_make_##name(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)

/* Those whose row is in another file. */
DY_RECIPE(one_cycle);
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
DY_RECIPE(keras_LearningRateScheduler);
DY_RECIPE(keras_ReduceLROnPlateau);
DY_RECIPE(keras_ExponentialDecay);
DY_RECIPE(keras_PiecewiseConstantDecay);
DY_RECIPE(keras_PolynomialDecay);
DY_RECIPE(keras_InverseTimeDecay);
DY_RECIPE(keras_CosineDecay);
DY_RECIPE(keras_CosineDecayRestarts);

#undef DY_RECIPE

/* --- parameters -------------------------------------------------------------------------------------------------- */

extern const char *const DY_AFTER_NAMES[], *const DY_ENDS_NAMES[];

/* What all of Derny's own take; the last rows of their params. recipe_frame.c sees to it. */
#define DY_PARAM_STEPS                                                                         \
    {                                                                                          \
        .name = "steps", .kind = DY_ARG_TIME, .want = DY_WANT_POSITIVE, .preset = 1,           \
        .preset_unit = DY_FRACTION, .role = DY_ROLE_STEPS,                                     \
        .meaning = "its length, of which its own percentages are"                              \
    }
#define DY_PARAM_AFTER                                                                         \
    {                                                                                          \
        .name = "after", .kind = DY_ARG_CHOICE, .choices = DY_AFTER_NAMES,                     \
        .role = DY_ROLE_AFTER, .meaning = "what it gives after its length"                     \
    }
#define DY_PARAM_MOMENTUM                                                                      \
    {                                                                                          \
        .name = "momentum", .kind = DY_ARG_SCHEDULE, .role = DY_ROLE_MOMENTUM,                 \
        .meaning = "what momentum is to be: a number, or a schedule of its values"             \
    }
#define DY_PARAMS_COMMON DY_PARAM_STEPS, DY_PARAM_AFTER, DY_PARAM_MOMENTUM

/* Where a schedule with an end reaches it. */
#define DY_PARAM_ENDS(what)                                                                    \
    {                                                                                          \
        .name = "ends", .kind = DY_ARG_CHOICE, .choices = DY_ENDS_NAMES,                       \
        .meaning = what " is reached on the last update, or one after it"                      \
    }

#define DY_PARAM_REAL(called, wanted, usual, what)                                             \
    {                                                                                          \
        .name = (called), .kind = DY_ARG_REAL, .want = (wanted), .preset = (usual),            \
        .meaning = (what)                                                                      \
    }
#define DY_PARAM_NEEDED(called, wanted, what)                                                  \
    {                                                                                          \
        .name = (called), .kind = DY_ARG_REAL, .required = true, .want = (wanted),             \
        .meaning = (what)                                                                      \
    }
#define DY_PARAM_LR(wanted)       DY_PARAM_NEEDED("lr", wanted, "the rate at the start")
#define DY_PARAM_FINAL_LR(wanted) DY_PARAM_REAL("final_lr", wanted, 0, "the rate at the end")

/* A time that is needed, and one that has a preset. */
#define DY_PARAM_TIME(called, what)                                                            \
    {                                                                                          \
        .name = (called), .kind = DY_ARG_TIME, .required = true, .want = DY_WANT_POSITIVE,     \
        .meaning = (what)                                                                      \
    }
#define DY_PARAM_SHARE(called, share, what)                                                    \
    {                                                                                          \
        .name = (called), .kind = DY_ARG_TIME, .want = DY_WANT_FROM_0, .preset = (share),      \
        .preset_unit = DY_FRACTION, .meaning = (what)                                          \
    }
#define DY_PARAM_CHOICE(called, usual, among, what)                                            \
    {                                                                                          \
        .name = (called), .kind = DY_ARG_CHOICE, .preset = (usual), .choices = (among),        \
        .meaning = (what)                                                                      \
    }
#define DY_PARAM_BOOL(called, usual, what)                                                     \
    {                                                                                          \
        .name = (called), .kind = DY_ARG_BOOL, .preset = (usual), .meaning = (what)            \
    }
#define DY_PARAM_SCHEDULE(what)                                                                \
    {                                                                                          \
        .name = "schedule", .kind = DY_ARG_SCHEDULE, .required = true, .meaning = (what)       \
    }
#define DY_PARAM_SCHEDULES(what)                                                               \
    {                                                                                          \
        .name = "schedules", .kind = DY_ARG_SCHEDULES, .required = true, .meaning = (what)     \
    }

/* A library's scheduler is attached to an optimizer: every one's first parameter. */
#define DY_PARAM_OPTIMIZER                                                                     \
    {                                                                                          \
        .name = "optimizer", .kind = DY_ARG_OPTIMIZER,                                         \
        .meaning = "what it is attached to: lr, and momentum or betas; only on the outermost"  \
    }

/* The forms of a last fall: "linear", "cosine", "1-sqrt", "exp". */
extern const char *const DY_TAIL_NAMES[];
extern const dy_ease DY_TAIL_EASES[];

/* --- arguments --------------------------------------------------------------------------------------------------- */

/* Checks what is given of a recipe's arguments, and fills in what is not. */
bool dy_spec_complete(const dy_spec *spec, dy_arg *args, dy_error *err);

/* How many of them are at or before x; of numbers that are not sorted, what Python's bisect_right makes of them. */
int64_t dy_bisect_right(const double *sorted, int64_t n, double x);

/* A length in whole updates, at least 1. */
int64_t dy_arg_steps(const dy_arg *arg, dy_span span);

/* The step at which a plan's schedule reaches its end, by an argument of DY_PARAM_ENDS. */
double dy_arg_end(const dy_arg *ends, const dy_plan *plan);

/* Exactly one of two arguments is given. */
bool dy_arg_either(const dy_arg *a, const char *a_name, const dy_arg *b, const char *b_name,
                   dy_error *err);

/* The optimizer is there, with an lr. */
bool dy_arg_attached(const dy_arg *optimizer, dy_error *err);

/* The plan leaves the optimizer's momentum where it is. */
bool dy_plan_attach(dy_plan *plan, dy_arena *arena, const dy_arg *optimizer, dy_error *err);

/* --- what all of Derny's own share ------------------------------------------------------------------------------- */

/* A recipe's arguments of a role, while it is made; NULL where it has no such parameter. */
typedef struct dy_frame {
    const dy_arg *steps, *after, *momentum;
    dy_span around; /* of what it is part of */
} dy_frame;

/* Gives the plan the length that is asked for; before a make. */
dy_frame dy_frame_open(dy_plan *plan, const dy_recipe *recipe, const dy_arg *args);

/* What comes after that length, and momentum; after a make. Fails when it ends too soon for after = "error", or what
 * momentum is to be is none. */
bool dy_frame_close(const dy_frame *frame, dy_plan *plan, dy_arena *arena, dy_error *err);

/* --- parts ------------------------------------------------------------------------------------------------------- */

/* Resolves a part of `whole` that has `steps` updates to itself, to curves; a function is sampled. */
bool dy_part_resolve(dy_plan *part, const dy_plan *whole, const dy_spec *spec, int64_t steps,
                     dy_arena *arena, dy_error *err);

/* The same of a part that says itself how many of the whole's updates it has, where dy_spec_steps is not 0. */
bool dy_part_resolve_own(dy_plan *part, const dy_plan *whole, const dy_spec *spec,
                         dy_arena *arena, dy_error *err);

/* The length that a schedule gives itself; 0: it has as much as there is. */
int64_t dy_spec_steps(const dy_spec *spec, dy_span span);

/* The plan becomes what the schedule is over the plan's length: its curves, its feedback. */
bool dy_plan_wrap(dy_plan *plan, const dy_arg *schedule, dy_arena *arena, dy_error *err);

/* The same of "schedule" or of a constant "lr", exactly one of which is to be given. */
bool dy_plan_wrap_either(dy_plan *plan, const dy_arg *schedule, const dy_arg *lr,
                         dy_arena *arena, dy_error *err);

/* Whether an update can use what the plan's curves give, at steps all over its length: so that a mistake is found before a run
 * is under way. (The pacer looks at each update again.) */
bool dy_plan_try(const dy_plan *plan, dy_error *err);

/* --- curves ------------------------------------------------------------------------------------------------------ */

/* A function's curves, from its values at each of the plan's steps. */
bool dy_plan_sample(dy_plan *plan, const dy_spec *spec, dy_arena *arena, dy_error *err);

/* A schedule that is a plain function of the step, its values held from step to step. */
typedef double dy_step_fn(const dy_arg *args, double step);
bool dy_curve_hold(dy_curve *curve, const dy_plan *plan, dy_arena *arena, const dy_arg *args,
                   dy_step_fn *at, dy_error *err);
bool dy_plan_hold(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_step_fn *at,
                  dy_error *err);
