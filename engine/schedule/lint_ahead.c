/* lint_ahead.c - what would come after the run: an end value that it does not reach, a top that comes too late.
 *
 * The schedule is resolved for longer runs too. Where such a plan begins with the same values its times are not parts of
 * the run, and what follows is what the run cuts off.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/lint_rules.h"

#include <math.h>
#include <string.h>

enum { LONGER = 4, LOOKED_AT = 512, STEPS_MOST = 1 << 24 };

static const double END_SHARE = 0.05;  /* of the top: how far from its end value lr may end */
static const double PEAK_SHARE = 0.02; /* of the top: how much higher it may become */

/* What a longer run would do after this one. */
typedef struct ahead {
    int64_t steps;
    double end;    /* the value that it comes to, and stays at; NaN: it stays at none */
    double end_at; /* the step from which it does */
    double peak;   /* the greatest value after the run, if it falls again or stays there */
    double peak_at;
} ahead;

/* The values of a plan between the end of the run and its own, evenly spaced. */
static void look(const dy_linting *lint, const dy_plan *plan, ahead *a)
{
    double values[LOOKED_AT], from = (double)lint->span.steps;
    double last = (double)a->steps - 1;
    int settled = LOOKED_AT - 1, top = 0;
    for (int i = 0; i < LOOKED_AT; i++) {
        values[i] = dy_curve_at(&plan->lr, from + (last - from) * i / (LOOKED_AT - 1));
        if (values[i] > values[top]) top = i;
    }
    while (settled > 0 && values[settled - 1] == values[LOOKED_AT - 1]) settled--;
    a->end = settled < LOOKED_AT * 7 / 8 ? values[LOOKED_AT - 1] : (double)NAN;
    a->end_at = ceil(from + (last - from) * settled / (LOOKED_AT - 1));
    a->peak = top < LOOKED_AT * 7 / 8 ? values[top] : (double)NAN;
    a->peak_at = from + (last - from) * top / (LOOKED_AT - 1);
}

static bool look_ahead(dy_linting *lint, const dy_spec *spec, int64_t steps, ahead *a)
{
    dy_plan plan;
    a->steps = steps;
    if (steps > STEPS_MOST || !dy_lint_resolve(lint, spec, steps, &plan) ||
        !dy_lint_same(lint, lint->job->plan, &plan))
        return false;
    look(lint, &plan, a);
    return true;
}

static double last_lr(const dy_linting *lint)
{
    return lint->values.lr[lint->values.n - 1];
}

/* Whether the run ends well above what the schedule ends at. */
static bool misses_end(const dy_linting *lint, double end)
{
    return last_lr(lint) - end > END_SHARE * dy_lint_peak(lint);
}

static void say_end(dy_linting *lint, double end, double at, const char *fix)
{
    char steps[32], when[32];
    dy_format_count(steps, sizeof steps, lint->span.steps);
    dy_format_count(when, sizeof when, (int64_t)at);
    dy_finding *f =
        dy_lint_found(lint, DY_RULE_END, lint->span.steps - 1, lint->job->spec->recipe->name);
    snprintf(f->what, sizeof f->what,
             "the run ends after %s updates at lr %.4g, and the schedule at step %s at %.4g",
             steps, last_lr(lint), when, end);
    snprintf(f->fix, sizeof f->fix, "%s", fix);
}

/* The longest length that an argument names: it may be what this run should have been. */
static const dy_param *longest(const dy_linting *lint, double *length)
{
    const dy_spec *spec = lint->job->spec;
    const dy_param *found = NULL;
    *length = 0;
    for (int i = 0; spec->recipe->params[i].name; i++) {
        const dy_param *param = &spec->recipe->params[i];
        const dy_arg *arg = &spec->args[i];
        if (!arg->given || param->kind == DY_ARG_FUNCTION) continue;
        double own = param->kind == DY_ARG_TIME    ? dy_time_length(arg->time, lint->span)
                     : param->kind == DY_ARG_COUNT ? arg->real
                     : param->kind == DY_ARG_REAL  ? arg->real
                                                   : 0;
        if (own <= *length || own <= (double)lint->span.steps || own != floor(own)) continue;
        *length = own;
        found = param;
    }
    return found;
}

/* The run is shorter than the length that the schedule was given. */
static bool check_length(dy_linting *lint, const dy_spec *spec)
{
    double length, end;
    dy_plan plan;
    char fix[120];
    const dy_param *param = longest(lint, &length);
    if (!param || length > STEPS_MOST || !dy_lint_resolve(lint, spec, (int64_t)length, &plan) ||
        !dy_lint_same(lint, lint->job->plan, &plan))
        return false;
    end = fmin(dy_curve_at(&plan.lr, length - 1), dy_curve_at(&plan.lr, length));
    if (!misses_end(lint, end)) return false;
    snprintf(fix, sizeof fix, "%s is %.0f: want %lld, or as long a run", param->name, length,
             (long long)lint->span.steps);
    say_end(lint, end, length, fix);
    return true;
}

static void check_end(dy_linting *lint, const ahead *a)
{
    if (isnan(a->end) || !misses_end(lint, a->end)) return;
    say_end(lint, a->end, a->end_at,
            "fit the schedule's length to the run's, or run for longer");
}

static void check_peak(dy_linting *lint, const ahead *a)
{
    if (isnan(a->peak) || a->peak <= (1 + PEAK_SHARE) * dy_lint_peak(lint)) return;
    char at[32];
    dy_format_count(at, sizeof at, (int64_t)a->peak_at);
    dy_finding *f = dy_lint_found(lint, DY_RULE_PEAK, -1, lint->job->spec->recipe->name);
    snprintf(f->what, sizeof f->what,
             "the top (%.4g) comes about step %s, after the run's end: its highest lr is %.4g",
             a->peak, at, dy_lint_peak(lint));
    snprintf(f->fix, sizeof f->fix, "shorten what comes before the top, or run for longer");
}

/* The top by the name of the argument that asks for it. */
static void check_named_peak(dy_linting *lint)
{
    static const char *const NAMES[] = { "max_lr",  "lr_max",    "peak_value",
                                         "peak_lr", "max_value", "warmup_target" };
    const dy_spec *spec = lint->job->spec;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const dy_param *param;
        dy_arg arg = dy_lint_arg(spec, NAMES[i], &param);
        if (!param || param->kind != DY_ARG_REAL || !(arg.real > 0)) continue;
        if (dy_lint_peak(lint) >= (1 - PEAK_SHARE) * arg.real) continue;
        dy_finding *f = dy_lint_found(lint, DY_RULE_PEAK, dy_lint_step(lint, lint->values.peak),
                                      spec->recipe->name);
        snprintf(f->what, sizeof f->what, "no update uses %s (%.4g): the highest lr is %.4g",
                 NAMES[i], arg.real, dy_lint_peak(lint));
        snprintf(f->fix, sizeof f->fix,
                 "let the rise end on an update of the run: shorten it, or run for longer");
        return;
    }
}

void dy_lint_ahead(dy_linting *lint)
{
    const dy_spec *own = lint->job->spec;
    ahead a;
    bool known = !dy_lint_calls(own), unreached = dy_lint_has(lint, DY_RULE_UNREACHED);
    bool short_run = known && !unreached && check_length(lint, own);
    if (known && look_ahead(lint, own, LONGER * lint->span.steps, &a)) {
        if (!short_run && !unreached) check_end(lint, &a);
        if (!short_run) check_peak(lint, &a);
    }
    bool falls = dy_lint_chose(own, "mode", "exp_range"); /* each top is lower by design */
    if (!falls && !short_run && !dy_lint_has(lint, DY_RULE_PEAK)) check_named_peak(lint);
}
