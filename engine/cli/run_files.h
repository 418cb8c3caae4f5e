/* run_files.h - what `derny run` leaves behind: its table, and the files that were asked for.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/run_options.h"
#include "lab/weights_sent.h"

/* On stdout; times only where that is a terminal, so that for one seed it is the same each time elsewhere. */
void dy_run_print_table(const dy_board *board);

/* Everything that was asked for is tried, whatever became of the rest. false: one of them could not be written, and stderr says why. `weights` may be
 * NULL where none are asked for. */
bool dy_run_write_files(const dy_run_options *options, const dy_board *board,
                        const dy_weights_inbox *weights);
