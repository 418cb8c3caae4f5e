/* plan_show.h - the runs that a script planned, race by race, as drawings on the terminal.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/schedule_show.h"

/* What is known of a run's schedule in words: [runs of the board], NULL where nothing is. */
typedef const char *const *dy_captions;

/* Races whose schedules are the same (of other seeds, say) are drawn once. Runs that only try something are left out. Fails when
 * memory is short. */
bool dy_plan_show(FILE *out, const dy_board *board, dy_captions about, bool effective,
                  dy_error *err);

enum { DY_PLAN_RUNS = 24 * 64 };

/* The runs that dy_plan_show draws, in their order; returns how many. */
int32_t dy_plan_runs(const dy_board *board, int32_t runs[DY_PLAN_RUNS]);
