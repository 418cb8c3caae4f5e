/* torch.h - PyTorch's schedulers as what they are: objects that change one optimizer's lr, step by step. For this folder only.
 *
 * What they give depends on the order in which they are made and stepped, and often on the last lr rather than on a formula.
 * So a dialect does not translate: it steps the same small objects once over the run, while a schedule is resolved, and
 * keeps what comes of it as a curve. source: torch/optim/lr_scheduler.py of PyTorch 2.7.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/recipes.h"

/* The optimizer's one group of parameters. */
typedef struct dy_torch_group {
    double lr, initial_lr; /* NaN: not set yet */
    double momentum;
    bool has_momentum;   /* the optimizer has one (or betas) */
    bool moves_momentum; /* a scheduler sets it, or it was given */
    /* what schedulers leave in the group for themselves, and for the next of their kind */
    double max_lr, min_lr, base_momentum, max_momentum, swa_lr;
} dy_torch_group;

typedef struct dy_torch {
    const dy_recipe *recipe; /* its stepper is a dy_torch_class */
    const dy_arg *args;
    dy_torch_group *group;
    double base_lr;
    double epoch;      /* last_epoch */
    double calls;      /* _step_count: of step() and step(0), none of which is undone */
    double length;     /* of a OneCycleLR */
    double t_cur, t_i; /* of CosineAnnealingWarmRestarts */
    struct dy_torch *parts;
    int64_t n_parts;
} dy_torch;

/* A class of schedulers. Its functions may be NULL where a class does without. */
typedef struct dy_torch_class {
    bool (*open)(dy_torch *s, dy_error *err);             /* before its first step */
    bool (*next)(dy_torch *s, double *lr, dy_error *err); /* get_lr() */
    double (*closed)(const dy_torch *s); /* lr where a sequence starts it anew */
    bool (*start)(dy_torch *s,
                  dy_error *err); /* of one made of others, in place of all above */
    bool (*step)(dy_torch *s, dy_error *err);
    bool (*restart)(dy_torch *s, dy_error *err); /* step(0); NULL: by closed, or next */
} dy_torch_class;

#define DY_TORCH(name)                                                                         \
    extern const dy_param DY_PARAMS_torch_##name[];                                            \
    extern const dy_torch_class DY_TORCH_##name

DY_TORCH(LambdaLR);
DY_TORCH(MultiplicativeLR);
DY_TORCH(StepLR);
DY_TORCH(MultiStepLR);
DY_TORCH(ConstantLR);
DY_TORCH(LinearLR);
DY_TORCH(ExponentialLR);
DY_TORCH(PolynomialLR);
DY_TORCH(CosineAnnealingLR);
DY_TORCH(CosineAnnealingWarmRestarts);
DY_TORCH(CyclicLR);
DY_TORCH(OneCycleLR);
DY_TORCH(SequentialLR);
DY_TORCH(ChainedScheduler);
DY_TORCH(SWALR);

#undef DY_TORCH

/* The make of every recipe whose stepper is a dy_torch_class. */
bool dy_make_torch(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err);

/* Makes the scheduler that `spec` asks for, a part of another, on `group`: its constructor's first step included. */
bool dy_torch_build(dy_torch *s, const dy_spec *spec, dy_torch_group *group, int depth,
                    dy_arena *arena, dy_error *err);

/* What the argument `optimizer` gives; lr is NaN where it is missing. */
dy_torch_group dy_torch_group_of(const dy_arg *optimizer);

/* What the group holds at each update of the run, as the plan's curves: `advance` does what comes before update `step`. */
typedef bool dy_torch_advance(void *self, int64_t step, dy_error *err);
bool dy_torch_record(dy_plan *plan, const dy_torch_group *group, dy_torch_advance *advance,
                     void *self, dy_arena *arena, dy_error *err);

/* Fails where there was no optimizer to take lr from. */
bool dy_torch_has_lr(double lr, dy_error *err);

/* One call of step(); or of step(0), by which a sequence starts a scheduler anew. */
bool dy_torch_step(dy_torch *s, dy_error *err);
bool dy_torch_restart(dy_torch *s, dy_error *err);

/* What a ReduceLROnPlateau takes besides the optimizer, from parameter `first` on, and its rule from those arguments. */
extern const char *const DY_TORCH_MODES[], *const DY_TORCH_THRESHOLD_MODES[];
dy_feedback_rule dy_torch_plateau_rule(const dy_arg *first);

/* That rule over the optimizer's lr. */
bool dy_torch_plateau_lay(dy_plan *plan, dy_arena *arena, const dy_arg *optimizer,
                          const dy_feedback_rule *rule, dy_error *err);

/* A factor may be 0 here, as in PyTorch. */
#define DY_TORCH_PLATEAU(first)                                                                \
    [first] = { .name = "mode",                                                                \
                .kind = DY_ARG_CHOICE,                                                         \
                .choices = DY_TORCH_MODES,                                                     \
                .meaning = "less is better, or more is" },                                     \
    [(first) + 1] = { .name = "factor",                                                        \
                      .kind = DY_ARG_REAL,                                                     \
                      .want = DY_WANT_MOMENTUM,                                                \
                      .preset = 0.1,                                                           \
                      .meaning = "what lr is multiplied by" },                                 \
    [(first) + 2] = { .name = "patience",                                                      \
                      .kind = DY_ARG_COUNT,                                                    \
                      .preset = 10,                                                            \
                      .meaning = "observations no better that are put up with" },              \
    [(first) + 3] = { .name = "threshold",                                                     \
                      .kind = DY_ARG_REAL,                                                     \
                      .want = DY_WANT_FROM_0,                                                  \
                      .preset = 1e-4,                                                          \
                      .meaning = "the least improvement that counts" },                        \
    [(first) + 4] = { .name = "threshold_mode",                                                \
                      .kind = DY_ARG_CHOICE,                                                   \
                      .choices = DY_TORCH_THRESHOLD_MODES,                                     \
                      .meaning = "threshold as a part of the best, or as it is" },             \
    [(first) + 5] = { .name = "cooldown",                                                      \
                      .kind = DY_ARG_COUNT,                                                    \
                      .meaning = "observations after a drop that are not counted" },           \
    [(first) + 6] = { .name = "min_lr",                                                        \
                      .kind = DY_ARG_REAL,                                                     \
                      .want = DY_WANT_FROM_0,                                                  \
                      .meaning = "lr is not lowered below this" },                             \
    [(first) + 7] = { .name = "eps",                                                           \
                      .kind = DY_ARG_REAL,                                                     \
                      .want = DY_WANT_FROM_0,                                                  \
                      .preset = 1e-8,                                                          \
                      .meaning = "a drop by less than this is not made" }
