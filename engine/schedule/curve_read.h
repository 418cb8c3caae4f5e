/* curve_read.h - a curve from the line that dy_curve_print writes.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/curve.h"

/* The same curve bit for bit, its arrays in `arena`. Fails when the text is no curve, saying where; or as the makes do. */
bool dy_curve_read(dy_curve *curve, dy_arena *arena, const char *text, dy_error *err);
