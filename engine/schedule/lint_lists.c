/* lint_lists.c - boundaries and milestones: out of order, or two that are one.   SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/lint_rules.h"

#include <math.h>
#include <string.h>

bool dy_lint_is_places(const dy_param *param)
{
    static const char *const NAMES[] = { "boundaries", "milestones" };
    if (param->kind == DY_ARG_TIMES) return true;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (param->kind == DY_ARG_REALS && strcmp(param->name, NAMES[i]) == 0) return true;
    return false;
}

static double place(const dy_linting *lint, const dy_param *param, const dy_arg *arg, int64_t i)
{
    return param->kind == DY_ARG_TIMES ? dy_time_length(arg->times[i], lint->span)
                                       : arg->reals[i];
}

static void check_pair(dy_linting *lint, const char *where, const dy_param *param,
                       double before, double here, int64_t i)
{
    char a[32], b[32];
    dy_format_real(a, sizeof a, before);
    dy_format_real(b, sizeof b, here);
    if (here < before) {
        dy_finding *f = dy_lint_found(lint, DY_RULE_UNSORTED, -1, where);
        snprintf(f->what, sizeof f->what, "%s[%lld] is step %s, before %s[%lld] (step %s)",
                 param->name, (long long)i + 1, b, param->name, (long long)i, a);
        snprintf(f->fix, sizeof f->fix, "put %s in order, if this was not meant", param->name);
    } else if (ceil(here) <= ceil(before)) {
        int64_t step = fabs(here) < 9e15 ? (int64_t)ceil(here) : -1;
        dy_finding *f = dy_lint_found(lint, DY_RULE_MERGED, step, where);
        snprintf(f->what, sizeof f->what, "%s[%lld] and [%lld] both take hold at step %.0f",
                 param->name, (long long)i, (long long)i + 1, ceil(here));
        snprintf(f->fix, sizeof f->fix,
                 "no update is between them: leave one out, or move it by at least a step");
    }
}

static void check_list(dy_linting *lint, const char *where, const dy_param *param,
                       const dy_arg *arg)
{
    for (int64_t i = 1; i < arg->n; i++)
        check_pair(lint, where, param, place(lint, param, arg, i - 1),
                   place(lint, param, arg, i), i);
}

static void walk(dy_linting *lint, const dy_spec *spec, const char *above)
{
    char where[96];
    if (!spec->recipe) return;
    snprintf(where, sizeof where, "%s%s", above, spec->recipe->name);
    for (int i = 0; spec->recipe->params[i].name; i++) {
        const dy_param *param = &spec->recipe->params[i];
        const dy_arg *arg = &spec->args[i];
        if (!arg->given) continue;
        if (dy_lint_is_places(param)) check_list(lint, where, param, arg);
        if (param->kind != DY_ARG_SCHEDULE && param->kind != DY_ARG_SCHEDULES) continue;
        char below[96];
        snprintf(below, sizeof below, "%.90s: ", where);
        for (int64_t k = 0; k < arg->n; k++) walk(lint, arg->specs[k], below);
    }
}

void dy_lint_lists(dy_linting *lint)
{
    walk(lint, lint->job->spec, "");
}
