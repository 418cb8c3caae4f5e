/* grid.h - rows of words for a terminal, in columns as wide as they have to be.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"

#include <stdio.h>

typedef struct dy_grid {
    dy_arena arena;
    int columns;
    const char **cells; /* [rows x columns], the first row is the heading */
    int64_t rows, room;
} dy_grid;

dy_grid dy_grid_make(int columns);
void dy_grid_close(dy_grid *grid);

/* One more row of empty cells. Fails when memory is short. */
bool dy_grid_row(dy_grid *grid, dy_error *err);

/* A copy of the text into a cell of the last row. */
bool dy_grid_put(dy_grid *grid, int column, const char *text, dy_error *err);

/* Columns without a word in them are left out; numbers stand to the right. */
void dy_grid_print(const dy_grid *grid, FILE *out);
