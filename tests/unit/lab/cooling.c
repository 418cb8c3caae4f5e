/* cooling.c - what if it cooled down now: a run aside that shows it, and the race goes on as if it were not there.
 *
 * SPDX-License-Identifier: MIT */
#include "branching.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

TestSuite(cooling, .init = open_racing, .fini = close_racing);

static dy_run_view run_at(int32_t i)
{
    dy_run_view run;
    cr_assert(dy_board_run(lab.board, i, &run), "run %d", (int)i);
    return run;
}

/* A race in which lane 0 is bent by hand at `at`: from what it has in a straight line to 0 over n updates. */
static dy_run_view bent_by_hand(int kind, int at, int n)
{
    dy_spec plans[2];
    struct setting s;
    dy_session *session = open_session(make_kind(&s, kind, plans, 0));
    dy_run_view run = dy_session_run(session, 0);
    step(session, at + 1);
    dy_sample next = dy_tape_sample(run.tape, at);
    post(DY_ACT_REWIND, DY_EVERY_LANE, at, 0);
    dy_key line[] = { { at, next.lr, { 0 } }, { at + n - 1, 0, { .kind = DY_EASE_LINEAR } } };
    dy_key flat[] = { { 0, next.momentum, { 0 } } };
    post_bend(0, DY_LR, line, 2);
    post_bend(0, DY_MOMENTUM, flat, 1);
    step(session, n);
    run = dy_session_run(session, 0);
    dy_session_close(session);
    return run;
}

static void expect_cooled(int kind, int at, int n)
{
    dy_spec plans[2];
    struct setting s;
    dy_run_view by_hand = bent_by_hand(kind, at, n);
    dy_session *session = open_session(make_kind(&s, kind, plans, 0));
    run_out(session);
    dy_run_view plain[] = { dy_session_run(session, 0), dy_session_run(session, 1) };
    dy_session_close(session);

    session = open_session(make_kind(&s, kind, plans, 0));
    step(session, at);
    post(DY_ACT_COOL, 0, n, 0);
    run_out(session);
    cr_assert_eq(dy_session_lanes(session), 2, "it is no lane");
    for (int i = 0; i < 2; i++) {
        dy_run_view run = dy_session_run(session, i);
        same_run(&run, &plain[i]);
    }
    dy_run_view aside = run_at(dy_board_len(lab.board) - 1);
    cr_expect(aside.card->aside && aside.card->branched && aside.card->from == at);
    cr_expect_eq(aside.card->parent, dy_session_run(session, 0).index);
    cr_expect_eq(status_of(&aside), DY_DONE);
    cr_assert_eq(dy_tape_len(aside.tape), at + n);
    cr_expect(dy_tape_at(aside.tape, DY_LR, at + n - 1) == 0);
    same_start(aside.tape, plain[0].tape, at);
    for (int64_t i = at; i < at + n; i++) {
        dy_sample x = dy_tape_sample(aside.tape, i), y = dy_tape_sample(by_hand.tape, i);
        cr_expect(x.loss == y.loss && x.momentum == y.momentum, "%d: update %d", kind, (int)i);
        cr_expect_float_eq(x.lr, y.lr, 1e-15);
    }
    cr_expect(isfinite(aside.outcome->test_loss));
    dy_session_close(session);
}

Test(cooling, it_is_what_bending_the_lane_to_0_would_have_given)
{
    for (int kind = 0; kind < KINDS; kind++) expect_cooled(kind, 8, 6);
}

Test(cooling, the_edit_names_the_run_and_the_board_says_its_line)
{
    dy_session *session = open_race(2);
    step(session, 5);
    post(DY_ACT_COOL, 1, 4, 0);
    run_out(session);
    dy_order edit;
    const void *bytes;
    size_t n;
    cr_assert(edit_of(DY_ACT_COOL, 0, &edit, &bytes, &n));
    cr_expect(edit.lane == 1 && edit.count == 4 && edit.step == 5);
    cr_expect_eq(edit.run, 2);
    cr_expect_str_eq(run_at(2).card->name, "b, cooled");
    dy_arena arena = dy_arena_make(0);
    dy_curve curve;
    cr_assert(ghost_of(2, DY_LR, &curve, &arena));
    for (int64_t i = 5; i < 9; i++)
        cr_expect_float_eq(dy_curve_at(&curve, (double)i), dy_tape_at(run_at(2).tape, DY_LR, i),
                           1e-15);
    dy_arena_close(&arena);
    dy_session_close(session);
}

static void *wait_until_cool(void *self)
{
    see_pause();
    post(DY_ACT_COOL, 0, 12, 0);
    while (dy_board_len(lab.board) < 2) usleep(1000);
    dy_run_view aside = run_at(1);
    while (status_of(&aside) == DY_RUNNING) usleep(1000);
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    return self;
}

Test(cooling, while_the_race_waits_it_is_worked_on)
{
    dy_session *session = open_race(1);
    step(session, 9);
    post(DY_ACT_PAUSE, DY_EVERY_LANE, 0, 0);
    step_beside(session, wait_until_cool, 1);
    cr_expect_eq(dy_session_updates(session), 10);
    dy_run_view aside = run_at(1);
    cr_expect_eq(status_of(&aside), DY_DONE);
    cr_expect_eq(dy_tape_len(aside.tape), 21);
    dy_session_close(session);
}

Test(cooling, it_may_go_on_past_the_races_end)
{
    dy_session *session = open_race(1);
    step(session, 20);
    post(DY_ACT_COOL, 0, 100, 0);
    run_out(session);
    dy_run_view aside = run_at(1);
    cr_expect_eq(status_of(&aside), DY_DONE);
    cr_expect_eq(dy_tape_len(aside.tape), 120);
    dy_session_close(session);
}

Test(cooling, one_update_is_enough)
{
    dy_session *session = open_race(1);
    step(session, 5);
    post(DY_ACT_COOL, 0, 1, 0);
    run_out(session);
    dy_run_view aside = run_at(1);
    cr_expect_eq(dy_tape_len(aside.tape), 6);
    cr_expect(dy_tape_at(aside.tape, DY_LR, 5) == 0);
    dy_session_close(session);
}

Test(cooling, a_stop_or_a_failure_ends_it_too)
{
    for (int how = 0; how < 3; how++) {
        dy_session *session = open_race(1);
        addressed = how;
        step(session, 5);
        post(DY_ACT_COOL, 0, 1000000, 0);
        step(session, 1);
        atomic_store(&dy_board_control(lab.board)->stop, how == 0);
        if (how == 0) step(session, 1);
        if (how == 1) dy_session_fail(session, "why");
        dy_session_close(session);
        dy_run_view aside = run_at(dy_board_len(lab.board) - 1);
        cr_expect_eq(status_of(&aside), DY_STOPPED);
        cr_expect_eq(aside.outcome->updates, dy_tape_len(aside.tape));
        expect_none_running();
        atomic_store(&dy_board_control(lab.board)->stop, 0);
    }
}

Test(cooling, so_many_at_once_and_more_when_they_are_over)
{
    char said[400];
    listen_to_lab();
    dy_session *session = open_race(1);
    step(session, 5);
    for (int i = 0; i < 6; i++) post(DY_ACT_COOL, 0, 1000, 0);
    step(session, 1);
    cr_expect_eq(heard(said, sizeof said), 2);
    cr_expect(strstr(said, "cool: 4 are under way already"), "%s", said);
    run_out(session);
    dy_session_close(session);
    addressed = 1;
    session = open_race(1);
    for (int i = 0; i < 20; i++) {
        post(DY_ACT_COOL, 0, 1, 0);
        step(session, 1);
        post(DY_ACT_PAUSE, -1, 0, 0);
        post(DY_ACT_GO, -1, 0, 0);
    }
    run_out(session);
    heard(said, sizeof said);
    expect_none_running();
    dy_session_close(session);
}

Test(cooling, what_cannot_be_cooled_is_refused)
{
    static const struct {
        int32_t lane;
        int64_t count;
        const char *why;
    } rows[] = { { 0, 0, "want at least one update" },
                 { 0, -5, "want at least one update" },
                 { 0, INT64_MAX, "want at least one update" },
                 { 1, 5, "the lane is over" },
                 { 2, 5, "no such lane" },
                 { DY_EVERY_LANE, 5, "no such lane" },
                 { 0, (int64_t)1 << 50, "no room" } };

    char said[400];
    listen_to_lab();
    dy_session *session = open_race(2);
    step(session, 3);
    post(DY_ACT_STOP, 1, 0, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        post(DY_ACT_COOL, rows[i].lane, rows[i].count, 0);
        step(session, 1);
        cr_expect_eq(heard(said, sizeof said), 1, "%s", rows[i].why);
        cr_expect(strstr(said, rows[i].why), "%s: %s", rows[i].why, said);
    }
    cr_expect_eq(count_edits(DY_ACT_COOL), 0);
    dy_session_close(session);
    expect_none_running();
}

Test(cooling, it_diverges_without_harm)
{
    dy_session *session = open_race(1);
    step(session, 3);
    post_line(0, DY_LR, 1e30, 1e30);
    post(DY_ACT_COOL, 0, 20, 0);
    run_out(session);
    dy_run_view aside = run_at(1), lane = dy_session_run(session, 0);
    cr_expect_eq(status_of(&aside), DY_DIVERGED);
    cr_expect_eq(status_of(&lane), DY_DIVERGED);
    dy_session_close(session);
}

Test(cooling, right_after_going_back_it_is_from_there)
{
    dy_session *session = open_race(1);
    step(session, 15);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 6, 0);
    post(DY_ACT_COOL, 0, 5, 0);
    run_out(session);
    dy_run_view aside = run_at(2);
    cr_assert(aside.card->aside && aside.card->from == 6);
    same_start(aside.tape, tape_of(session, 0), 6);
    cr_expect_eq(dy_tape_len(aside.tape), 11);
    dy_session_close(session);
}
