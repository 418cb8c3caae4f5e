/* order.h - what a person asks of runs while they train, and what was done about it.
 *
 * The desk writes orders; the lab carries each out between two updates and writes it down as an edit, with the step it
 * took effect at. Orders and edits are the same record in two logs, one writer each. The edits of a session, in their order,
 * decide its bits together with the script: replayed, they give the same tapes.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/tape.h"

/* What is asked for or was done. A race stands between two updates while it heeds orders; `step` below is the lane's own
 * count of updates then, so what an edit changes it changes from that update on. */
typedef enum dy_act {
    DY_ACT_PLAN, /* an edit only: the channel's curve from `step` on, as the lane now means to follow it: the bytes. Given for
                    both channels when a run begins or branches, and of a channel that was bent. No bytes: nobody can say
                    (feedback). A script's function is sampled, where someone watches. Nobody replays it */
    DY_ACT_PAUSE,   /* the race waits before its next update */
    DY_ACT_GO,      /* and goes on */
    DY_ACT_ADVANCE, /* it goes on for `count` updates, then pauses */
    DY_ACT_SPEED,   /* at most `value` updates a second; 0: as fast as it can */
    DY_ACT_STOP, /* the lane ends as DY_STOPPED. The edit of an end by the control word has lane DY_EVERY_LANE: no other race began */
    DY_ACT_BEND, /* from its next update on the lane's channel follows a curve of absolute steps: the bytes. Refused where
                       it gives the rest of the run a negative lr or a momentum outside 0 <= m < 1 */
    DY_ACT_REWIND, /* the whole race goes back to update `count`, on new runs, and on from there */
    DY_ACT_FORK, /* another lane goes on from the lane's update `count`, and pauses there first */
    DY_ACT_COOL, /* what if the lane cooled down now? A run aside takes its rate in a straight line to 0 at the last of `count` updates,
                    while the race goes on. Where a stop cuts it short depends on the time it had */
    DY_ACT_RELOAD, /* an order only: the script was saved; what changed becomes edits of the kind DY_ACT_BEND */
    DY_ACTS,
} dy_act;

enum { DY_EVERY_LANE = -1 };

/* An order for every lane becomes an edit for each lane it fell to, where it is about lanes (STOP, BEND); the other acts are the
 * race's, and their edits have lane DY_EVERY_LANE. */
typedef struct dy_order {
    dy_act act;
    int32_t race; /* on the board, from 0 */
    int32_t lane; /* of the race, from 0; forks are numbered on; or DY_EVERY_LANE */
    int32_t
        run; /* of an edit: the lane's run on the board; of a FORK or COOL the new one; -1: none */
    dy_channel channel; /* DY_LR or DY_MOMENTUM */
    int64_t step;       /* of an edit: the update from which it holds, from 0 */
    int64_t
        moment; /* of an edit: updates that the race had made by then, those it went back behind included */
    int64_t count;
    double value;
} dy_order;

/* "pause", "go", "advance", ... */
const char *dy_act_name(dy_act act);
