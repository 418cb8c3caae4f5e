/* find_wish.h - what `derny find` asks of a script: the range test of its first run, in that run's place.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/tuning.h"
#include "lua/fields.h"

/* What the command line says of the test; what it does not say is the script's, or the default. */
typedef struct dy_find_wish {
    double from, to; /* 0: not said */
    int64_t steps;   /* 0 */
    int seeds;       /* 0 */
    bool linear, try;
    double try_epochs; /* 0 */
    dy_tunable what;   /* is to be found; DY_TUNABLES: lr */
    double values[DY_TUNING_VALUES];
    int n_values; /* 0: not said */
} dy_find_wish;

/* Puts what was said into the spec. */
void dy_find_wish_apply(const dy_find_wish *wish, dy_found_spec *spec);

/* In a host with a wish: runs the test for the race that derny.train, race or open was to run, has the desk print what was
 * found, and ends the script. `f` are its options. */
_Noreturn void dy_find_instead(const dy_fields *f, const dy_race_spec *race);
