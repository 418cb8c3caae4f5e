/* braille.c - see braille.h.   SPDX-License-Identifier: MIT */
#include "view/braille.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The bit of each dot. source: The Unicode Standard, Braille Patterns, U+2800 */
static const unsigned char BITS[DY_BRAILLE_H][DY_BRAILLE_W] = {
    { 0x01, 0x08 },
    { 0x02, 0x10 },
    { 0x04, 0x20 },
    { 0x40, 0x80 },
};

bool dy_braille_make(dy_braille *grid, dy_arena *arena, int columns, int rows, dy_error *err)
{
    DY_ASSERT(columns >= 1 && rows >= 1);
    int64_t cells = (int64_t)columns * rows;
    dy_braille made = { .columns = columns, .rows = rows };
    made.dots = dy_arena_take(arena, cells, sizeof *made.dots, err);
    made.ink = made.dots ? dy_arena_take(arena, cells, sizeof *made.ink, err) : NULL;
    if (!made.ink) return false;
    *grid = made;
    return true;
}

void dy_braille_dot(dy_braille *grid, int x, int y, int ink)
{
    if (x < 0 || x >= DY_BRAILLE_W * grid->columns) return;
    if (y < 0 || y >= DY_BRAILLE_H * grid->rows) return;
    int64_t cell = (int64_t)(y / DY_BRAILLE_H) * grid->columns + x / DY_BRAILLE_W;
    grid->dots[cell] |= BITS[y % DY_BRAILLE_H][x % DY_BRAILLE_W];
    grid->ink[cell] = (unsigned char)ink;
}

void dy_braille_line(dy_braille *grid, int x0, int y0, int x1, int y1, int ink)
{
    int dx = x1 - x0;
    int dy = y1 - y0;
    int n = abs(dx) > abs(dy) ? abs(dx) : abs(dy);
    for (int i = 0; i <= n; i++) {
        double share = n > 0 ? (double)i / n : 0;
        dy_braille_dot(grid, x0 + (int)lround(share * dx), y0 + (int)lround(share * dy), ink);
    }
}

static int dot_of(const dy_scale *y, double value)
{
    return (int)lround(dy_scale_at(y, value));
}

/* Fewer steps than dots: straight from one value to the next. */
static void draw_sparse(dy_braille *grid, const dy_tape *tape, dy_channel channel,
                        int64_t steps, const dy_scale *y, int ink)
{
    int width = DY_BRAILLE_W * grid->columns;
    int64_t len = dy_tape_len(tape);
    int64_t last = steps > 1 ? steps - 1 : 1;
    double before = NAN;
    int x_before = 0;
    for (int64_t i = 0; i < len && i < steps; i++) {
        double value = dy_tape_at(tape, channel, i);
        int x = (int)lround((double)i * (width - 1) / (double)last);
        if (isfinite(value)) {
            int at = dot_of(y, value);
            if (!isfinite(before)) x_before = x;
            dy_braille_line(grid, x_before, isfinite(before) ? dot_of(y, before) : at, x, at,
                            ink);
        }
        before = value;
        x_before = x;
    }
    if (steps == 1 && isfinite(before)) /* a level line, so that there is something to see */
        dy_braille_line(grid, 0, dot_of(y, before), width - 1, dot_of(y, before), ink);
}

/* More steps than dots: in each column all that its steps reach, and the step before them. */
static void draw_dense(dy_braille *grid, const dy_tape *tape, dy_channel channel, int64_t steps,
                       const dy_scale *y, int ink)
{
    int width = DY_BRAILLE_W * grid->columns;
    int64_t len = dy_tape_len(tape);
    double each = (double)steps / width;
    for (int x = 0; x < width; x++) {
        int64_t from = (int64_t)(x * each);
        int64_t to = (int64_t)((x + 1) * each);
        if (from >= len) break;
        bool joined = from > 0 && isfinite(dy_tape_at(tape, channel, from - 1));
        dy_range range =
            dy_tape_range(tape, channel, joined ? from - 1 : from, x + 1 < width ? to : steps);
        if (range.lo > range.hi) continue;
        dy_braille_line(grid, x, dot_of(y, range.lo), x, dot_of(y, range.hi), ink);
    }
}

void dy_braille_curve(dy_braille *grid, const dy_tape *tape, dy_channel channel, int64_t steps,
                      const dy_scale *y, int ink)
{
    if (steps < (int64_t)DY_BRAILLE_W * grid->columns)
        draw_sparse(grid, tape, channel, steps, y, ink);
    else
        draw_dense(grid, tape, channel, steps, y, ink);
}

/* Which half of the cell has dots; a line through the middle has a character of its own. */
static char plain_cell(unsigned dots)
{
    const unsigned ends = 0x01 | 0x08 | 0x40 | 0x80;
    bool upper = (dots & (0x01 | 0x08 | 0x02 | 0x10)) != 0;
    bool lower = (dots & (0x04 | 0x20 | 0x40 | 0x80)) != 0;
    if (dots == 0) return ' ';
    if ((dots & ends) == 0) return '-';
    if (upper && lower) return ':';
    return upper ? '\'' : '.';
}

char *dy_braille_cell(const dy_braille *grid, int column, int row, bool utf8, char to[4])
{
    unsigned dots = grid->dots[(int64_t)row * grid->columns + column];
    bool pattern = utf8 && dots != 0; /* an empty pattern is drawn by some fonts */
    unsigned char bytes[4] = { 0xe2, (unsigned char)(0xa0 | dots >> 6),
                               (unsigned char)(0x80 | (dots & 0x3f)) };
    char plain[4] = { plain_cell(dots) };
    return memcpy(to, pattern ? (const char *)bytes : plain, 4);
}
