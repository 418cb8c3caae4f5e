/* plot.h - the runs of a board as a picture in a file.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"

/* All zero: every run, with lr, momentum and loss. */
typedef struct dy_plot {
    int32_t most;        /* only so many, the first; 0: all */
    const int32_t *runs; /* [n_runs] only these of the board; NULL: all */
    int32_t n_runs;
    bool schedules_only; /* without the loss */
    bool effective;      /* with the rate that acts, lr / (1 - momentum) */
} dy_plot;

/* Fails as dy_paint_file does. */
bool dy_plot_board(const dy_board *board, const dy_plot *plot, const char *path, dy_error *err);
