/* cells.h - comma separated text, cell by cell, as RFC 4180 has it. An internal header of data/.
 *
 * Changes nothing in the text. Lines may end in LF or CRLF, empty lines are passed over, a byte order mark too.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/bytes.h"

typedef struct dy_cell {
    const char *file; /* as in dy_cells */
    const char *at;   /* [n], without the quotes around it; borrowed from the text */
    int64_t n;
    int64_t line;   /* on which its record begins, from 1 */
    int64_t column; /* from 1 */
    bool last;      /* of its record */
} dy_cell;

typedef struct dy_cells {
    const char *file; /* what messages call the text; borrowed */
    const char *at, *end;
    int64_t line, record_line, column;
} dy_cells;

dy_cells dy_cells_make(dy_bytes text, const char *file);

/* The next cell; *end: there is none. Fails at a quote that is not closed, or closed inside a cell; says on which line. */
bool dy_cells_next(dy_cells *cells, dy_cell *cell, bool *end, dy_error *err);

/* Puts the file and the line before the message: "spirals.csv:118: ". Returns false. */
bool dy_cell_wrong(const dy_cell *cell, dy_error *err);

/* Whether the cell is a decimal number, or inf or nan; spaces around it are passed over. */
bool dy_cell_number(const dy_cell *cell, double *number);
