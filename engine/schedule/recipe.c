/* recipe.c - from a schedule as asked for to a plan: finding recipes, checking arguments, filling in presets.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipe.h"

#include "base/text.h"
#include "schedule/recipes.h"

#include <math.h>
#include <string.h>

static const struct {
    double least, most;
    bool open_least, open_most; /* that end itself is out */
    const char *words;
} WANTS[] = {
    [DY_WANT_ANY] = { -HUGE_VAL, HUGE_VAL, true, true, "a finite number" },
    [DY_WANT_FROM_0] = { 0, HUGE_VAL, false, true, "a finite number, at least 0" },
    [DY_WANT_POSITIVE] = { 0, HUGE_VAL, true, true, "a finite number, more than 0" },
    [DY_WANT_FROM_1] = { 1, HUGE_VAL, false, true, "a finite number, at least 1" },
    [DY_WANT_SHARE] = { 0, 1, true, true, "more than 0 and less than 1" },
    [DY_WANT_PART] = { 0, 1, false, false, "at least 0 and at most 1" },
    [DY_WANT_TO_1] = { 0, 1, true, false, "more than 0 and at most 1" },
    [DY_WANT_MOMENTUM] = { 0, 1, false, true, "at least 0 and less than 1" },
};

/* The value, or element `i` of a list (from 0; -1: no list) is what the parameter wants. */
static bool check_number(const dy_param *param, double x, int64_t i, dy_error *err)
{
    dy_want want = param->want;
    bool above = WANTS[want].open_least ? x > WANTS[want].least : x >= WANTS[want].least;
    bool below = WANTS[want].open_most ? x < WANTS[want].most : x <= WANTS[want].most;
    if (above && below) return true;
    char found[32];
    dy_format_real(found, sizeof found, isnan(x) ? (double)NAN : x);
    if (i < 0) return dy_fail(err, "%s is %s; want %s", param->name, found, WANTS[want].words);
    return dy_fail(err, "%s[%lld] is %s; want %s", param->name, (long long)i + 1, found,
                   WANTS[want].words);
}

static bool check_time(const dy_param *param, dy_time time, int64_t i, dy_error *err)
{
    if ((int)time.unit < 0 || time.unit > DY_EPOCHS)
        return dy_fail(err, "%s has time unit %d; want 0 to %d", param->name, (int)time.unit,
                       DY_EPOCHS);
    return check_number(param, time.amount, i, err);
}

static bool check_pair(const dy_param *param, dy_pair pair, int64_t i, dy_error *err)
{
    if (!isfinite(pair.x))
        return dy_fail(err, "%s[%lld] is at %g; want a finite number", param->name,
                       (long long)i + 1, isnan(pair.x) ? (double)NAN : pair.x);
    return check_number(param, pair.y, i, err);
}

static bool check_choice(const dy_param *param, double index, dy_error *err)
{
    int n = 0;
    while (param->choices[n]) n++;
    if (index >= 0 && index < n && index == floor(index)) return true;
    return dy_fail(err, "%s is choice %g; want 0 to %d", param->name, index, n - 1);
}

static bool check_list(const dy_param *param, const dy_arg *arg, dy_error *err)
{
    if (arg->n < 1 && !param->may_be_empty)
        return dy_fail(err, "%s is empty; want at least one", param->name);
    for (int64_t i = 0; i < arg->n; i++) {
        bool fits = true;
        if (param->kind == DY_ARG_REALS) fits = check_number(param, arg->reals[i], i, err);
        if (param->kind == DY_ARG_TIMES) fits = check_time(param, arg->times[i], i, err);
        if (param->kind == DY_ARG_KEYS) fits = check_number(param, arg->keys[i].value, i, err);
        if (param->kind == DY_ARG_PAIRS || param->kind == DY_ARG_MAP)
            fits = check_pair(param, arg->pairs[i], i, err);
        if (!fits) return false;
    }
    return true;
}

static bool check_optimizer(const dy_param *param, const dy_arg *arg, dy_error *err)
{
    bool lr = isfinite(arg->real) && arg->real >= 0;
    if (!lr)
        return dy_fail(err, "%s: lr is %g; want a finite number, at least 0", param->name,
                       arg->real);
    if (arg->n == 0 || (arg->reals[0] >= 0 && arg->reals[0] < 1)) return true;
    return dy_fail(err, "%s: momentum is %g; want at least 0 and less than 1", param->name,
                   arg->reals[0]);
}

static bool check_arg(const dy_param *param, const dy_arg *arg, dy_error *err)
{
    switch (param->kind) {
    case DY_ARG_REAL: return check_number(param, arg->real, -1, err);
    case DY_ARG_TIME: return check_time(param, arg->time, -1, err);
    case DY_ARG_CHOICE:
        return (param->callable && arg->call) || check_choice(param, arg->real, err);
    case DY_ARG_COUNT:
        if (arg->real >= 0 && arg->real <= 9e15 && arg->real == floor(arg->real)) return true;
        return dy_fail(err, "%s is %g; want a whole number, at least 0", param->name,
                       arg->real);
    case DY_ARG_BOOL:
        if (arg->real == 0 || arg->real == 1) return true;
        return dy_fail(err, "%s is %g; want 0 or 1", param->name, arg->real);
    case DY_ARG_OPTIMIZER: return check_optimizer(param, arg, err);
    case DY_ARG_FUNCTION: return true;
    default: return check_list(param, arg, err);
    }
}

static dy_arg preset(const dy_param *param)
{
    return (dy_arg){ .real = param->preset, .time = { param->preset, param->preset_unit } };
}

const dy_arg *dy_spec_arg(const dy_spec *spec, const char *name)
{
    for (int i = 0; spec->recipe->params[i].name; i++)
        if (strcmp(spec->recipe->params[i].name, name) == 0) return &spec->args[i];
    return NULL;
}

bool dy_spec_complete(const dy_spec *spec, dy_arg *args, dy_error *err)
{
    const dy_recipe *recipe = spec->recipe;
    const dy_arg *given = spec->args;
    for (int i = 0; recipe->params[i].name; i++) {
        const dy_param *param = &recipe->params[i];
        args[i] = given[i].given ? given[i] : preset(param);
        if (!given[i].given && param->required)
            return dy_fail(err, "%s is missing: %s", param->name, param->meaning);
        if (given[i].given && !check_arg(param, &given[i], err)) return false;
    }
    return true;
}

static bool fill(dy_plan *plan, const dy_spec *spec, dy_arena *arena, dy_error *err)
{
    dy_arg args[DY_PARAMS_MAX] = { 0 };
    const dy_recipe *recipe = spec->recipe;
    if (plan->depth >= DY_SPEC_DEPTH)
        return dy_fail(err, "schedules lie more than %d deep within each other", DY_SPEC_DEPTH);
    if (!dy_spec_complete(spec, args, err)) return false;
    dy_frame frame = dy_frame_open(plan, recipe, args);
    return recipe->make(plan, arena, args, err) && dy_frame_close(&frame, plan, arena, err);
}

static bool make(dy_plan *plan, const dy_spec *spec, dy_arena *arena, dy_error *err)
{
    plan->recipe = spec->recipe;
    return fill(plan, spec, arena, err) || dy_fail_in(err, "%s", spec->recipe->name);
}

static bool resolve_part(dy_plan *part, const dy_spec *spec, dy_arena *arena, dy_error *err)
{
    return spec->recipe ? make(part, spec, arena, err) : dy_plan_sample(part, spec, arena, err);
}

bool dy_part_resolve(dy_plan *part, const dy_plan *whole, const dy_spec *spec, int64_t steps,
                     dy_arena *arena, dy_error *err)
{
    *part = (dy_plan){ .span = { steps, whole->span.epoch_steps },
                       .needed = steps,
                       .depth = whole->depth + 1 };
    return resolve_part(part, spec, arena, err);
}

bool dy_part_resolve_own(dy_plan *part, const dy_plan *whole, const dy_spec *spec,
                         dy_arena *arena, dy_error *err)
{
    *part = (dy_plan){ .span = whole->span, .depth = whole->depth + 1 };
    return resolve_part(part, spec, arena, err);
}

bool dy_plan_wrap(dy_plan *plan, const dy_arg *schedule, dy_arena *arena, dy_error *err)
{
    dy_plan part;
    if (!dy_part_resolve(&part, plan, *schedule->specs, plan->span.steps, arena, err))
        return false;
    plan->lr = part.lr;
    plan->momentum = part.momentum;
    return dy_plan_adopt_feedback(plan, &part, 0, INT64_MAX, err);
}

bool dy_plan_wrap_either(dy_plan *plan, const dy_arg *schedule, const dy_arg *lr,
                         dy_arena *arena, dy_error *err)
{
    if (!dy_arg_either(lr, "lr", schedule, "schedule", err)) return false;
    return schedule->given ? dy_plan_wrap(plan, schedule, arena, err)
                           : dy_curve_constant(&plan->lr, arena, lr->real, err);
}

bool dy_spec_resolve(const dy_spec *spec, dy_span span, dy_plan *plan, dy_arena *arena,
                     dy_error *err)
{
    dy_plan made = { .span = span, .needed = span.steps };
    if (span.steps < 1 || span.epoch_steps < 1)
        return dy_fail(err, "a run of %lld updates, %lld an epoch; want at least 1 of each",
                       (long long)span.steps, (long long)span.epoch_steps);
    if (!spec->recipe) {
        made.call = spec->call;
        made.self = spec->self;
    } else if (!make(&made, spec, arena, err)) {
        return false;
    }
    *plan = made;
    return true;
}

int64_t dy_arg_steps(const dy_arg *arg, dy_span span)
{
    double steps = round(dy_time_length(arg->time, span));
    if (!(steps > 1)) return 1;
    return steps < 9e15 ? (int64_t)steps : (int64_t)9e15;
}

bool dy_arg_either(const dy_arg *a, const char *a_name, const dy_arg *b, const char *b_name,
                   dy_error *err)
{
    if (a->given != b->given) return true;
    return dy_fail(err, "%s of %s and %s given; want exactly one",
                   a->given ? "both" : "neither", a_name, b_name);
}

bool dy_arg_attached(const dy_arg *optimizer, dy_error *err)
{
    if (optimizer->given && !isnan(optimizer->real)) return true;
    return dy_fail(err, "optimizer is missing: it begins with the optimizer's lr; want "
                        "optimizer = { lr = 0.1 }");
}

bool dy_plan_attach(dy_plan *plan, dy_arena *arena, const dy_arg *optimizer, dy_error *err)
{
    return optimizer->n == 0 ||
           dy_curve_constant(&plan->momentum, arena, optimizer->reals[0], err);
}

int64_t dy_bisect_right(const double *sorted, int64_t n, double x)
{
    int64_t low = 0, high = n;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (x < sorted[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}
