/* schedule_chart.h - curves with axes around them, in characters.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/schedule_lab.h"

#include <stdio.h>

/* What a terminal can show. */
typedef struct dy_chart_look {
    int columns; /* its width */
    bool colour, utf8;
} dy_chart_look;

/* The stream's own. */
dy_chart_look dy_chart_look_at(FILE *out);

/* The colour of schedule i, and the end of any; empty without colours. */
const char *dy_chart_ink(dy_chart_look look, int i);
const char *dy_chart_plain(dy_chart_look look);

/* lr of the n courses over one axis of steps, and below it the rate that acts, where it is known, and momentum, where one of
 * them moves it. A scale is that of all
 * courses in `scale`, so that charts of parts of them can be compared; course i of those drawn has the ink first + i. */
typedef struct dy_chart {
    const dy_courses *scale;
    int first, n;
    int rows; /* of lr; the others get half as many */
    dy_chart_look look;
} dy_chart;

/* Fails when memory is short. */
bool dy_chart_print(FILE *out, const dy_chart *chart, dy_error *err);
