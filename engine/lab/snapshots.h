/* snapshots.h - states of lanes at past updates, so that a race can go back: a fixed number of slots of one size.
 *
 * When there are no more slots, one goes whose loss leaves the narrowest gap on a logarithmic scale of age: so those that stay are
 * log-spaced, close together near now and far apart long ago. What the bytes are is the session's business.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"

enum { DY_SNAPSHOTS_LANE = 64 }; /* of one lane, at most */

typedef struct dy_snapshots {
    int64_t size;          /* of a slot, bytes */
    int32_t n_slots, room; /* in use; there */
    struct dy_snapshot *slots;
    char *bytes;
} dy_snapshots;

/* As many slots of `size` bytes as fit into `budget` bytes, and as `lanes` lanes can use; none is fine. Memory is reserved in
 * `arena`, and taken as it is filled. Fails when memory is short. */
bool dy_snapshots_open(dy_snapshots *snapshots, dy_arena *arena, int64_t size, int64_t budget,
                       int lanes, dy_error *err);

/* Room for the lane's state at an update, for the caller to fill; what the lane has from then or later is forgotten. NULL: there is
 * no room at all. Allocates nothing */
void *dy_snapshots_add(dy_snapshots *snapshots, int lane, int64_t update);

/* The last state of the lane from no later than `until`, and from which update; NULL: none. */
const void *dy_snapshots_nearest(const dy_snapshots *snapshots, int lane, int64_t until,
                                 int64_t *update);

/* Forgets the lane's states from after `until` (-1: all); gives another lane copies of them up to it. */
void dy_snapshots_cut(dy_snapshots *snapshots, int lane, int64_t until);
void dy_snapshots_copy(dy_snapshots *snapshots, int from, int to, int64_t until);
