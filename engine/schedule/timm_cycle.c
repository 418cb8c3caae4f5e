/* timm_cycle.c - timm's schedulers that come in cycles: cosine, tanh and poly.
 *
 * The cycle that a time falls in is found by a logarithm, as timm finds it, with the digit it may miss.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/timm.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

enum { T_INITIAL = 1 };

#define T_INITIAL_PARAM                                                                        \
    {                                                                                          \
        .name = "t_initial", .kind = DY_ARG_REAL, .required = true, .want = DY_WANT_POSITIVE,  \
        .meaning = "the length of the first cycle"                                             \
    }

/* The parameters before those of the warm-up. */
enum { LR_MIN = -4, CYCLE_MUL, CYCLE_DECAY, CYCLE_LIMIT };

#define CYCLE_PARAMS                                                                           \
    { .name = "lr_min",                                                                        \
      .kind = DY_ARG_REAL,                                                                     \
      .want = DY_WANT_FROM_0,                                                                  \
      .meaning = "the lowest rate, held after the last cycle" },                               \
        { .name = "cycle_mul",                                                                 \
          .kind = DY_ARG_REAL,                                                                 \
          .want = DY_WANT_POSITIVE,                                                            \
          .preset = 1,                                                                         \
          .meaning = "how many times longer each cycle is than the one before" },              \
        { .name = "cycle_decay",                                                               \
          .kind = DY_ARG_REAL,                                                                 \
          .preset = 1,                                                                         \
          .meaning = "what the height is multiplied by at each cycle" },                       \
    {                                                                                          \
        .name = "cycle_limit", .kind = DY_ARG_REAL, .preset = 1,                               \
        .meaning = "how many cycles there are"                                                 \
    }

#define K_DECAY_PARAM                                                                          \
    {                                                                                          \
        .name = "k_decay", .kind = DY_ARG_REAL, .want = DY_WANT_FROM_0, .preset = 1,           \
        .meaning = "the power of the time (arXiv:2004.05909)"                                  \
    }

#define SHARED_PARAMS                                                                          \
    CYCLE_PARAMS, DY_TIMM_WARM_UP_PREFIX(0), DY_TIMM_IN_EPOCHS, DY_TIMM_NOISE, DY_TIMM_ITERS

enum { COSINE_WARM_UP = 6, COSINE_K_DECAY = 16 };

const dy_param DY_PARAMS_timm_CosineLRScheduler[] = {
    DY_PARAM_OPTIMIZER, T_INITIAL_PARAM, SHARED_PARAMS, K_DECAY_PARAM, { 0 },
};

enum { LB = 2, UB, TANH_WARM_UP = 8 };

const dy_param DY_PARAMS_timm_TanhLRScheduler[] = {
    DY_PARAM_OPTIMIZER,
    T_INITIAL_PARAM,
    [LB] = { .name = "lb",
             .kind = DY_ARG_REAL,
             .preset = -7,
             .meaning = "where on the tangent a cycle begins" },
    [UB] = { .name = "ub", .kind = DY_ARG_REAL, .preset = 3, .meaning = "and where it ends" },
    SHARED_PARAMS,
    { 0 },
};

enum { POWER = 2, POLY_WARM_UP = 7, POLY_K_DECAY = 17 };

const dy_param DY_PARAMS_timm_PolyLRScheduler[] = {
    DY_PARAM_OPTIMIZER,
    T_INITIAL_PARAM,
    [POWER] = { .name = "power",
                .kind = DY_ARG_REAL,
                .preset = 0.5,
                .meaning = "the power of what is left" },
    SHARED_PARAMS,
    K_DECAY_PARAM,
    { 0 },
};

/* The cycle that a time falls in. */
typedef struct cycle {
    double n;          /* from 0 */
    double length, at; /* the time within it */
    double low, high;  /* lr */
    bool done;         /* it is beyond the last */
} cycle;

static double shared(const dy_timm *s, int offset)
{
    const dy_timm_class *class = s->recipe->stepper;
    return s->args[class->warm_up + offset].real;
}

/* Its number and its length, the first one's being `first`. */
static bool find_cycle(cycle *c, double t, double first, double mul, dy_error *err)
{
    if (mul == 1) {
        c->n = dy_timm_floor(t, first);
        c->length = first;
        c->at = t - first * c->n;
        return true;
    }
    double grown = 1 - t / first * (1 - mul);
    if (!(grown > 0))
        return dy_fail(err,
                       "the cycles shrink to nothing by time %g, and timm raises an error at "
                       "%g; want cycle_mul of at least 1, or a shorter run",
                       first / (1 - mul), t);
    c->n = floor(log(grown) / log(mul));
    c->length = pow(mul, c->n) * first;
    c->at = t - (1 - pow(mul, c->n)) / (1 - mul) * first;
    return true;
}

static bool cycle_at(const dy_timm *s, double t, cycle *c, dy_error *err)
{
    if (!find_cycle(c, t, s->args[T_INITIAL].real, shared(s, CYCLE_MUL), err)) return false;
    c->low = shared(s, LR_MIN);
    c->high = s->lr * pow(shared(s, CYCLE_DECAY), c->n);
    c->done = !(c->n < shared(s, CYCLE_LIMIT));
    return true;
}

static bool cosine_at(const dy_timm *s, double t, double *lr, dy_error *err)
{
    cycle c;
    double k = s->args[COSINE_K_DECAY].real;
    if (!cycle_at(s, t, &c, err)) return false;
    *lr = c.low;
    if (!c.done)
        *lr += 0.5 * (c.high - c.low) * (1 + cos(PI * pow(c.at, k) / pow(c.length, k)));
    return true;
}

const dy_timm_class DY_TIMM_CosineLRScheduler = { .warm_up = COSINE_WARM_UP, .at = cosine_at };

static bool tanh_open(dy_timm *s, dy_error *err)
{
    double lb = s->args[LB].real, ub = s->args[UB].real;
    if (!(lb < ub)) return dy_fail(err, "lb is %g and ub is %g; want lb below ub", lb, ub);
    if (shared(s, CYCLE_LIMIT) >= 0) return true;
    return dy_fail(err, "cycle_limit is %g; want at least 0", shared(s, CYCLE_LIMIT));
}

static bool tanh_at(const dy_timm *s, double t, double *lr, dy_error *err)
{
    cycle c;
    if (!cycle_at(s, t, &c, err)) return false;
    double p = c.at / c.length;
    *lr = c.low;
    if (!c.done)
        *lr += 0.5 * (c.high - c.low) *
               (1 - tanh(s->args[LB].real * (1 - p) + s->args[UB].real * p));
    return true;
}

const dy_timm_class DY_TIMM_TanhLRScheduler = {
    .warm_up = TANH_WARM_UP, .joins = true, .open = tanh_open, .at = tanh_at
};

static bool poly_at(const dy_timm *s, double t, double *lr, dy_error *err)
{
    cycle c;
    double k = s->args[POLY_K_DECAY].real;
    if (!cycle_at(s, t, &c, err)) return false;
    *lr = c.low;
    if (!c.done)
        *lr += (c.high - c.low) * pow(1 - pow(c.at, k) / pow(c.length, k), s->args[POWER].real);
    return true;
}

const dy_timm_class DY_TIMM_PolyLRScheduler = { .warm_up = POLY_WARM_UP, .at = poly_at };
