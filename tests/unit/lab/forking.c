/* forking.c - a fork is what its lane would have been, and the lane stays itself.
 *
 * SPDX-License-Identifier: MIT */
#include "branching.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(forking, .init = open_racing, .fini = close_racing);

static void expect_forked(int kind, int64_t budget, int now, int64_t from)
{
    dy_spec plans[2];
    struct setting s;
    dy_session *session = open_session(make_kind(&s, kind, plans, budget));
    step(session, (int)from);
    post_line(0, DY_LR, 0.2, 0.01);
    run_out(session);
    dy_run_view bent = dy_session_run(session, 0);
    dy_session_close(session);
    session = open_session(make_kind(&s, kind, plans, budget));
    run_out(session);
    dy_run_view plain[] = { dy_session_run(session, 0), dy_session_run(session, 1) };
    dy_session_close(session);

    session = open_session(make_kind(&s, kind, plans, budget));
    step(session, now);
    post(DY_ACT_FORK, 0, from, 0);
    post_line(2, DY_LR, 0.2, 0.01);
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    run_out(session);
    cr_assert_eq(dy_session_lanes(session), 3);
    dy_run_view fork = dy_session_run(session, 2);
    cr_expect(fork.card->branched && fork.card->from == from && fork.card->lane == 2);
    cr_expect_eq(fork.card->parent, dy_session_run(session, 0).index);
    same_run(&fork, &bent);
    for (int i = 0; i < 2; i++) {
        dy_run_view run = dy_session_run(session, i);
        same_run(&run, &plain[i]);
    }
    dy_session_close(session);
}

Test(forking, a_fork_is_what_the_lane_would_have_been_and_the_lane_stays_itself)
{
    for (int kind = 0; kind < KINDS; kind++)
        for (int b = 0; b < N_BUDGETS; b++)
            for (int64_t from = 0; from <= 17; from += from < 2 ? 1 : 5)
                expect_forked(kind, BUDGETS[b], 17, from);
}

Test(forking, a_fork_catches_up_and_then_all_go_in_lock_step)
{
    dy_session *session = open_race(2);
    step(session, 12);
    post(DY_ACT_FORK, 1, 4, 0);
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    for (int64_t len = 5; len <= 12; len++) {
        step(session, 1);
        cr_expect_eq(dy_tape_len(tape_of(session, 2)), len);
        cr_expect_eq(dy_tape_len(tape_of(session, 0)), 12);
        cr_expect_eq(dy_session_updates(session), 12);
        cr_expect_not(dy_session_epoch_over(session));
    }
    step(session, 1);
    for (int i = 0; i < 3; i++) cr_expect_eq(dy_tape_len(tape_of(session, i)), 13);
    cr_expect_eq(dy_session_moment(session), 21);
    run_out(session);
    same_tape(tape_of(session, 1), tape_of(session, 2));
    dy_session_close(session);
}

Test(forking, the_edit_of_a_fork_names_its_run)
{
    dy_session *session = open_race(2);
    step(session, 12);
    post(DY_ACT_FORK, 1, 4, 0);
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    step(session, 1);
    dy_order edit;
    const void *bytes;
    size_t n;
    cr_assert(edit_of(DY_ACT_FORK, 0, &edit, &bytes, &n));
    cr_expect(edit.lane == 1 && edit.count == 4 && edit.step == 12 && edit.moment == 12);
    cr_expect_eq(edit.run, dy_session_run(session, 2).index);
    dy_session_close(session);
}

Test(forking, forks_can_be_forked_bent_stopped_and_sent_back)
{
    dy_session *session = open_race(1);
    step(session, 10);
    post(DY_ACT_FORK, 0, 6, 0); /* lane 1 */
    post_line(1, DY_LR, 0.3, 0.1);
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    step(session, 8);           /* all at 14 */
    post(DY_ACT_FORK, 1, 9, 0); /* lane 2 */
    post_line(2, DY_MOMENTUM, 0.5, 0.5);
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    step(session, 2);                         /* lane 2 at 11 */
    post(DY_ACT_REWIND, DY_EVERY_LANE, 8, 0); /* before lane 2 was anything else than lane 1 */
    step(session, 3);
    post(DY_ACT_STOP, 0, 0, 0);
    run_out(session);
    for (int i = 1; i < 3; i++) {
        dy_run_view run = dy_session_run(session, i);
        cr_expect_eq(status_of(&run), DY_DONE);
        cr_expect_eq(run.card->from, 8);
    }
    same_tape(tape_of(session, 1), tape_of(session, 2));
    dy_run_view bent = dy_session_run(session, 1);
    dy_session_close(session);
    session = open_race(1);
    addressed = 1;
    step(session, 6);
    post_line(0, DY_LR, 0.3, 0.1);
    run_out(session);
    same_tape(tape_of(session, 0), bent.tape);
    dy_session_close(session);
    expect_none_running();
}

Test(forking, forks_that_cannot_be_are_refused)
{
    static const struct {
        int32_t lane;
        int64_t count;
        const char *why;
    } rows[] = {
        { 0, -1, "fork: a: want an update that it has made, 0 to 5" },
        { 0, 6, "0 to 5" },
        { 2, 3, "no such lane" },
        { DY_EVERY_LANE, 3, "no such lane" },
    };

    char said[400];
    listen_to_lab();
    dy_session *session = open_race(2);
    step(session, 5);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        post(DY_ACT_FORK, rows[i].lane, rows[i].count, 0);
        post(DY_ACT_PAUSE, 0, 0, 0);
        post(DY_ACT_GO, 0, 0, 0);
        step(session, i == 3);
        if (i < 3) continue;
        cr_expect_eq(heard(said, sizeof said), 4);
    }
    post(DY_ACT_FORK, 0, 6, 0);
    post(DY_ACT_GO, 0, 0, 0);
    step(session, 1);
    for (int i = 0; i < 20; i++) {
        post(DY_ACT_FORK, 0, 2, 0);
        post(DY_ACT_GO, 0, 0, 0);
    }
    step(session, 1);
    cr_expect_eq(heard(said, sizeof said), 5);
    cr_expect(strstr(said, "no more than 16 forks"), "%s", said);
    run_out(session);
    for (int i = 2; i < 18; i++) same_tape(tape_of(session, i), tape_of(session, 0));
    dy_session_close(session);
    expect_none_running();
}
