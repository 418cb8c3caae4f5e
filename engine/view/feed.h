/* feed.h - what is on a board, as a window needs it: how the training stands, what is planned, what was done.
 *
 * Reads only. Each look takes in what is new, and says whether anything is.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/look.h"

/* What a run means to do, from its last plan on the board. */
typedef struct dy_ahead {
    dy_curve curve[2]; /* of lr and momentum; no nodes: nobody can say */
    int32_t told[2];   /* how many times that was written down; 0: never */
} dy_ahead;

typedef struct dy_feed {
    const dy_board *board;
    dy_arena arena; /* of plans and edits */
    dy_log_reader reader;
    dy_order
        *edits; /* [n_edits] what is worth a mark: no plans, and of a drag only its last bend */
    int64_t n_edits, edits_room;
    dy_ahead *ahead; /* [ahead_room] by run */
    int32_t ahead_room;
    int32_t settled; /* runs below it are over */
    bool read;       /* at least once */
    uint64_t sum,
        last; /* of all that can change: of what is final, and of everything when it was read */
    /* the newest race that trains, else the newest; -1: none */
    int32_t race;
    bool running, paused;
    int32_t lanes;  /* its runs but for those aside and given up */
    int64_t newest; /* updates of its longest run */
    int64_t steps, epoch_steps;
    int64_t whole;      /* updates that a picture of everything spans */
    double limit;       /* updates a second; 0: none */
    int32_t limit_race; /* whose that is */
} dy_feed;

void dy_feed_open(dy_feed *feed, const dy_board *board);
void dy_feed_close(dy_feed *feed);

/* true: something is new since the last time. */
bool dy_feed_read(dy_feed *feed);

/* The run in which a lane goes on, its last. false: there is none. */
bool dy_feed_lane(const dy_feed *feed, int32_t race, int32_t lane, dy_run_view *run);

bool dy_feed_running(const dy_run_view *run);

/* What the run means to do; NULL: it is not known. */
const dy_curve *dy_feed_plan(const dy_feed *feed, int32_t run, dy_channel channel);
int32_t dy_feed_told(const dy_feed *feed, int32_t run, dy_channel channel);

enum { DY_FEED_RUNS = 64 }; /* the newest are shown */

/* The runs to be shown, with their plans, as the look has them. Fails when memory is short. */
bool dy_feed_traces(const dy_feed *feed, const dy_look *look, dy_trace **traces, int32_t *n,
                    dy_arena *arena, dy_error *err);
