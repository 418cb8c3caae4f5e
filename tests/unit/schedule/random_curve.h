/* random_curve.h - curves of every kind of node, for what has to hold for all of them.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/rng.h"
#include "schedule/curve.h"

/* A dozen nodes at most, numbers of all sizes. */
dy_curve random_curve(dy_rng *rng, dy_arena *arena);

/* Another one over or beside it. */
void grow_curve(dy_curve *curve, dy_rng *rng, dy_arena *arena);
