/* lint.c - see lint.h: the order of the rules, and what they share.   SPDX-License-Identifier: MIT */
#include "schedule/lint_rules.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

enum {
    VALUES_MOST = 1 << 18,  /* looked at; of a longer run every second, third, ... */
    PROBES_MOST = 1 << 14,  /* compared of two plans */
    RESOLVED_MOST = 1 << 22 /* steps that a schedule which is stepped may be stepped again */
};

const char *const DY_RULE_NAMES[] = {
    [DY_RULE_UNREACHED] = "unreached",
    [DY_RULE_UNSORTED] = "unsorted",
    [DY_RULE_MERGED] = "merged",
    [DY_RULE_IDLE] = "idle",
    [DY_RULE_END] = "end",
    [DY_RULE_REBOUND] = "rebound",
    [DY_RULE_PEAK] = "peak",
    [DY_RULE_ZERO] = "zero",
    [DY_RULE_JUMP] = "jump",
    [DY_RULE_DEAD] = "dead",
    [DY_RULE_UNIT] = "unit",
    [DY_RULE_MOMENTUM] = "momentum",
    [DY_RULE_DIVERGES] = "diverges",
    [DY_RULES] = NULL,
};

dy_finding *dy_lint_found(dy_linting *lint, dy_rule rule, int64_t step, const char *where)
{
    static _Thread_local dy_finding forgotten;
    dy_findings *found = lint->found;
    dy_finding *next = found->n < DY_FINDINGS_MAX ? &found->at[found->n++] : &forgotten;
    *next = (dy_finding){ .rule = rule, .step = step };
    snprintf(next->where, sizeof next->where, "%s", where);
    return next;
}

bool dy_lint_has(const dy_linting *lint, dy_rule rule)
{
    for (int i = 0; i < lint->found->n; i++)
        if (lint->found->at[i].rule == rule) return true;
    return false;
}

int64_t dy_lint_step(const dy_linting *lint, int64_t index)
{
    int64_t step = index * lint->values.stride;
    return step < lint->span.steps ? step : lint->span.steps - 1;
}

double dy_lint_peak(const dy_linting *lint)
{
    return lint->values.lr[lint->values.peak];
}

dy_arg dy_lint_arg(const dy_spec *spec, const char *name, const dy_param **param)
{
    *param = NULL;
    for (int i = 0; spec->recipe && spec->recipe->params[i].name; i++) {
        const dy_param *p = &spec->recipe->params[i];
        if (strcmp(p->name, name) != 0) continue;
        *param = p;
        if (spec->args[i].given) return spec->args[i];
        return (dy_arg){ .real = p->preset, .time = { p->preset, p->preset_unit } };
    }
    return (dy_arg){ 0 };
}

bool dy_lint_chose(const dy_spec *spec, const char *name, const char *choice)
{
    const dy_param *param;
    dy_arg arg = dy_lint_arg(spec, name, &param);
    return param && param->kind == DY_ARG_CHOICE &&
           strcmp(param->choices[(int)arg.real], choice) == 0;
}

typedef bool test_fn(const dy_spec *spec);

/* Whether the test is true of the schedule or of one that it is made of. */
static bool any_part(const dy_spec *spec, test_fn *test)
{
    if (test(spec)) return true;
    for (int i = 0; spec->recipe && spec->recipe->params[i].name; i++) {
        const dy_arg *arg = &spec->args[i];
        dy_arg_kind kind = spec->recipe->params[i].kind;
        if (!arg->given || (kind != DY_ARG_SCHEDULE && kind != DY_ARG_SCHEDULES)) continue;
        for (int64_t k = 0; k < arg->n; k++)
            if (any_part(arg->specs[k], test)) return true;
    }
    return false;
}

static bool calls_itself(const dy_spec *spec)
{
    for (int i = 0; spec->recipe && spec->recipe->params[i].name; i++)
        if (spec->args[i].given && spec->args[i].call) return true;
    return !spec->recipe;
}

bool dy_lint_calls(const dy_spec *spec)
{
    return any_part(spec, calls_itself);
}

/* A library's schedules may be stepped over the run to be resolved. */
static bool is_librarys(const dy_spec *spec)
{
    return spec->recipe && strchr(spec->recipe->name, '.');
}

bool dy_lint_resolve(dy_linting *lint, const dy_spec *spec, int64_t steps, dy_plan *plan)
{
    dy_error err;
    if (dy_lint_calls(spec)) return false; /* a function's script may not expect more calls */
    lint->left -= any_part(spec, is_librarys) ? steps : 1;
    if (lint->left < 0) return false;
    return dy_spec_resolve(spec, (dy_span){ steps, lint->span.epoch_steps }, plan, &lint->arena,
                           &err);
}

static bool same_at(const dy_plan *a, const dy_plan *b, double step)
{
    bool moves = a->momentum.n_nodes > 0;
    return dy_curve_at(&a->lr, step) == dy_curve_at(&b->lr, step) &&
           (!moves || dy_curve_at(&a->momentum, step) == dy_curve_at(&b->momentum, step));
}

static bool same_rule(const dy_feedback_rule *x, const dy_feedback_rule *y)
{
    return x->kind == y->kind && x->from == y->from && x->until == y->until &&
           x->factor == y->factor && x->patience == y->patience &&
           x->threshold == y->threshold && x->absolute == y->absolute &&
           x->rising == y->rising && x->cooldown == y->cooldown && x->least_lr == y->least_lr &&
           x->eps == y->eps && x->most_lr == y->most_lr && x->warmup == y->warmup &&
           x->window == y->window && x->reset_after == y->reset_after && !x->jitter &&
           !y->jitter;
}

static bool same_feedback(const dy_plan *a, const dy_plan *b)
{
    bool same = a->n_feedbacks == b->n_feedbacks;
    for (int32_t i = 0; same && i < a->n_feedbacks; i++)
        same = same_rule(&a->feedback[i], &b->feedback[i]);
    return same;
}

bool dy_lint_same(const dy_linting *lint, const dy_plan *a, const dy_plan *b)
{
    int64_t steps = lint->span.steps;
    int64_t stride = 1 + (steps - 1) / PROBES_MOST;
    if ((a->momentum.n_nodes > 0) != (b->momentum.n_nodes > 0) || !same_feedback(a, b))
        return false;
    for (int64_t step = 0; step < steps; step += stride) /* backwards: most differ at the end */
        if (!same_at(a, b, (double)(steps - 1 - step))) return false;
    return same_at(a, b, 0);
}

/* The curves' values, or those recorded. */
static bool read_values(dy_linting *lint)
{
    dy_error err;
    const dy_lint_job *job = lint->job;
    dy_course_values *v = &lint->values;
    bool moves = job->plan->call ? job->momentum != NULL : job->plan->momentum.n_nodes > 0;
    v->stride = 1 + (lint->span.steps - 1) / VALUES_MOST;
    int64_t n = 1 + (lint->span.steps - 1 + v->stride - 1) / v->stride;
    double *lr = dy_arena_take(&lint->arena, n, sizeof *lr, &err);
    double *momentum = lr ? dy_arena_take(&lint->arena, n, sizeof *momentum, &err) : NULL;
    if (!momentum || (job->plan->call && !job->lr)) return false;
    for (int64_t i = 0; i < n; i++) {
        int64_t step = dy_lint_step(lint, i);
        lr[i] = job->plan->call ? job->lr[step] : dy_curve_at(&job->plan->lr, (double)step);
        if (lr[i] > lr[v->peak]) v->peak = i;
        if (moves)
            momentum[i] = job->plan->call ? job->momentum[step]
                                          : dy_curve_at(&job->plan->momentum, (double)step);
        moves = moves && !isnan(momentum[i]);
    }
    v->lr = lr;
    v->momentum = moves ? momentum : NULL;
    v->n = n;
    return true;
}

void dy_lint(dy_findings *found, const dy_lint_job *job)
{
    dy_linting lint = { .job = job,
                        .found = found,
                        .span = job->plan->span,
                        .arena = dy_arena_make(0),
                        .left = RESOLVED_MOST };
    found->n = 0;
    bool known = read_values(&lint);
    if (job->spec->recipe) {
        dy_lint_lists(&lint);
        dy_lint_idle(&lint);
        if (known) dy_lint_ahead(&lint);
        if (known) dy_lint_decays(&lint);
        if (known) dy_lint_momentum(&lint);
    }
    if (known) dy_lint_values(&lint);
    if (known) dy_lint_seams(&lint);
    dy_arena_close(&lint.arena);
}

char *dy_finding_text(char *to, size_t size, const dy_finding *finding)
{
    snprintf(to, size, "%s: %s; %s", finding->where, finding->what, finding->fix);
    return to;
}
