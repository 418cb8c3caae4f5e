/* transformers_cosine.c - the cosines of transformers, and its warm-up, stable phase and decay. None is clamped: where a run goes
 * on, the cosine rises again.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/transformers.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

#define CYCLES(index, usual, what)                                                             \
    [index] = {                                                                                \
        .name = "num_cycles", .kind = DY_ARG_REAL, .preset = (usual), .meaning = (what)        \
    }

static double wave(double cycles, double progress)
{
    return 0.5 * (1 + cos(PI * cycles * 2 * progress));
}

enum { CYCLES_AT = 3 };

const dy_param DY_PARAMS_transformers_cosine[] = {
    DY_PARAM_OPTIMIZER,
    DY_PARAM_WARMUP_STEPS,
    DY_PARAM_TRAINING_STEPS,
    CYCLES(CYCLES_AT, 0.5, "waves of the cosine; at a half it ends at 0"),
    { 0 },
};

static double cosine(const dy_arg *args, double step)
{
    double warm = args[DY_WARMUP_STEPS].real, total = args[DY_TRAINING_STEPS].real;
    if (step < warm) return dy_factor_warm_up(step, warm);
    return fmax(0, wave(args[CYCLES_AT].real, dy_factor_progress(step, warm, total)));
}

const dy_factor_class DY_FACTOR_cosine = { .at = cosine };

const dy_param DY_PARAMS_transformers_cosine_with_restarts[] = {
    DY_PARAM_OPTIMIZER,
    DY_PARAM_WARMUP_STEPS,
    DY_PARAM_TRAINING_STEPS,
    CYCLES(CYCLES_AT, 1, "how many half cosines"),
    { 0 },
};

/* As Python's %: never below 0. */
static double part_of_1(double x)
{
    double part = fmod(x, 1);
    return part < 0 ? part + 1 : part;
}

static double cosine_with_restarts(const dy_arg *args, double step)
{
    double warm = args[DY_WARMUP_STEPS].real, total = args[DY_TRAINING_STEPS].real;
    if (step < warm) return dy_factor_warm_up(step, warm);
    double progress = dy_factor_progress(step, warm, total);
    if (progress >= 1) return 0;
    return fmax(0, 0.5 * (1 + cos(PI * part_of_1(args[CYCLES_AT].real * progress))));
}

const dy_factor_class DY_FACTOR_cosine_with_restarts = { .at = cosine_with_restarts };

enum { MIN_LR = 4, MIN_LR_RATE, WARMUP_LR_RATE };

#define MIN_LR_PARAMS                                                                          \
    DY_PARAM_OPTIMIZER, DY_PARAM_WARMUP_STEPS, DY_PARAM_TRAINING_STEPS,                        \
        CYCLES(CYCLES_AT, 0.5, "waves of the cosine; at a half it ends at the least rate"),    \
        [MIN_LR] = { .name = "min_lr",                                                         \
                     .kind = DY_ARG_REAL,                                                      \
                     .meaning = "the least rate; or give min_lr_rate" },                       \
        [MIN_LR_RATE] = { .name = "min_lr_rate",                                               \
                          .kind = DY_ARG_REAL,                                                 \
                          .meaning = "it as a part of the optimizer's lr" }

const dy_param DY_PARAMS_transformers_cosine_with_min_lr[] = { MIN_LR_PARAMS, { 0 } };

const dy_param DY_PARAMS_transformers_cosine_warmup_with_min_lr[] = {
    MIN_LR_PARAMS,
    [WARMUP_LR_RATE] = { .name = "warmup_lr_rate",
                         .kind = DY_ARG_REAL,
                         .meaning = "what the rise begins with, as a part of lr; without it a "
                                    "step's share of the rise" },
    { 0 },
};

static bool min_lr_check(const dy_arg *args, dy_error *err)
{
    return dy_arg_either(&args[MIN_LR], "min_lr", &args[MIN_LR_RATE], "min_lr_rate", err);
}

/* What is left of lr in a wave that ends at the least rate. */
static double down_to_least(const dy_arg *args, double progress)
{
    const dy_arg *least = &args[MIN_LR];
    double rate = least->given ? least->real / args[0].real : args[MIN_LR_RATE].real;
    double factor = wave(args[CYCLES_AT].real, progress) * (1 - rate) + rate;
    return factor > 0 || isnan(factor) ? factor : 0;
}

static double cosine_with_min_lr(const dy_arg *args, double step)
{
    double warm = args[DY_WARMUP_STEPS].real, total = args[DY_TRAINING_STEPS].real;
    if (step < warm) return dy_factor_warm_up(step, warm);
    return down_to_least(args, dy_factor_progress(step, warm, total));
}

const dy_factor_class DY_FACTOR_cosine_with_min_lr = { .check = min_lr_check,
                                                       .at = cosine_with_min_lr };

static double cosine_warmup_with_min_lr(const dy_arg *args, double step)
{
    double warm = args[DY_WARMUP_STEPS].real, total = args[DY_TRAINING_STEPS].real;
    const dy_arg *rate = &args[WARMUP_LR_RATE];
    if (step >= warm) return down_to_least(args, dy_factor_progress(step + 1, warm, total));
    if (!rate->given) return (step + 1) / fmax(1, warm);
    return rate->real + (1 - rate->real) * step / fmax(1, warm - 1);
}

const dy_factor_class DY_FACTOR_cosine_warmup_with_min_lr = { .check = min_lr_check,
                                                              .at = cosine_warmup_with_min_lr };

enum {
    WSD_DECAY = 2,
    WSD_TRAINING,
    WSD_STABLE,
    WARMUP_TYPE,
    DECAY_TYPE,
    WSD_RATIO,
    WSD_CYCLES
};

enum { LINEAR, COSINE };

static const char *const TYPES[] = { "linear", "cosine", "1-sqrt", NULL };

const dy_param DY_PARAMS_transformers_warmup_stable_decay[] = {
    DY_PARAM_OPTIMIZER,
    DY_PARAM_WARMUP_STEPS,
    [WSD_DECAY] = { .name = "num_decay_steps",
                    .kind = DY_ARG_REAL,
                    .required = true,
                    .meaning = "the steps of the fall" },
    [WSD_TRAINING] = { .name = "num_training_steps",
                       .kind = DY_ARG_REAL,
                       .meaning = "the steps of the run; the stable phase has what is left" },
    [WSD_STABLE] = { .name = "num_stable_steps",
                     .kind = DY_ARG_REAL,
                     .meaning =
                         "the steps of the stable phase; goes before num_training_steps" },
    [WARMUP_TYPE] = { .name = "warmup_type",
                      .kind = DY_ARG_CHOICE,
                      .choices = TYPES,
                      .meaning = "the form of the rise" },
    [DECAY_TYPE] = { .name = "decay_type",
                     .kind = DY_ARG_CHOICE,
                     .choices = TYPES,
                     .preset = COSINE,
                     .meaning = "the form of the fall" },
    [WSD_RATIO] = { .name = "min_lr_ratio",
                    .kind = DY_ARG_REAL,
                    .meaning = "the rate at both ends, as a part of lr" },
    CYCLES(WSD_CYCLES, 0.5, "waves of the falling cosine"),
    { 0 },
};

static bool wsd_check(const dy_arg *args, dy_error *err)
{
    if (args[WSD_TRAINING].given || args[WSD_STABLE].given) return true;
    return dy_fail(err, "neither num_training_steps nor num_stable_steps given; want one");
}

static double above_ratio(const dy_arg *args, double factor)
{
    double ratio = args[WSD_RATIO].real;
    return fmax(0, factor * (1 - ratio) + ratio);
}

static double wsd_rise(const dy_arg *args, double progress)
{
    switch ((int)args[WARMUP_TYPE].real) {
    case LINEAR: return progress;
    case COSINE: return 0.5 * (1 - cos(PI * progress));
    default: return 1 - sqrt(1 - progress);
    }
}

static double wsd_fall(const dy_arg *args, double progress)
{
    switch ((int)args[DECAY_TYPE].real) {
    case LINEAR: return 1 - progress;
    case COSINE: return wave(args[WSD_CYCLES].real, progress);
    default: return 1 - sqrt(progress);
    }
}

static double warmup_stable_decay(const dy_arg *args, double step)
{
    double warm = args[DY_WARMUP_STEPS].real, decay = args[WSD_DECAY].real;
    double stable =
        args[WSD_STABLE].given ? args[WSD_STABLE].real : args[WSD_TRAINING].real - warm - decay;
    if (step < warm) return above_ratio(args, wsd_rise(args, dy_factor_warm_up(step, warm)));
    if (step < warm + stable) return 1;
    if (step >= warm + stable + decay) return args[WSD_RATIO].real;
    return above_ratio(args, wsd_fall(args, (step - warm - stable) / fmax(1, decay)));
}

const dy_factor_class DY_FACTOR_warmup_stable_decay = { .check = wsd_check,
                                                        .at = warmup_stable_decay };
