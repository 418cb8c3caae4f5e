/* terminal.h - what a lab does, on the terminal: its messages, and the line that says how training goes.
 *
 * What the script prints goes to stdout, the rest to stderr.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/keeper.h"
#include "cli/workers.h"
#include "lab/desk.h"
#include "lab/weights_sent.h"
#include "view/progress.h"

typedef struct dy_terminal {
    dy_board *board;
    dy_progress progress;
    bool quiet; /* no progress */
    dy_workers *workers;
    dy_keeper *keeper;
    dy_weights_inbox *weights; /* NULL: none are wanted */
} dy_terminal;

dy_terminal dy_terminal_make(dy_board *board, bool quiet, dy_workers *workers,
                             dy_keeper *keeper);

/* For dy_desk_spec; `self` is a dy_terminal. */
void dy_terminal_message(void *self, const dy_message *message);
void dy_terminal_tick(void *self);
