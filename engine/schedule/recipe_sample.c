/* recipe_sample.c - functions of the step, a script's or a recipe's own, turned into curves.
 *
 * Each is called once for each step of its part, in order, and its values hold until the next step.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>

typedef struct samples {
    double *lr, *momentum; /* of each step */
    bool moves_momentum;
} samples;

/* Momentum comes in as NaN, and stays it where the function leaves momentum alone. */
static bool take_sample(samples *s, const dy_plan *plan, const dy_spec *spec, int64_t step,
                        dy_error *err)
{
    dy_moment now = dy_moment_at(plan->span, step);
    dy_pace pace = { NAN, NAN };
    if (!spec->call(spec->self, &now, &pace, err)) return false;
    bool moves = !isnan(pace.momentum);
    if (step > 0 && moves != s->moves_momentum)
        return dy_fail(err,
                       "momentum: %s at step %lld, but %s before; within another schedule a "
                       "function gives it at every step or at none",
                       moves ? "given" : "not given", (long long)step,
                       moves ? "not given" : "given");
    dy_pace usable = { pace.lr, moves ? pace.momentum : 0 };
    if (!dy_pace_check(&usable, step, err)) return false;
    s->lr[step] = pace.lr;
    s->momentum[step] = usable.momentum;
    s->moves_momentum = moves;
    return true;
}

bool dy_plan_sample(dy_plan *plan, const dy_spec *spec, dy_arena *arena, dy_error *err)
{
    int64_t steps = plan->span.steps;
    samples s = { 0 };
    s.lr = dy_arena_take(arena, steps, sizeof *s.lr, err);
    s.momentum = s.lr ? dy_arena_take(arena, steps, sizeof *s.momentum, err) : NULL;
    if (!s.momentum) return false;
    for (int64_t step = 0; step < steps; step++)
        if (!take_sample(&s, plan, spec, step, err)) return false;
    return dy_curve_samples(&plan->lr, arena, s.lr, steps, err) &&
           (!s.moves_momentum ||
            dy_curve_samples(&plan->momentum, arena, s.momentum, steps, err));
}

bool dy_curve_hold(dy_curve *curve, const dy_plan *plan, dy_arena *arena, const dy_arg *args,
                   dy_step_fn *at, dy_error *err)
{
    int64_t steps = plan->span.steps;
    double *values = dy_arena_take(arena, steps, sizeof *values, err);
    if (!values) return false;
    for (int64_t step = 0; step < steps; step++) {
        double value = values[step] = at(args, (double)step);
        if (value >= 0) continue;
        return dy_fail(err,
                       "it gives %g at step %lld, and the library would go on with it; want "
                       "arguments that keep it at 0 or above",
                       isnan(value) ? (double)NAN : value, (long long)step);
    }
    return dy_curve_samples(curve, arena, values, steps, err);
}

bool dy_plan_hold(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_step_fn *at,
                  dy_error *err)
{
    return dy_curve_hold(&plan->lr, plan, arena, args, at, err);
}
