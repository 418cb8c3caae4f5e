/* columns.h - a small table of texts, printed with its columns under each other.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stdio.h>

enum { DY_COLUMNS = 6, DY_COLUMN_ROWS = 20, DY_COLUMN_CELL = 64 };

/* Starts as { 0 }. */
typedef struct dy_columns {
    char cell[DY_COLUMN_ROWS][DY_COLUMNS][DY_COLUMN_CELL];
    int rows;
} dy_columns;

/* Another row, its cells empty. There is room. */
char (*dy_columns_add(dy_columns *columns))[DY_COLUMN_CELL];

/* Columns without any text are left out; nothing trails a line. */
void dy_columns_print(const dy_columns *columns, FILE *out);
