/* motion.h - what one update of a lane did, measured besides: its gradient's norm, and how far the weights moved for their size.
 *
 * The weights before are copied layer by layer, so any optimizer's step can be measured; it costs about a tenth of an update.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "learn/tensor.h"

typedef struct dy_motion {
    double gradient; /* sum of squares of the loss by the weights, before clipping */
    double moved;    /* of what the weights changed by */
    double weights;  /* of the weights before */
} dy_motion;

/* Copies a layer's weights, whole rows, into `before`, which has room for them; then, when they have changed, adds to the motion what
 * they did. */
void dy_motion_note(dy_mat w, float *before);
void dy_motion_add(dy_motion *motion, dy_mat w, const float *before);

/* 2-norm of the gradient; of the change by that of the weights (0 where all weights are 0). */
double dy_motion_gradient_norm(const dy_motion *motion);
double dy_motion_ratio(const dy_motion *motion);
