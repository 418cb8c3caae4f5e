/* session_ends.c - how lanes end: stopped, closed, failed, diverged.
 *
 * SPDX-License-Identifier: MIT */
#include "racing.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

TestSuite(session_ends, .init = open_racing, .fini = close_racing);

/* Seven updates, then what `stop` does, then one step. */
static void expect_stopped(void (*stop)(dy_session *session))
{
    dy_spec plans[] = { constant(0.1), constant(0.2) };
    struct setting s;
    dy_session *session = open_session(make_setting(&s, 2, plans));
    dy_error err;
    for (int i = 0; i < 7; i++) must(dy_session_step(session, &err), &err);
    stop(session);
    must(dy_session_step(session, &err), &err);
    cr_assert_not(dy_session_more(session));
    for (int i = 0; i < 2; i++) {
        dy_run_view run = dy_session_run(session, i);
        cr_expect_eq(status_of(&run), DY_STOPPED);
        cr_expect_eq(dy_tape_len(run.tape), 7);
        cr_expect_eq(run.outcome->updates, 7);
        cr_expect_eq(dy_board_marks(lab.board, run.index), 1);
    }
    dy_session_close(session);
}

static void stop_at_desk(dy_session *session)
{
    (void)session;
    atomic_store(&dy_board_control(lab.board)->stop, 1);
}

Test(session_ends, the_control_word_stops_every_lane_and_keeps_its_tape)
{
    expect_stopped(stop_at_desk);
}

Test(session_ends, a_script_stops_it_likewise)
{
    expect_stopped(dy_session_stop);
}

Test(session_ends, closing_a_run_under_way_leaves_it_stopped)
{
    dy_spec plans[] = { constant(0.1) };
    struct setting s;
    dy_session *session = open_session(make_setting(&s, 1, plans));
    dy_run_view run = dy_session_run(session, 0);
    dy_error err;
    must(dy_session_step(session, &err), &err);
    dy_session_close(session);
    cr_expect_eq(status_of(&run), DY_STOPPED);
    cr_expect_eq(run.outcome->updates, 1);
    dy_session_close(NULL);
}

Test(session_ends, failing_a_run_under_way_keeps_the_reason)
{
    dy_spec plans[] = { constant(0.1) };
    struct setting s;
    dy_session *session = open_session(make_setting(&s, 1, plans));
    dy_run_view run = dy_session_run(session, 0);
    dy_session_fail(session, "own.lua:3: no");
    dy_session_fail(session, "twice");
    dy_session_close(session);
    cr_expect_eq(status_of(&run), DY_FAILED);
    cr_expect_str_eq(run.outcome->why, "own.lua:3: no");
    session = open_session(&s);
    run = dy_session_run(session, 0);
    stop_at_desk(session);
    dy_session_fail(session, "interrupted");
    dy_session_close(session);
    cr_expect_eq(status_of(&run), DY_STOPPED);
}

Test(session_ends, a_lane_that_diverges_ends_and_the_others_go_on)
{
    dy_spec plans[] = { constant(0.05), constant(1e30) };
    struct setting s;
    dy_session *session = open_session(make_setting(&s, 2, plans));
    run_out(session);
    dy_run_view good = dy_session_run(session, 0), bad = dy_session_run(session, 1);
    dy_session_close(session);
    cr_expect_eq(status_of(&good), DY_DONE);
    cr_expect_eq(dy_tape_len(good.tape), 25);
    cr_expect_eq(status_of(&bad), DY_DIVERGED);
    int64_t len = dy_tape_len(bad.tape);
    cr_assert(len >= 2 && len < 25, "%d", (int)len);
    cr_expect_not(isfinite(dy_tape_at(bad.tape, DY_LOSS, len - 1)));
    cr_expect(isfinite(dy_tape_at(bad.tape, DY_LOSS, len - 2)));
    cr_expect(dy_tape_at(bad.tape, DY_LR, len - 1) == 1e30);
    cr_expect_eq(bad.outcome->updates, len);
    struct setting alone;
    same_tape(good.tape, run_one(make_setting(&alone, 1, plans)).tape);
}

/* lr 0.1 up to the update that `self` points to; there it fails, or gives what no update can use. */
static bool fail_later(void *self, const dy_moment *now, dy_pace *pace, dy_error *err)
{
    pace->lr = 0.1;
    if (now->step < *(const int64_t *)self) return true;
    return dy_fail(err, "no rate for step %d", (int)now->step);
}

static bool give_nan(void *self, const dy_moment *now, dy_pace *pace, dy_error *err)
{
    (void)err;
    pace->lr = now->step < *(const int64_t *)self ? 0.1 : (double)NAN;
    return true;
}

static void expect_failed(dy_pace_fn *call, const char *reason)
{
    int64_t at = 6;
    dy_spec plans[] = { { .call = call, .self = &at }, constant(0.1) };
    struct setting s;
    dy_session *session = open_session(make_setting(&s, 2, plans));
    int failures = 0;
    dy_error err;
    while (dy_session_more(session)) {
        if (dy_session_step(session, &err)) continue;
        failures++;
        cr_expect_eq(dy_session_updates(session), 7, "the other lane's update is made");
        cr_expect(err.text[0] == 'a' && strstr(err.text, reason), "%s", err.text);
    }
    dy_run_view bad = dy_session_run(session, 0), good = dy_session_run(session, 1);
    cr_expect_eq(failures, 1);
    cr_expect_eq(status_of(&bad), DY_FAILED);
    cr_expect(strstr(bad.outcome->why, reason), "%s", bad.outcome->why);
    cr_expect_eq(dy_tape_len(bad.tape), 6);
    cr_expect_eq(status_of(&good), DY_DONE);
    cr_expect_eq(dy_tape_len(good.tape), 25);
    dy_session_close(session);
}

Test(session_ends, a_lane_whose_schedule_fails_says_why_and_the_other_goes_on)
{
    expect_failed(fail_later, "no rate for step 6");
    expect_failed(give_nan, "nan");
}

Test(session_ends, a_schedule_that_fails_at_once_ends_a_run_of_one)
{
    int64_t at = 0;
    dy_spec plans[] = { { .call = fail_later, .self = &at } };
    struct setting s;
    dy_session *session = open_session(make_setting(&s, 1, plans));
    dy_error err;
    cr_assert_not(dy_session_step(session, &err));
    cr_expect_str_eq(err.text, "no rate for step 0");
    cr_expect_not(dy_session_more(session));
    dy_run_view run = dy_session_run(session, 0);
    cr_expect_eq(run.outcome->updates, 0);
    cr_expect(isnan(run.outcome->train_loss) && isnan(run.outcome->test_loss));
    dy_session_close(session);
}
