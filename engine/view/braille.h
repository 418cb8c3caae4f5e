/* braille.h - curves in characters: a grid of dots, two wide and four high in each cell of a terminal.
 *
 * Where the terminal has no UTF-8, a cell is one of ' . : - instead.
 * Not a picture with axes; whoever prints the cells puts those around them.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "record/tape.h"
#include "view/scene.h"

enum { DY_BRAILLE_W = 2, DY_BRAILLE_H = 4 }; /* dots in a cell */

typedef struct dy_braille {
    int columns, rows; /* cells */
    unsigned char
        *dots; /* [rows x columns] bit i: dot i + 1 of the Braille patterns of Unicode */
    unsigned char *ink; /* [rows x columns] whose dots were set there last */
} dy_braille;

/* An empty grid in `arena`. columns, rows >= 1. Fails when memory is short. */
bool dy_braille_make(dy_braille *grid, dy_arena *arena, int columns, int rows, dy_error *err);

/* Dots are counted from the top left; one outside the grid is passed over. */
void dy_braille_dot(dy_braille *grid, int x, int y, int ink);
void dy_braille_line(dy_braille *grid, int x0, int y0, int x1, int y1, int ink);

/* A channel of a tape over the grid's whole width, its first `steps` places from edge to edge. The pixels of `y` are dots.
 * What is not finite leaves a gap. O(dots log len) */
void dy_braille_curve(dy_braille *grid, const dy_tape *tape, dy_channel channel, int64_t steps,
                      const dy_scale *y, int ink);

/* The cell as a character. Fills `to` and returns it. */
char *dy_braille_cell(const dy_braille *grid, int column, int row, bool utf8, char to[4]);
