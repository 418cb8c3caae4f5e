/* ranking.h - who leads a race, and by how much.
 *
 * Costs a fixed number of looks at each tape, whatever their length.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/trace.h"

typedef enum dy_rank_by { DY_RANK_LOSS, DY_RANK_ACCURACY } dy_rank_by;

typedef struct dy_rider {
    int32_t trace;
    double
        value; /* the smoothed loss at its last update, or its last held-out accuracy; NaN: none */
    double behind; /* the leader's value, as much better; 0 of the leader */
    int64_t
        updates; /* how many updates ago the leader had this value; 0 of the leader; -1: cannot be said */
    int64_t
        past; /* the update at which its held-out accuracy reached the target; -1: not yet */
} dy_rider;

typedef struct dy_ranking {
    dy_rank_by by;
    double target; /* accuracy, 0 to 1; 0: none */
    int32_t first; /* the trace that was first past it; -1: none */
    const dy_rider *
        riders; /* [n], the best first; those that have diverged or have no value last, in their order */
    int32_t n;
} dy_ranking;

/* Of all traces but those that are DY_FAINT or aside. Fails when memory is short. */
bool dy_ranking_make(dy_ranking *ranking, dy_arena *arena, const dy_trace *traces, int32_t n,
                     dy_rank_by by, double target, dy_error *err);
