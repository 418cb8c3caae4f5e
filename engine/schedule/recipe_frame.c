/* recipe_frame.c - what all of Derny's own schedules share: a length, what comes after it, and a momentum of choice.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/recipes.h"

#include <string.h>

/* Steps at which a plan is looked at beforehand. */
enum { TRIED = 1024 };

const char *const DY_AFTER_NAMES[] = { [DY_AFTER_HOLD] = "hold",
                                       [DY_AFTER_ZERO] = "zero",
                                       [DY_AFTER_REPEAT] = "repeat",
                                       [DY_AFTER_ERROR] = "error",
                                       NULL };

const char *const DY_ENDS_NAMES[] = { "inclusive", "exclusive", NULL };

static const dy_arg *of_role(const dy_recipe *recipe, const dy_arg *args, dy_role role)
{
    for (int i = 0; recipe->params[i].name; i++)
        if (recipe->params[i].role == role) return &args[i];
    return NULL;
}

int64_t dy_spec_steps(const dy_spec *spec, dy_span span)
{
    const dy_arg *steps =
        spec->recipe ? of_role(spec->recipe, spec->args, DY_ROLE_STEPS) : NULL;
    return steps && steps->given ? dy_arg_steps(steps, span) : 0;
}

double dy_arg_end(const dy_arg *ends, const dy_plan *plan)
{
    bool inclusive = ends->real == 0;
    return (double)(inclusive ? plan->span.steps - 1 : plan->span.steps);
}

dy_frame dy_frame_open(dy_plan *plan, const dy_recipe *recipe, const dy_arg *args)
{
    dy_frame frame = { .steps = of_role(recipe, args, DY_ROLE_STEPS),
                       .after = of_role(recipe, args, DY_ROLE_AFTER),
                       .momentum = of_role(recipe, args, DY_ROLE_MOMENTUM),
                       .around = plan->span };
    if (frame.steps) plan->span.steps = dy_arg_steps(frame.steps, plan->span);
    return frame;
}

/* Nothing moves any more at `steps`; a schedule that reaches its end just there is left to reach it. */
static bool hold(dy_curve *curve, double steps, dy_arena *arena, dy_error *err)
{
    return dy_curve_end(curve) <= steps ||
           dy_curve_map(curve, arena, DY_NODE_WITHIN, curve, 0, steps - 1, err);
}

static bool zero(dy_curve *curve, double steps, dy_arena *arena, dy_error *err)
{
    dy_curve nothing;
    return dy_curve_constant(&nothing, arena, 0, err) &&
           dy_curve_join(curve, arena, curve, steps, &nothing, err);
}

/* What never moves repeats itself. */
static bool repeat(dy_curve *curve, double steps, dy_arena *arena, dy_error *err)
{
    return dy_curve_end(curve) <= 0 || dy_curve_repeat(curve, arena, curve, steps, 1, 1, err);
}

/* lr, and with "repeat" momentum too; otherwise momentum is held. */
static bool carry_on(dy_plan *plan, dy_after after, dy_arena *arena, dy_error *err)
{
    double steps = (double)plan->span.steps;
    bool moves = plan->momentum.n_nodes > 0;
    if (after == DY_AFTER_REPEAT)
        return repeat(&plan->lr, steps, arena, err) &&
               (!moves || repeat(&plan->momentum, steps, arena, err));
    return (after == DY_AFTER_ZERO ? zero : hold)(&plan->lr, steps, arena, err) &&
           (!moves || hold(&plan->momentum, steps, arena, err));
}

static bool last_long_enough(dy_plan *plan, dy_error *err)
{
    char lasts[32], wanted[32];
    if (plan->span.steps < plan->needed)
        return dy_fail(err,
                       "it has %s updates of %s, and after = \"error\"; want more steps, or "
                       "another after",
                       dy_format_count(lasts, sizeof lasts, plan->span.steps),
                       dy_format_count(wanted, sizeof wanted, plan->needed));
    plan->until = plan->span.steps;
    return true;
}

bool dy_plan_try(const dy_plan *plan, dy_error *err)
{
    int64_t last = plan->span.steps - 1;
    int64_t n = last < TRIED ? last : TRIED;
    for (int64_t i = 0; i <= n; i++) {
        int64_t step = n > 0 ? (int64_t)((double)last * (double)i / (double)n) : 0;
        dy_pace pace = { 0, 0 };
        if (plan->lr.n_nodes > 0) pace.lr = dy_curve_at(&plan->lr, (double)step);
        if (plan->momentum.n_nodes > 0)
            pace.momentum = dy_curve_at(&plan->momentum, (double)step);
        if (!dy_pace_check(&pace, step, err)) return false;
    }
    return true;
}

static bool take_momentum(dy_plan *plan, const dy_arg *momentum, dy_arena *arena, dy_error *err)
{
    dy_plan values;
    if (!dy_part_resolve(&values, plan, *momentum->specs, plan->span.steps, arena, err))
        return dy_fail_in(err, "momentum");
    if (values.n_feedbacks > 0) return dy_fail(err, "momentum: feedback moves lr only");
    plan->momentum = values.lr;
    return dy_plan_try(plan, err);
}

bool dy_frame_close(const dy_frame *frame, dy_plan *plan, dy_arena *arena, dy_error *err)
{
    if (frame->momentum && frame->momentum->given &&
        !take_momentum(plan, frame->momentum, arena, err))
        return false;
    dy_after after = frame->after ? (dy_after)frame->after->real : DY_AFTER_HOLD;
    if (frame->after && !carry_on(plan, after, arena, err)) return false;
    if (after == DY_AFTER_ERROR && !last_long_enough(plan, err)) return false;
    plan->span = frame->around;
    return true;
}
