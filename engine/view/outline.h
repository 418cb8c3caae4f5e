/* outline.h - a tape as the few points that a picture of it can show.
 *
 * The updates in sight are divided into columns, one or two a pixel. What is read does not grow with the tape: ranges
 * come from its folds, smoothing looks at a fixed number of samples a column. Points are in updates and values;
 * scales and pixels are scene.h's. Samples that are not finite give no point.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/tape.h"

typedef struct dy_point {
    double x, y;
} dy_point;

/* Updates from..to-1 in so many columns. */
typedef struct dy_sight {
    int64_t from, to; /* 0 <= from < to */
    int64_t columns;  /* >= 1 */
} dy_sight;

enum { DY_OUTLINE_POINTS = 4 }; /* at most, in a column */

/* The curve as it is: every sample where a column has at most four, else its first, least, greatest and last, which
 * drawn as a line covers the pixels that all of them would. Fills points[4 * columns]; returns how many.
 * source: U. Jugel et al., "M4", VLDB 2014 */
int64_t dy_outline_exact(const dy_tape *tape, dy_channel channel, dy_sight sight,
                         dy_point *points);

/* The curve smoothed: an exponential moving average, one point at each column's last sample. `updates` is how many of
 * them it takes for a sample's weight to fall to 1/e; the missing past of the first samples is divided out (as Adam does:
 * D. Kingma and J. Ba, 2015). Exact while a column has at most 16 samples; of longer ones 16 evenly spaced samples stand
 * for their neighbours, so what is drawn depends on the columns, but on nothing else. What lies before the
 * sight counts, too. Fills points[columns]; returns how many. updates > 0 */
int64_t dy_outline_smooth(const dy_tape *tape, dy_channel channel, dy_sight sight,
                          double updates, dy_point *points);
