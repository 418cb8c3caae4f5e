/* lint.h - what in a schedule is probably not meant, found before the first update.
 *
 * Two ways of looking. At the values of the run's updates: a jump, updates at lr 0, a top that no update uses. And at what
 * becomes of the plan where one argument is another one: an option that changes nothing is without effect, a boundary
 * that may be moved is never reached. The second way needs no rule for each recipe.
 * Pure, but that schedules are resolved again. A sensible schedule gives no warning; what is worth knowing though often meant
 * is a note.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/recipe.h"

typedef enum dy_rule {
    DY_RULE_UNREACHED, /* a boundary, a milestone, a keyframe, a length beyond the run */
    DY_RULE_UNSORTED,  /* boundaries out of order */
    DY_RULE_MERGED,    /* boundaries that fall together */
    DY_RULE_IDLE,      /* an option without effect */
    DY_RULE_END,       /* the run ends before the schedule's end value */
    DY_RULE_REBOUND,   /* after its end lr rises again */
    DY_RULE_PEAK,      /* no update uses the top */
    DY_RULE_ZERO,      /* updates at lr 0 */
    DY_RULE_JUMP,      /* at a seam, as of a warm-up into a cosine */
    DY_RULE_DEAD,      /* lr is as good as 0 for most of the run; exp_range too */
    DY_RULE_UNIT,      /* a decay meant for an epoch applied to each update */
    DY_RULE_MOMENTUM,  /* it never moves in a cycle that promises it */
    DY_RULE_DIVERGES,  /* lr above what a range test found to diverge */
    DY_RULES,
} dy_rule;

/* "unreached", "unsorted", ... */
extern const char *const DY_RULE_NAMES[];

typedef struct dy_finding {
    dy_rule rule;
    bool note;      /* often meant */
    int64_t step;   /* where in the run; -1: not at one update */
    char where[96]; /* "warm_up: schedule: cosine" */
    char what[240];
    char fix[200]; /* what to do instead */
} dy_finding;

enum { DY_FINDINGS_MAX = 16 };

typedef struct dy_findings {
    int n;
    dy_finding at[DY_FINDINGS_MAX]; /* the first of them, where there are more */
} dy_findings;

typedef struct dy_lint_job {
    const dy_spec *spec;
    const dy_plan *plan; /* of the spec */
    const double *lr,
        *momentum; /* [steps] what was recorded of a function, momentum NaN where it is left alone; NULL: nothing was */
    double
        diverges_at; /* the lr at which a range test of this experiment diverged; 0: not known */
} dy_lint_job;

/* Takes some milliseconds and no more, whatever the run's length. Where memory is short, or a schedule takes long to resolve,
 * it finds less. A schedule's Lua functions are not called. */
void dy_lint(dy_findings *found, const dy_lint_job *job);

/* "piecewise: boundaries[1] is step 31,250, after ...; give it as a part of the run". Fills `to` (cut if short), returns it. */
char *dy_finding_text(char *to, size_t size, const dy_finding *finding);
