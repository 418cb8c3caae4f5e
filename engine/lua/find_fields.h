/* find_fields.h - the options that every range test takes.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/found.h"
#include "lua/fields.h"

#define DY_TEST_FIELDS                                                                         \
    "name", "from", "to", "steps", "spacing", "seeds", "smoothing", "stop", "seed"
#define DY_FIND_FIELDS                                                                         \
    "data", "model", "optimizer", "loss", "label_smoothing", "batch", "drop_last", "threads",  \
        "try", DY_TEST_FIELDS

/* Of a race, with nothing said about the test. */
dy_found_spec dy_find_defaults(const dy_race_spec *race);

/* What the options in DY_TEST_FIELDS say of the test, but for the seed. */
void dy_read_test(const dy_fields *f, dy_found_spec *spec);

/* What all of them say. The spec's number on the board is 0. */
dy_found_spec dy_read_find(const dy_fields *f);
