/* table.h - how the runs ended: the closing table, one row a run.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"

#include <stdio.h>

typedef struct dy_table_look {
    bool colour; /* the best accuracy bold, a run that diverged or failed red */
    bool times;  /* seconds and updates/s too, which differ from run to run */
    int columns; /* of the terminal: names are shortened where the table would be wider; 0: as wide as it gets */
} dy_table_look;

/* Prints nothing for a board without runs. Runs that are aside, points of a sweep, and columns that no run has a value for, are left out. Why a run failed has been said
 * when it did. */
void dy_table_print(FILE *out, const dy_board *board, dy_table_look look);
