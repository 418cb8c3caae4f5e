/* recipe_sample.c - a function of the step, turned into curves so that it can be part of another schedule.
 *
 * It is called once for each step of its part, in order, and holds each value until the next step.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>

typedef struct samples {
    dy_key *lr, *momentum; /* a key wherever the value changes */
    int64_t n_lr, n_momentum;
} samples;

static void add(dy_key *keys, int64_t *n, int64_t step, double value)
{
    if (*n > 0 && keys[*n - 1].value == value) return;
    keys[(*n)++] = (dy_key){ (double)step, value, { .kind = DY_EASE_HOLD } };
}

/* Momentum comes in as NaN, and stays it where the function leaves momentum alone. */
static bool take_sample(samples *s, const dy_plan *plan, const dy_spec *spec, int64_t step,
                        dy_error *err)
{
    dy_moment now = dy_moment_at(plan->span, step);
    dy_pace pace = { NAN, NAN };
    if (!spec->call(spec->self, &now, &pace, err)) return false;
    bool moves = !isnan(pace.momentum);
    if (step > 0 && moves != (s->n_momentum > 0))
        return dy_fail(err,
                       "momentum: %s at step %lld, but %s before; within another schedule a "
                       "function gives it at every step or at none",
                       moves ? "given" : "not given", (long long)step,
                       moves ? "not given" : "given");
    dy_pace usable = { pace.lr, moves ? pace.momentum : 0 };
    if (!dy_pace_check(&usable, step, err)) return false;
    add(s->lr, &s->n_lr, step, pace.lr);
    if (moves) add(s->momentum, &s->n_momentum, step, pace.momentum);
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
    if (!dy_curve_keys(&plan->lr, arena, s.lr, s.n_lr, err)) return false;
    return s.n_momentum == 0 ||
           dy_curve_keys(&plan->momentum, arena, s.momentum, s.n_momentum, err);
}
