/* fastai.h - fastai's schedules as what they are: functions of the part of a fit that is done. For this folder only.
 *
 * That part grows by 1/(n_iter n_epoch) with each update and is set anew at each epoch; within combined schedules positions are
 * in single precision. Both are followed to the last digit.
 * source: fastai/callback/schedule.py, fastai/learner.py of fastai 2.8.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/recipes.h"

typedef struct dy_fastai dy_fastai;

/* The value at a position, 0 to 1. Fails where fastai would divide by zero, or where a script's function does. */
typedef bool dy_fastai_at(const dy_fastai *s, double pos, double *value, dy_error *err);

struct dy_fastai {
    dy_fastai_at *at;
    double start, end, power;
    const float *limits; /* of combined ones: where each begins, and 1; [n + 1] */
    dy_fastai *parts;    /* [n] */
    int64_t n;
    const dy_spec *function; /* a script's */
};

typedef struct dy_fastai_class {
    /* Fills *s from the recipe's arguments; refuses what fastai would. */
    bool (*open)(dy_fastai *s, const dy_arg *args, int depth, dy_arena *arena, dy_error *err);
} dy_fastai_class;

#define DY_FASTAI(name)                                                                        \
    extern const dy_param DY_PARAMS_fastai_##name[];                                           \
    extern const dy_fastai_class DY_FASTAI_##name

DY_FASTAI(SchedLin);
DY_FASTAI(SchedCos);
DY_FASTAI(SchedNo);
DY_FASTAI(SchedExp);
DY_FASTAI(SchedPoly);
DY_FASTAI(combine_scheds);
DY_FASTAI(combined_cos);

#undef DY_FASTAI

/* The make of every recipe whose stepper is a dy_fastai_class: it alone, over the whole run. */
bool dy_make_fastai(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err);

/* Opens `spec`, one of those or a function. */
bool dy_fastai_open(dy_fastai *s, const dy_spec *spec, int depth, dy_arena *arena,
                    dy_error *err);

dy_fastai dy_fastai_cos(double start, double end);
bool dy_fastai_combine(dy_fastai *s, const double *pcts, dy_fastai *parts, int64_t n,
                       dy_arena *arena, dy_error *err);
bool dy_fastai_combined_cos(dy_fastai *s, double pct, double start, double middle, double end,
                            dy_arena *arena, dy_error *err);

/* One call of Learner.fit. */
typedef struct dy_fastai_fit {
    double n_epoch; /* whole, but where a schedule stands alone in a run of another length */
    int64_t n_iter, start_epoch;
    const dy_fastai *lr, *mom; /* NULL: not moved */
} dy_fastai_fit;

/* What the updates so far used. */
typedef struct dy_fastai_trace {
    double *lr, *mom; /* [most] */
    int64_t n, most;
} dy_fastai_trace;

bool dy_fastai_trace_open(dy_fastai_trace *t, const dy_plan *plan, dy_arena *arena,
                          dy_error *err);
bool dy_fastai_follow(dy_fastai_trace *t, const dy_fastai_fit *fit, dy_error *err);

/* The updates as the plan's curves, lr constant at `lr` where the fit does not move it. Fails where the run goes on. */
bool dy_fastai_keep(dy_plan *plan, const dy_fastai_trace *t, const dy_fastai_fit *fit,
                    double lr, dy_arena *arena, dy_error *err);

/* All of these, for one fit. */
bool dy_fastai_make_fit(dy_plan *plan, const dy_fastai_fit *fit, double lr, dy_arena *arena,
                        dy_error *err);

bool dy_fastai_read_n_iter(int64_t *n_iter, const dy_arg *arg, dy_span span, dy_error *err);

#define DY_FASTAI_N_ITER(index)                                                                \
    [index] = { .name = "n_iter",                                                              \
                .kind = DY_ARG_COUNT,                                                          \
                .preset = -1,                                                                  \
                .meaning = "updates in one epoch; without it as the run has" }

#define DY_FASTAI_START_EPOCH(index, what)                                                     \
    [index] = { .name = "start_epoch", .kind = DY_ARG_COUNT, .meaning = (what) }

#define DY_FASTAI_SKIPPED "epochs that are skipped at the start, of n_epoch in all"
