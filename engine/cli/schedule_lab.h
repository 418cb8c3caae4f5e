/* schedule_lab.h - `derny schedule` from the fork to the recorded values: expressions in, a tape of each out.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/bounds.h"
#include "lua/expression.h"

typedef struct dy_schedule_job {
    const char *const *text; /* [n] the expressions */
    int n;
    dy_span span;
    dy_metric metric;
    double momentum; /* the optimizer's own, where a schedule leaves it alone; NaN: not known */
    bool effective;  /* the rate that acts is wanted, too */
    bool quiet;      /* no notes, and no lint */
    dy_bounds bounds;
} dy_schedule_job;

/* What an expression came to. */
typedef struct dy_course {
    const char *text;
    dy_run_view run;
    /* lr / (1 - momentum) as the lr of a tape of its own; NULL: not wanted */
    const dy_tape *effective;
    bool done;         /* its tape has all steps; else a message said why not */
    const char *about; /* lines of a word, a tab and text: see dy_spec_describe */
} dy_course;

typedef struct dy_courses {
    dy_board *board;
    dy_course *
        course; /* [n] in the order of the expressions, which are the first runs of the board */
    int n;
    bool brief; /* shown without formula and source */
    dy_arena arena;
    int code; /* the command's exit code so far */
} dy_courses;

/* Evaluates all of them in a lab. What goes wrong there is printed, and shows in `code`; notes and what the expressions print
 * go to stderr. Fails when there can be no lab. */
bool dy_courses_open(dy_courses *courses, const dy_schedule_job *job, dy_error *err);

/* Fills in `effective` of every course, in the arena. Fails when memory is short. */
bool dy_courses_effective(dy_courses *courses, dy_error *err);

void dy_courses_close(dy_courses *courses);
