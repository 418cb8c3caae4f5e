/* scale.h - values against pixels.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stdbool.h>

/* from_px is where `lo` is. */
typedef struct dy_scale {
    double lo, hi; /* lo < hi; above 0 where `log` */
    bool log;
    double from_px, to_px;
} dy_scale;

/* Total: every value has a finite place, at most one length of the scale outside it. */
double dy_scale_at(const dy_scale *scale, double value);

/* The other way: the value at a place, outside the scale as well. Finite where px is. */
double dy_scale_value(const dy_scale *scale, double px);
