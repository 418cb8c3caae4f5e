/* grid.c - see grid.h.   SPDX-License-Identifier: MIT */
#include "cli/grid.h"

#include "base/text.h"
#include "view/width.h"

#include <stdlib.h>
#include <string.h>

dy_grid dy_grid_make(int columns)
{
    return (dy_grid){ .arena = dy_arena_make(0), .columns = columns };
}

void dy_grid_close(dy_grid *grid)
{
    dy_arena_close(&grid->arena);
}

bool dy_grid_row(dy_grid *grid, dy_error *err)
{
    if (grid->rows == grid->room) {
        int64_t room = grid->room > 0 ? 2 * grid->room : 64;
        const char **cells =
            dy_arena_take(&grid->arena, room * grid->columns, sizeof *cells, err);
        if (!cells) return false;
        if (grid->rows > 0)
            memcpy(cells, grid->cells, (size_t)(grid->rows * grid->columns) * sizeof *cells);
        grid->cells = cells;
        grid->room = room;
    }
    const char **row = &grid->cells[grid->rows++ * grid->columns];
    for (int c = 0; c < grid->columns; c++) row[c] = "";
    return true;
}

bool dy_grid_put(dy_grid *grid, int column, const char *text, dy_error *err)
{
    char clean[400];
    DY_ASSERT(grid->rows > 0 && column >= 0 && column < grid->columns);
    dy_clean(clean, sizeof clean, text, strlen(text));
    char *copy = dy_arena_text(&grid->arena, clean, err);
    if (copy) grid->cells[(grid->rows - 1) * grid->columns + column] = copy;
    return copy != NULL;
}

static const char *cell(const dy_grid *grid, int64_t row, int column)
{
    return grid->cells[row * grid->columns + column];
}

/* The widest cell under the heading, or 0; *numbers: they are all numbers. */
static int width_of(const dy_grid *grid, int column, bool *numbers)
{
    int width = 0;
    *numbers = true;
    for (int64_t r = 1; r < grid->rows; r++) {
        const char *text = cell(grid, r, column);
        char *end;
        strtod(text, &end);
        if (*end) *numbers = false;
        int own = dy_width(text);
        if (own > width) width = own;
    }
    int heading = dy_width(cell(grid, 0, column));
    return width > 0 && heading > width ? heading : width;
}

static void print_cell(FILE *out, const char *text, int width, bool right, bool last)
{
    int space = width - dy_width(text);
    fprintf(out, "%*s%s", right ? space : 0, "", text);
    if (!last) fprintf(out, "%*s", (right ? 0 : space) + 2, "");
}

void dy_grid_print(const dy_grid *grid, FILE *out)
{
    int widths[256];
    bool numbers[256];
    int last = -1;
    DY_ASSERT(grid->columns <= 256);
    for (int c = 0; c < grid->columns; c++) {
        widths[c] = width_of(grid, c, &numbers[c]);
        if (widths[c] > 0) last = c;
    }
    for (int64_t r = 0; r < grid->rows; r++) {
        for (int c = 0; c <= last; c++)
            if (widths[c] > 0)
                print_cell(out, cell(grid, r, c), widths[c], numbers[c], c == last);
        fputc('\n', out);
    }
}
