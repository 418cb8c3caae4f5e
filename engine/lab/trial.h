/* trial.h - which of several peak rates is best: a short one-cycle run with each, for each of several seeds.
 *
 * The riders of a seed are a race, so they start from the same weights and meet the same batches.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/lab.h"
#include "learn/race.h"

typedef struct dy_trial_rider {
    const char *name;
    double max_lr;
} dy_trial_rider;

typedef struct dy_trial_spec {
    dy_race_spec
        race; /* lanes are not looked at; seed is that of the first race, the others' follow it */
    const dy_trial_rider *riders; /* [n] */
    int n, seeds;
    int64_t steps; /* updates of each run; 0: epochs of them */
    double epochs;
    bool cycle_momentum; /* the schedule moves momentum too */
    int32_t number;      /* of the first race on the board; the others' follow it */
    int64_t memory_limit;
} dy_trial_spec;

/* Runs them all, one seed after another, each aside; a stop that the desk asks for ends them early. Fails as dy_session_open
 * does. */
bool dy_trial_run(dy_lab *lab, const dy_trial_spec *spec, dy_run_view *runs /* [seeds x n] */,
                  dy_error *err);

/* How a rider did, over the seeds that are done: by held-out accuracy, or held-out loss, or the last epoch's loss, whichever
 * is the first that all of them have. */
typedef enum dy_measure { DY_BY_ACCURACY, DY_BY_TEST_LOSS, DY_BY_TRAIN_LOSS } dy_measure;

typedef struct dy_standings_row {
    double mean, std; /* of the sample; NaN: no run of it has a value (all diverged) */
    int done,
        wins; /* runs with a value; seeds in which it was the best (a tie is a win of each) */
} dy_standings_row;

/* Fills rows[n]; *best is the rider with the best mean of those that finished most often, -1: none finished. */
dy_measure dy_trial_judge(const dy_run_view *runs, int seeds, int n, dy_standings_row *rows,
                          int *best);
