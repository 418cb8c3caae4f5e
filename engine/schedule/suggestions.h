/* suggestions.h - what range tests over several seeds come to: the band of their losses, and each suggestion with its spread.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "schedule/picks.h"

/* One seed's ramp. */
typedef struct dy_ramp {
    const double *loss; /* [n] of each batch; the last may be not finite */
    int64_t n;
    bool diverged; /* it ended before its time: see dy_range_watch_add */
} dy_ramp;

typedef struct dy_spread {
    double
        median; /* geometric, of the middle two where their number is even; NaN: no seed has one */
    double least, greatest;
    int seeds; /* that have one */
} dy_spread;

/* Over rates, and a row for each seed. Arrays live in the arena it was made in. */
typedef struct dy_suggestions {
    int seeds;
    int64_t n;        /* updates of the longest ramp */
    const double *lr; /* [n] borrowed */
    double **smooth;  /* [seeds][n] smoothed losses; a seed that has ended keeps its last */
    double *mean, *least, *lower, *upper,
        *greatest;              /* [n] over the seeds; quartiles between least and greatest */
    double (*picks)[DY_PICKS];  /* [seeds] NaN: none */
    double *diverges;           /* [seeds] NaN: it did not */
    dy_spread spread[DY_PICKS]; /* of the picks */
    /* The rate from which on no batch's loss came half way down again from where the test began to the least smoothed loss: it
     * blew up, or the network died. (The stop rule notices later, as smoothing lags, or never.) */
    dy_spread divergence;
} dy_suggestions;

/* lr: the rates that the ramps met, as many as the longest has losses, of `planned` that they were to meet; smoothing as in
 * range_test.h. seeds >= 1. Fails when memory is short. */
bool dy_suggestions_make(dy_suggestions *says, dy_arena *arena, const dy_ramp *ramps, int seeds,
                         const double *lr, int64_t planned, double smoothing, dy_error *err);

/* One of the curves at any rate, along straight lines over log lr; its ends beyond them. n >= 1 */
double dy_suggestions_at(const dy_suggestions *says, const double *curve, double lr);
