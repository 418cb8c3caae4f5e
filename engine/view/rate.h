/* rate.h - updates a second, as a steady number.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stdint.h>

typedef struct dy_rate {
    double per_s; /* averaged over about three seconds; NaN: not known */
    double at_s;  /* when it was last taken, and at which update */
    int64_t at;   /* -1: not yet */
} dy_rate;

dy_rate dy_rate_make(void);

/* So many updates were made by now; fewer than before: something else began. */
void dy_rate_take(dy_rate *rate, int64_t done, double now_s);
