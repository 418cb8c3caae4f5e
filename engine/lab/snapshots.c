/* snapshots.c - see snapshots.h.   SPDX-License-Identifier: MIT */
#include "lab/snapshots.h"

#include <math.h>
#include <string.h>

struct dy_snapshot {
    int32_t lane;
    int32_t at; /* which piece of the bytes */
    int64_t update;
};

typedef struct dy_snapshot slot;

bool dy_snapshots_open(dy_snapshots *snapshots, dy_arena *arena, int64_t size, int64_t budget,
                       int lanes, dy_error *err)
{
    int64_t fit = budget / size, most = (int64_t)DY_SNAPSHOTS_LANE * lanes;
    int64_t room = fit < most ? fit : most;
    *snapshots = (dy_snapshots){ .size = size, .room = (int32_t)room };
    if (room == 0) return true;
    snapshots->slots = dy_arena_take(arena, room, sizeof *snapshots->slots, err);
    snapshots->bytes =
        snapshots->slots ? dy_arena_reserve(arena, room, (size_t)size, err) : NULL;
    if (!snapshots->bytes) return false;
    for (int32_t i = 0; i < room; i++) snapshots->slots[i].at = i;
    return true;
}

static char *bytes_of(const dy_snapshots *s, const slot *of)
{
    return s->bytes + of->at * s->size;
}

/* Takes a slot out; its bytes go to the end, where the free ones are. The others stay in the order they came. */
static void drop(dy_snapshots *s, int32_t i)
{
    slot gone = s->slots[i];
    s->n_slots--;
    memmove(&s->slots[i], &s->slots[i + 1], (size_t)(s->n_slots - i) * sizeof gone);
    s->slots[s->n_slots] = gone;
}

/* The lane's slots, oldest first, by their index; returns how many. */
static int list(const dy_snapshots *s, int lane, int32_t of[DY_SNAPSHOTS_LANE])
{
    int n = 0;
    for (int32_t i = 0; i < s->n_slots; i++)
        if (s->slots[i].lane == lane) of[n++] = i;
    DY_ASSERT(n <= DY_SNAPSHOTS_LANE);
    return n;
}

static int count(const dy_snapshots *s, int lane)
{
    int n = 0;
    for (int32_t i = 0; i < s->n_slots; i++) n += s->slots[i].lane == lane;
    return n;
}

static int lane_with_most(const dy_snapshots *s)
{
    int most = s->slots[0].lane, n = count(s, most);
    for (int32_t i = 1; i < s->n_slots; i++) {
        if (s->slots[i].lane == s->slots[i - 1].lane) continue;
        int other = count(s, s->slots[i].lane);
        if (other <= n) continue;
        most = s->slots[i].lane;
        n = other;
    }
    return most;
}

/* Drops the lane's slot whose loss leaves the narrowest gap on a logarithmic scale of age; not one from `now`, unless there is no other. Update 0
 * needs no slot. */
static void thin(dy_snapshots *s, int lane, int64_t now)
{
    int32_t of[DY_SNAPSHOTS_LANE];
    int n = list(s, lane, of), least = 0;
    double least_gap = HUGE_VAL;
    for (int i = 0; i < n; i++) {
        int64_t at = s->slots[of[i]].update;
        int64_t before = i > 0 ? s->slots[of[i - 1]].update : 0;
        int64_t after = i < n - 1 ? s->slots[of[i + 1]].update : now;
        if (at >= now) break;
        double gap = (double)(now - before + 1) /
                     (double)(now - after + 1); /* its logarithm orders alike */
        if (gap >= least_gap) continue;
        least = i;
        least_gap = gap;
    }
    if (n > 0) drop(s, of[least]);
}

/* A slot at the end of those in use; NULL when there is none. */
static const slot *push(dy_snapshots *s, int lane, int64_t update)
{
    if (s->n_slots == s->room) return NULL;
    slot *made = &s->slots[s->n_slots++];
    made->lane = lane;
    made->update = update;
    return made;
}

void *dy_snapshots_add(dy_snapshots *s, int lane, int64_t update)
{
    if (s->room == 0) return NULL;
    dy_snapshots_cut(s, lane, update - 1);
    if (count(s, lane) == DY_SNAPSHOTS_LANE)
        thin(s, lane, update);
    else if (s->n_slots == s->room)
        thin(s, lane_with_most(s), update);
    return bytes_of(s, push(s, lane, update));
}

const void *dy_snapshots_nearest(const dy_snapshots *s, int lane, int64_t until,
                                 int64_t *update)
{
    const slot *best = NULL;
    for (int32_t i = 0; i < s->n_slots; i++) {
        const slot *a = &s->slots[i];
        if (a->lane == lane && a->update <= until && (!best || a->update > best->update))
            best = a;
    }
    if (!best) return NULL;
    *update = best->update;
    return bytes_of(s, best);
}

void dy_snapshots_cut(dy_snapshots *s, int lane, int64_t until)
{
    for (int32_t i = s->n_slots - 1; i >= 0; i--)
        if (s->slots[i].lane == lane && s->slots[i].update > until) drop(s, i);
}

/* The newest first, as they matter most where slots are short; then in their order. */
void dy_snapshots_copy(dy_snapshots *s, int from, int to, int64_t until)
{
    int32_t of[DY_SNAPSHOTS_LANE];
    int n = list(s, from, of);
    while (n > 0 && s->slots[of[n - 1]].update > until) n--;
    int left = s->room - s->n_slots;
    for (int i = n > left ? n - left : 0; i < n; i++) {
        const slot *a = &s->slots[of[i]], *made = push(s, to, a->update);
        if (made) memcpy(bytes_of(s, made), bytes_of(s, a), (size_t)s->size);
    }
}
