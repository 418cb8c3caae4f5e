/* transformers.h - the schedules of Hugging Face transformers as what they are: factors of the optimizer's lr. For this folder only.
 *
 * All but the feedback ones hand a function of the step to PyTorch's LambdaLR, which multiplies the optimizer's first lr
 * by it. source: src/transformers/optimization.py of transformers 5.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/recipes.h"

typedef struct dy_factor_class {
    bool (*check)(const dy_arg *args, dy_error *err); /* what it refuses; NULL: nothing */
    double (*at)(const dy_arg *args, double step);
} dy_factor_class;

#define DY_FACTOR(name)                                                                        \
    extern const dy_param DY_PARAMS_transformers_##name[];                                     \
    extern const dy_factor_class DY_FACTOR_##name

DY_FACTOR(constant);
DY_FACTOR(constant_with_warmup);
DY_FACTOR(linear);
DY_FACTOR(cosine);
DY_FACTOR(cosine_with_restarts);
DY_FACTOR(polynomial);
DY_FACTOR(inverse_sqrt);
DY_FACTOR(cosine_with_min_lr);
DY_FACTOR(cosine_warmup_with_min_lr);
DY_FACTOR(warmup_stable_decay);

#undef DY_FACTOR

/* The make of every recipe whose stepper is a dy_factor_class. */
bool dy_make_factor(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err);

/* Those of nearly all of them, in this order after the optimizer. */
enum { DY_WARMUP_STEPS = 1, DY_TRAINING_STEPS };

#define DY_PARAM_WARMUP_STEPS                                                                  \
    [DY_WARMUP_STEPS] = { .name = "num_warmup_steps",                                          \
                          .kind = DY_ARG_REAL,                                                 \
                          .required = true,                                                    \
                          .meaning = "the steps of a rise from 0" }

#define DY_PARAM_TRAINING_STEPS                                                                \
    [DY_TRAINING_STEPS] = { .name = "num_training_steps",                                      \
                            .kind = DY_ARG_REAL,                                               \
                            .required = true,                                                  \
                            .meaning = "the steps of the run, rise and all" }

/* What is done of the part from `from` on that ends at `to`: past 1 after it. */
double dy_factor_progress(double step, double from, double to);
double dy_factor_warm_up(double step, double length);
