/* identity.h - a run's id: one name for everything that decides its result.
 *
 * Two runs of one id have the same tape, bit for bit. What is written otherwise and does the same is the same run: the
 * schedule counts by the lr and momentum it gives for each update, the data by its content. Names and colours do not count;
 * nor does the number of threads or of riders, which move no bit.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "learn/race.h"
#include "record/tape.h"

enum {
    DY_ID_DIGITS = 32,
    DY_ID_STEPS_MOST =
        1 << 28, /* of a longer run no id is made: its schedule would take seconds */
};

typedef struct dy_identity_spec {
    const dy_race_spec *race;
    const dy_plan *plan;
    const dy_tape *
        tape; /* what its first updates used, where a function need not be asked again; NULL: nothing yet */
    int64_t
        eval_every; /* as dy_session_spec has it, in updates; feedback looks at these scores */
    const char
        *script; /* the text of a script whose code has a part in the result; NULL: none has */
} dy_identity_spec;

/* Fills id. Calls the plan's function for every step that the tape does not have, where it has one; fails when that fails, or the run is too long. */
bool dy_identity_make(char id[DY_ID_DIGITS + 1], const dy_identity_spec *spec, dy_error *err);

/* The same of a race alone, whatever lr and momentum its lanes are given: its data, network, loss, optimizer, batches and
 * seed. A state saved of one race can go on in another of this id. */
void dy_identity_of_race(char id[DY_ID_DIGITS + 1], const dy_race_spec *race);
