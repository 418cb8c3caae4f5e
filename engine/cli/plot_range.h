/* plot_range.h - the range tests of a board as a picture in a file.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"

/* Whether range tests, and what they tried out, are all there is on the board. */
bool dy_plot_range_wanted(const dy_board *board);

/* One test with all its suggestions, or several beside each other. Fails as dy_paint_file does. */
bool dy_plot_range(const dy_board *board, const char *path, dy_error *err);
