/* keras.c - Keras' schedules by their own names: plain functions of the step, whose values a plan holds.
 *
 * They are worked out in double precision. source: keras/src/optimizers/schedules/learning_rate_schedule.py of Keras 3.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

enum { INITIAL, STEPS };

#define KERAS_INITIAL                                                                          \
    [INITIAL] = { .name = "initial_learning_rate",                                             \
                  .kind = DY_ARG_REAL,                                                         \
                  .required = true,                                                            \
                  .want = DY_WANT_FROM_0,                                                      \
                  .meaning = "the rate at the start" }

#define KERAS_STEPS(called, what)                                                              \
    [STEPS] = { .name = (called),                                                              \
                .kind = DY_ARG_REAL,                                                           \
                .required = true,                                                              \
                .want = DY_WANT_POSITIVE,                                                      \
                .meaning = (what) }

enum { RATE = 2, STAIRCASE };

#define KERAS_DECAY                                                                            \
    KERAS_INITIAL, KERAS_STEPS("decay_steps", "the steps of one decay"),                       \
        [RATE] = { .name = "decay_rate",                                                       \
                   .kind = DY_ARG_REAL,                                                        \
                   .required = true,                                                           \
                   .meaning = "how much of a decay" },                                         \
        [STAIRCASE] = { .name = "staircase",                                                   \
                        .kind = DY_ARG_BOOL,                                                   \
                        .meaning = "at the end of each decay_steps instead of all along" },    \
    {                                                                                          \
        0                                                                                      \
    }

const dy_param DY_PARAMS_keras_ExponentialDecay[] = { KERAS_DECAY };
const dy_param DY_PARAMS_keras_InverseTimeDecay[] = { KERAS_DECAY };

static double decays(const dy_arg *args, double step)
{
    double n = step / args[STEPS].real;
    return args[STAIRCASE].real != 0 ? floor(n) : n;
}

static double exponential(const dy_arg *args, double step)
{
    return args[INITIAL].real * pow(args[RATE].real, decays(args, step));
}

bool dy_make_keras_ExponentialDecay(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                    dy_error *err)
{
    return dy_plan_hold(plan, arena, args, exponential, err);
}

static double inverse_time(const dy_arg *args, double step)
{
    return args[INITIAL].real / (1 + args[RATE].real * decays(args, step));
}

bool dy_make_keras_InverseTimeDecay(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                    dy_error *err)
{
    return dy_plan_hold(plan, arena, args, inverse_time, err);
}

enum { BOUNDARIES, VALUES };

const dy_param DY_PARAMS_keras_PiecewiseConstantDecay[] = {
    [BOUNDARIES] = { .name = "boundaries",
                     .kind = DY_ARG_REALS,
                     .required = true,
                     .meaning = "the last step of each value but the last" },
    [VALUES] = { .name = "values",
                 .kind = DY_ARG_REALS,
                 .required = true,
                 .want = DY_WANT_FROM_0,
                 .meaning = "the rates, one more than boundaries" },
    { 0 },
};

/* The sum of all pieces that a step is in: of boundaries that do not rise, of several or none. Keras counts steps in whole
 * numbers, and cuts the boundaries down to them. */
static double piecewise(const dy_arg *args, double step)
{
    const dy_arg *boundaries = &args[BOUNDARIES], *values = &args[VALUES];
    int64_t last = boundaries->n - 1;
    double sum = step <= trunc(boundaries->reals[0]) ? values->reals[0] : 0;
    if (step > trunc(boundaries->reals[last])) sum += values->reals[last + 1];
    for (int64_t i = 0; i < last; i++)
        if (step > trunc(boundaries->reals[i]) && step <= trunc(boundaries->reals[i + 1]))
            sum += values->reals[i + 1];
    return sum;
}

bool dy_make_keras_PiecewiseConstantDecay(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                          dy_error *err)
{
    const dy_arg *boundaries = &args[BOUNDARIES];
    if (args[VALUES].n != boundaries->n + 1)
        return dy_fail(err, "%lld values for %lld boundaries; want one value more",
                       (long long)args[VALUES].n, (long long)boundaries->n);
    return dy_plan_hold(plan, arena, args, piecewise, err);
}

enum { POLY_END = 2, POLY_POWER, POLY_CYCLE };

const dy_param DY_PARAMS_keras_PolynomialDecay[] = {
    KERAS_INITIAL,
    KERAS_STEPS("decay_steps", "the steps down to the end"),
    [POLY_END] = { .name = "end_learning_rate",
                   .kind = DY_ARG_REAL,
                   .want = DY_WANT_FROM_0,
                   .preset = 1e-4,
                   .meaning = "the rate at the end, which is held" },
    [POLY_POWER] = { .name = "power",
                     .kind = DY_ARG_REAL,
                     .preset = 1,
                     .meaning = "the power of what is left" },
    [POLY_CYCLE] = { .name = "cycle",
                     .kind = DY_ARG_BOOL,
                     .meaning = "rise again at the end, with decay_steps more each time" },
    { 0 },
};

static double polynomial(const dy_arg *args, double step)
{
    double length = args[STEPS].real, end = args[POLY_END].real;
    if (args[POLY_CYCLE].real != 0)
        length *= step == 0 ? 1 : ceil(step / length);
    else
        step = step < length ? step : length;
    double left = 1 - step / length;
    return (args[INITIAL].real - end) * pow(left, args[POLY_POWER].real) + end;
}

bool dy_make_keras_PolynomialDecay(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                   dy_error *err)
{
    return dy_plan_hold(plan, arena, args, polynomial, err);
}

enum { COSINE_ALPHA = 2, WARMUP_TARGET, WARMUP_STEPS };

#define KERAS_ALPHA(index)                                                                     \
    [index] = { .name = "alpha",                                                               \
                .kind = DY_ARG_REAL,                                                           \
                .meaning = "the lowest rate, as a part of the first" }

const dy_param DY_PARAMS_keras_CosineDecay[] = {
    KERAS_INITIAL,
    KERAS_STEPS("decay_steps", "the steps of the fall, after warmup_steps"),
    KERAS_ALPHA(COSINE_ALPHA),
    [WARMUP_TARGET] = { .name = "warmup_target",
                        .kind = DY_ARG_REAL,
                        .want = DY_WANT_FROM_0,
                        .meaning = "rise to this first; without it there is no warm-up" },
    [WARMUP_STEPS] = { .name = "warmup_steps",
                       .kind = DY_ARG_COUNT,
                       .meaning = "the steps of the rise" },
    { 0 },
};

static double cosine_fall(const dy_arg *args, double step, double from)
{
    double length = args[STEPS].real, alpha = args[COSINE_ALPHA].real;
    double p = (step < length ? step : length) / length;
    return from * ((1 - alpha) * (0.5 * (1 + cos(PI * p))) + alpha);
}

static double cosine(const dy_arg *args, double step)
{
    double first = args[INITIAL].real, target = args[WARMUP_TARGET].real;
    double warm = args[WARMUP_STEPS].real;
    if (!args[WARMUP_TARGET].given) return cosine_fall(args, step, first);
    if (step < warm) return (target - first) * (step / warm) + first;
    return cosine_fall(args, step - warm, target);
}

bool dy_make_keras_CosineDecay(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                               dy_error *err)
{
    return dy_plan_hold(plan, arena, args, cosine, err);
}

enum { T_MUL = 2, M_MUL, RESTARTS_ALPHA };

const dy_param DY_PARAMS_keras_CosineDecayRestarts[] = {
    KERAS_INITIAL,
    KERAS_STEPS("first_decay_steps", "the length of the first cosine"),
    [T_MUL] = { .name = "t_mul",
                .kind = DY_ARG_REAL,
                .want = DY_WANT_POSITIVE,
                .preset = 2,
                .meaning = "how many times longer each is than the one before" },
    [M_MUL] = { .name = "m_mul",
                .kind = DY_ARG_REAL,
                .preset = 1,
                .meaning = "what the height is multiplied by at each restart" },
    KERAS_ALPHA(RESTARTS_ALPHA),
    { 0 },
};

/* The cycle by a logarithm, as Keras finds it, with the digit it may miss. */
static double restarts(const dy_arg *args, double step)
{
    double t_mul = args[T_MUL].real, alpha = args[RESTARTS_ALPHA].real;
    double done = step / args[STEPS].real, n;
    if (t_mul == 1) {
        n = floor(done);
        done -= n;
    } else {
        n = floor(log(1 - done * (1 - t_mul)) / log(t_mul));
        double before = (1 - pow(t_mul, n)) / (1 - t_mul);
        done = (done - before) / pow(t_mul, n);
    }
    double height = pow(args[M_MUL].real, n);
    double left = 0.5 * height * (1 + cos(PI * done));
    return args[INITIAL].real * ((1 - alpha) * left + alpha);
}

bool dy_make_keras_CosineDecayRestarts(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                       dy_error *err)
{
    return dy_plan_hold(plan, arena, args, restarts, err);
}

#define KERAS "keras.optimizers.schedules of Keras 3, in double precision"

const dy_recipe DY_RECIPES_KERAS[] = {
    { "keras.ExponentialDecay", "equal factors in equal times",
      "initial_learning_rate decay_rate^(t/decay_steps)", KERAS,
      DY_PARAMS_keras_ExponentialDecay, dy_make_keras_ExponentialDecay, NULL },
    { "keras.PiecewiseConstantDecay", "constant pieces; a boundary is of the piece before it",
      "values[i] while boundaries[i-1] < t <= boundaries[i]", KERAS,
      DY_PARAMS_keras_PiecewiseConstantDecay, dy_make_keras_PiecewiseConstantDecay, NULL },
    { "keras.PolynomialDecay", "a power of what is left, held or cycled",
      "end_learning_rate + (initial_learning_rate - end_learning_rate) (1 - "
      "t/decay_steps)^power",
      KERAS, DY_PARAMS_keras_PolynomialDecay, dy_make_keras_PolynomialDecay, NULL },
    { "keras.InverseTimeDecay", "an inverse of the time",
      "initial_learning_rate / (1 + decay_rate t/decay_steps)", KERAS,
      DY_PARAMS_keras_InverseTimeDecay, dy_make_keras_InverseTimeDecay, NULL },
    { "keras.CosineDecay", "half a cosine, after a rise or without",
      "initial_learning_rate ((1 - alpha) (1 + cos(pi t/decay_steps)) / 2 + alpha); from "
      "warmup_target after warmup_steps where it is given",
      KERAS, DY_PARAMS_keras_CosineDecay, dy_make_keras_CosineDecay, NULL },
    { "keras.CosineDecayRestarts", "cosines one after another, each starting anew",
      "initial_learning_rate ((1 - alpha) m_mul^n (1 + cos(pi u)) / 2 + alpha); u: 0 to 1 over "
      "cycle n, which lasts first_decay_steps t_mul^n",
      KERAS, DY_PARAMS_keras_CosineDecayRestarts, dy_make_keras_CosineDecayRestarts, NULL },
    { "keras.LearningRateScheduler", "a function of the epoch and the last lr",
      "schedule(epoch, lr) at the begin of each epoch", "keras.callbacks of Keras 3",
      DY_PARAMS_keras_LearningRateScheduler, dy_make_keras_LearningRateScheduler, NULL },
    { "keras.ReduceLROnPlateau", "lower lr when a metric stops improving",
      "lr factor^(times patience observations in a row were no better)",
      "keras.callbacks of Keras 3", DY_PARAMS_keras_ReduceLROnPlateau,
      dy_make_keras_ReduceLROnPlateau, NULL },
    { 0 },
};
