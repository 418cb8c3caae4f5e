/* lint_momentum.c - a cycle that promises to move momentum, and does not.   SPDX-License-Identifier: MIT */
#include "schedule/lint_rules.h"

#include <math.h>
#include <string.h>

static bool stands_still(const dy_course_values *v)
{
    if (!v->momentum) return true;
    for (int64_t i = 1; i < v->n; i++)
        if (v->momentum[i] != v->momentum[0]) return false;
    return true;
}

/* One-cycle schedules that say nothing of momentum, though the policy moves it. */
static bool is_silent_cycle(const dy_spec *spec)
{
    const char *name = spec->recipe->name;
    return strstr(name, "one_cycle") || strstr(name, "onecycle") || strstr(name, "OneCycle");
}

void dy_lint_momentum(dy_linting *lint)
{
    const dy_param *param;
    const dy_spec *spec = lint->job->spec;
    dy_arg promised = dy_lint_arg(spec, "cycle_momentum", &param);
    if (lint->span.steps < 4 || !stands_still(&lint->values)) return;
    if (param && promised.real != 0) {
        dy_finding *f = dy_lint_found(lint, DY_RULE_MOMENTUM, -1, spec->recipe->name);
        snprintf(f->what, sizeof f->what, "cycle_momentum is on, and momentum stays at %.4g",
                 lint->values.momentum ? lint->values.momentum[0] : 0.0);
        snprintf(f->fix, sizeof f->fix,
                 "want base_momentum below max_momentum, or cycle_momentum = false");
    } else if (!param && is_silent_cycle(spec)) {
        dy_finding *f = dy_lint_found(lint, DY_RULE_MOMENTUM, -1, spec->recipe->name);
        f->note = true;
        snprintf(f->what, sizeof f->what,
                 "it leaves momentum alone, which the 1cycle policy moves against lr");
        snprintf(f->fix, sizeof f->fix, "derny.one_cycle moves both");
    }
}
