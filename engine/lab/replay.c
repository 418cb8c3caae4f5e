/* replay.c - see replay.h.   SPDX-License-Identifier: MIT */
#include "lab/replay.h"

#include "schedule/curve_pack.h"

bool dy_replay_room(dy_replay *replay, int64_t room, dy_error *err)
{
    DY_ASSERT(!replay->cues);
    replay->cues = dy_arena_take(&replay->arena, room, sizeof *replay->cues, err);
    if (!replay->cues) return false;
    replay->room = room;
    return true;
}

void dy_replay_close(dy_replay *replay)
{
    dy_arena_close(&replay->arena);
    *replay = (dy_replay){ 0 };
}

bool dy_replay_add(dy_replay *replay, const dy_order *order, const dy_curve *curve,
                   dy_error *err)
{
    DY_ASSERT(replay->n < replay->room);
    dy_cue cue = { .order = *order };
    if (curve) {
        cue.n = dy_curve_packed(curve);
        void *bytes = dy_arena_take(&replay->arena, (int64_t)cue.n, 1, err);
        if (!bytes) return false;
        dy_curve_pack(curve, bytes);
        cue.bytes = bytes;
    }
    replay->cues[replay->n++] = cue;
    return true;
}

bool dy_replay_goes_back(const dy_replay *replay, int32_t race)
{
    for (int64_t i = 0; i < replay->n; i++) {
        const dy_order *order = &replay->cues[i].order;
        bool back = order->act == DY_ACT_REWIND || order->act == DY_ACT_FORK;
        if (back && order->race == race) return true;
    }
    return false;
}
