/* replaying.c - the edits of a session, as cues of another, give the same runs with the same bits.
 *
 * SPDX-License-Identifier: MIT */
#include "branching.h"
#include "schedule/curve_pack.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(replaying, .init = open_racing, .fini = close_racing);

static dy_replay replay;

static void add_edit(const dy_order *edit, const void *bytes, size_t n, int32_t race)
{
    dy_error err;
    dy_arena arena = dy_arena_make(0);
    dy_curve curve;
    dy_order cue = *edit;
    cue.race = race;
    if (n > 0) must(dy_curve_unpack(&curve, &arena, bytes, n, &err), &err);
    must(dy_replay_add(&replay, &cue, n > 0 ? &curve : NULL, &err), &err);
    dy_arena_close(&arena);
}

/* Everything that was done to race 0 is to be done to `race`. `moments`: or where only the lanes' own steps say when. */
static void rehearse(int32_t race, bool moments)
{
    dy_log_reader reader = dy_board_edits(lab.board);
    dy_order edit;
    const void *bytes;
    size_t n;
    dy_error err;
    must(dy_replay_room(&replay, count_edits(DY_ACTS), &err), &err);
    while (dy_log_next(&reader, &edit, &bytes, &n)) {
        if (edit.act == DY_ACT_PLAN || edit.race != 0) continue;
        if (!moments) edit.moment = -1;
        add_edit(&edit, bytes, n, race);
    }
}

static void expect_same_runs(int32_t from)
{
    int32_t n = dy_board_len(lab.board) - from;
    cr_assert_eq(n, from, "%d runs came of it, and %d", (int)from, (int)n);
    for (int32_t i = 0; i < from; i++) {
        dy_run_view a, b;
        cr_assert(dy_board_run(lab.board, i, &a) && dy_board_run(lab.board, from + i, &b));
        same_run(&a, &b);
        cr_expect(a.card->branched == b.card->branched && a.card->from == b.card->from);
        cr_expect_eq(a.card->lane, b.card->lane);
        if (a.card->branched) cr_expect_eq(a.card->parent + from, b.card->parent);
    }
}

/* Drives race 0 by orders; then race 1 of the same kind by what was recorded of it. */
static void expect_replayed(int kind, void (*steer)(dy_session *session), bool moments)
{
    dy_spec plans[2];
    struct setting s;
    int32_t runs = dy_board_len(lab.board);
    dy_session *session = open_session(make_kind(&s, kind, plans, BUDGETS[kind % N_BUDGETS]));
    addressed = s.spec.number = 0;
    steer(session);
    run_out(session);
    dy_session_close(session);
    runs = dy_board_len(lab.board) - runs;
    int edits = count_edits(DY_ACTS);
    rehearse(1, moments);
    make_kind(&s, kind, plans, BUDGETS[(kind + 1) % N_BUDGETS])->spec.replay = &replay;
    s.spec.number = 1;
    session = open_session(&s);
    run_out(session);
    dy_session_close(session);
    expect_same_runs(runs);
    cr_expect_eq(replay.heeded, replay.n);
    cr_expect_eq(count_edits(DY_ACTS), 2 * edits, "replayed acts are edits as well");
    dy_replay_close(&replay);
}

static void pause_bend_rewind_and_fork(dy_session *session)
{
    step(session, 6);
    post(DY_ACT_PAUSE, DY_EVERY_LANE, 0, 0);
    post_line(0, DY_LR, 0.3, 0.1);
    post(DY_ACT_ADVANCE, DY_EVERY_LANE, 100, 0);
    step(session, 5);
    post_line(DY_EVERY_LANE, DY_MOMENTUM, 0.5, 0.9);
    step(session, 6);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 9, 0);
    post(DY_ACT_SPEED, DY_EVERY_LANE, 0, 1e6);
    step(session, 4); /* 13 */
    post(DY_ACT_FORK, 0, 10, 0);
    post_line(2, DY_LR, 0.05, 0);
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    step(session, 2);
    post_line(1, DY_LR, 0.02, 0.02); /* while the fork still catches up */
    post(DY_ACT_COOL, 2, 7, 0);
    step(session, 5);
    post(DY_ACT_STOP, 1, 0, 0);
}

static void go_back_while_catching_up(dy_session *session)
{
    step(session, 15);
    post(DY_ACT_FORK, 1, 4, 0);
    post_line(2, DY_LR, 0.1, 0.05);
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    step(session, 4); /* the fork is at 8 */
    post(DY_ACT_REWIND, DY_EVERY_LANE, 6, 0);
    step(session, 3);
    post(DY_ACT_FORK, 2, 7, 0);
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 0, 0);
    step(session, 2);
}

static void stop_everything(dy_session *session)
{
    step(session, 7);
    atomic_store(&dy_board_control(lab.board)->stop, 1);
    step(session, 1);
    atomic_store(&dy_board_control(lab.board)->stop, 0);
}

Test(replaying, a_session_gives_the_same_runs_again)
{
    expect_replayed(SGD, pause_bend_rewind_and_fork, true);
}

Test(replaying, with_adam)
{
    expect_replayed(ADAM, pause_bend_rewind_and_fork, true);
}

Test(replaying, with_feedback)
{
    expect_replayed(PLATEAU, pause_bend_rewind_and_fork, true);
}

Test(replaying, going_back_while_a_fork_catches_up)
{
    expect_replayed(CLIPPED, go_back_while_catching_up, true);
}

Test(replaying, a_session_that_was_stopped)
{
    expect_replayed(SGD, stop_everything, true);
}

static void bend_and_go_back(dy_session *session)
{
    step(session, 6);
    post_line(0, DY_LR, 0.3, 0.1);
    step(session, 6);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 3, 0);
    step(session, 2);
    post_line(0, DY_LR, 0.2, 0.1);
}

Test(replaying, steps_alone_say_when_where_no_lane_is_apart)
{
    expect_replayed(SGD, bend_and_go_back, false);
}

Test(replaying, a_cue_that_makes_no_sense_is_refused_like_an_order)
{
    char said[400];
    dy_error err;
    listen_to_lab();
    must(dy_replay_room(&replay, 3, &err), &err);
    dy_order cues[] = {
        { .act = DY_ACT_REWIND, .count = 9, .moment = -1, .step = 4, .lane = -1 },
        { .act = DY_ACT_BEND, .lane = 7, .moment = -1, .step = 0 },
        { .act = DY_ACT_STOP, .lane = 0, .moment = 500 }
    };
    for (int i = 0; i < 3; i++) must(dy_replay_add(&replay, &cues[i], NULL, &err), &err);
    dy_spec plans[] = { one_cycle() };
    struct setting s;
    make_setting(&s, 1, plans)->spec.replay = &replay;
    dy_run_view run = run_one(&s);
    cr_expect_eq(status_of(&run), DY_DONE);
    cr_expect_eq(heard(said, sizeof said), 2);
    cr_expect(strstr(said, "no such lane"), "%s", said);
    cr_expect_eq(replay.heeded, 2, "the third is never due");
    dy_replay_close(&replay);
    dy_replay_close(&replay);
}
