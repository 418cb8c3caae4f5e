/* lint_rules.h - the parts of lint.h: what they share, and one function for each way of looking. For this folder only.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/lint.h"

/* The run's values, every `stride`-th of them; the last is the last update's. */
typedef struct dy_course_values {
    const double *lr, *momentum; /* [n]; momentum NULL: not moved */
    int64_t n, stride;
    int64_t peak; /* index of the greatest lr, the first of them */
} dy_course_values;

typedef struct dy_linting {
    const dy_lint_job *job;
    dy_findings *found;
    dy_span span;
    dy_course_values values; /* n = 0: there are none */
    dy_arena arena;
    int64_t left; /* steps that may still be resolved again */
} dy_linting;

/* The next finding, to be filled in; where there is no room, one that is forgotten. */
dy_finding *dy_lint_found(dy_linting *lint, dy_rule rule, int64_t step, const char *where);

bool dy_lint_has(const dy_linting *lint, dy_rule rule);

int64_t dy_lint_step(const dy_linting *lint, int64_t index); /* of a value */
double dy_lint_peak(const dy_linting *lint);

/* The argument of that name with its preset filled in; *param NULL: the recipe has none. */
dy_arg dy_lint_arg(const dy_spec *spec, const char *name, const dy_param **param);

/* Whether it has a choice of that name, and that is chosen: "mode", "exp_range". */
bool dy_lint_chose(const dy_spec *spec, const char *name, const char *choice);

/* A list of places in the run: boundaries, milestones; not a list of rates. */
bool dy_lint_is_places(const dy_param *param);

/* Resolves a schedule for a run of `steps`. false: it cannot be, or too much has been resolved already. */
bool dy_lint_resolve(dy_linting *lint, const dy_spec *spec, int64_t steps, dy_plan *plan);

/* Whether lr and momentum of two plans are the same at the run's updates. */
bool dy_lint_same(const dy_linting *lint, const dy_plan *a, const dy_plan *b);

/* A function of a script is somewhere in it. */
bool dy_lint_calls(const dy_spec *spec);

void dy_lint_lists(dy_linting *lint);    /* order of boundaries */
void dy_lint_idle(dy_linting *lint);     /* arguments that change nothing */
void dy_lint_ahead(dy_linting *lint);    /* what would come after the run */
void dy_lint_values(dy_linting *lint);   /* lr at the run's updates */
void dy_lint_seams(dy_linting *lint);    /* jumps */
void dy_lint_decays(dy_linting *lint);   /* what falls too fast */
void dy_lint_momentum(dy_linting *lint); /* momentum that stands still */
