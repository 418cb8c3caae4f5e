/* ignite.h - PyTorch-Ignite's parameter schedulers as what they are: objects that are called just before each update. For this folder only.
 *
 * Each counts its own calls and sets one parameter of one optimizer, whose only group is the one PyTorch's schedulers change
 * too; so this steps them over the run as torch.h does.
 * source: ignite/handlers/param_scheduler.py, state_param_scheduler.py of PyTorch-Ignite 0.6.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/torch.h"

typedef struct dy_ignite {
    const dy_recipe *recipe; /* its stepper is a dy_ignite_class */
    const dy_arg *args;
    dy_torch_group *group;
    const char *param_name;
    double event;                          /* event_index: its calls so far in this cycle */
    double start, end, cycle_size, warmup; /* of a cyclical one, this cycle's */
    const dy_pair *milestones;             /* of a piecewise one */
    int64_t n_milestones;
    int64_t at;     /* the milestone that it has passed; the part whose turn it is */
    double left;    /* the calls that are left to that part; below 0 there is no end to them */
    dy_torch torch; /* what an LRScheduler wraps */
    bool called_after; /* it alone is called after each update, not before it */
    struct dy_ignite *parts;
    const double *durations;
    int64_t n_parts;
} dy_ignite;

/* A class of schedulers. Its functions may be NULL where a class does without. */
typedef struct dy_ignite_class {
    bool (*open)(dy_ignite *s, int depth, dy_arena *arena, dy_error *err); /* its constructor */
    bool (*value)(dy_ignite *s, double *value, dy_error *err);             /* get_param() */
    bool (*before)(dy_ignite *s, dy_error *err); /* of a call, before value */
    /* What it sets instead of `value`, which create_lr_scheduler_with_warmup asks for alone. */
    bool (*set)(dy_ignite *s, double *value, dy_error *err);
    void (*after)(dy_ignite *s); /* of a call */
    bool (*call)(dy_ignite *s,
                 dy_error *err); /* of one made of others, in place of the last three */
    bool group;                  /* a ParamGroupScheduler, which is no ParamScheduler */
} dy_ignite_class;

#define DY_IGNITE(name)                                                                        \
    extern const dy_param DY_PARAMS_ignite_##name[];                                           \
    extern const dy_ignite_class DY_IGNITE_##name

DY_IGNITE(LinearCyclicalScheduler);
DY_IGNITE(CosineAnnealingScheduler);
DY_IGNITE(PiecewiseLinear);
DY_IGNITE(LRScheduler);
DY_IGNITE(ConcatScheduler);
DY_IGNITE(ParamGroupScheduler);
DY_IGNITE(create_lr_scheduler_with_warmup);

#undef DY_IGNITE

/* The make of every recipe whose stepper is a dy_ignite_class. */
bool dy_make_ignite(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err);

/* Makes what `spec` asks for, a part of `whole`. */
bool dy_ignite_build(dy_ignite *s, const dy_ignite *whole, const dy_spec *spec, int depth,
                     dy_arena *arena, dy_error *err);

/* The parts of one made of others, from a list of specs. */
bool dy_ignite_build_parts(dy_ignite *s, const dy_arg *schedulers, int depth, dy_arena *arena,
                           dy_error *err);

/* An LRScheduler around the scheduler of PyTorch that `spec` asks for. */
bool dy_ignite_wrap(dy_ignite *s, const dy_ignite *whole, const dy_spec *spec, int depth,
                    dy_arena *arena, dy_error *err);

/* The calls: its own and, before the first milestone, its values. */
bool dy_ignite_call(dy_ignite *s, dy_error *err);
bool dy_ignite_value(dy_ignite *s, double *value, dy_error *err);

/* That a param_group_index is that of the only group. */
bool dy_ignite_check_group(const dy_arg *index, dy_error *err);

/* That milestones are whole numbers and rise; and a PiecewiseLinear's value at an event, which passes *at. */
bool dy_ignite_check_milestones(const dy_pair *pairs, int64_t n, dy_error *err);
double dy_ignite_between(const dy_pair *pairs, int64_t n, int64_t *at, double event);

/* A PiecewiseLinear of lr. */
dy_ignite dy_ignite_piecewise(const dy_ignite *whole, const dy_pair *milestones, int64_t n);

/* What every scheduler takes that is nothing to its values. */
#define DY_IGNITE_SAVE_HISTORY                                                                 \
    {                                                                                          \
        .name = "save_history", .kind = DY_ARG_BOOL,                                           \
        .meaning = "log the values in the engine; moves nothing here"                          \
    }

#define DY_IGNITE_PARAM_NAME                                                                   \
    {                                                                                          \
        .name = "param_name", .kind = DY_ARG_TEXT, .required = true,                           \
        .meaning = "the optimizer's parameter: lr, momentum; any other moves nothing here"     \
    }

#define DY_IGNITE_PARAM_GROUP                                                                  \
    {                                                                                          \
        .name = "param_group_index", .kind = DY_ARG_COUNT, .preset = -1,                       \
        .meaning = "the group of parameters; there is one, 0"                                  \
    }
