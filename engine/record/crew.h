/* crew.h - the points of a sweep, shared out among labs: who trains which, and what came of it.
 *
 * Every lab of a crew runs the whole script, so each comes to the same sweeps with the same points in the same order. A point
 * is claimed by one of them; what came of it all can read, so that all go on with the same results. The memory is a file
 * without a name that the desks hand on to each other by descriptor; nothing in it can lead a reader outside.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"

typedef struct dy_crew dy_crew;

enum { DY_CREW_POINTS = 1 << 20 }; /* of all sweeps of a script together */

typedef enum dy_claim {
    DY_CLAIM_FREE,
    DY_CLAIM_TAKEN, /* somebody trains it */
    DY_CLAIM_DONE,
} dy_claim;

/* What came of a point. */
typedef struct dy_yield {
    int32_t status; /* dy_status */
    bool known;     /* it was in the store already */
    int64_t updates;
    double seconds, train_loss, test_loss, test_accuracy;
    char id[40];
    char why[120]; /* of a failed one */
} dy_yield;

/* A run that is kept in the store and finished. */
typedef struct dy_known {
    char id[40];
    dy_yield yield;
} dy_known;

/* The one of that id among `known` [n], in the order of ids; NULL: none is. */
const dy_yield *dy_known_find(const dy_known *known, int64_t n, const char *id);

/* A crew of one: more join by its descriptor. Fails when memory is short. */
bool dy_crew_open(dy_crew **crew, dy_error *err);

/* Joins as member `member`, from 1, with the descriptor that dy_crew_descriptor gave another process; takes it over. */
bool dy_crew_join(dy_crew **crew, int descriptor, int32_t member, dy_error *err);
void dy_crew_close(dy_crew *crew); /* NULL is fine */
int dy_crew_descriptor(const dy_crew *crew);
int32_t dy_crew_member(const dy_crew *crew); /* 0: the one that opened it */

/* A lab comes to a sweep of n points: the index of the first. The same for every lab that counts from `base`. Fails when there
 * would be too many. threads: the lab */
bool dy_crew_announce(dy_crew *crew, int64_t base, int64_t n, dy_error *err);
int64_t dy_crew_announced(const dy_crew *crew); /* points of all sweeps so far. threads: any */

/* FREE: it is this lab's now. threads: the lab */
dy_claim dy_crew_claim(dy_crew *crew, int64_t point);
dy_claim dy_crew_look(const dy_crew *crew, int64_t point);

/* The end of a point that this lab had claimed. */
void dy_crew_settle(dy_crew *crew, int64_t point, const dy_yield *yield);

/* What came of a point that is DONE. */
dy_yield dy_crew_yield(const dy_crew *crew, int64_t point);

/* A member has died: what it had claimed failed with `why`. Returns how many that were. threads: the desk that opened it */
int64_t dy_crew_bury(dy_crew *crew, int32_t member, const char *why);

/* Of the first n points, how many are DONE; of those *failed. O(n) */
int64_t dy_crew_done(const dy_crew *crew, int64_t n, int64_t *failed);
