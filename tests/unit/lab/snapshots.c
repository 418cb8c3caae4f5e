/* snapshots.c - states stay within their budget and are close together where it matters.
 *
 * SPDX-License-Identifier: MIT */
#include "lab/snapshots.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { SIZE = 1000 };

static dy_arena arena;
static dy_snapshots shots;

static void open_shots(int64_t budget, int lanes)
{
    dy_error err;
    arena = dy_arena_make(0);
    cr_assert(dy_snapshots_open(&shots, &arena, SIZE, budget, lanes, &err), "%s", err.text);
    cr_assert_leq(shots.room * shots.size, budget);
    dy_arena_seal(&arena);
}

static void close_shots(void)
{
    dy_arena_close(&arena);
}

/* Bytes that only this state has. */
static void fill(char *bytes, int lane, int64_t update)
{
    memset(bytes, 7 * lane + (int)(update % 101), SIZE);
    memcpy(bytes, &update, sizeof update);
}

static bool add(int lane, int64_t update)
{
    char *bytes = dy_snapshots_add(&shots, lane, update);
    if (bytes) fill(bytes, lane, update);
    return bytes != NULL;
}

/* From which update the nearest is; -1: there is none. Its bytes have to be what was put there. */
static int64_t nearest(int lane, int64_t until, int as_lane)
{
    char want[SIZE];
    int64_t update = -1;
    const char *bytes = dy_snapshots_nearest(&shots, lane, until, &update);
    if (!bytes) return -1;
    fill(want, as_lane, update);
    cr_assert_arr_eq(bytes, want, SIZE);
    return update;
}

Test(snapshots, the_nearest_is_the_last_that_is_not_later, .fini = close_shots)
{
    open_shots(100 * SIZE, 2);
    static const int64_t AT[] = { 3, 10, 11, 50 };
    for (int i = 0; i < 4; i++) cr_assert(add(1, AT[i]));
    cr_expect_eq(nearest(1, 2, 1), -1);
    cr_expect_eq(nearest(1, 3, 1), 3);
    cr_expect_eq(nearest(1, 9, 1), 3);
    cr_expect_eq(nearest(1, 11, 1), 11);
    cr_expect_eq(nearest(1, 1000, 1), 50);
    cr_expect_eq(nearest(0, 1000, 0), -1);
}

Test(snapshots, what_is_cut_or_overtaken_is_forgotten, .fini = close_shots)
{
    open_shots(100 * SIZE, 2);
    for (int64_t at = 1; at <= 9; at++) cr_assert(add(0, at) && add(1, at));
    dy_snapshots_cut(&shots, 0, 5);
    cr_expect_eq(nearest(0, 100, 0), 5);
    cr_expect_eq(nearest(1, 100, 1), 9);
    cr_assert(add(1, 4));
    cr_expect_eq(nearest(1, 100, 1), 4);
    cr_expect_eq(nearest(1, 3, 1), 3);
    dy_snapshots_cut(&shots, 1, -1);
    cr_expect_eq(nearest(1, 100, 1), -1);
    cr_expect_eq(shots.n_slots, 5);
}

Test(snapshots, a_copy_has_its_own_bytes, .fini = close_shots)
{
    open_shots(8 * SIZE, 2);
    for (int64_t at = 1; at <= 5; at++) cr_assert(add(0, at));
    dy_snapshots_copy(&shots, 0, 1, 4);
    cr_expect_eq(nearest(1, 100, 0), 4);
    dy_snapshots_cut(&shots, 0, -1);
    for (int64_t until = 2; until <= 4; until++) cr_expect_eq(nearest(1, until, 0), until);
    cr_expect_eq(nearest(1, 1, 0), -1, "of four there was room for three, the newest");
}

Test(snapshots, without_room_there_are_none, .fini = close_shots)
{
    open_shots(SIZE - 1, 2);
    cr_expect_not(add(0, 1));
    dy_snapshots_copy(&shots, 0, 1, 4);
    dy_snapshots_cut(&shots, 0, -1);
    cr_expect_eq(nearest(0, 100, 0), -1);
}

/* How far back from each age one has to go, as a part of that age, at most. */
static double widest_gap(int lane, int64_t now)
{
    double widest = 0;
    for (int64_t age = 10; age < now; age++) {
        int64_t at = nearest(lane, now - age, lane);
        int64_t gap = now - age - (at < 0 ? 0 : at);
        widest = fmax(widest, (double)gap / (double)age);
    }
    return widest;
}

Test(snapshots, they_are_log_spaced_in_age, .fini = close_shots)
{
    open_shots((int64_t)1000 * SIZE, 1);
    cr_assert_eq(shots.room, DY_SNAPSHOTS_LANE);
    for (int64_t now = 1; now <= 100000; now++) {
        cr_assert(add(0, now));
        if (now == 1000 || now == 33333 || now == 100000)
            cr_expect_lt(widest_gap(0, now), 0.5, "at %d: %g", (int)now, widest_gap(0, now));
    }
}

Test(snapshots, lanes_share_what_there_is, .fini = close_shots)
{
    open_shots(40 * SIZE, 17);
    for (int64_t now = 1; now <= 2000; now++)
        for (int lane = 0; lane < 8; lane++) cr_assert(add(lane, now));
    for (int lane = 0; lane < 8; lane++) {
        cr_expect_eq(nearest(lane, 3000, lane), 2000);
        cr_expect_gt(nearest(lane, 1900, lane), 0);
    }
    for (int64_t now = 1; now <= 100; now++) cr_assert(add(9, now));
    cr_expect_gt(nearest(9, 60, 9), 0, "a lane that comes later gets its share");
}
