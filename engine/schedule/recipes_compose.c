/* recipes_compose.c - schedules made of schedules: warm_up, sequence, plateau.
 *
 * Momentum goes on where a part does not move it but another does: a warm-up holds what its schedule begins with; in a
 * sequence such a part holds what the part before it ended with or, at the front, what the next that moves it begins with.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/recipes.h"

#include <math.h>

enum { WARM_LENGTH, WARM_SCHEDULE, WARM_FROM, WARM_START_FACTOR, WARM_EASE };

static const char *const WARM_EASES[] = { "linear", "cosine", "exp", NULL };
static const dy_ease_kind WARM_EASE_KINDS[] = { DY_EASE_LINEAR, DY_EASE_COSINE, DY_EASE_EXP };

const dy_param DY_PARAMS_warm_up[] = {
    [WARM_LENGTH] = { .name = "length",
                      .kind = DY_ARG_TIME,
                      .required = true,
                      .want = DY_WANT_POSITIVE,
                      .meaning = "the time of the rise; the schedule has the rest of the run" },
    [WARM_SCHEDULE] = { .name = "schedule",
                        .kind = DY_ARG_SCHEDULE,
                        .required = true,
                        .meaning = "what follows" },
    [WARM_FROM] = { .name = "from",
                    .kind = DY_ARG_REAL,
                    .want = DY_WANT_FROM_0,
                    .meaning = "the rate at the start, in place of start_factor" },
    [WARM_START_FACTOR] = { .name = "start_factor",
                            .kind = DY_ARG_REAL,
                            .want = DY_WANT_FROM_0,
                            .meaning = "the rate at the start as a part of the schedule's "
                                       "first; at 0 the first update moves nothing" },
    [WARM_EASE] = { .name = "ease",
                    .kind = DY_ARG_CHOICE,
                    .choices = WARM_EASES,
                    .meaning = "the form of the rise" },
    { 0 },
};

bool dy_make_warm_up(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    int64_t length = dy_arg_steps(&args[WARM_LENGTH], plan->span);
    int64_t rest = plan->span.steps - length;
    dy_plan part;
    dy_curve rise;
    if (args[WARM_FROM].given && args[WARM_START_FACTOR].given)
        return dy_fail(err, "both from and start_factor given; want at most one");
    if (!dy_part_resolve(&part, plan, *args[WARM_SCHEDULE].specs, rest > 1 ? rest : 1, arena,
                         err))
        return false;
    double to = dy_curve_at(&part.lr, 0);
    double from =
        args[WARM_FROM].given ? args[WARM_FROM].real : args[WARM_START_FACTOR].real * to;
    dy_key keys[] = {
        { .step = 0, .value = from },
        { (double)length, to, { .kind = WARM_EASE_KINDS[(int)args[WARM_EASE].real] } },
    };
    return dy_plan_adopt_feedback(plan, &part, length, INT64_MAX, err) &&
           dy_curve_keys(&rise, arena, keys, 2, err) &&
           dy_curve_join(&plan->lr, arena, &rise, (double)length, &part.lr, err) &&
           (part.momentum.n_nodes == 0 || dy_curve_map(&plan->momentum, arena, DY_NODE_SHIFT,
                                                       &part.momentum, (double)length, 0, err));
}

enum { SEQUENCE_SCHEDULES, SEQUENCE_AT };

const dy_param DY_PARAMS_sequence[] = {
    [SEQUENCE_SCHEDULES] = { .name = "schedules",
                             .kind = DY_ARG_SCHEDULES,
                             .required = true,
                             .meaning = "the parts" },
    [SEQUENCE_AT] = { .name = "at",
                      .kind = DY_ARG_TIMES,
                      .required = true,
                      .want = DY_WANT_POSITIVE,
                      .meaning = "times at which the next part takes over, one less than "
                                 "parts" },
    { 0 },
};

/* Part i has the updates from starts[i] up to starts[i + 1]. */
static bool lay_parts(double *starts, const dy_arg *at, dy_span span, dy_error *err)
{
    for (int64_t i = 0; i < at->n; i++) {
        double before = i > 0 ? dy_time_length(at->times[i - 1], span) : 0;
        double here = dy_time_length(at->times[i], span);
        starts[i + 1] = round(here);
        if (here > before && here < 9e15) continue;
        char text[32], text_before[32];
        return dy_fail(err, "at[%lld] is at step %s, not after step %s", (long long)i + 1,
                       dy_format_real(text, sizeof text, here),
                       dy_format_real(text_before, sizeof text_before, before));
    }
    starts[at->n + 1] = (double)span.steps;
    return true;
}

static bool resolve_parts(dy_plan *plan, dy_plan *parts, const dy_arg *schedules,
                          const double *starts, dy_arena *arena, dy_error *err)
{
    for (int64_t i = 0; i < schedules->n; i++) {
        double steps = starts[i + 1] - starts[i];
        if (!dy_part_resolve(&parts[i], plan, schedules->specs[i],
                             steps > 1 ? (int64_t)steps : 1, arena, err) ||
            !dy_plan_adopt_feedback(plan, &parts[i], (int64_t)starts[i],
                                    i + 1 < schedules->n ? (int64_t)starts[i + 1] : INT64_MAX,
                                    err))
            return dy_fail_in(err, "part %lld", (long long)i + 1);
    }
    return true;
}

/* Gives every part a momentum if one of them moves it. */
static bool hold_momentum(dy_plan *parts, int64_t n, dy_arena *arena, dy_error *err)
{
    int64_t first = 0;
    while (first < n && parts[first].momentum.n_nodes == 0) first++;
    if (first == n) return true;
    double held = dy_curve_at(&parts[first].momentum, 0);
    for (int64_t i = 0; i < n; i++) {
        dy_curve *momentum = &parts[i].momentum;
        if (momentum->n_nodes == 0 && !dy_curve_constant(momentum, arena, held, err))
            return false;
        held = dy_curve_at(momentum, (double)(parts[i].span.steps - 1));
    }
    return true;
}

bool dy_make_sequence(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_arg *schedules = &args[SEQUENCE_SCHEDULES], *at = &args[SEQUENCE_AT];
    int64_t n = schedules->n;
    if (n != at->n + 1)
        return dy_fail(err, "%lld schedules for %lld times in at; want one schedule more",
                       (long long)n, (long long)at->n);
    double *starts = dy_arena_take(arena, n + 1, sizeof *starts, err);
    dy_plan *parts = starts ? dy_arena_take(arena, n, sizeof *parts, err) : NULL;
    if (!parts || !lay_parts(starts, at, plan->span, err) ||
        !resolve_parts(plan, parts, schedules, starts, arena, err) ||
        !hold_momentum(parts, n, arena, err))
        return false;
    plan->lr = parts[0].lr;
    plan->momentum = parts[0].momentum;
    for (int64_t i = 1; i < n; i++) {
        if (!dy_curve_join(&plan->lr, arena, &plan->lr, starts[i], &parts[i].lr, err))
            return false;
        if (plan->momentum.n_nodes > 0 &&
            !dy_curve_join(&plan->momentum, arena, &plan->momentum, starts[i],
                           &parts[i].momentum, err))
            return false;
    }
    return true;
}

enum {
    PLATEAU_LR,
    PLATEAU_SCHEDULE,
    PLATEAU_FACTOR,
    PLATEAU_PATIENCE,
    PLATEAU_THRESHOLD,
    PLATEAU_THRESHOLD_MODE,
    PLATEAU_MODE,
    PLATEAU_COOLDOWN,
    PLATEAU_MIN_LR,
    PLATEAU_EPS,
};

static const char *const THRESHOLD_MODES[] = { "rel", "abs", NULL };
static const char *const MODES[] = { "min", "max", NULL };

/* The presets are those of dy_feedback_defaults. */
const dy_param DY_PARAMS_plateau[] = {
    [PLATEAU_LR] = { .name = "lr",
                     .kind = DY_ARG_REAL,
                     .want = DY_WANT_FROM_0,
                     .meaning = "the rate at the start; or give schedule" },
    [PLATEAU_SCHEDULE] = { .name = "schedule",
                           .kind = DY_ARG_SCHEDULE,
                           .meaning = "what is lowered; or give lr" },
    [PLATEAU_FACTOR] = { .name = "factor",
                         .kind = DY_ARG_REAL,
                         .want = DY_WANT_SHARE,
                         .preset = 0.1,
                         .meaning = "what lr is multiplied by" },
    [PLATEAU_PATIENCE] = { .name = "patience",
                           .kind = DY_ARG_COUNT,
                           .preset = 10,
                           .meaning = "observations no better that are put up with" },
    [PLATEAU_THRESHOLD] = { .name = "threshold",
                            .kind = DY_ARG_REAL,
                            .want = DY_WANT_FROM_0,
                            .preset = 1e-4,
                            .meaning = "the least improvement that counts" },
    [PLATEAU_THRESHOLD_MODE] = { .name = "threshold_mode",
                                 .kind = DY_ARG_CHOICE,
                                 .choices = THRESHOLD_MODES,
                                 .meaning = "threshold as a part of the best, or as it is" },
    [PLATEAU_MODE] = { .name = "mode",
                       .kind = DY_ARG_CHOICE,
                       .choices = MODES,
                       .meaning = "less is better, or more is" },
    [PLATEAU_COOLDOWN] = { .name = "cooldown",
                           .kind = DY_ARG_COUNT,
                           .meaning = "observations after a drop that are not counted" },
    [PLATEAU_MIN_LR] = { .name = "min_lr",
                         .kind = DY_ARG_REAL,
                         .want = DY_WANT_FROM_0,
                         .meaning = "lr is not lowered below this" },
    [PLATEAU_EPS] = { .name = "eps",
                      .kind = DY_ARG_REAL,
                      .want = DY_WANT_FROM_0,
                      .preset = 1e-8,
                      .meaning = "a drop by less than this is not made" },
    { 0 },
};

bool dy_make_plateau(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_arg *lr = &args[PLATEAU_LR], *schedule = &args[PLATEAU_SCHEDULE];
    if (!dy_arg_either(lr, "lr", schedule, "schedule", err)) return false;
    dy_plan part = { .span = plan->span };
    if (!(schedule->given
              ? dy_part_resolve(&part, plan, *schedule->specs, plan->span.steps, arena, err)
              : dy_curve_constant(&part.lr, arena, lr->real, err)))
        return false;
    plan->lr = part.lr;
    plan->momentum = part.momentum;
    dy_feedback_rule rule = dy_feedback_defaults(DY_FEEDBACK_PLATEAU);
    rule.factor = args[PLATEAU_FACTOR].real;
    rule.patience = (int64_t)args[PLATEAU_PATIENCE].real;
    rule.threshold = args[PLATEAU_THRESHOLD].real;
    rule.absolute = args[PLATEAU_THRESHOLD_MODE].real == 1;
    rule.rising = args[PLATEAU_MODE].real == 1;
    rule.cooldown = (int64_t)args[PLATEAU_COOLDOWN].real;
    rule.least_lr = args[PLATEAU_MIN_LR].real;
    rule.eps = args[PLATEAU_EPS].real;
    return dy_plan_adopt_feedback(plan, &part, 0, INT64_MAX, err) &&
           dy_plan_add_feedback(plan, &rule, err);
}
