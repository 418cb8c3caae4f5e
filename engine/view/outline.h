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
 * drawn as a line covers the pixels that all of them would. Of columns of four folds and more the first and the last are
 * known to a fold. Fills points[4 * columns]; returns how many.
 * source: U. Jugel et al., "M4", VLDB 2014 */
int64_t dy_outline_exact(const dy_tape *tape, dy_channel channel, dy_sight sight,
                         dy_point *points);

/* The least and greatest of each column that has any: first the upper edge from left to right, each in the middle of its
 * column, then the lower one from right to left. Fills points[2 * columns]; returns how many. */
int64_t dy_outline_band(const dy_tape *tape, dy_channel channel, dy_sight sight,
                        dy_point *points);

/* The rate that acts, lr / (1 - momentum): every sample where a column has at most four, else four of it, evenly spaced.
 * Fills points[4 * columns]; returns how many. */
int64_t dy_outline_rate(const dy_tape *tape, dy_sight sight, dy_point *points);

/* lr / (1 - momentum): what a constant gradient moves the weights by in the end. Not finite where momentum is 1. */
double dy_acting_rate(double lr, double momentum);

/* The loss smoothed: an exponential moving average, one point at each column's last sample. `updates` is how many of
 * them it takes for a sample's weight to fall to 1/e; the missing past of the first samples is divided out (as Adam does:
 * D. Kingma and J. Ba, 2015). Exact while a column has at most 16 samples; of longer ones the means of 8 samples count as
 * 8 times the same, and of those of a fold and more the means of folds. What lies before the
 * sight counts, too. Fills points[columns]; returns how many. updates > 0 */
int64_t dy_outline_smooth(const dy_tape *tape, dy_sight sight, double updates,
                          dy_point *points);
