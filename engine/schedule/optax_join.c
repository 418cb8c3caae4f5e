/* optax_join.c - optax' schedules made of schedules.
 *
 * As optax joins them: the last whose boundary is at or before the count is in effect, and is asked with the count since
 * then; schedules without a boundary, and boundaries without a schedule, are passed over.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/optax.h"

#include <string.h>

/* The updates that part i has to itself, at least 1. */
static int64_t length_of(const double *starts, int64_t n, int64_t i, int64_t steps)
{
    double end = i + 1 < n && starts[i + 1] < (double)steps ? starts[i + 1] : (double)steps;
    double length = end - starts[i];
    return length > 1 ? (int64_t)(length < 9e15 ? length : 9e15) : 1;
}

static bool open_parts(dy_optax *s, const dy_arg *schedules, const double *starts, int64_t n,
                       dy_arena *arena, dy_error *err)
{
    s->parts = dy_arena_take(arena, n, sizeof *s->parts, err);
    s->starts = starts;
    s->n_parts = n;
    for (int64_t i = 0; s->parts && i < n; i++) {
        int64_t length = length_of(starts, n, i, s->whole->span.steps);
        if (!dy_optax_part(&s->parts[i], s, schedules->specs[i], length, arena, err))
            return dy_fail_in(err, "part %lld", (long long)i + 1);
    }
    return s->parts != NULL;
}

static double join_at(const dy_optax *s, double count)
{
    int64_t i = s->n_parts - 1;
    while (i > 0 && count < s->starts[i]) i--;
    return dy_optax_at(&s->parts[i], count - s->starts[i]);
}

enum { SCHEDULES, BOUNDARIES };

const dy_param DY_PARAMS_optax_join_schedules[] = {
    [SCHEDULES] = { .name = "schedules",
                    .kind = DY_ARG_SCHEDULES,
                    .required = true,
                    .meaning = "the parts" },
    [BOUNDARIES] = { .name = "boundaries",
                     .kind = DY_ARG_REALS,
                     .required = true,
                     .may_be_empty = true,
                     .meaning = "the counts at which the next part takes over" },
    { 0 },
};

static bool join_open(dy_optax *s, dy_arena *arena, dy_error *err)
{
    const dy_arg *schedules = &s->args[SCHEDULES], *boundaries = &s->args[BOUNDARIES];
    int64_t n = schedules->n < boundaries->n + 1 ? schedules->n : boundaries->n + 1;
    double *starts = dy_arena_take(arena, n, sizeof *starts, err);
    if (!starts) return false;
    for (int64_t i = 1; i < n; i++) starts[i] = boundaries->reals[i - 1];
    return open_parts(s, schedules, starts, n, arena, err);
}

const dy_optax_class DY_OPTAX_join_schedules = { .open = join_open, .at = join_at };

static const char CYCLE[] = "optax.warmup_cosine_decay_schedule";

const dy_param DY_PARAMS_optax_sgdr_schedule[] = {
    { .name = "cosine_kwargs",
      .kind = DY_ARG_SCHEDULES,
      .required = true,
      .of = CYCLE,
      .meaning = "the arguments of a warmup_cosine_decay_schedule for each cycle" },
    { 0 },
};

static bool sgdr_open(dy_optax *s, dy_arena *arena, dy_error *err)
{
    const dy_arg *cycles = &s->args[0];
    double *starts = dy_arena_take(arena, cycles->n + 1, sizeof *starts, err);
    if (!starts) return false;
    for (int64_t i = 0; i < cycles->n; i++) {
        const dy_spec *spec = cycles->specs[i];
        if (!spec->recipe || strcmp(spec->recipe->name, CYCLE) != 0)
            return dy_fail(err,
                           "cosine_kwargs[%lld] is %s; want the arguments of %s, or "
                           "optax.join_schedules",
                           (long long)i + 1, spec->recipe ? spec->recipe->name : "a function",
                           CYCLE);
        starts[i + 1] = starts[i] + dy_spec_arg(spec, "decay_steps")->real;
    }
    return open_parts(s, cycles, starts, cycles->n, arena, err);
}

const dy_optax_class DY_OPTAX_sgdr_schedule = { .open = sgdr_open, .at = join_at };
