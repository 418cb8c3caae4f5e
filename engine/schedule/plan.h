/* plan.h - what lr and momentum are to be, for a run of known length.
 *
 * A plan is two curves; or a function of the step (a script's), called through a pointer; and over either may lie
 * feedback, which moves lr by what becomes of the run's own loss. Evaluating curves and functions is pure;
 * feedback is the one thing with memory, and lives in dy_pacer, so that one plan can serve many runs.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/curve.h"
#include "schedule/feedback.h"

/* The length of a run, which typed times are resolved against. */
typedef struct dy_span {
    int64_t steps;       /* updates in all, >= 1 */
    int64_t epoch_steps; /* updates in one epoch, >= 1 */
} dy_span;

typedef enum dy_unit { DY_STEPS, DY_FRACTION, DY_EPOCHS } dy_unit;

/* A time as people give it: 300, "30%", "5 epochs". */
typedef struct dy_time {
    double amount; /* of DY_FRACTION: 0.3 is 30 % */
    dy_unit unit;
} dy_time;

/* From "300", "300 steps", "30%", "0.5 epochs", "1 epoch"; none below 0. Fails on anything else; says what is wanted. */
bool dy_time_parse(dy_time *time, const char *text, dy_error *err);

/* In steps, not rounded. 100 %, or the end of the run's last epoch, is the last update (steps - 1) for a key that a value
 * is to be reached at, and steps below 0 count from the end (-1 is the last). Use dy_time_length for how long something
 * takes, where 100 % is all `steps`. */
double dy_time_at(dy_time time, dy_span span);
double dy_time_length(dy_time time, dy_span span);

/* What one update uses. */
typedef struct dy_pace {
    double lr, momentum;
} dy_pace;

/* Where a run is, as a script's function sees it. */
typedef struct dy_moment {
    int64_t step, steps; /* step of steps, from 0 */
    int64_t epoch;       /* step / epoch_steps, from 0 */
    double
        progress; /* step / (steps - 1): 0 at the first update, 1 at the last; 0 in a run of one */
    bool
        ahead; /* asked only to be drawn: a function that remembers its calls is not to know of this one */
} dy_moment;

dy_moment dy_moment_at(dy_span span, int64_t step);

/* A function in place of curves: fills pace->lr, and pace->momentum if it moves it (it comes in as the optimizer's own).
 * Fails with what went wrong and where. */
typedef bool dy_pace_fn(void *self, const dy_moment *now, dy_pace *pace, dy_error *err);

enum { DY_FEEDBACKS_MAX = 8 };

typedef struct dy_plan {
    dy_span span;
    dy_curve lr;
    dy_curve momentum; /* no nodes: the schedule leaves momentum to the optimizer */
    dy_pace_fn *call;  /* in place of the curves, or NULL */
    void *self;        /* its first argument */
    /* Rules over the lr curve (never over `call`), at most one in force for an update. */
    dy_feedback_rule feedback[DY_FEEDBACKS_MAX];
    int32_t n_feedbacks;
    const struct dy_recipe *recipe; /* what it is made by; NULL: a function */
    int64_t until; /* asking for this step or a later one fails; 0: none does */
    int64_t
        needed; /* updates that what it is part of has for it, while it is resolved; 0: its own */
    int32_t depth; /* schedules around this one, while it is resolved */
} dy_plan;

/* One more rule over the plan. Fails when its settings are bad, or another is in force where it is. */
bool dy_plan_add_feedback(dy_plan *plan, const dy_feedback_rule *rule, dy_error *err);

/* The rules of a part whose step 0 is the plan's `start`, for as long as the part lasts: up to `end`. */
bool dy_plan_adopt_feedback(dy_plan *plan, const dy_plan *part, int64_t start, int64_t end,
                            dy_error *err);

/* Whether an update can use it. Fails as dy_pacer_at does. */
bool dy_pace_check(const dy_pace *pace, int64_t step, dy_error *err);

/* A plan being followed by one run. A channel that a person has taken over follows a curve of its own, as it is: feedback
 * does not lie over it. */
typedef struct dy_pacer {
    const dy_plan *plan; /* borrowed while in use, as the two curves */
    double momentum;     /* the optimizer's own, where the plan leaves it alone */
    int32_t following;   /* which rule `feedback` is the memory of; -1: none yet */
    dy_feedback feedback;
    const dy_curve *bent_lr, *bent_momentum; /* in place of the plan's; NULL: as planned */
    bool ahead;                              /* as of a moment */
} dy_pacer;

dy_pacer dy_pacer_make(const dy_plan *plan, double momentum);

/* lr and momentum for update `step`. Fails when a function fails or gives what no update can use: lr that is
 * not finite or negative, momentum outside 0 <= m < 1. Allocates nothing */
bool dy_pacer_at(const dy_pacer *pacer, int64_t step, dy_pace *pace, dy_error *err);

/* A new value, after update `step`, of what feedback watches (the held-out loss, or the training loss where there is
 * none). Without feedback it changes nothing. */
void dy_pacer_observe(dy_pacer *pacer, int64_t step, double metric);
