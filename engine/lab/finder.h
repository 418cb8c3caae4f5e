/* finder.h - the learning-rate range test on the board: a ramp for each of several seeds, in lock-step.
 *
 * The ramps are networks of their own, with first weights and batches of their own, so that nothing of the script's runs is
 * touched. What their tapes say about lr is schedule/suggestions.h's; here is also the trial that tells which suggestion is best.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/lab.h"
#include "learn/race.h"
#include "schedule/range_test.h"
#include "schedule/suggestions.h"

enum { DY_FINDER_SEEDS = 64 };

typedef struct dy_finder_spec {
    dy_race_spec
        race; /* lanes are not looked at; seed is that of the first ramp, the others' follow it */
    dy_range_test test;
    const void *
        state; /* that every ramp begins with, as dy_race_save gave it for a race of this network and optimizer; NULL: as
                          its seed has it */
    int seeds; /* 1 to DY_FINDER_SEEDS */
    const char *name;     /* "range test": their cards have ", seed 3" behind it */
    int32_t number;       /* of their race on the board */
    int64_t memory_limit; /* of a ramp, bytes; 0: none */
} dy_finder_spec;

/* Runs them all, until each has diverged (its status says so) or reached the last rate, or the desk asks for a stop, which
 * leaves DY_STOPPED. Fails as dy_race_open and dy_board_add do; ramps begun by then are DY_FAILED. */
bool dy_finder_run(dy_lab *lab, const dy_finder_spec *spec, dy_run_view *runs /* [seeds] */,
                   dy_error *err);

/* What the ramps on the board came to: from their tapes, so that whoever has the board finds the same. They are the `n`
 * runs given, of one race. Fails when memory is short. */
bool dy_finder_read(const dy_run_view *runs, int n, dy_suggestions *says, dy_arena *arena,
                    dy_error *err);
