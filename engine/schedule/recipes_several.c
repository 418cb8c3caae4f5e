/* recipes_several.c - schedules made of several: sequence, sum, product, min, max.
 *
 * In a sequence, a part that does not move momentum where another does holds what the part before it ended with or, at the
 * front, what the next that moves it begins with. In the others momentum is that of the first part that moves it.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/recipes.h"

#include <math.h>

enum { SEQUENCE_SCHEDULES, SEQUENCE_AT };

static const dy_param SEQUENCE[] = {
    [SEQUENCE_SCHEDULES] = DY_PARAM_SCHEDULES("the parts"),
    [SEQUENCE_AT] = { .name = "at",
                      .kind = DY_ARG_TIMES,
                      .want = DY_WANT_POSITIVE,
                      .meaning = "times at which the next part takes over, one less than "
                                 "parts; without it when the part before is over by its "
                                 "steps" },
    DY_PARAMS_COMMON,
    { 0 },
};

/* A sequence while it is put together: part i has the updates from starts[i] up to starts[i + 1]. */
typedef struct sequence {
    const dy_arg *schedules;
    double *starts; /* [n + 1] */
    dy_plan *parts; /* [n] */
    int64_t n;
    bool own; /* the parts' lengths are their own */
} sequence;

static bool take_turns(sequence *s, const dy_arg *at, dy_span span, dy_error *err)
{
    for (int64_t i = 0; i < at->n; i++) {
        double before = i > 0 ? dy_time_length(at->times[i - 1], span) : 0;
        double here = dy_time_length(at->times[i], span);
        s->starts[i + 1] = round(here);
        if (here > before && here < 9e15) continue;
        char text[32], text_before[32];
        return dy_fail(err, "at[%lld] is at step %s, not after step %s", (long long)i + 1,
                       dy_format_real(text, sizeof text, here),
                       dy_format_real(text_before, sizeof text_before, before));
    }
    return true;
}

static bool add_lengths(sequence *s, dy_span span, dy_error *err)
{
    for (int64_t i = 0; i + 1 < s->n; i++) {
        int64_t steps = dy_spec_steps(s->schedules->specs[i], span);
        if (steps == 0)
            return dy_fail(err,
                           "part %lld has no length of its own; want steps in it, or at: when "
                           "the next takes over",
                           (long long)i + 1);
        s->starts[i + 1] = s->starts[i] + (double)steps;
    }
    return true;
}

static bool lay_parts(sequence *s, const dy_plan *plan, const dy_arg *at, dy_error *err)
{
    if (at->given && s->n != at->n + 1)
        return dy_fail(err, "%lld schedules for %lld times in at; want one schedule more",
                       (long long)s->n, (long long)at->n);
    s->own = !at->given;
    s->starts[0] = 0;
    s->starts[s->n] = (double)plan->span.steps;
    return s->own ? add_lengths(s, plan->span, err) : take_turns(s, at, plan->span, err);
}

static bool resolve_part(sequence *s, const dy_plan *plan, int64_t i, dy_arena *arena,
                         dy_error *err)
{
    const dy_spec *spec = s->schedules->specs[i];
    if (s->own && dy_spec_steps(spec, plan->span) > 0)
        return dy_part_resolve_own(&s->parts[i], plan, spec, arena, err);
    double steps = s->starts[i + 1] - s->starts[i];
    return dy_part_resolve(&s->parts[i], plan, spec, steps > 1 ? (int64_t)steps : 1, arena,
                           err);
}

static bool resolve_parts(sequence *s, dy_plan *plan, dy_arena *arena, dy_error *err)
{
    for (int64_t i = 0; i < s->n; i++) {
        int64_t end = i + 1 < s->n ? (int64_t)s->starts[i + 1] : INT64_MAX;
        if (!resolve_part(s, plan, i, arena, err) ||
            !dy_plan_adopt_feedback(plan, &s->parts[i], (int64_t)s->starts[i], end, err))
            return dy_fail_in(err, "part %lld", (long long)i + 1);
    }
    return true;
}

/* Gives every part a momentum if one of them moves it. */
static bool hold_momentum(sequence *s, dy_arena *arena, dy_error *err)
{
    int64_t first = 0;
    while (first < s->n && s->parts[first].momentum.n_nodes == 0) first++;
    if (first == s->n) return true;
    double held = dy_curve_at(&s->parts[first].momentum, 0);
    for (int64_t i = 0; i < s->n; i++) {
        dy_curve *momentum = &s->parts[i].momentum;
        if (momentum->n_nodes == 0 && !dy_curve_constant(momentum, arena, held, err))
            return false;
        held = dy_curve_at(momentum, s->starts[i + 1] - s->starts[i] - 1);
    }
    return true;
}

static bool join_parts(const sequence *s, dy_plan *plan, dy_arena *arena, dy_error *err)
{
    int64_t first = 0; /* in a short run parts may be over before the first update */
    while (first + 1 < s->n && s->starts[first + 1] == 0) first++;
    plan->lr = s->parts[first].lr;
    plan->momentum = s->parts[first].momentum;
    for (int64_t i = first + 1; i < s->n; i++) {
        const dy_plan *part = &s->parts[i];
        if (!dy_curve_join(&plan->lr, arena, &plan->lr, s->starts[i], &part->lr, err))
            return false;
        if (plan->momentum.n_nodes > 0 &&
            !dy_curve_join(&plan->momentum, arena, &plan->momentum, s->starts[i],
                           &part->momentum, err))
            return false;
    }
    return true;
}

static bool make_sequence(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    sequence s = { .schedules = &args[SEQUENCE_SCHEDULES], .n = args[SEQUENCE_SCHEDULES].n };
    s.starts = dy_arena_take(arena, s.n + 1, sizeof *s.starts, err);
    s.parts = s.starts ? dy_arena_take(arena, s.n, sizeof *s.parts, err) : NULL;
    return s.parts && lay_parts(&s, plan, &args[SEQUENCE_AT], err) &&
           resolve_parts(&s, plan, arena, err) && hold_momentum(&s, arena, err) &&
           join_parts(&s, plan, arena, err);
}

static const dy_param SEVERAL[] = {
    DY_PARAM_SCHEDULES("the parts"),
    DY_PARAMS_COMMON,
    { 0 },
};

/* Two and two, so that many parts do not lie deep within each other. */
static bool pair_up(dy_curve *curves, int64_t n, dy_node_kind kind, dy_arena *arena,
                    dy_error *err)
{
    while (n > 1) {
        int64_t pairs = n / 2;
        for (int64_t i = 0; i < pairs; i++)
            if (!dy_curve_pair(&curves[i], arena, kind, &curves[2 * i], &curves[2 * i + 1],
                               err))
                return false;
        if (n % 2 == 1) curves[pairs] = curves[n - 1];
        n = pairs + n % 2;
    }
    return true;
}

static bool combine(dy_plan *plan, dy_arena *arena, const dy_arg *schedules, dy_node_kind kind,
                    dy_error *err)
{
    dy_curve *curves = dy_arena_take(arena, schedules->n, sizeof *curves, err);
    if (!curves) return false;
    for (int64_t i = 0; i < schedules->n; i++) {
        dy_plan part;
        bool ok =
            dy_part_resolve(&part, plan, schedules->specs[i], plan->span.steps, arena, err);
        if (ok && part.n_feedbacks > 0)
            ok = dy_fail(err, "feedback in a part; want it around them all: derny.plateau { "
                              "schedule = ... }");
        if (!ok) return dy_fail_in(err, "part %lld", (long long)i + 1);
        curves[i] = part.lr;
        if (plan->momentum.n_nodes == 0) plan->momentum = part.momentum;
    }
    if (!pair_up(curves, schedules->n, kind, arena, err)) return false;
    plan->lr = curves[0];
    return true;
}

static bool make_sum(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return combine(plan, arena, args, DY_NODE_SUM, err);
}

static bool make_product(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return combine(plan, arena, args, DY_NODE_PRODUCT, err);
}

static bool make_min(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return combine(plan, arena, args, DY_NODE_LEAST, err);
}

static bool make_max(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return combine(plan, arena, args, DY_NODE_MOST, err);
}

const dy_recipe DY_RECIPES_SEVERAL[] = {
    { "sequence", "schedules one after another, each counting from its own start",
      "schedules[i](t - at[i-1]) while at[i-1] <= t < at[i]",
      "torch SequentialLR; optax.join_schedules", SEQUENCE, make_sequence, NULL },
    { "sum", "the sum of schedules", "schedules[1](t) + schedules[2](t) + ...", "", SEVERAL,
      make_sum, NULL },
    { "product", "the product of schedules", "schedules[1](t) schedules[2](t) ...",
      "torch ChainedScheduler, of factors", SEVERAL, make_product, NULL },
    { "min", "the least of schedules, step by step",
      "min(schedules[1](t), schedules[2](t), ...)", "", SEVERAL, make_min, NULL },
    { "max", "the greatest of schedules, step by step",
      "max(schedules[1](t), schedules[2](t), ...)", "", SEVERAL, make_max, NULL },
    { 0 },
};
