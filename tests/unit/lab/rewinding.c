/* rewinding.c - a race that goes back goes on with the bits of one that never did, and what was stays as it is.
 *
 * SPDX-License-Identifier: MIT */
#include "branching.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

TestSuite(rewinding, .init = open_racing, .fini = close_racing);

static void expect_rewound(int kind, int64_t budget, int now, int64_t until)
{
    dy_spec plans[2];
    struct setting s;
    dy_session *session = open_session(make_kind(&s, kind, plans, budget));
    dy_run_view plain[2], old[2];
    run_out(session);
    for (int i = 0; i < 2; i++) plain[i] = dy_session_run(session, i);
    dy_session_close(session);

    session = open_session(make_kind(&s, kind, plans, budget));
    step(session, now);
    for (int i = 0; i < 2; i++) old[i] = dy_session_run(session, i);
    post(DY_ACT_REWIND, DY_EVERY_LANE, until, 0);
    step(session, 1);
    cr_expect_eq(dy_session_updates(session), until + 1);
    run_out(session);
    for (int i = 0; i < 2; i++) {
        dy_run_view run = dy_session_run(session, i);
        cr_expect(run.card->branched && run.card->parent == old[i].index);
        cr_expect(run.card->from == until && run.card->lane == i &&
                  run.card->race == addressed);
        cr_expect_eq(status_of(&old[i]), DY_STOPPED);
        cr_expect_eq(dy_tape_len(old[i].tape), now);
        same_start(old[i].tape, plain[i].tape, now);
        same_run(&run, &plain[i]);
    }
    dy_session_close(session);
}

Test(rewinding, a_race_that_went_back_ends_as_if_it_had_not)
{
    for (int kind = 0; kind < KINDS; kind++)
        for (int b = 0; b < N_BUDGETS; b++)
            for (int64_t until = 0; until < 19; until += until < 2 ? 1 : 5) {
                expect_rewound(kind, BUDGETS[b], 19, until);
            }
}

Test(rewinding, it_can_go_back_again_and_again)
{
    dy_spec plans[2];
    struct setting s;
    dy_session *session = open_session(make_kind(&s, PLATEAU, plans, BUDGETS[1]));
    run_out(session);
    dy_run_view plain = dy_session_run(session, 0);
    dy_session_close(session);
    session = open_session(make_kind(&s, PLATEAU, plans, BUDGETS[1]));
    static const int64_t WAY[][2] = { { 10, 4 }, { 14, 17 }, { 6, 2 },
                                      { 1, 2 },  { 20, 0 },  { 9, 8 } };
    for (size_t i = 0; i < sizeof WAY / sizeof *WAY; i++) {
        step(session, (int)WAY[i][0]);
        post(DY_ACT_REWIND, DY_EVERY_LANE, WAY[i][1], 0);
    }
    run_out(session);
    dy_run_view run = dy_session_run(session, 0);
    same_run(&run, &plain);
    cr_expect_eq(count_edits(DY_ACT_REWIND), 6);
    dy_session_close(session);
    expect_none_running();
}

Test(rewinding, a_bend_after_going_back_is_as_if_made_then)
{
    dy_session *session = open_race(1);
    step(session, 5);
    post_line(0, DY_LR, 0.3, 0.1);
    run_out(session);
    dy_run_view bent = dy_session_run(session, 0);
    dy_session_close(session);
    addressed = 1;
    session = open_race(1);
    step(session, 17);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 5, 0);
    post_line(0, DY_LR, 0.3, 0.1);
    run_out(session);
    dy_run_view run = dy_session_run(session, 0);
    same_tape(run.tape, bent.tape);
    dy_session_close(session);
}

Test(rewinding, what_was_bent_after_the_update_it_goes_back_to_is_forgotten)
{
    dy_session *session = open_race(1);
    step(session, 5);
    post_line(0, DY_MOMENTUM, 0.5, 0.5);
    step(session, 5);
    post_line(0, DY_LR, 0.3, 0.1);
    step(session, 5);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 7, 0);
    run_out(session);
    dy_run_view run = dy_session_run(session, 0);
    dy_session_close(session);
    session = open_race(1);
    run_out(session);
    const dy_tape *plain = tape_of(session, 0);
    for (int64_t i = 0; i < 25; i++) {
        cr_expect(dy_tape_at(run.tape, DY_LR, i) == dy_tape_at(plain, DY_LR, i));
        double own = dy_tape_at(plain, DY_MOMENTUM, i);
        cr_expect(dy_tape_at(run.tape, DY_MOMENTUM, i) == (i < 5 ? own : 0.5));
    }
    dy_session_close(session);
}

Test(rewinding, the_board_says_what_lies_ahead_of_it_then)
{
    dy_arena arena = dy_arena_make(0);
    dy_curve curve;
    dy_session *session = open_race(1);
    step(session, 5);
    post_line(0, DY_LR, 0.3, 0.1);
    step(session, 5);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 5, 0);
    step(session, 1);
    int32_t run = dy_session_run(session, 0).index;
    cr_assert(ghost_of(run, DY_LR, &curve, &arena),
              "bent at update 5: that is in force for it");
    cr_expect(dy_curve_at(&curve, 9) == line_at(0.3, 0.1, 9));
    post(DY_ACT_REWIND, DY_EVERY_LANE, 4, 0);
    step(session, 1);
    run = dy_session_run(session, 0).index;
    cr_assert(ghost_of(run, DY_LR, &curve, &arena));
    cr_expect(dy_curve_at(&curve, 9) != line_at(0.3, 0.1, 9));
    run_out(session);
    cr_expect(dy_tape_at(tape_of(session, 0), DY_LR, 9) == dy_curve_at(&curve, 9));
    dy_session_close(session);
    dy_arena_close(&arena);
}

Test(rewinding, lanes_that_were_over_live_again_if_they_lived_then)
{
    dy_spec plans[] = { constant(0.05), constant(0.05), constant(0.1) };
    struct setting s;
    dy_session *session = open_session(make_setting(&s, 3, plans));
    step(session, 1);
    post(DY_ACT_STOP, 2, 0, 0);
    step(session, 2);
    post_line(1, DY_LR, 1e30, 1e30);
    step(session, 13);
    dy_run_view over = dy_session_run(session, 2), diverged = dy_session_run(session, 1);
    cr_assert_eq(status_of(&diverged), DY_DIVERGED);
    cr_assert_eq(dy_tape_len(over.tape), 1);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 2, 0);
    run_out(session);
    dy_run_view saved = dy_session_run(session, 1), still = dy_session_run(session, 2);
    cr_expect_eq(status_of(&saved), DY_DONE);
    cr_expect_eq(status_of(&diverged), DY_DIVERGED, "the old future is what it was");
    cr_expect(still.index == over.index && status_of(&still) == DY_STOPPED);
    dy_session_close(session);
    expect_none_running();
}

Test(rewinding, a_rewind_to_nowhere_is_refused)
{
    char said[400];
    listen_to_lab();
    dy_session *session = open_race(1);
    step(session, 5);
    static const int64_t NOWHERE[] = { -1, INT64_MIN, 5, 6, 25, INT64_MAX };
    for (size_t i = 0; i < sizeof NOWHERE / sizeof *NOWHERE; i++)
        post(DY_ACT_REWIND, DY_EVERY_LANE, NOWHERE[i], 0);
    step(session, 1);
    cr_expect_eq(heard(said, sizeof said), 6);
    cr_expect(strstr(said, "rewind: the race has not come past update"), "%s", said);
    cr_expect_eq(dy_board_len(lab.board), 1);
    cr_expect_eq(count_edits(DY_ACTS), 0);
    dy_session_close(session);
}

Test(rewinding, on_a_full_board_it_stays_where_it_is)
{
    char said[400];
    dy_board *roomy = lab.board;
    dy_error err;
    must(dy_board_open(&lab.board, (size_t)5 << 20, &err), &err);
    listen_to_lab();
    dy_spec plans[] = { constant(0.05), constant(0.1) };
    struct setting s;
    make_setting(&s, 2, plans)->spec.steps = 50000;
    dy_session *session = open_session(&s);
    step(session, 9);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 5, 0);
    step(session, 1);
    cr_expect_eq(heard(said, sizeof said), 1);
    cr_expect(strstr(said, "no room"), "%s", said);
    cr_expect_eq(dy_session_updates(session), 10);
    cr_expect_eq(count_edits(DY_ACTS), 0);
    dy_session_close(session);
    expect_none_running();
    dy_board_close(lab.board);
    lab.board = roomy;
}

Test(rewinding, there_is_no_way_back_before_the_script_set_the_weights)
{
    char said[400];
    listen_to_lab();
    dy_session *session = open_race(1);
    step(session, 5);
    dy_session_weights(session, 0, 0).at[0] = 0.5F;
    dy_session_weights_set(session, 0);
    step(session, 5);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 7, 0);
    step(session, 1);
    cr_expect_eq(heard(said, sizeof said), 1, "without a state kept there is none at all");
    cr_expect(strstr(said, "set the weights at update 5"), "%s", said);
    dy_session_close(session);

    dy_spec plans[] = { one_cycle() };
    struct setting s;
    make_setting(&s, 1, plans)->spec.snapshots = BUDGETS[2];
    s.spec.number = addressed = 1;
    session = open_session(&s);
    step(session, 5);
    dy_session_weights(session, 0, 0).at[0] = 0.5F;
    dy_session_weights_set(session, 0);
    step(session, 5);
    const dy_tape *old = tape_of(session, 0);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 4, 0);
    step(session, 1);
    cr_expect_eq(heard(said, sizeof said), 1);
    post(DY_ACT_REWIND, DY_EVERY_LANE, 5, 0);
    step(session, 6);
    same_start(tape_of(session, 0), old, 11);
    dy_session_close(session);
}

/* --- when all is over ------------------------------------------------------------------------------------------ */

static void *go_back_to_20_and_let_go(void *self)
{
    see_pause();
    post(DY_ACT_REWIND, DY_EVERY_LANE, 20, 0);
    dy_run_view run;
    while (!dy_board_run(lab.board, 1, &run) || status_of(&run) != DY_DONE) usleep(1000);
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    return self;
}

Test(rewinding, a_race_that_the_desk_holds_at_its_end_can_still_go_back)
{
    dy_session *session = open_race(1);
    dy_run_view first = dy_session_run(session, 0);
    atomic_store(&dy_board_control(lab.board)->hold, 1);
    step_beside(session, go_back_to_20_and_let_go, 25 + 5);
    cr_expect_not(dy_session_more(session));
    dy_run_view second = dy_session_run(session, 0);
    cr_expect_eq(status_of(&first), DY_DONE, "it had come to its end");
    cr_expect_eq(status_of(&second), DY_DONE);
    cr_expect_eq(second.card->from, 20);
    same_tape(first.tape, second.tape);
    dy_session_close(session);
}

Test(rewinding, a_race_that_is_held_can_be_stopped)
{
    dy_session *session = open_race(1);
    atomic_store(&dy_board_control(lab.board)->hold, 1);
    step_beside(session, stop_all, 25);
    dy_run_view run = dy_session_run(session, 0);
    cr_expect_eq(status_of(&run), DY_DONE);
    dy_session_close(session);
}
