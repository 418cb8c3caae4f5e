/* curve_fit.h - any curve as keyframes, for a hand to take hold of.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/curve.h"

/* Fills keys[most], most >= 2, with keyframes that give what the curve gives at the whole steps from..to, from < to: all of its own
 * where it is made of them; else as few as will do, at its turns and jumps and between, each with the ease that fits, the
 * first at `from` and the last at `to`. They are within a five-hundredth of the curve's range, and a twentieth of its value; where that
 * wants more than `most`, as near as can be had. Returns how many; 0: memory is short. */
int32_t dy_curve_fit(const dy_curve *curve, int64_t from, int64_t to, dy_key *keys,
                     int32_t most);
