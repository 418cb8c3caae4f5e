/* bending.c - lr and momentum follow what a person draws, from the next update on.
 *
 * SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "ordering.h"
#include "schedule/curve_pack.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(bending, .init = open_racing, .fini = close_racing);

Test(bending, a_bent_channel_follows_the_curve_from_the_next_update_on)
{
    dy_session *session = open_race(2);
    step(session, 10);
    post_line(0, DY_LR, 0.3, 0.01);
    post_line(0, DY_MOMENTUM, 0.5, 0.99);
    run_out(session);
    const dy_tape *bent = tape_of(session, 0), *other = tape_of(session, 1);
    dy_session_close(session);
    session = open_race(2);
    run_out(session);
    const dy_tape *plain = tape_of(session, 0);
    same_tape(other, tape_of(session, 1));
    dy_session_close(session);
    cr_expect(dy_tape_at(bent, DY_LOSS, 10) == dy_tape_at(plain, DY_LOSS, 10));
    cr_expect(dy_tape_at(bent, DY_LOSS, 11) != dy_tape_at(plain, DY_LOSS, 11));
    for (int64_t i = 0; i < 25; i++) {
        bool before = i < 10;
        double lr = before ? dy_tape_at(plain, DY_LR, i) : line_at(0.3, 0.01, i);
        double m = before ? dy_tape_at(plain, DY_MOMENTUM, i) : line_at(0.5, 0.99, i);
        cr_expect(dy_tape_at(bent, DY_LR, i) == lr, "lr at %d", (int)i);
        cr_expect(dy_tape_at(bent, DY_MOMENTUM, i) == m, "momentum at %d", (int)i);
    }
}

Test(bending, every_lane_can_be_bent_at_once_and_each_has_its_edit)
{
    dy_session *session = open_race(3);
    step(session, 4);
    post_line(DY_EVERY_LANE, DY_LR, 0.1, 0);
    run_out(session);
    for (int lane = 0; lane < 3; lane++) {
        dy_order edit;
        const void *bytes;
        size_t n;
        cr_assert(edit_of(DY_ACT_BEND, lane, &edit, &bytes, &n));
        cr_expect(edit.lane == lane && edit.run == dy_session_run(session, lane).index);
        cr_expect(edit.step == 4 && edit.channel == DY_LR && n > 0);
        cr_expect(dy_tape_at(tape_of(session, lane), DY_LR, 20) == line_at(0.1, 0, 20));
    }
    dy_session_close(session);
}

Test(bending, of_many_bends_between_two_updates_the_last_is_made)
{
    dy_session *session = open_race(1);
    step(session, 4);
    for (int i = 1; i <= 50; i++) post_line(0, DY_LR, 0.01 * i, 0);
    post_line(0, DY_MOMENTUM, 0.3, 0.3);
    run_out(session);
    cr_expect_eq(count_edits(DY_ACT_BEND), 2);
    cr_expect(dy_tape_at(tape_of(session, 0), DY_LR, 4) == line_at(0.01 * 50, 0, 4));
    cr_expect(dy_tape_at(tape_of(session, 0), DY_MOMENTUM, 4) == 0.3);
    dy_session_close(session);
}

static void expect_refused_bend(const dy_key *keys, int64_t n, dy_channel channel,
                                const char *why)
{
    char said[400] = "";
    dy_session *session = open_race(1);
    step(session, 4);
    post_bend(0, channel, keys, n);
    addressed += 2;
    step(session, 1);
    cr_expect_eq(heard(said, sizeof said), 1);
    cr_expect(strstr(said, why) && strstr(said, "bend"), "%s: %s", why, said);
    run_out(session);
    const dy_tape *tape = tape_of(session, 0);
    dy_session_close(session);
    session = open_race(1);
    run_out(session);
    same_tape(tape, tape_of(session, 0));
    dy_session_close(session);
    cr_expect_eq(count_edits(DY_ACT_BEND), 0);
}

Test(bending, a_bend_that_no_update_could_use_is_refused_and_changes_nothing)
{
    const dy_ease linear = { .kind = DY_EASE_LINEAR };
    dy_key negative[] = { { 0, 0.1, linear }, { 24, -0.1, linear } };
    dy_key whole[] = { { 0, 0.9, linear }, { 24, 1, linear } };
    listen_to_lab();
    expect_refused_bend(negative, 2, DY_LR, "lr: -");
    expect_refused_bend(whole, 2, DY_MOMENTUM, "momentum: 1 at step 24");
    expect_refused_bend(negative, 2, DY_MOMENTUM, "momentum: -");
}

Test(bending, a_curve_that_is_bad_only_where_the_run_is_not_is_taken)
{
    const dy_ease linear = { .kind = DY_EASE_LINEAR };
    dy_key keys[] = {
        { 0, -0.1, linear }, { 4, 0.1, linear }, { 24, 0.1, linear }, { 40, -1, linear }
    };
    dy_session *session = open_race(1);
    step(session, 4);
    post_bend(0, DY_LR, keys, 4);
    run_out(session);
    cr_expect_eq(count_edits(DY_ACT_BEND), 1);
    dy_session_close(session);
}

Test(bending, bytes_of_a_bend_may_be_anything)
{
    dy_rng rng = dy_rng_make(1, "bytes");
    dy_arena arena = dy_arena_make(0);
    dy_curve curve;
    dy_error err;
    dy_key keys[] = { { 0, 0.1, { 0 } }, { 24, 0.2, { .kind = DY_EASE_COSINE } } };
    must(dy_curve_keys(&curve, &arena, keys, 2, &err), &err);
    _Alignas(8) char good[512], bytes[512];
    size_t n = dy_curve_packed(&curve);
    cr_assert_leq(n, sizeof good);
    dy_curve_pack(&curve, good);
    dy_session *session = open_race(1);
    step(session, 1);
    for (int i = 0; i < 2000; i++) {
        memcpy(bytes, good, n);
        for (int k = 0; k < 3; k++)
            bytes[dy_rng_below(&rng, (int64_t)n)] = (char)dy_rng_below(&rng, 256);
        dy_order order = { .act = DY_ACT_BEND, .channel = i % 2 ? DY_LR : DY_MOMENTUM };
        post_order(&order, bytes,
                   (size_t)dy_rng_below(&rng, 8) ? n : (size_t)dy_rng_below(&rng, (int64_t)n));
    }
    run_out(session);
    dy_run_view run = dy_session_run(session, 0);
    cr_expect(status_of(&run) == DY_DONE || status_of(&run) == DY_DIVERGED);
    dy_session_close(session);
    dy_arena_close(&arena);
}
