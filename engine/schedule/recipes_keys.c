/* recipes_keys.c - schedules that a person spells out: constant, curve, piecewise, multi_step.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/recipes.h"

#include <math.h>

enum { CONSTANT_LR };

const dy_param DY_PARAMS_constant[] = {
    [CONSTANT_LR] = { .name = "lr",
                      .kind = DY_ARG_REAL,
                      .required = true,
                      .want = DY_WANT_FROM_0,
                      .meaning = "the rate" },
    { 0 },
};

bool dy_make_constant(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return dy_curve_constant(&plan->lr, arena, args[CONSTANT_LR].real, err);
}

enum { CURVE_KEYS, CURVE_MOMENTUM };

const dy_param DY_PARAMS_curve[] = {
    [CURVE_KEYS] = { .name = "keys",
                     .kind = DY_ARG_KEYS,
                     .required = true,
                     .want = DY_WANT_FROM_0,
                     .meaning = "keyframes {time, lr, ease}" },
    [CURVE_MOMENTUM] = { .name = "momentum",
                         .kind = DY_ARG_KEYS,
                         .want = DY_WANT_MOMENTUM,
                         .meaning = "keyframes {time, momentum, ease}; left alone without" },
    { 0 },
};

static bool timed_curve(dy_curve *curve, dy_arena *arena, const dy_arg *arg, dy_span span,
                        dy_error *err)
{
    dy_key *keys = dy_arena_take(arena, arg->n, sizeof *keys, err);
    if (!keys) return false;
    for (int64_t i = 0; i < arg->n; i++) {
        const dy_timed_key *key = &arg->keys[i];
        keys[i] = (dy_key){ dy_time_at(key->time, span), key->value, key->ease };
        if (isfinite(keys[i].step) && keys[i].step >= 0) continue;
        return dy_fail(err, "keyframe %lld is at step %g; want one from 0 on", (long long)i + 1,
                       keys[i].step);
    }
    return dy_curve_keys(curve, arena, keys, arg->n, err);
}

bool dy_make_curve(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    if (!timed_curve(&plan->lr, arena, &args[CURVE_KEYS], plan->span, err)) return false;
    if (!args[CURVE_MOMENTUM].given) return true;
    return timed_curve(&plan->momentum, arena, &args[CURVE_MOMENTUM], plan->span, err) ||
           dy_fail_in(err, "momentum");
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
        if (at > keys[i - 1].step) continue;
        char here[32], before[32];
        return dy_fail(err, "%s[%lld] is at step %s, not after step %s", name, (long long)i,
                       dy_format_real(here, sizeof here, at),
                       dy_format_real(before, sizeof before, keys[i - 1].step));
    }
    return dy_curve_keys(&plan->lr, arena, keys, times->n + 1, err);
}

enum { PIECEWISE_BOUNDARIES, PIECEWISE_VALUES };

const dy_param DY_PARAMS_piecewise[] = {
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
    { 0 },
};

bool dy_make_piecewise(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_arg *boundaries = &args[PIECEWISE_BOUNDARIES];
    const dy_arg *values = &args[PIECEWISE_VALUES];
    if (values->n != boundaries->n + 1)
        return dy_fail(err, "%lld values for %lld boundaries; want one value more",
                       (long long)values->n, (long long)boundaries->n);
    return staircase(plan, arena, values->reals, boundaries, "boundaries", err);
}

enum { MULTI_LR, MULTI_GAMMA, MULTI_MILESTONES };

const dy_param DY_PARAMS_multi_step[] = {
    [MULTI_LR] = { .name = "lr",
                   .kind = DY_ARG_REAL,
                   .required = true,
                   .want = DY_WANT_FROM_0,
                   .meaning = "the rate at the start" },
    [MULTI_GAMMA] = { .name = "gamma",
                      .kind = DY_ARG_REAL,
                      .want = DY_WANT_POSITIVE,
                      .preset = 0.1,
                      .meaning = "the factor of each drop" },
    [MULTI_MILESTONES] = { .name = "milestones",
                           .kind = DY_ARG_TIMES,
                           .required = true,
                           .want = DY_WANT_POSITIVE,
                           .meaning = "times of the drops" },
    { 0 },
};

bool dy_make_multi_step(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_arg *milestones = &args[MULTI_MILESTONES];
    double *values = dy_arena_take(arena, milestones->n + 1, sizeof *values, err);
    if (!values) return false;
    for (int64_t i = 0; i <= milestones->n; i++)
        values[i] = args[MULTI_LR].real * pow(args[MULTI_GAMMA].real, (double)i);
    return staircase(plan, arena, values, milestones, "milestones", err);
}
