/* export.h - the runs of a board as files for other programs: CSV and JSON.
 *
 * Both give the same bytes for the same board, and appear whole or not at all (see outfile.h); the path "-" is standard
 * output. The one user of jansson. Not the record that is read back: see the tapes.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"

/* One row an update: run,step,epoch,lr,momentum,loss. The run is its name, in quotes where RFC 4180 asks for them; epochs
 * count from 0; lr and momentum have 17 digits and loss 9, which read back as the same bits; a loss that is not finite
 * reads nan, inf or -inf. Fails when the file cannot be written. */
bool dy_export_csv(const dy_board *board, const char *path, dy_error *err);

/* {"runs": [...]}: of each run what its card and outcome say, its marks, and the series lr, momentum and loss as arrays.
 * What is not finite is null; the seed is a string, as it may have more digits than a JSON reader keeps. Fails when the
 * file cannot be written or memory is short. */
bool dy_export_json(const dy_board *board, const char *path, dy_error *err);

/* A schedule drawn out: its tape holds lr and momentum of every step, momentum NaN where it does not move it. */
typedef struct dy_drawn {
    const char *text; /* the expression */
    const dy_tape *tape;
} dy_drawn;

/* step,lr,momentum with 17 digits; no momentum where no tape has one, and the expression in a first column `schedule`
 * where there are several. effective: lr / (1 - momentum) in a last column, of momentum 0 where there is none. Fails when the
 * file cannot be written or memory is short. */
bool dy_export_drawn_csv(const dy_drawn *drawn, int n, bool effective, const char *path,
                         dy_error *err);

/* {"schedules": [{"expression", "steps", "lr": [...], "momentum": [...] or null}]}; "effective", too, where it is asked for.
 * Fails as above. */
bool dy_export_drawn_json(const dy_drawn *drawn, int n, bool effective, const char *path,
                          dy_error *err);
