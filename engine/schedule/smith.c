/* smith.c - L. Smith's own schedules, in the terms of the Caffe solvers he ran them with.
 *
 * The code of his Caffe is not to be had; his training logs are. 1cycle was recovered from the six of lnsmith54/hyperParam1,
 * triangular from the 31 of lnsmith54/super-convergence: lr and momentum agree with all that they print, to the last of
 * six digits, which takes Caffe's single precision. The other two forms are as his paper describes them.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>

enum { BASE_LR, MAX_LR, STEPSIZE, MOMENTUM, CYCLICAL_MOMENTUM, MAX_ITER };

#define SMITH_PARAMS                                                                           \
    [BASE_LR] = { .name = "base_lr",                                                           \
                  .kind = DY_ARG_REAL,                                                         \
                  .required = true,                                                            \
                  .want = DY_WANT_FROM_0,                                                      \
                  .meaning = "the rate at the start" },                                        \
    [MAX_LR] = { .name = "max_lr",                                                             \
                 .kind = DY_ARG_REAL,                                                          \
                 .required = true,                                                             \
                 .want = DY_WANT_FROM_0,                                                       \
                 .meaning = "the rate at the top" },                                           \
    [STEPSIZE] = { .name = "stepsize",                                                         \
                   .kind = DY_ARG_COUNT,                                                       \
                   .required = true,                                                           \
                                                                                               \
                   .meaning = "the updates of a rise, and of a fall" },                        \
    [MOMENTUM] = { .name = "momentum",                                                         \
                   .kind = DY_ARG_REAL,                                                        \
                   .want = DY_WANT_MOMENTUM,                                                   \
                   .meaning =                                                                  \
                       "momentum where lr is base_lr; without it the optimizer's own" },       \
    [CYCLICAL_MOMENTUM] = { .name = "cyclical_momentum",                                       \
                            .kind = DY_ARG_REALS,                                              \
                            .alone = true,                                                     \
                            .want = DY_WANT_FROM_0,                                            \
                            .meaning = "momentum where lr is max_lr, and, second, a stepsize " \
                                       "of its own" },                                         \
    [MAX_ITER] = { .name = "max_iter",                                                         \
                   .kind = DY_ARG_COUNT,                                                       \
                   .meaning = "without effect: a run has its "                                 \
                              "own length" }

const dy_param DY_PARAMS_smith_one_cycle[] = { SMITH_PARAMS, { 0 } };
const dy_param DY_PARAMS_smith_triangular[] = { SMITH_PARAMS, { 0 } };
const dy_param DY_PARAMS_smith_triangular2[] = { SMITH_PARAMS, { 0 } };

enum { GAMMA = MAX_ITER + 1 };

const dy_param DY_PARAMS_smith_exp_range[] = {
    SMITH_PARAMS,
    [GAMMA] = { .name = "gamma",
                .kind = DY_ARG_REAL,
                .required = true,
                .want = DY_WANT_TO_1,
                .meaning = "what both bounds are multiplied by at each update" },
    { 0 },
};

static double single(double x)
{
    return (double)(float)x;
}

/* How far an update is up a wave of that stepsize: 0 to 1 and back; *cycle: the wave, from 0. */
static double up_wave(double step, double stepsize, double *cycle)
{
    *cycle = floor(step / (2 * stepsize));
    return 1 - fabs(single((step - (2 * *cycle + 1) * stepsize) / stepsize));
}

/* As floats of C, whose difference is one too. */
static double between(double from, double to, double up)
{
    return single(from) + single(single(to) - single(from)) * up;
}

/* Between two values and back, each wave a half or all as high as the one before. */
static double triangle(double from, double to, double step, double stepsize, bool halves)
{
    double cycle, up = up_wave(step, stepsize, &cycle);
    return single(between(from, to, halves ? up / pow(2, cycle) : up));
}

/* The way down is to nothing, and the rest of the run at a part of base_lr. */
static double one_cycle(const dy_arg *args, double step)
{
    double base = args[BASE_LR].real, most = args[MAX_LR].real, stepsize = args[STEPSIZE].real;
    double along = single(step / stepsize);
    if (step <= stepsize) return single(between(base, most, along));
    if (step < 2 * stepsize) return single(single(most) * (2 - along));
    return single(single(base) / 1000);
}

static double triangular(const dy_arg *args, double step)
{
    return triangle(args[BASE_LR].real, args[MAX_LR].real, step, args[STEPSIZE].real, false);
}

static double triangular2(const dy_arg *args, double step)
{
    return triangle(args[BASE_LR].real, args[MAX_LR].real, step, args[STEPSIZE].real, true);
}

static double exp_range(const dy_arg *args, double step)
{
    return single(triangular(args, step) * pow(args[GAMMA].real, step));
}

static double momentum(const dy_arg *args, double step)
{
    const dy_arg *other = &args[CYCLICAL_MOMENTUM];
    double stepsize = other->n > 1 ? other->reals[1] : args[STEPSIZE].real;
    return triangle(args[MOMENTUM].real, other->reals[0], step, stepsize, true);
}

static bool check(const dy_arg *args, dy_error *err)
{
    const dy_arg *other = &args[CYCLICAL_MOMENTUM];
    if (args[STEPSIZE].real < 1) return dy_fail(err, "stepsize is 0; want at least 1");
    if (!other->given) return true;
    if (!args[MOMENTUM].given)
        return dy_fail(err, "cyclical_momentum is given without momentum; want both");
    if (other->n > 2)
        return dy_fail(err, "cyclical_momentum has %lld values; want a momentum and a stepsize",
                       (long long)other->n);
    if (other->reals[0] >= 1)
        return dy_fail(err, "cyclical_momentum is %g; want less than 1", other->reals[0]);
    if (other->n < 2 || (other->reals[1] >= 1 && other->reals[1] == floor(other->reals[1])))
        return true;
    return dy_fail(err,
                   "cyclical_momentum has a stepsize of %g; want a whole number, at least 1",
                   other->reals[1]);
}

/* Momentum goes to the cyclical one and back, then half as far, a quarter ... */
static bool hold(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_step_fn *lr,
                 dy_error *err)
{
    if (!check(args, err) || !dy_plan_hold(plan, arena, args, lr, err)) return false;
    if (args[CYCLICAL_MOMENTUM].given)
        return dy_curve_hold(&plan->momentum, plan, arena, args, momentum, err);
    return !args[MOMENTUM].given ||
           dy_curve_constant(&plan->momentum, arena, single(args[MOMENTUM].real), err);
}

bool dy_make_smith_one_cycle(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return hold(plan, arena, args, one_cycle, err);
}

bool dy_make_smith_triangular(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return hold(plan, arena, args, triangular, err);
}

bool dy_make_smith_triangular2(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                               dy_error *err)
{
    return hold(plan, arena, args, triangular2, err);
}

bool dy_make_smith_exp_range(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return hold(plan, arena, args, exp_range, err);
}

#define PAPER "L. Smith, Cyclical Learning Rates, 2017, arXiv:1506.01186"

const dy_recipe DY_RECIPES_SMITH[] = {
    { "smith.one_cycle", "up, down to nothing, then a thousandth of where it began",
      "base_lr up to max_lr over stepsize, down to 0 over stepsize, then base_lr/1000; "
      "momentum "
      "to cyclical_momentum and back, then half as far",
      "lr_policy \"1cycle\" of L. Smith's Caffe, recovered from his logs, "
      "github.com/lnsmith54/hyperParam1",
      DY_PARAMS_smith_one_cycle, dy_make_smith_one_cycle, NULL },
    { "smith.triangular", "up and down between two rates",
      "base_lr + (max_lr - base_lr) w; w: 0 to 1 and back over 2 stepsize", PAPER,
      DY_PARAMS_smith_triangular, dy_make_smith_triangular, NULL },
    { "smith.triangular2", "the same, half as high each time",
      "base_lr + (max_lr - base_lr) w / 2^n; n: cycles done", PAPER,
      DY_PARAMS_smith_triangular2, dy_make_smith_triangular2, NULL },
    { "smith.exp_range", "up and down between two rates that both fall",
      "gamma^t (base_lr + (max_lr - base_lr) w)", PAPER, DY_PARAMS_smith_exp_range,
      dy_make_smith_exp_range, NULL },
    { 0 },
};
