/* legend.h - which line is which run, and how each goes or ended; in a race, who leads.
 *
 * Beside the panes in a wide picture, above them in a narrow one; never over the data.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/verdict.h"

typedef struct dy_legend {
    bool beside;
    bool tall; /* a rider's row has two lines */
    dy_verdict_kind says;
    const int32_t *rows; /* [entries + rest] traces */
    int32_t entries;     /* that there is room for; the rest are counted */
    int32_t rest;
    int32_t columns;
    double cell_w, row_h;
    double w, h; /* of all of it */
} dy_legend;

/* Lays it out in a picture whose free part is w x h, in no more than `most` of that height. Nothing (h is 0) where it would have
 * fewer than two rows. */
dy_legend dy_legend_make(dy_draft *draft, double w, double h, double most);

void dy_legend_draw(dy_draft *draft, const dy_legend *legend, dy_point at);

/* A run's line in small, its left end at `at`, on the height of a text with that baseline. And how wide it is with the gap
 * after it. */
void dy_legend_swatch(dy_draft *draft, int32_t run, dy_point at);
double dy_legend_swatch_width(const dy_draft *draft);
