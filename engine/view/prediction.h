/* prediction.h - how near somebody came who drew the loss before it was known.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/outline.h"

/* 0 to 100 points for a line through points[n] of updates and losses, against the smoothed loss of the tape, over the updates
 * that both have: 100 where it is right everywhere, 50 where it is off by a factor of two on average, 25 by four. NaN:
 * they have none in common yet, or the line is nowhere above 0. points[n].x never falls */
double dy_prediction_score(const dy_point *points, int64_t n, const dy_tape *tape);
