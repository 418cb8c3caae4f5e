/* found.h - a whole learning-rate range test: the ramps, what they suggest, and if asked for, which suggestion is best.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/finder.h"
#include "lab/trial.h"

#include <stdio.h>

typedef struct dy_found_spec {
    dy_finder_spec finder;
    bool try; /* each suggestion, in a short run of one cycle */
    int64_t
        try_steps; /* its updates; 0: try_epochs; both 0: some 300 updates, in whole epochs */
    double try_epochs;
} dy_found_spec;

/* The trial of the suggestions that there are. */
typedef struct dy_found_trial {
    int n;                           /* riders; 0: none was made */
    dy_pick pick[DY_PICKS];          /* [n] */
    dy_standings_row rows[DY_PICKS]; /* [n] */
    dy_measure by;
    int best;      /* of the n; -1: none finished */
    int64_t steps; /* of each run */
} dy_found_trial;

/* Plain data but for what lies in the arena. */
typedef struct dy_found {
    dy_arena arena;
    dy_range_test test;
    int seeds;
    int32_t races;                     /* numbers used on the board, from the finder's on */
    dy_run_view runs[DY_FINDER_SEEDS]; /* [seeds] */
    dy_suggestions says;
    dy_found_trial trial;
    bool stopped; /* by the desk, before its time */
} dy_found;

/* Fails as dy_finder_run and dy_trial_run do. What is found is closed by dy_found_close. */
bool dy_found_open(dy_found *found, dy_lab *lab, const dy_found_spec *spec, dy_error *err);
void dy_found_close(dy_found *found);

/* The trial that goes with a test, but for its riders. */
dy_trial_spec dy_found_trial_spec(const dy_found_spec *spec, const dy_found *found);

/* As a table for people: a line a suggestion, its spread, how it did in the trial; and where the loss got out of hand. */
void dy_found_print(const dy_found *found, FILE *out);

enum { DY_FOUND_TEXT = 2048 };

/* The same as text. Fills `to` and returns it. */
char *dy_found_text(const dy_found *found, char *to, size_t size);

/* "test accuracy", ...; and a value of it as text, with its deviation. */
const char *dy_measure_name(dy_measure by);
char *dy_measure_format(char *to, size_t size, dy_measure by, const dy_standings_row *row);
