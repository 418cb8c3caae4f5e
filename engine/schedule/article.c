/* article.c - the four Keras functions of the article on schedules that Derny started from, with its names and defaults.
 *
 * They were meant to be called once an epoch; here, as any schedule, once an update.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>

#define ARTICLE_REAL(index, called, usual, wanted, what)                                       \
    [index] = { .name = (called),                                                              \
                .kind = DY_ARG_REAL,                                                           \
                .want = (wanted),                                                              \
                .preset = (usual),                                                             \
                .meaning = (what) }

enum { MAX_LR, BASE_LR, TOTAL };

const dy_param DY_PARAMS_article_one_cycle_schedule[] = {
    ARTICLE_REAL(MAX_LR, "max_lr", 0.01, DY_WANT_FROM_0, "the rate at the top"),
    ARTICLE_REAL(BASE_LR, "base_lr", 0.001, DY_WANT_FROM_0, "the rate at the start"),
    ARTICLE_REAL(TOTAL, "total_epochs", 100, DY_WANT_FROM_1, "its length, at least 2"),
    { 0 },
};

static double one_cycle(const dy_arg *args, double step)
{
    double half = floor(args[TOTAL].real / 2);
    double rise = args[MAX_LR].real - args[BASE_LR].real;
    if (step < half) return args[BASE_LR].real + rise * (step / half);
    return args[MAX_LR].real - rise * ((step - half) / half);
}

bool dy_make_article_one_cycle_schedule(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                        dy_error *err)
{
    if (args[TOTAL].real < 2)
        return dy_fail(err, "total_epochs is %g, whose half it divides by; want at least 2",
                       args[TOTAL].real);
    return dy_plan_hold(plan, arena, args, one_cycle, err);
}

enum { INITIAL_LR, DECAY_RATE, DECAY_EPOCHS };

const dy_param DY_PARAMS_article_exponential_decay[] = {
    ARTICLE_REAL(INITIAL_LR, "initial_lr", 0.01, DY_WANT_FROM_0, "the rate at the start"),
    ARTICLE_REAL(DECAY_RATE, "decay_rate", 0.1, DY_WANT_FROM_0, "the k of exp(-k)"),
    ARTICLE_REAL(DECAY_EPOCHS, "decay_epochs", 20, DY_WANT_POSITIVE,
                 "the steps of one exp(-k)"),
    { 0 },
};

static double exponential(const dy_arg *args, double step)
{
    return args[INITIAL_LR].real * exp(-args[DECAY_RATE].real * step / args[DECAY_EPOCHS].real);
}

bool dy_make_article_exponential_decay(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                       dy_error *err)
{
    return dy_plan_hold(plan, arena, args, exponential, err);
}

const dy_param DY_PARAMS_article_piecewise_constant[] = { { 0 } };

static double piecewise(const dy_arg *args, double step)
{
    (void)args;
    if (step < 10) return 0.01;
    return step < 20 ? 0.005 : 0.001;
}

bool dy_make_article_piecewise_constant(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                        dy_error *err)
{
    return dy_plan_hold(plan, arena, args, piecewise, err);
}

enum { CYCLE_BASE, CYCLE_MAX, STEP_SIZE };

const dy_param DY_PARAMS_article_cyclical_lr[] = {
    ARTICLE_REAL(CYCLE_BASE, "base_lr", 0.001, DY_WANT_FROM_0, "the rate at the bottom"),
    ARTICLE_REAL(CYCLE_MAX, "max_lr", 0.006, DY_WANT_FROM_0, "the rate at the top"),
    ARTICLE_REAL(STEP_SIZE, "step_size", 10, DY_WANT_POSITIVE, "the steps of a rise"),
    { 0 },
};

static double cyclical(const dy_arg *args, double step)
{
    double size = args[STEP_SIZE].real;
    double cycle = floor(1 + step / (2 * size));
    double away = fabs(step / size - 2 * cycle + 1);
    double rise = args[CYCLE_MAX].real - args[CYCLE_BASE].real;
    return args[CYCLE_BASE].real + rise * (away < 1 ? 1 - away : 0);
}

bool dy_make_article_cyclical_lr(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                 dy_error *err)
{
    return dy_plan_hold(plan, arena, args, cyclical, err);
}

const dy_recipe DY_RECIPES_ARTICLE[] = {
    { "article.one_cycle_schedule", "up and down again, evenly",
      "base_lr + (max_lr - base_lr) t/h while t < h = floor(total_epochs/2), then max_lr - "
      "(max_lr - base_lr) (t - h)/h",
      "", DY_PARAMS_article_one_cycle_schedule, dy_make_article_one_cycle_schedule, NULL },
    { "article.exponential_decay", "equal factors in equal times",
      "initial_lr exp(-decay_rate t/decay_epochs)", "", DY_PARAMS_article_exponential_decay,
      dy_make_article_exponential_decay, NULL },
    { "article.piecewise_constant", "three rates",
      "0.01 while t < 10, 0.005 while t < 20, then 0.001", "",
      DY_PARAMS_article_piecewise_constant, dy_make_article_piecewise_constant, NULL },
    { "article.cyclical_lr", "up and down between two rates, without end",
      "base_lr + (max_lr - base_lr) max(0, 1 - x); x = abs(t/step_size - 2 cycle + 1)", "",
      DY_PARAMS_article_cyclical_lr, dy_make_article_cyclical_lr, NULL },
    { 0 },
};
