/* values.h - what every run has at one update, as a table: names, and numbers under each other.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

enum { DY_VALUES_COLUMNS = 7 };

typedef struct dy_values_column {
    int32_t pane; /* whose values they are */
    int decimals; /* -1: each with a power of ten */
    double width;
} dy_values_column;

typedef struct dy_values {
    int64_t step;
    int32_t *runs; /* [n_runs] that have a value there */
    int32_t n_runs, rest;
    dy_values_column columns[DY_VALUES_COLUMNS];
    int n_columns;
    double name_w;
    double w, h; /* of all of it */
} dy_values;

/* The runs that are shown, in the order of the legend, and a column for each pane over updates; in no more than most_w x
 * most_h: what has no room is left out, or counted. false: the draft has failed. */
bool dy_values_make(dy_draft *draft, dy_values *values, int64_t step, double most_w,
                    double most_h);

void dy_values_draw(dy_draft *draft, const dy_values *values, dy_point corner);
