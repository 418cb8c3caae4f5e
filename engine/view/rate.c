/* rate.c - see rate.h.   SPDX-License-Identifier: MIT */
#include "view/rate.h"

#include <math.h>

static const double OVER_S = 3;

dy_rate dy_rate_make(void)
{
    return (dy_rate){ .per_s = (double)NAN, .at = -1 };
}

void dy_rate_take(dy_rate *r, int64_t done, double now_s)
{
    if (r->at < 0 || done < r->at) {
        r->per_s = (double)NAN;
    } else {
        double passed = now_s - r->at_s;
        if (passed <= 0) return;
        double rate = (double)(done - r->at) / passed;
        double share = isfinite(r->per_s) ? 1 - exp(-passed / OVER_S) : 1;
        r->per_s = isfinite(r->per_s) ? r->per_s + share * (rate - r->per_s) : rate;
    }
    r->at_s = now_s;
    r->at = done;
}
