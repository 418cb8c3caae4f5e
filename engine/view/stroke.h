/* stroke.h - a line drawn by hand over a pane: points whose updates rise, whichever way the hand goes.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/outline.h"

#include <stdbool.h>

enum { DY_STROKE_POINTS = 4096 };

/* All zero: nothing is drawn yet. */
typedef struct dy_stroke_line {
    dy_point points[DY_STROKE_POINTS]; /* [n] */
    int32_t n;
    bool going;    /* the hand is on the paper, */
    dy_point last; /* here */
} dy_stroke_line;

/* The hand moves on to a point: what was drawn between is replaced by the straight way there. */
void dy_stroke_to(dy_stroke_line *stroke, dy_point at);

/* It is lifted; the next point begins another part. */
void dy_stroke_lift(dy_stroke_line *stroke);

/* The line's height at an update, straight between its points. false: it is not drawn there. */
bool dy_stroke_at(const dy_stroke_line *stroke, double x, double *y);
