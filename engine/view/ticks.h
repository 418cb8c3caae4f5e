/* ticks.h - where an axis is marked, and how the marks read.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { DY_TICKS_MAX = 64 };

typedef struct dy_tick {
    double at;
    char label[24]; /* empty: a minor tick */
} dy_tick;

typedef struct dy_ticks {
    int n;
    dy_tick tick[DY_TICKS_MAX]; /* rising */
} dy_ticks;

/* Multiples of a step of 1, 2 or 5 times a power of ten inside lo..hi, about `wanted` of them; whole numbers only where
 * `whole`, which also read as counts: 2,000, 250k, 1.5M. The other labels have equally many digits after the point, or
 * one power of ten in common where they are very small or large. lo < hi, both finite.
 * source: P. Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990, with a search over steps in the manner of
 * J. Talbot, S. Lin and P. Hanrahan, 2010 */
void dy_ticks_linear(dy_ticks *ticks, double lo, double hi, double wanted, bool whole);

/* Powers of ten, every second, third, ... one labelled where there are more than `wanted`; where that leaves room,
 * or there are fewer than two, also 2 and 5 times them; where even those are fewer, as dy_ticks_linear does. The rest are minor ticks. 0 < lo < hi, both finite. */
void dy_ticks_log(dy_ticks *ticks, double lo, double hi, double wanted);
