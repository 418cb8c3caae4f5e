/* recipes_keys.c - schedules that a person spells out: constant, piecewise, step, multi_step, piecewise_linear, curve.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/recipes.h"

#include <math.h>
#include <string.h>

enum { CONSTANT_LR };

static const dy_param CONSTANT[] = {
    [CONSTANT_LR] = DY_PARAM_NEEDED("lr", DY_WANT_FROM_0, "the rate"),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_constant(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return dy_curve_constant(&plan->lr, arena, args[CONSTANT_LR].real, err);
}

/* Times of a list rise; `name` is its parameter's. */
static bool check_rise(const char *name, int64_t nth, double at, double before, dy_error *err)
{
    if (at > before) return true;
    char here[32], there[32];
    return dy_fail(err, "%s[%lld] is at step %s, not after step %s", name, (long long)nth,
                   dy_format_real(here, sizeof here, at),
                   dy_format_real(there, sizeof there, before));
}

/* values[0], then values[i] from times[i - 1] on. */
static bool staircase(dy_plan *plan, dy_arena *arena, const double *values, const dy_arg *times,
                      const char *name, dy_error *err)
{
    dy_key *keys = dy_arena_take(arena, times->n + 1, sizeof *keys, err);
    if (!keys) return false;
    keys[0].value = values[0];
    for (int64_t i = 1; i <= times->n; i++) {
        double at = dy_time_length(times->times[i - 1], plan->span);
        keys[i] = (dy_key){ at, values[i], { .kind = DY_EASE_HOLD } };
        if (!check_rise(name, i, at, keys[i - 1].step, err)) return false;
    }
    return dy_curve_keys(&plan->lr, arena, keys, times->n + 1, err);
}

enum { PIECEWISE_BOUNDARIES, PIECEWISE_VALUES };

static const dy_param PIECEWISE[] = {
    [PIECEWISE_BOUNDARIES] = { .name = "boundaries",
                               .kind = DY_ARG_TIMES,
                               .required = true,
                               .want = DY_WANT_POSITIVE,
                               .meaning = "times at which the next value takes over" },
    [PIECEWISE_VALUES] = { .name = "values",
                           .kind = DY_ARG_REALS,
                           .required = true,
                           .want = DY_WANT_FROM_0,
                           .meaning = "the rates, one more than boundaries" },
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_piecewise(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_arg *boundaries = &args[PIECEWISE_BOUNDARIES];
    const dy_arg *values = &args[PIECEWISE_VALUES];
    if (values->n != boundaries->n + 1)
        return dy_fail(err, "%lld values for %lld boundaries; want one value more",
                       (long long)values->n, (long long)boundaries->n);
    return staircase(plan, arena, values->reals, boundaries, "boundaries", err);
}

enum { STEP_LR, STEP_GAMMA, STEP_EVERY };

#define PARAM_GAMMA DY_PARAM_REAL("gamma", DY_WANT_POSITIVE, 0.1, "the factor of each drop")

static const dy_param STEP[] = {
    [STEP_LR] = DY_PARAM_LR(DY_WANT_FROM_0),
    [STEP_GAMMA] = PARAM_GAMMA,
    [STEP_EVERY] = DY_PARAM_TIME("every", "the time from drop to drop"),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_step(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double every = dy_time_length(args[STEP_EVERY].time, plan->span);
    return dy_curve_decay(&plan->lr, arena, args[STEP_LR].real, args[STEP_GAMMA].real, every,
                          true, err);
}

enum { MULTI_LR, MULTI_GAMMA, MULTI_MILESTONES };

static const dy_param MULTI_STEP[] = {
    [MULTI_LR] = DY_PARAM_LR(DY_WANT_FROM_0),
    [MULTI_GAMMA] = PARAM_GAMMA,
    [MULTI_MILESTONES] = { .name = "milestones",
                           .kind = DY_ARG_TIMES,
                           .required = true,
                           .want = DY_WANT_POSITIVE,
                           .meaning = "times of the drops" },
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_multi_step(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_arg *milestones = &args[MULTI_MILESTONES];
    double *values = dy_arena_take(arena, milestones->n + 1, sizeof *values, err);
    if (!values) return false;
    for (int64_t i = 0; i <= milestones->n; i++)
        values[i] = args[MULTI_LR].real * pow(args[MULTI_GAMMA].real, (double)i);
    return staircase(plan, arena, values, milestones, "milestones", err);
}

/* Of several keys at the first update, as all are in a run of one, the last is in effect, before it too. */
static bool through_keys(dy_plan *plan, dy_arena *arena, const dy_key *keys, int64_t n,
                         dy_error *err)
{
    while (n > 1 && keys[0].step == 0 && keys[1].step == 0) keys++, n--;
    return dy_curve_keys(&plan->lr, arena, keys, n, err);
}

enum { LINES_AT, LINES_VALUES };

static const dy_param PIECEWISE_LINEAR[] = {
    [LINES_AT] = { .name = "at",
                   .kind = DY_ARG_TIMES,
                   .required = true,
                   .want = DY_WANT_FROM_0,
                   .meaning = "times at which the values are reached" },
    [LINES_VALUES] = { .name = "values",
                       .kind = DY_ARG_REALS,
                       .required = true,
                       .want = DY_WANT_FROM_0,
                       .meaning = "the rates, as many as times" },
    DY_PARAMS_COMMON,
    { 0 },
};

/* "100%" is the last update, as it is for the keyframes of a curve. */
static bool make_piecewise_linear(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                  dy_error *err)
{
    const dy_arg *at = &args[LINES_AT], *values = &args[LINES_VALUES];
    if (values->n != at->n)
        return dy_fail(err, "%lld values for %lld times in at; want as many",
                       (long long)values->n, (long long)at->n);
    dy_key *keys = dy_arena_take(arena, at->n, sizeof *keys, err);
    if (!keys) return false;
    for (int64_t i = 0; i < at->n; i++) {
        double step = dy_time_at(at->times[i], plan->span);
        keys[i] = (dy_key){ step, values->reals[i], { .kind = DY_EASE_LINEAR } };
        bool rises = i == 0 || plan->span.steps == 1 ||
                     check_rise("at", i + 1, step, keys[i - 1].step, err);
        if (!rises) return false;
    }
    return through_keys(plan, arena, keys, at->n, err);
}

enum { CURVE_KEYS, CURVE_TEXT };

static const dy_param CURVE[] = {
    [CURVE_KEYS] = { .name = "keys",
                     .kind = DY_ARG_KEYS,
                     .want = DY_WANT_FROM_0,
                     .meaning = "keyframes {time, lr, ease}; or give text" },
    [CURVE_TEXT] = { .name = "text",
                     .kind = DY_ARG_TEXT,
                     .meaning = "a curve as schedule:keyframes() prints it; or give keys" },
    DY_PARAMS_COMMON,
    { 0 },
};

/* A line for lr, and one for momentum if it moves: "lr: keys 0:0.1" and "momentum: keys 0:0.9"; or a curve alone. */
static bool read_curves(dy_plan *plan, dy_arena *arena, const char *text, dy_error *err)
{
    static const char LR[] = "lr:", MOMENTUM[] = "momentum:";
    const char *second = strchr(text, '\n');
    if (strncmp(text, LR, strlen(LR)) != 0)
        return dy_curve_parse(&plan->lr, arena, text, err) || dy_fail_in(err, "text");
    text += strlen(LR);
    size_t n = second ? (size_t)(second - text) : strlen(text);
    char *first = dy_arena_take(arena, (int64_t)n + 1, 1, err);
    if (!first) return false;
    memcpy(first, text, n);
    first[n] = '\0';
    if (!dy_curve_parse(&plan->lr, arena, first, err)) return dy_fail_in(err, "text: lr");
    if (!second || second[1] == '\0') return true;
    if (strncmp(second + 1, MOMENTUM, strlen(MOMENTUM)) != 0)
        return dy_fail(err, "text: its second line is '%.20s'; want momentum: and a curve",
                       second + 1);
    return dy_curve_parse(&plan->momentum, arena, second + 1 + strlen(MOMENTUM), err) ||
           dy_fail_in(err, "text: momentum");
}

static bool make_curve(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_arg *arg = &args[CURVE_KEYS];
    if (!dy_arg_either(arg, "keys", &args[CURVE_TEXT], "text", err)) return false;
    if (args[CURVE_TEXT].given)
        return read_curves(plan, arena, args[CURVE_TEXT].names[0], err) &&
               dy_plan_try(plan, err);
    dy_key *keys = dy_arena_take(arena, arg->n, sizeof *keys, err);
    if (!keys) return false;
    for (int64_t i = 0; i < arg->n; i++) {
        const dy_timed_key *key = &arg->keys[i];
        keys[i] = (dy_key){ dy_time_at(key->time, plan->span), key->value, key->ease };
        if (isfinite(keys[i].step) && keys[i].step >= 0) continue;
        return dy_fail(err, "keyframe %lld is at step %g; want one from 0 on", (long long)i + 1,
                       keys[i].step);
    }
    return through_keys(plan, arena, keys, arg->n, err);
}

const dy_recipe DY_RECIPES_KEYS[] = {
    { "constant", "the same lr at every update", "lr", "", CONSTANT, make_constant, NULL },
    { "piecewise", "constant pieces; at a boundary the new value is in effect",
      "values[i] while boundaries[i-1] <= t < boundaries[i]",
      "optax.piecewise_constant_schedule (Keras keeps the old value at the boundary)",
      PIECEWISE, make_piecewise, NULL },
    { "step", "a drop by one factor at equal intervals", "lr gamma^floor(t/every)",
      "torch StepLR", STEP, make_step, NULL },
    { "multi_step", "a drop by one factor at each milestone",
      "lr gamma^(milestones at or before t)", "torch MultiStepLR", MULTI_STEP, make_multi_step,
      NULL },
    { "piecewise_linear", "straight lines from value to value",
      "values[i] at at[i], a straight line between; held outside",
      "ignite PiecewiseLinear; optax.piecewise_interpolate_schedule \"linear\"",
      PIECEWISE_LINEAR, make_piecewise_linear, NULL },
    { "curve", "through keyframes, each reached exactly; or any curve, as text",
      "keys joined by eases; held outside", "", CURVE, make_curve, NULL },
    { 0 },
};
