/* lint_idle.c - arguments that change nothing: each is given another value, and the plan looked at again.
 *
 * Of a length or a boundary that says: the run is over before it. Of another option: it is without effect, unless it only says
 * what would be so without it.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/lint_rules.h"

#include <math.h>
#include <string.h>

enum { STEPS_LEAST = 4 }; /* in a shorter run nothing has an effect */

/* The schedule whose arguments are looked at, as a part of the whole. */
typedef struct probe {
    dy_linting *lint;
    const dy_spec *root; /* the copy of the whole */
    dy_spec *spec;       /* the part, in it */
    const char *where;
    bool reached; /* nothing of it lies beyond the run so far */
} probe;

typedef enum answer { CHANGES, SAME, REFUSED } answer;

static answer ask(const probe *p)
{
    dy_plan plan;
    if (!dy_lint_resolve(p->lint, p->root, p->lint->span.steps, &plan)) return REFUSED;
    return dy_lint_same(p->lint, p->lint->job->plan, &plan) ? SAME : CHANGES;
}

/* Asks with the argument being `other`, and puts it back. */
static answer ask_with(const probe *p, int i, dy_arg other)
{
    dy_arg own = p->spec->args[i];
    p->spec->args[i] = other;
    answer said = ask(p);
    p->spec->args[i] = own;
    return said;
}

/* Two other values of argument i, from below and above, or all other choices; how many. */
static int others_of(const dy_param *param, const dy_arg *arg, dy_arg others[8])
{
    int n = 0;
    dy_arg other = *arg;
    switch (param->kind) {
    case DY_ARG_BOOL:
        other.real = arg->real == 0;
        others[n++] = other;
        break;
    case DY_ARG_CHOICE:
        for (int k = 0; param->choices[k] && n < 8; k++) {
            other.real = k;
            if (k != (int)arg->real) others[n++] = other;
        }
        break;
    case DY_ARG_TIME:
        other.time.amount = arg->time.amount * 1.37;
        others[n++] = other;
        other.time.amount = arg->time.amount * 0.83;
        others[n++] = other;
        break;
    case DY_ARG_COUNT:
    case DY_ARG_REAL: {
        bool whole = param->kind == DY_ARG_COUNT;
        other.real = whole ? ceil(arg->real * 1.37) + 1 : arg->real * 1.37 + (arg->real == 0);
        others[n++] = other;
        other.real = whole ? floor(arg->real * 0.83) : arg->real * 0.83;
        if (other.real != arg->real) others[n++] = other;
        break;
    }
    default: break;
    }
    return n;
}

/* No other value that the recipe takes changes anything, and it takes one. */
static bool is_idle(const probe *p, int i, const dy_param *param)
{
    dy_arg others[8];
    int n = others_of(param, &p->spec->args[i], others);
    bool taken = false;
    for (int k = 0; k < n; k++) {
        answer said = ask_with(p, i, others[k]);
        if (said == CHANGES) return false;
        taken = taken || said == SAME;
    }
    return taken;
}

static bool is_length(const dy_param *param)
{
    return param->kind == DY_ARG_TIME || (param->kind == DY_ARG_COUNT && param->required) ||
           (param->required && strstr(param->name, "steps"));
}

static bool is_preset(const dy_param *param, const dy_arg *arg)
{
    if (param->kind == DY_ARG_TIME)
        return arg->time.amount == param->preset && arg->time.unit == param->preset_unit;
    return arg->real == param->preset;
}

/* Why an option does nothing, where that is known. */
static const char *reason(const probe *p, const char *name)
{
    static const struct {
        const char *recipe, *param, *why;
    } REASONS[] = {
        { "keras.CosineDecay", "warmup_steps",
          "Keras warms up only where warmup_target is given" },
        { "torch.CyclicLR", "scale_mode", "it only says what scale_fn is a function of" },
        { "torch.CyclicLR", "gamma", "it is for mode = \"exp_range\"" },
        { "torch.CyclicLR", "mode", "scale_fn stands in its place" },
        { "", "base_momentum", "momentum is not moved: that wants cycle_momentum = true" },
        { "", "max_momentum", "momentum is not moved: that wants cycle_momentum = true" },
        { "", "noise_std", "timm takes it and never uses it" },
    };

    for (size_t i = 0; i < sizeof REASONS / sizeof *REASONS; i++) {
        bool own =
            !REASONS[i].recipe[0] || strcmp(REASONS[i].recipe, p->spec->recipe->name) == 0;
        if (own && strcmp(REASONS[i].param, name) == 0) return REASONS[i].why;
    }
    return "leave it out, or see what it needs: derny schedule --help";
}

static char *format_place(char *to, size_t size, double at)
{
    bool whole = at == floor(at) && fabs(at) < 9e15;
    return whole ? dy_format_count(to, size, (int64_t)at) : dy_format_real(to, size, at);
}

/* `at` is counted by the part; in the whole run that may be later. */
static void say_unreached(probe *p, const char *what, double at)
{
    char here[32], steps[32];
    bool beyond = p->spec != p->root || at > (double)(p->lint->span.steps - 1);
    dy_finding *f =
        dy_lint_found(p->lint, beyond ? DY_RULE_UNREACHED : DY_RULE_IDLE, -1, p->where);
    dy_format_count(steps, sizeof steps, p->lint->span.steps);
    format_place(here, sizeof here, at);
    p->reached = false;
    if (beyond)
        snprintf(f->what, sizeof f->what,
                 "%s is step %s, which a run of %s updates never reaches", what, here, steps);
    else
        snprintf(f->what, sizeof f->what, "%s (step %s) changes nothing", what, here);
    snprintf(f->fix, sizeof f->fix,
             beyond ? "give it within the run, or as a part of it where times may be (\"50%%\")"
                    : "lr is the same before it and after: leave it out");
}

/* Whether it would be the same if it came later. */
static void check_length(probe *p, int i)
{
    const dy_param *param = &p->spec->recipe->params[i];
    dy_arg later = p->spec->args[i];
    bool time = param->kind == DY_ARG_TIME;
    double at = time ? dy_time_length(later.time, p->lint->span) : later.real;
    later.time.amount *= 1.37;
    later.real = ceil(later.real * 1.37) + 1;
    if (ask_with(p, i, later) == SAME) say_unreached(p, param->name, at);
}

/* Element k of a list of places, moved to where it would still be in order. */
static bool is_idle_place(const probe *p, int i, int64_t k)
{
    dy_error err;
    dy_arg moved = p->spec->args[i];
    bool times = p->spec->recipe->params[i].kind == DY_ARG_TIMES;
    dy_arena *arena = &p->lint->arena;
    bool last = k == moved.n - 1;
    if (times) {
        dy_time *list = dy_arena_copy(arena, moved.times, moved.n, sizeof *list, &err);
        if (!list) return false;
        if (!last && list[k].unit != list[k + 1].unit) return false;
        list[k].amount =
            last ? list[k].amount * 1.37 : (list[k].amount + list[k + 1].amount) / 2;
        moved.times = list;
    } else {
        double *list = dy_arena_copy(arena, moved.reals, moved.n, sizeof *list, &err);
        if (!list) return false;
        list[k] = last ? ceil(list[k] * 1.37) + 1 : ceil((list[k] + list[k + 1]) / 2);
        moved.reals = list;
    }
    return ask_with(p, i, moved) == SAME;
}

static void check_places(probe *p, int i)
{
    const dy_param *param = &p->spec->recipe->params[i];
    const dy_arg *arg = &p->spec->args[i];
    int64_t first = arg->n; /* that is not reached */
    while (first > 0 && is_idle_place(p, i, first - 1)) first--;
    if (first == arg->n) return;
    char what[64];
    snprintf(what, sizeof what, "%s[%lld]", param->name, (long long)first + 1);
    say_unreached(p, what,
                  param->kind == DY_ARG_TIMES ? dy_time_length(arg->times[first], p->lint->span)
                                              : arg->reals[first]);
}

/* A keyframe whose value may be any is beyond the run. */
static void check_keys(probe *p, int i)
{
    dy_error err;
    dy_arg moved = p->spec->args[i];
    const dy_timed_key *own = moved.keys;
    for (int64_t k = 1; k < moved.n; k++) {
        dy_timed_key *keys = dy_arena_copy(&p->lint->arena, own, moved.n, sizeof *keys, &err);
        if (!keys) return;
        keys[k].value = keys[k].value * 0.83 + 1e-3;
        moved.keys = keys;
        if (ask_with(p, i, moved) != SAME) continue;
        char what[64];
        snprintf(what, sizeof what, "%s[%lld]", p->spec->recipe->params[i].name,
                 (long long)k + 1);
        say_unreached(p, what, dy_time_at(own[k].time, p->lint->span));
        return;
    }
}

static void check_option(probe *p, int i)
{
    const dy_param *param = &p->spec->recipe->params[i];
    const dy_arg *arg = &p->spec->args[i];
    if (param->required || is_preset(param, arg) || !is_idle(p, i, param)) return;
    if (ask_with(p, i, (dy_arg){ 0 }) != SAME) return;
    dy_finding *f = dy_lint_found(p->lint, DY_RULE_IDLE, -1, p->where);
    char value[40];
    snprintf(f->what, sizeof f->what, "%s%s%s has no effect in this run", param->name,
             param->kind == DY_ARG_REAL || param->kind == DY_ARG_COUNT ? " = " : "",
             param->kind == DY_ARG_REAL || param->kind == DY_ARG_COUNT
                 ? dy_format_real(value, sizeof value, arg->real)
                 : "");
    snprintf(f->fix, sizeof f->fix, "%s", reason(p, param->name));
}

static void check_part(dy_linting *lint, const dy_spec *root, dy_spec *spec, const char *above);

/* Puts a part of the copy's own, which may be changed, in the place of part k. NULL: memory is short. */
static dy_spec *own_part(const probe *p, dy_arg *arg, int64_t k)
{
    dy_error err;
    dy_arena *arena = &p->lint->arena;
    dy_spec *part = dy_arena_copy(arena, arg->specs[k], 1, sizeof *part, &err);
    const dy_spec **parts =
        part ? dy_arena_copy(arena, arg->specs, arg->n, sizeof(const dy_spec *), &err) : NULL;
    if (!parts) return NULL;
    parts[k] = part;
    arg->specs = parts;
    return part;
}

static void check_parts(const probe *p)
{
    char below[96];
    snprintf(below, sizeof below, "%.90s: ", p->where);
    for (int i = 0; p->spec->recipe->params[i].name; i++) {
        dy_arg_kind kind = p->spec->recipe->params[i].kind;
        dy_arg *arg = &p->spec->args[i];
        if (!arg->given || (kind != DY_ARG_SCHEDULE && kind != DY_ARG_SCHEDULES)) continue;
        for (int64_t k = 0; k < arg->n; k++) {
            dy_spec *part = own_part(p, arg, k);
            if (part) check_part(p->lint, p->root, part, below);
        }
    }
}

static void check_part(dy_linting *lint, const dy_spec *root, dy_spec *spec, const char *above)
{
    char where[96];
    snprintf(where, sizeof where, "%s%s", above, spec->recipe->name);
    probe p = { lint, root, spec, where, true };
    for (int i = 0; spec->recipe->params[i].name; i++) {
        const dy_param *param = &spec->recipe->params[i];
        if (!spec->args[i].given) continue;
        if (dy_lint_is_places(param)) check_places(&p, i);
        if (param->kind == DY_ARG_KEYS) check_keys(&p, i);
        if (is_length(param)) check_length(&p, i);
    }
    for (int i = 0; p.reached && spec->recipe->params[i].name; i++)
        if (spec->args[i].given && !is_length(&spec->recipe->params[i])) check_option(&p, i);
    if (p.reached) check_parts(&p);
}

void dy_lint_idle(dy_linting *lint)
{
    dy_error err;
    const dy_spec *spec = lint->job->spec;
    if (lint->span.steps < STEPS_LEAST || dy_lint_calls(spec)) return;
    dy_spec *root = dy_arena_copy(&lint->arena, spec, 1, sizeof *root, &err);
    if (root) check_part(lint, root, root, "");
}
