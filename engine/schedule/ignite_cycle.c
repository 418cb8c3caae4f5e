/* ignite_cycle.c - PyTorch-Ignite's cyclical schedulers and its piecewise one.   SPDX-License-Identifier: MIT */
#include "schedule/ignite.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

bool dy_ignite_check_group(const dy_arg *index, dy_error *err)
{
    return !index->given || index->real == 0 ||
           dy_fail(err, "param_group_index is %g; there is one group of parameters here, 0",
                   index->real);
}

enum {
    START_VALUE = 2,
    END_VALUE,
    CYCLE_SIZE,
    CYCLE_MULT,
    START_VALUE_MULT,
    END_VALUE_MULT,
    WARMUP_DURATION,
    SAVE_HISTORY,
    PARAM_GROUP,
    MONOTONIC,
};

#define CYCLE_REAL(index, called, needed, usual, what)                                         \
    [index] = { .name = (called),                                                              \
                .kind = DY_ARG_REAL,                                                           \
                .required = (needed),                                                          \
                .preset = (usual),                                                             \
                .meaning = (what) }

#define CYCLICAL(middle)                                                                       \
    DY_PARAM_OPTIMIZER, DY_IGNITE_PARAM_NAME,                                                  \
        CYCLE_REAL(START_VALUE, "start_value", true, 0, "the value at a cycle's start"),       \
        CYCLE_REAL(END_VALUE, "end_value", true, 0, (middle)),                                 \
        [CYCLE_SIZE] = { .name = "cycle_size",                                                 \
                         .kind = DY_ARG_COUNT,                                                 \
                         .required = true,                                                     \
                         .meaning = "the updates of a cycle, more than 1" },                   \
        CYCLE_REAL(CYCLE_MULT, "cycle_mult", false, 1,                                         \
                   "how many times longer each is than the one before"),                       \
        CYCLE_REAL(START_VALUE_MULT, "start_value_mult", false, 1,                             \
                   "what start_value is multiplied by after each"),                            \
        CYCLE_REAL(END_VALUE_MULT, "end_value_mult", false, 1,                                 \
                   "what end_value is multiplied by after each"),                              \
        [WARMUP_DURATION] = { .name = "warmup_duration",                                       \
                              .kind = DY_ARG_COUNT,                                            \
                              .meaning = "the updates of a line from each end_value to the "   \
                                         "next start_value" },                                 \
        DY_IGNITE_SAVE_HISTORY, DY_IGNITE_PARAM_GROUP

static bool cyclical_open(dy_ignite *s, int depth, dy_arena *arena, dy_error *err)
{
    (void)depth, (void)arena;
    s->param_name = s->args[1].names[0];
    s->start = s->args[START_VALUE].real;
    s->end = s->args[END_VALUE].real;
    s->cycle_size = s->args[CYCLE_SIZE].real;
    s->warmup = s->args[WARMUP_DURATION].real;
    if (s->cycle_size < 2)
        return dy_fail(err, "cycle_size is %g; ignite wants it larger than 1", s->cycle_size);
    return dy_ignite_check_group(&s->args[PARAM_GROUP], err);
}

/* The value is start's next from the cycle's end on; the rest turns when the warm-up after it is over. */
static bool cyclical_before(dy_ignite *s, dy_error *err)
{
    double size = s->cycle_size, mult = s->args[CYCLE_MULT].real;
    if (s->event != 0 && s->event == size) s->start *= s->args[START_VALUE_MULT].real;
    if (s->event == 0 || s->event != size + s->warmup) return true;
    s->event = 0;
    s->cycle_size = trunc(size * mult);
    s->warmup = trunc(s->warmup * mult);
    s->end *= s->args[END_VALUE_MULT].real;
    return s->cycle_size >= 1 ||
           dy_fail(
               err,
               "after a cycle of %g updates cycle_mult %g leaves none, and ignite divides by "
               "their number; want a cycle_mult of at least 1",
               size, mult);
}

/* Between cycles a line, instead of the cycle's form. */
static bool cyclical_set(dy_ignite *s, double *value, dy_error *err)
{
    if (s->event <= s->cycle_size) return dy_ignite_value(s, value, err);
    double progress = (s->event - s->cycle_size) / s->warmup;
    *value = s->end + (s->start - s->end) * progress;
    return true;
}

const dy_param DY_PARAMS_ignite_LinearCyclicalScheduler[] = {
    CYCLICAL("the value in the middle of a cycle"),
    [MONOTONIC] = { .name = "monotonic",
                    .kind = DY_ARG_BOOL,
                    .meaning = "from start_value to end_value over the whole cycle" },
    { 0 },
};

static bool linear_open(dy_ignite *s, int depth, dy_arena *arena, dy_error *err)
{
    if (s->args[WARMUP_DURATION].real > 0 && s->args[MONOTONIC].real == 0)
        return dy_fail(err,
                       "warmup_duration is %g and monotonic false, which ignite refuses; "
                       "want warmup_duration = 0 or monotonic = true",
                       s->args[WARMUP_DURATION].real);
    return cyclical_open(s, depth, arena, err);
}

static bool linear_value(dy_ignite *s, double *value, dy_error *err)
{
    (void)err;
    double progress = s->event / s->cycle_size;
    *value = s->args[MONOTONIC].real != 0
                 ? s->start + (s->end - s->start) * progress
                 : s->end + (s->start - s->end) * fabs(progress - 0.5) * 2;
    return true;
}

const dy_ignite_class DY_IGNITE_LinearCyclicalScheduler = {
    .open = linear_open, .value = linear_value, .before = cyclical_before, .set = cyclical_set
};

const dy_param DY_PARAMS_ignite_CosineAnnealingScheduler[] = {
    CYCLICAL("the value at a cycle's end"),
    { 0 },
};

static bool cosine_value(dy_ignite *s, double *value, dy_error *err)
{
    (void)err;
    double progress = s->event / s->cycle_size;
    *value = s->start + ((s->end - s->start) / 2) * (1 - cos(PI * progress));
    return true;
}

const dy_ignite_class DY_IGNITE_CosineAnnealingScheduler = {
    .open = cyclical_open, .value = cosine_value, .before = cyclical_before, .set = cyclical_set
};

enum { MILESTONES_VALUES = 2, P_SAVE_HISTORY, P_PARAM_GROUP };

const dy_param DY_PARAMS_ignite_PiecewiseLinear[] = {
    DY_PARAM_OPTIMIZER,
    DY_IGNITE_PARAM_NAME,
    [MILESTONES_VALUES] = { .name = "milestones_values",
                            .kind = DY_ARG_PAIRS,
                            .required = true,
                            .meaning = "{update, value} pairs, joined by lines" },
    DY_IGNITE_SAVE_HISTORY,
    DY_IGNITE_PARAM_GROUP,
    { 0 },
};

bool dy_ignite_check_milestones(const dy_pair *pairs, int64_t n, dy_error *err)
{
    for (int64_t i = 0; i < n; i++) {
        if (pairs[i].x != floor(pairs[i].x))
            return dy_fail(err, "milestone %lld is at %g; ignite wants whole numbers",
                           (long long)i + 1, pairs[i].x);
        if (i > 0 && pairs[i].x < pairs[i - 1].x)
            return dy_fail(err, "milestone %lld is at %g, before %g; ignite wants them to rise",
                           (long long)i + 1, pairs[i].x, pairs[i - 1].x);
    }
    return true;
}

static bool piecewise_open(dy_ignite *s, int depth, dy_arena *arena, dy_error *err)
{
    (void)depth, (void)arena;
    s->param_name = s->args[1].names[0];
    s->milestones = s->args[MILESTONES_VALUES].pairs;
    s->n_milestones = s->args[MILESTONES_VALUES].n;
    return dy_ignite_check_milestones(s->milestones, s->n_milestones, err) &&
           dy_ignite_check_group(&s->args[P_PARAM_GROUP], err);
}

dy_ignite dy_ignite_piecewise(const dy_ignite *whole, const dy_pair *milestones, int64_t n)
{
    static const dy_recipe recipe = { .name = "warm-up",
                                      .stepper = &DY_IGNITE_PiecewiseLinear };
    return (dy_ignite){ .recipe = &recipe,
                        .group = whole->group,
                        .param_name = "lr",
                        .milestones = milestones,
                        .n_milestones = n };
}

double dy_ignite_between(const dy_pair *pairs, int64_t n, int64_t *at, double event)
{
    if (pairs[0].x > event) return pairs[0].y;
    if (pairs[n - 1].x <= event) return pairs[n - 1].y;
    while (pairs[*at + 1].x <= event) ++*at;
    const dy_pair *from = &pairs[*at], *to = from + 1;
    return from->y + (to->y - from->y) * (event - from->x) / (to->x - from->x);
}

static bool piecewise_value(dy_ignite *s, double *value, dy_error *err)
{
    (void)err;
    *value = dy_ignite_between(s->milestones, s->n_milestones, &s->at, s->event);
    return true;
}

const dy_ignite_class DY_IGNITE_PiecewiseLinear = { .open = piecewise_open,
                                                    .value = piecewise_value };
