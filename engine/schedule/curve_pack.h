/* curve_pack.h - a curve as bytes, to hand from one process to another or to keep.
 *
 * The bytes are of this machine and this build: for anything that lasts there is dy_curve_print.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/curve.h"

/* How many bytes a curve is; and they, into memory of that size, 8-byte aligned. */
size_t dy_curve_packed(const dy_curve *curve);
void dy_curve_pack(const dy_curve *curve, void *bytes);

/* The curve of `n` bytes from anyone, copied into `arena` before it is checked. Fails when they are not a curve that the
 * evaluator can be trusted with, or memory is short. */
bool dy_curve_unpack(dy_curve *curve, dy_arena *arena, const void *bytes, size_t n,
                     dy_error *err);
