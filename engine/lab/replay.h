/* replay.h - the acts of an earlier session, to be done again where they were done.
 *
 * A cue is an edit that has become an order. Cues are heeded in their order, each once the race has come to its moment, or
 * where that is not known (-1) once its lane, or the lane furthest ahead, has made `step` updates. They decide the same bits as
 * a person's orders do; what only made a person wait is written down and takes no time.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "record/order.h"
#include "schedule/curve.h"

typedef struct dy_cue {
    dy_order order;
    const void *bytes; /* a packed curve, of a BEND */
    size_t n;
} dy_cue;

typedef struct dy_replay {
    dy_arena arena; /* of the cues */
    dy_cue *cues;   /* [n] */
    int64_t n, room;
    int64_t heeded; /* for whoever wants to know whether all were */
    bool over;      /* the session was ended there: no other race begins */
} dy_replay;

/* A replay of zeros has no cues and no room. */
void dy_replay_close(dy_replay *replay);

/* Room for that many cues, once. Fails when memory is short. */
bool dy_replay_room(dy_replay *replay, int64_t room, dy_error *err);

/* The next cue, of which there is room; curve: NULL for none. Fails when memory is short. */
bool dy_replay_add(dy_replay *replay, const dy_order *order, const dy_curve *curve,
                   dy_error *err);

/* Whether a race will have to go back, for which it had better keep its past. */
bool dy_replay_goes_back(const dy_replay *replay, int32_t race);
