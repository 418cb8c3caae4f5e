/* standing.h - where the training in hand stands: one run, or a race and who leads it.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"

typedef struct dy_standing {
    dy_run_view
        lead; /* the one run; of a race the one with the least loss, of those that have not diverged */
    int32_t race;
    int32_t lanes; /* runs in the race, 1: no race */
    int64_t done;  /* updates of the longest of its runs */
    int64_t steps; /* planned */
    double loss;   /* of the lead: the mean of its last updates; NaN: none yet */
} dy_standing;

/* Of the newest race that has a run going. false: nothing is. */
bool dy_standing_read(dy_standing *standing, const dy_board *board);

/* The mean of the last 64 losses that are finite; NaN: none. */
double dy_recent_loss(const dy_tape *tape);
