/* cells.c - see cells.h.   SPDX-License-Identifier: MIT */
#include "data/cells.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBER_BYTES = 128 }; /* a longer cell is taken for no number */

dy_cells dy_cells_make(dy_bytes text, const char *file)
{
    static const char mark[3] = { '\xef', '\xbb', '\xbf' };
    dy_cells cells = { .file = file, .at = (const char *)text.at, .line = 1, .column = 1 };
    cells.end = cells.at + text.n;
    if (text.n >= 3 && memcmp(cells.at, mark, sizeof mark) == 0) cells.at += sizeof mark;
    return cells;
}

/* How many bytes a line's end has here: 0 if it does not end. */
static int line_end(const dy_cells *cells)
{
    int64_t left = cells->end - cells->at;
    if (left >= 1 && cells->at[0] == '\n') return 1;
    if (left >= 2 && cells->at[0] == '\r' && cells->at[1] == '\n') return 2;
    return 0;
}

static void skip_empty_lines(dy_cells *cells)
{
    for (int n; (n = line_end(cells)) > 0; cells->at += n) cells->line++;
}

bool dy_cell_wrong(const dy_cell *cell, dy_error *err)
{
    return dy_fail_in(err, "%s:%lld", cell->file, (long long)cell->line);
}

/* Behind the opening quote; two quotes stand for one. */
static bool take_quoted(dy_cells *cells, dy_cell *cell, dy_error *err)
{
    cell->at = cells->at;
    for (; cells->at < cells->end; cells->at++) {
        if (*cells->at == '\n') cells->line++;
        if (*cells->at != '"') continue;
        if (cells->end - cells->at < 2 || cells->at[1] != '"') break;
        cells->at++;
    }
    if (cells->at == cells->end) {
        dy_fail(err, "column %lld: its quote is not closed", (long long)cell->column);
        return dy_cell_wrong(cell, err);
    }
    cell->n = cells->at++ - cell->at;
    if (cells->at == cells->end || *cells->at == ',' || line_end(cells)) return true;
    dy_fail(err, "column %lld: text behind its closing quote", (long long)cell->column);
    return dy_cell_wrong(cell, err);
}

static void take_plain(dy_cells *cells, dy_cell *cell)
{
    cell->at = cells->at;
    while (cells->at < cells->end && *cells->at != ',' && !line_end(cells)) cells->at++;
    cell->n = cells->at - cell->at;
}

bool dy_cells_next(dy_cells *cells, dy_cell *cell, bool *end, dy_error *err)
{
    if (cells->column == 1) {
        skip_empty_lines(cells);
        cells->record_line = cells->line;
        *end = cells->at == cells->end;
        if (*end) return true;
    }
    *end = false;
    *cell =
        (dy_cell){ .file = cells->file, .line = cells->record_line, .column = cells->column };
    if (cells->at < cells->end && *cells->at == '"') {
        cells->at++;
        if (!take_quoted(cells, cell, err)) return false;
    } else {
        take_plain(cells, cell);
    }
    cell->last = cells->at == cells->end || *cells->at != ',';
    cells->column = cell->last ? 1 : cells->column + 1;
    if (!cell->last) {
        cells->at++;
    } else if (cells->at < cells->end) {
        cells->at += line_end(cells);
        cells->line++;
    }
    return true;
}

bool dy_cell_number(const dy_cell *cell, double *number)
{
    char text[NUMBER_BYTES];
    if (cell->n >= NUMBER_BYTES) return false;
    memcpy(text, cell->at, (size_t)cell->n);
    text[cell->n] = '\0';
    if (strlen(text) != (size_t)cell->n || strpbrk(text, "xXpP("))
        return false; /* not hexadecimal */
    char *end;
    *number = strtod(text, &end);
    return end != text && end[strspn(end, " \t")] == '\0';
}
