/* recording.h - a session as a script: what a person did to the runs of one, and that script itself.
 *
 * `derny run` on it gives the same tapes, bit for bit. Not for people only: it reads back through derny.replay.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/run_options.h"
#include "record/board.h"

/* Writes it whole or not at all, from the edits that are on the board now. options->text is the script. Fails when the
 * file cannot be written, or there is no text. */
bool dy_recording_write(const char *path, const dy_run_options *options, const dy_board *board,
                        dy_error *err);
