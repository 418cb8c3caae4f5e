/* plot.h - the runs of a board as a picture in a file.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"

/* The first `most` runs (0: all), drawn `height_px` high (0: as a view is by default). Fails as dy_paint_file does. */
bool dy_plot_board(const dy_board *board, int32_t most, double height_px, const char *path,
                   dy_error *err);
