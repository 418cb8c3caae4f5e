/* timm.h - timm's schedulers as what they are: functions of an epoch or an update that is handed to them. For this folder only.
 *
 * They keep no memory, so one evaluator each is all there is to them; warm-up, noise and when they are called is the
 * same for all. The value of update 0 is not the function's but what the constructor leaves behind: the
 * optimizer's lr, or where the warm-up begins. source: timm/scheduler of timm 1.0.29.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/recipes.h"

typedef struct dy_timm {
    const dy_recipe *recipe; /* its stepper is a dy_timm_class */
    const dy_arg *args;
    double lr;                          /* of the optimizer */
    double warm_t, warm_lr, warm_slope; /* the warm-up: its length, start and rise an epoch */
    bool prefix; /* it comes before the rest rather than over its start */
} dy_timm;

typedef struct dy_timm_class {
    int warm_up;                             /* the index of DY_TIMM_WARM_UP's parameters */
    bool no_prefix;                          /* without the last of them: it always is one */
    bool joins;                              /* the warm-up rises to where the rest goes on */
    bool (*open)(dy_timm *s, dy_error *err); /* what the constructor checks; NULL: nothing */
    bool (*at)(const dy_timm *s, double t, double *lr, dy_error *err); /* after the warm-up */
} dy_timm_class;

#define DY_TIMM(name)                                                                          \
    extern const dy_param DY_PARAMS_timm_##name[];                                             \
    extern const dy_timm_class DY_TIMM_##name

DY_TIMM(CosineLRScheduler);
DY_TIMM(TanhLRScheduler);
DY_TIMM(PolyLRScheduler);
DY_TIMM(StepLRScheduler);
DY_TIMM(MultiStepLRScheduler);
DY_TIMM(WSDLRScheduler);

#undef DY_TIMM

/* The parameters that all schedulers end with, in their order: warmup_t, warmup_lr_init, ... */
enum { DY_TIMM_WARM_T, DY_TIMM_WARM_LR, DY_TIMM_PREFIX, DY_TIMM_WARM_UP_PARAMS };

#define DY_TIMM_WARM_UP                                                                        \
    { .name = "warmup_t",                                                                      \
      .kind = DY_ARG_REAL,                                                                     \
      .want = DY_WANT_FROM_0,                                                                  \
      .meaning = "the length of the rise" },                                                   \
    {                                                                                          \
        .name = "warmup_lr_init", .kind = DY_ARG_REAL, .want = DY_WANT_FROM_0,                 \
        .meaning = "where it begins"                                                           \
    }

#define DY_TIMM_WARM_UP_PREFIX(usual)                                                          \
    DY_TIMM_WARM_UP,                                                                           \
    {                                                                                          \
        .name = "warmup_prefix", .kind = DY_ARG_BOOL, .preset = (usual),                       \
        .meaning = "the rise comes first; else it is laid over the start"                      \
    }

#define DY_TIMM_IN_EPOCHS                                                                      \
    {                                                                                          \
        .name = "t_in_epochs", .kind = DY_ARG_BOOL, .preset = 1,                               \
        .meaning = "times are calls of step(epoch); else updates, by step_update"              \
    }

/* And after t_in_epochs: noise_range_t, noise_pct, ... */
enum { DY_TIMM_RANGE, DY_TIMM_PCT, DY_TIMM_STD, DY_TIMM_SEED, DY_TIMM_INITIALIZE };

#define DY_TIMM_NOISE                                                                          \
    { .name = "noise_range_t",                                                                 \
      .kind = DY_ARG_REALS,                                                                    \
      .alone = true,                                                                           \
      .meaning = "noise from this time on, or between two" },                                  \
        { .name = "noise_pct",                                                                 \
          .kind = DY_ARG_REAL,                                                                 \
          .want = DY_WANT_FROM_0,                                                              \
          .preset = 0.67,                                                                      \
          .meaning = "noise is less than this part of lr" },                                   \
        { .name = "noise_std",                                                                 \
          .kind = DY_ARG_REAL,                                                                 \
          .preset = 1,                                                                         \
          .meaning = "without effect: timm takes it and forgets it" },                         \
        { .name = "noise_seed",                                                                \
          .kind = DY_ARG_REAL,                                                                 \
          .preset = 42,                                                                        \
          .meaning = "of PyTorch's generator, anew at each time: seed + time" },               \
    {                                                                                          \
        .name = "initialize", .kind = DY_ARG_BOOL, .preset = 1,                                \
        .meaning = "begin with the optimizer's lr; timm can resume, this cannot"               \
    }

#define DY_TIMM_ITERS                                                                          \
    {                                                                                          \
        .name = "iters_per_epoch", .kind = DY_ARG_COUNT, .preset = 1,                          \
        .meaning = "updates between two calls of step(epoch)"                                  \
    }

/* The shared part of a constructor: the optimizer, and what cannot be had here. */
bool dy_timm_open(const dy_arg *optimizer, const dy_arg *noise, const dy_arg *iters,
                  dy_error *err);

/* As Python divides: the whole part. */
double dy_timm_floor(double a, double b);

/* The make of every recipe whose stepper is a dy_timm_class. */
bool dy_make_timm(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err);
