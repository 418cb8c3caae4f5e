/* legend.h - which line is which run, and how each ended.
 *
 * Beside the panes in a wide picture, above them in a narrow one; never over the data.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* What is said of a run's end: the first of these that any run has. */
typedef enum dy_verdict_kind {
    DY_SAY_ACCURACY,
    DY_SAY_TEST_LOSS,
    DY_SAY_TRAIN_LOSS,
    DY_SAY_NOTHING,
} dy_verdict_kind;

typedef struct dy_legend {
    bool beside;
    dy_verdict_kind says;
    int32_t entries; /* that there is room for; the rest are counted */
    int32_t rest;
    int32_t columns;
    double cell_w, row_h;
    double w, h; /* of all of it */
} dy_legend;

/* The run's end in a few letters: "97.76 %", "diverged"; empty when there is nothing to say. */
void dy_legend_verdict(const dy_trace *trace, dy_verdict_kind says, char *to, size_t size);

dy_verdict_kind dy_legend_says(const dy_draft *draft);

/* "test accuracy" */
const char *dy_verdict_name(dy_verdict_kind says);

/* Lays it out in a picture whose free part is w x h. Nothing (h is 0) where fewer than two runs are shown. */
dy_legend dy_legend_make(const dy_draft *draft, double w, double h);

void dy_legend_draw(dy_draft *draft, const dy_legend *legend, dy_point at);
