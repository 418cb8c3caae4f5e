/* timm_wsd.c - timm's warm-up, stable phase and decay.   SPDX-License-Identifier: MIT */
#include "schedule/timm.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

enum {
    T_INITIAL = 1,
    DECAY_T,
    LR_MIN,
    STABLE_FN,
    STABLE_TIMESCALE,
    STABLE_POWER,
    DECAY_FN,
    DECAY_POWER,
    DECAY_RATIO,
    WARM_UP,
};

enum { STABLE_CONSTANT, STABLE_RSQRT };

enum { DECAY_LINEAR, DECAY_1_SQRT, DECAY_COSINE, DECAY_OF_POWER, DECAY_EXP };

static const char *const STABLES[] = { "constant", "rsqrt", "power", NULL };
static const char *const DECAYS[] = { "linear", "1-sqrt", "cosine", "power", "exp", NULL };

const dy_param DY_PARAMS_timm_WSDLRScheduler[] = {
    DY_PARAM_OPTIMIZER,
    [T_INITIAL] = { .name = "t_initial",
                    .kind = DY_ARG_REAL,
                    .required = true,
                    .want = DY_WANT_POSITIVE,
                    .meaning = "the length of the stable phase and the decay; the warm-up "
                               "comes before" },
    [DECAY_T] = { .name = "decay_t",
                  .kind = DY_ARG_REAL,
                  .required = true,
                  .want = DY_WANT_POSITIVE,
                  .meaning = "the length of the decay, at most t_initial" },
    [LR_MIN] = { .name = "lr_min",
                 .kind = DY_ARG_REAL,
                 .want = DY_WANT_FROM_0,
                 .meaning = "the rate after the decay" },
    [STABLE_FN] = { .name = "stable_fn",
                    .kind = DY_ARG_CHOICE,
                    .choices = STABLES,
                    .meaning = "lr in the stable phase: all of it, or a falling power" },
    [STABLE_TIMESCALE] = { .name = "stable_timescale",
                           .kind = DY_ARG_REAL,
                           .meaning = "of rsqrt and power; without it warmup_t" },
    [STABLE_POWER] = { .name = "stable_power",
                       .kind = DY_ARG_REAL,
                       .want = DY_WANT_POSITIVE,
                       .preset = 0.5,
                       .meaning = "of power" },
    [DECAY_FN] = { .name = "decay_fn",
                   .kind = DY_ARG_CHOICE,
                   .choices = DECAYS,
                   .callable = true,
                   .preset = DECAY_1_SQRT,
                   .meaning = "the form of the decay, or a function from 0 to 1 to what is "
                              "left" },
    [DECAY_POWER] = { .name = "decay_power",
                      .kind = DY_ARG_REAL,
                      .want = DY_WANT_POSITIVE,
                      .preset = 0.5,
                      .meaning = "of the decay power" },
    [DECAY_RATIO] = { .name = "decay_ratio",
                      .kind = DY_ARG_REAL,
                      .want = DY_WANT_SHARE,
                      .preset = 0.1,
                      .meaning = "of the decay exp: where it would end if it were not "
                                 "stretched down to lr_min" },
    DY_TIMM_WARM_UP,
    DY_TIMM_IN_EPOCHS,
    DY_TIMM_NOISE,
    DY_TIMM_ITERS,
    { 0 },
};

static double timescale(const dy_timm *s)
{
    const dy_arg *given = &s->args[STABLE_TIMESCALE];
    return given->given ? given->real : s->args[WARM_UP].real;
}

static bool wsd_open(dy_timm *s, dy_error *err)
{
    double whole = s->args[T_INITIAL].real, decay = s->args[DECAY_T].real;
    if (decay > whole)
        return dy_fail(err, "decay_t is %g; want at most t_initial, which is %g", decay, whole);
    if (s->args[STABLE_FN].real == STABLE_CONSTANT || timescale(s) > 0) return true;
    return dy_fail(err,
                   "stable_timescale is %g, which it divides by; want more than 0 (without a "
                   "warm-up it has to be given)",
                   timescale(s));
}

/* What the stable phase leaves of lr. */
static double stable(const dy_timm *s, double t)
{
    int kind = (int)s->args[STABLE_FN].real;
    if (kind == STABLE_CONSTANT) return 1;
    double power = kind == STABLE_RSQRT ? 0.5 : s->args[STABLE_POWER].real;
    return pow(1 + t / timescale(s), -power);
}

/* From 1 to 0. */
static bool decay(const dy_timm *s, double p, double *left, dy_error *err)
{
    const dy_arg *form = &s->args[DECAY_FN];
    double ratio = s->args[DECAY_RATIO].real;
    if (form->call) return form->call(form->self, p, NAN, left, err);
    switch ((int)form->real) {
    case DECAY_LINEAR: *left = 1 - p; break;
    case DECAY_COSINE: *left = 0.5 * (1 + cos(PI * p)); break;
    case DECAY_OF_POWER: *left = 1 - pow(p, s->args[DECAY_POWER].real); break;
    case DECAY_EXP: *left = (pow(ratio, p) - ratio) / (1 - ratio); break;
    default: *left = 1 - sqrt(p); break;
    }
    return true;
}

static bool wsd_at(const dy_timm *s, double t, double *lr, dy_error *err)
{
    double low = s->args[LR_MIN].real, length = s->args[DECAY_T].real, left;
    *lr = s->lr * stable(s, t);
    if (*lr < low) *lr = low;
    double in = t - (s->args[T_INITIAL].real - length);
    if (in <= 0) return true;
    if (!decay(s, in < length ? in / length : 1, &left, err)) return false;
    *lr = low + (*lr - low) * left;
    return true;
}

const dy_timm_class DY_TIMM_WSDLRScheduler = {
    .warm_up = WARM_UP, .no_prefix = true, .open = wsd_open, .at = wsd_at
};
