/* run.h - a script run under the desk's eyes: what `derny run`, `derny find` and `derny plan` share.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/run_options.h"
#include "lab/desk.h"

/* What a command does in its own way. */
typedef struct dy_run_own {
    void *self;
    /* true: the message has been dealt with */
    bool (*message)(void *self, const dy_message *message);
    /* The script is over: in place of the table and the files. */
    bool (*over)(void *self, const dy_run_options *options, const dy_board *board,
                 dy_error *err);
} dy_run_own;

/* Runs the script and shows and writes what the options ask for. own: NULL for `derny run`. Returns the exit code. */
int dy_run_desk(dy_run_options *options, const dy_run_own *own);
