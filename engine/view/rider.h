/* rider.h - what a leaderboard says of one rider of a race.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* What stands at the right of the row of that rank: its value, or where there is one line only, the gap. Fills `to`. */
void dy_rider_value(const dy_draft *draft, int32_t rank, bool tall, char *to, size_t size);

/* The second line: the gap to the leader, and when it was past the target. */
void dy_rider_draw(dy_draft *draft, int32_t rank, dy_point at, double width);

/* How wide that would like to be. */
double dy_rider_width(const dy_draft *draft, int32_t rank);
