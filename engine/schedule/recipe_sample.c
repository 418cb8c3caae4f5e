/* recipe_sample.c - a function of the step, turned into curves so that it can be part of another schedule.
 *
 * It is called once for each step of its part, in order, and holds each value until the next step.
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
