/* scale.c - see scale.h.   SPDX-License-Identifier: MIT */
#include "view/scale.h"

#include <math.h>

static const double MOST_POWER = 690; /* exp of it is finite, and of its negative above 0 */

double dy_scale_at(const dy_scale *scale, double value)
{
    double lo = scale->log ? log(scale->lo) : scale->lo;
    double hi = scale->log ? log(scale->hi) : scale->hi;
    double at = scale->log ? (value > 0 ? log(value) : -(double)INFINITY) : value;
    double share = fmax(-1, fmin((at - lo) / (hi - lo), 2)); /* NaN goes below */
    return scale->from_px + share * (scale->to_px - scale->from_px);
}

double dy_scale_value(const dy_scale *scale, double px)
{
    double share = (px - scale->from_px) / (scale->to_px - scale->from_px);
    if (!isfinite(share)) share = 0;
    if (!scale->log) return scale->lo + share * (scale->hi - scale->lo);
    double power = log(scale->lo) + share * (log(scale->hi) - log(scale->lo));
    return exp(fmax(-MOST_POWER, fmin(power, MOST_POWER)));
}
