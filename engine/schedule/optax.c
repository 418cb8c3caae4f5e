/* optax.c - schedules made and called as optax does, and what they gave as curves.   SPDX-License-Identifier: MIT */
#include "schedule/optax.h"

#include <math.h>

double dy_optax_at(const dy_optax *s, double count)
{
    const dy_optax_class *class = s->recipe ? s->recipe->stepper : NULL;
    return class ? class->at(s, count) : dy_curve_at(&s->curve, count);
}

static bool construct(dy_optax *s, dy_arena *arena, dy_error *err)
{
    const dy_optax_class *class = s->recipe->stepper;
    return !class->open || class->open(s, arena, err);
}

/* A schedule of another kind is one value of the count as well, where it moves nothing but lr. */
static bool open_other(dy_optax *part, const dy_plan *whole, const dy_spec *spec, int64_t steps,
                       dy_arena *arena, dy_error *err)
{
    dy_plan plan;
    if (!dy_part_resolve(&plan, whole, spec, steps, arena, err)) return false;
    if (plan.momentum.n_nodes > 0 || plan.n_feedbacks > 0)
        return dy_fail(err,
                       "%s %s, but a schedule of optax is one value of the count; want "
                       "derny.sequence",
                       spec->recipe ? spec->recipe->name : "a function",
                       plan.n_feedbacks > 0 ? "looks at the loss" : "moves momentum too");
    part->curve = plan.lr;
    return true;
}

bool dy_optax_part(dy_optax *part, const dy_optax *of, const dy_spec *spec, int64_t steps,
                   dy_arena *arena, dy_error *err)
{
    *part = (dy_optax){ 0 };
    if (!spec->recipe || spec->recipe->make != dy_make_optax)
        return open_other(part, of->whole, spec, steps, arena, err);
    dy_plan inner = *of->whole;
    inner.span.steps = steps;
    inner.depth++;
    dy_arg *args = dy_arena_take(arena, DY_PARAMS_MAX, sizeof *args, err);
    if (!args) return false;
    *part = (dy_optax){ .recipe = spec->recipe, .args = args, .whole = &inner };
    bool opened =
        inner.depth < DY_SPEC_DEPTH
            ? dy_spec_complete(spec, args, err) && construct(part, arena, err)
            : dy_fail(err, "schedules lie more than %d deep within each other", DY_SPEC_DEPTH);
    part->whole = NULL;
    return opened || dy_fail_in(err, "%s", spec->recipe->name);
}

static bool record(dy_curve *lr, const dy_optax *s, int64_t steps, dy_arena *arena,
                   dy_error *err)
{
    double *values = dy_arena_take(arena, steps, sizeof *values, err);
    if (!values) return false;
    for (int64_t step = 0; step < steps; step++) {
        double value = values[step] = dy_optax_at(s, (double)step);
        if (!isfinite(value))
            return dy_fail(err, "its value is %g at step %lld; optax would go on with it",
                           isnan(value) ? (double)NAN : value, (long long)step);
    }
    return dy_curve_samples(lr, arena, values, steps, err);
}

bool dy_make_optax(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    dy_optax s = { .recipe = plan->recipe, .args = args, .whole = plan };
    return construct(&s, arena, err) && record(&plan->lr, &s, plan->span.steps, arena, err);
}

enum { LEARNING_RATE, MOMENTUM, B1 };

const dy_param DY_PARAMS_optax_inject_hyperparams[] = {
    [LEARNING_RATE] = { .name = "learning_rate",
                        .kind = DY_ARG_SCHEDULE,
                        .required = true,
                        .meaning = "the schedule of lr" },
    [MOMENTUM] = { .name = "momentum",
                   .kind = DY_ARG_SCHEDULE,
                   .meaning = "the schedule of optax.sgd's momentum" },
    [B1] = { .name = "b1",
             .kind = DY_ARG_SCHEDULE,
             .meaning = "the schedule of optax.adam's first beta" },
    { 0 },
};

static bool inject(dy_curve *curve, const dy_plan *plan, const dy_arg *schedule,
                   const char *name, dy_arena *arena, dy_error *err)
{
    dy_optax whole = { .whole = plan }, part;
    int64_t steps = plan->span.steps;
    return (dy_optax_part(&part, &whole, *schedule->specs, steps, arena, err) &&
            record(curve, &part, steps, arena, err)) ||
           dy_fail_in(err, "%s", name);
}

bool dy_make_optax_inject_hyperparams(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                      dy_error *err)
{
    const dy_arg *momentum = args[MOMENTUM].given ? &args[MOMENTUM] : &args[B1];
    if (args[MOMENTUM].given && args[B1].given)
        return dy_fail(err, "both momentum and b1 given; an optimizer has one of them");
    return inject(&plan->lr, plan, &args[LEARNING_RATE], "learning_rate", arena, err) &&
           (!momentum->given || inject(&plan->momentum, plan, momentum,
                                       args[B1].given ? "b1" : "momentum", arena, err));
}

#define OPTAX "optax.schedules of optax 0.2.9, in double precision"

const dy_recipe DY_RECIPES_OPTAX[] = {
    { "optax.constant_schedule", "the same value at every count", "value", OPTAX,
      DY_PARAMS_optax_constant_schedule, dy_make_optax, &DY_OPTAX_constant_schedule },
    { "optax.linear_schedule", "a straight line between two values, after a wait or without",
      "init_value + (end_value - init_value) u; u: (t - transition_begin)/transition_steps, "
      "kept "
      "within 0 to 1",
      OPTAX, DY_PARAMS_optax_linear_schedule, dy_make_optax, &DY_OPTAX_linear_schedule },
    { "optax.polynomial_schedule", "a power of what is left, after a wait or without",
      "end_value + (init_value - end_value) (1 - u)^power; u: (t - "
      "transition_begin)/transition_steps, kept within 0 to 1",
      OPTAX, DY_PARAMS_optax_polynomial_schedule, dy_make_optax,
      &DY_OPTAX_polynomial_schedule },
    { "optax.exponential_decay", "equal factors in equal times, with a bound or without",
      "init_value decay_rate^((t - transition_begin)/transition_steps), rounded down where "
      "staircase; not past end_value",
      OPTAX, DY_PARAMS_optax_exponential_decay, dy_make_optax, &DY_OPTAX_exponential_decay },
    { "optax.cosine_decay_schedule", "half a cosine down, then held",
      "init_value ((1 - alpha) ((1 + cos(pi t/decay_steps)) / 2)^exponent + alpha)", OPTAX,
      DY_PARAMS_optax_cosine_decay_schedule, dy_make_optax, &DY_OPTAX_cosine_decay_schedule },
    { "optax.piecewise_constant_schedule", "constant pieces, each a part of the one before",
      "init_value times the scales whose boundary is at or before t", OPTAX,
      DY_PARAMS_optax_piecewise_constant_schedule, dy_make_optax,
      &DY_OPTAX_piecewise_constant_schedule },
    { "optax.piecewise_interpolate_schedule",
      "lines or half cosines between values, each a part of the one before",
      "from v[i] to v[i+1] between boundaries i and i+1, then held; v: init_value times the "
      "scales up to there",
      OPTAX, DY_PARAMS_optax_piecewise_interpolate_schedule, dy_make_optax,
      &DY_OPTAX_piecewise_interpolate_schedule },
    { "optax.linear_onecycle_schedule", "up, down again and further down, in straight lines",
      "peak_value/div_factor, peak_value at int(pct_start transition_steps), "
      "peak_value/div_factor at int(pct_final transition_steps), "
      "peak_value/div_factor/final_div_factor at transition_steps",
      OPTAX, DY_PARAMS_optax_linear_onecycle_schedule, dy_make_optax,
      &DY_OPTAX_linear_onecycle_schedule },
    { "optax.cosine_onecycle_schedule", "one rise and one long fall, in half cosines",
      "peak_value/div_factor, peak_value at int(pct_start transition_steps), "
      "peak_value/div_factor/final_div_factor at transition_steps",
      OPTAX, DY_PARAMS_optax_cosine_onecycle_schedule, dy_make_optax,
      &DY_OPTAX_cosine_onecycle_schedule },
    { "optax.warmup_constant_schedule", "a straight rise, then held",
      "init_value + (peak_value - init_value) t/warmup_steps, then peak_value", OPTAX,
      DY_PARAMS_optax_warmup_constant_schedule, dy_make_optax,
      &DY_OPTAX_warmup_constant_schedule },
    { "optax.warmup_cosine_decay_schedule", "a straight rise, then half a cosine down",
      "init_value to peak_value over warmup_steps, then cosine_decay_schedule to end_value "
      "over "
      "decay_steps - warmup_steps",
      OPTAX, DY_PARAMS_optax_warmup_cosine_decay_schedule, dy_make_optax,
      &DY_OPTAX_warmup_cosine_decay_schedule },
    { "optax.warmup_exponential_decay_schedule", "a straight rise, then an exponential decay",
      "init_value to peak_value over warmup_steps, then exponential_decay from its own count 0",
      OPTAX, DY_PARAMS_optax_warmup_exponential_decay_schedule, dy_make_optax,
      &DY_OPTAX_warmup_exponential_decay_schedule },
    { "optax.sgdr_schedule",
      "warm-ups and cosines one after another, each with its own numbers",
      "warmup_cosine_decay_schedule(cosine_kwargs[i]), each decay_steps long", OPTAX,
      DY_PARAMS_optax_sgdr_schedule, dy_make_optax, &DY_OPTAX_sgdr_schedule },
    { "optax.join_schedules", "schedules one after another, each counting from its own start",
      "schedules[i](t - boundaries[i-1]) from boundaries[i-1] on", OPTAX,
      DY_PARAMS_optax_join_schedules, dy_make_optax, &DY_OPTAX_join_schedules },
    { "optax.inject_hyperparams", "lr and momentum by a schedule each",
      "learning_rate(t); momentum(t) or b1(t)", OPTAX, DY_PARAMS_optax_inject_hyperparams,
      dy_make_optax_inject_hyperparams, NULL },
    { 0 },
};
