/* optax_decay.c - optax' decays, alone and after a warm-up.
 *
 * Where optax logs a remark and goes on with a constant, this goes on as it does.   SPDX-License-Identifier: MIT */
#include "schedule/optax.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

const dy_param DY_PARAMS_optax_constant_schedule[] = {
    DY_OPTAX_REAL(0, "value", true, 0, "the value"),
    { 0 },
};

static double constant_at(const dy_optax *s, double count)
{
    (void)count;
    return s->args[0].real;
}

const dy_optax_class DY_OPTAX_constant_schedule = { .at = constant_at };

typedef struct transition {
    double init, end, power, steps, begin;
} transition;

static double polynomial(transition t, double count)
{
    if (t.steps <= 0) return t.init;
    double in = count - (t.begin < 0 ? 0 : t.begin);
    in = in < 0 ? 0 : in > t.steps ? t.steps : in;
    double left = 1 - in / t.steps;
    return (t.init - t.end) * pow(left, t.power) + t.end;
}

#define TRANSITION_STEPS                                                                       \
    "the steps of the transition; at 0 or below, init_value is held throughout"
#define TRANSITION_BEGIN "the steps before it, at init_value"

enum { P_INIT, P_END, P_POWER, P_STEPS, P_BEGIN };

const dy_param DY_PARAMS_optax_polynomial_schedule[] = {
    DY_OPTAX_REAL(P_INIT, "init_value", true, 0, "the value at the start"),
    DY_OPTAX_REAL(P_END, "end_value", true, 0, "the value at the end, which is held"),
    DY_OPTAX_REAL(P_POWER, "power", true, 0, "the power of what is left"),
    DY_OPTAX_REAL(P_STEPS, "transition_steps", true, 0, TRANSITION_STEPS),
    DY_OPTAX_REAL(P_BEGIN, "transition_begin", false, 0, TRANSITION_BEGIN),
    { 0 },
};

static double polynomial_at(const dy_optax *s, double count)
{
    const dy_arg *a = s->args;
    return polynomial((transition){ a[P_INIT].real, a[P_END].real, a[P_POWER].real,
                                    a[P_STEPS].real, a[P_BEGIN].real },
                      count);
}

const dy_optax_class DY_OPTAX_polynomial_schedule = { .at = polynomial_at };

enum { L_INIT, L_END, L_STEPS, L_BEGIN };

const dy_param DY_PARAMS_optax_linear_schedule[] = {
    DY_OPTAX_REAL(L_INIT, "init_value", true, 0, "the value at the start"),
    DY_OPTAX_REAL(L_END, "end_value", true, 0, "the value at the end, which is held"),
    DY_OPTAX_REAL(L_STEPS, "transition_steps", true, 0, TRANSITION_STEPS),
    DY_OPTAX_REAL(L_BEGIN, "transition_begin", false, 0, TRANSITION_BEGIN),
    { 0 },
};

static double linear_at(const dy_optax *s, double count)
{
    const dy_arg *a = s->args;
    return polynomial(
        (transition){ a[L_INIT].real, a[L_END].real, 1, a[L_STEPS].real, a[L_BEGIN].real },
        count);
}

const dy_optax_class DY_OPTAX_linear_schedule = { .at = linear_at };

/* What a warm-up begins with, whatever follows. */
enum { W_INIT, W_PEAK, W_STEPS, W_REST };

#define WARM_UP                                                                                \
    DY_OPTAX_REAL(W_INIT, "init_value", true, 0, "the value at the start"),                    \
        DY_OPTAX_REAL(W_PEAK, "peak_value", true, 0, "the value after the warm-up"),           \
        DY_OPTAX_REAL(W_STEPS, "warmup_steps", true, 0, "the steps of the rise")

static double warm_up(const dy_optax *s, double count)
{
    const dy_arg *a = s->args;
    return polynomial((transition){ a[W_INIT].real, a[W_PEAK].real, 1, a[W_STEPS].real, 0 },
                      count);
}

const dy_param DY_PARAMS_optax_warmup_constant_schedule[] = { WARM_UP, { 0 } };

const dy_optax_class DY_OPTAX_warmup_constant_schedule = { .at = warm_up };

typedef struct decay {
    double init, steps, rate, begin;
    bool staircase;
    const dy_arg *bound; /* end_value */
} decay;

static double exponential(const decay *d, double count)
{
    if (d->steps <= 0 || d->rate == 0) return d->init;
    double in = count - (d->begin < 0 ? 0 : d->begin);
    double p = in / d->steps, end = d->bound->real;
    if (d->staircase) p = floor(p);
    double value = in <= 0 ? d->init : d->init * pow(d->rate, p);
    if (!d->bound->given) return value;
    if (d->rate < 1) return value < end ? end : value;
    return value > end ? end : value;
}

/* From transition_steps on, which are the same with a warm-up before them. */
enum { D_INIT, D_STEPS, D_RATE, D_BEGIN, D_STAIRCASE, D_END };

#define DECAY(from)                                                                            \
    DY_OPTAX_REAL((from), "transition_steps", true, 0,                                         \
                  "the steps of one decay_rate; at 0 or below there is no decay"),             \
        DY_OPTAX_REAL((from) + 1, "decay_rate", true, 0,                                       \
                      "what is multiplied by; at 0 there is no decay"),                        \
        DY_OPTAX_REAL((from) + 2, "transition_begin", false, 0, "the steps before the decay"), \
        [(from) + 3] = { .name = "staircase",                                                  \
                         .kind = DY_ARG_BOOL,                                                  \
                         .meaning = "at the end of each transition_steps instead of all "      \
                                    "along" },                                                 \
                  DY_OPTAX_REAL(                                                               \
                      (from) + 4, "end_value", false, 0,                                       \
                      "a lower bound where decay_rate is below 1, else an upper one; without " \
                      "it there is none"),                                                     \
    {                                                                                          \
        0                                                                                      \
    }

const dy_param DY_PARAMS_optax_exponential_decay[] = {
    DY_OPTAX_REAL(D_INIT, "init_value", true, 0, "the value at the start"), DECAY(D_STEPS)
};

/* The decay of `init` whose transition_steps is argument `from`. */
static decay decay_of(const dy_arg *args, double init, int from)
{
    const dy_arg *a = args + from - D_STEPS;
    return (decay){
        init,     a[D_STEPS].real, a[D_RATE].real, a[D_BEGIN].real, a[D_STAIRCASE].real != 0,
        &a[D_END]
    };
}

static double exponential_at(const dy_optax *s, double count)
{
    decay d = decay_of(s->args, s->args[D_INIT].real, D_STEPS);
    return exponential(&d, count);
}

const dy_optax_class DY_OPTAX_exponential_decay = { .at = exponential_at };

const dy_param DY_PARAMS_optax_warmup_exponential_decay_schedule[] = { WARM_UP, DECAY(W_REST) };

static double warmup_exponential_at(const dy_optax *s, double count)
{
    double warm = s->args[W_STEPS].real;
    if (count < warm) return warm_up(s, count);
    decay d = decay_of(s->args, s->args[W_PEAK].real, W_REST);
    return exponential(&d, count - warm);
}

const dy_optax_class DY_OPTAX_warmup_exponential_decay_schedule = { .at =
                                                                        warmup_exponential_at };

typedef struct fall {
    double init, steps, alpha, exponent;
} fall;

static double cosine(fall f, double count)
{
    double in = count < f.steps ? count : f.steps;
    double left = 0.5 * (1 + cos(PI * in / f.steps));
    return f.init * ((1 - f.alpha) * pow(left, f.exponent) + f.alpha);
}

#define EXPONENT "the power of what is left of the cosine"

enum { C_INIT, C_STEPS, C_ALPHA, C_EXPONENT };

const dy_param DY_PARAMS_optax_cosine_decay_schedule[] = {
    DY_OPTAX_REAL(C_INIT, "init_value", true, 0, "the value at the start"),
    DY_OPTAX_REAL(C_STEPS, "decay_steps", true, 0, "the steps of the fall"),
    DY_OPTAX_REAL(C_ALPHA, "alpha", false, 0, "the value at the end, as a part of init_value"),
    DY_OPTAX_REAL(C_EXPONENT, "exponent", false, 1, EXPONENT),
    { 0 },
};

static bool cosine_open(dy_optax *s, dy_arena *arena, dy_error *err)
{
    (void)arena;
    double steps = s->args[C_STEPS].real;
    return steps > 0 || dy_fail(err, "decay_steps is %g; optax wants it positive", steps);
}

static double cosine_at(const dy_optax *s, double count)
{
    const dy_arg *a = s->args;
    return cosine(
        (fall){ a[C_INIT].real, a[C_STEPS].real, a[C_ALPHA].real, a[C_EXPONENT].real }, count);
}

const dy_optax_class DY_OPTAX_cosine_decay_schedule = { .open = cosine_open, .at = cosine_at };

enum { WC_STEPS = W_REST, WC_END, WC_EXPONENT };

const dy_param DY_PARAMS_optax_warmup_cosine_decay_schedule[] = {
    WARM_UP,
    DY_OPTAX_REAL(WC_STEPS, "decay_steps", true, 0, "the steps in all, the warm-up's too"),
    DY_OPTAX_REAL(WC_END, "end_value", false, 0, "the value at the end, which is held"),
    DY_OPTAX_REAL(WC_EXPONENT, "exponent", false, 1, EXPONENT),
    { 0 },
};

static bool warmup_cosine_open(dy_optax *s, dy_arena *arena, dy_error *err)
{
    (void)arena;
    double steps = s->args[WC_STEPS].real, warm = s->args[W_STEPS].real;
    return steps - warm > 0 ||
           dy_fail(err,
                   "decay_steps is %g and warmup_steps %g; optax counts the warm-up among "
                   "decay_steps and wants some left for the cosine",
                   steps, warm);
}

static double warmup_cosine_at(const dy_optax *s, double count)
{
    const dy_arg *a = s->args;
    double peak = a[W_PEAK].real, warm = a[W_STEPS].real;
    if (count < warm) return warm_up(s, count);
    return cosine((fall){ peak, a[WC_STEPS].real - warm, peak == 0 ? 0 : a[WC_END].real / peak,
                          a[WC_EXPONENT].real },
                  count - warm);
}

const dy_optax_class DY_OPTAX_warmup_cosine_decay_schedule = { .open = warmup_cosine_open,
                                                               .at = warmup_cosine_at };
