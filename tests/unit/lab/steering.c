/* steering.c - pause, go, advance, speed and stop: each order's effect on the tape, and the edit it leaves.
 *
 * SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "ordering.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

TestSuite(steering, .init = open_racing, .fini = close_racing);

static double cpu_while_paused;

static double cpu_s(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)used.ru_utime.tv_sec + 1e-6 * (double)used.ru_utime.tv_usec +
           (double)used.ru_stime.tv_sec + 1e-6 * (double)used.ru_stime.tv_usec;
}

static void *wait_and_go(void *self)
{
    see_pause();
    double before = cpu_s();
    usleep(200 * 1000);
    cpu_while_paused = cpu_s() - before;
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    return self;
}

static void *stop_lane_1(void *self)
{
    see_pause();
    post(DY_ACT_STOP, 1, 0, 0);
    usleep(20 * 1000);
    post(DY_ACT_GO, DY_EVERY_LANE, 0, 0);
    return self;
}

Test(steering, a_paused_race_waits_without_work_and_goes_on_as_if_nothing_had_been)
{
    dy_session *session = open_race(1);
    step(session, 7);
    post(DY_ACT_PAUSE, DY_EVERY_LANE, 0, 0);
    step_beside(session, wait_and_go, 1);
    cr_expect_lt(cpu_while_paused, 0.1, "%g s of work in 0.2 s", cpu_while_paused);
    cr_expect_eq(dy_session_updates(session), 8);
    run_out(session);
    const dy_tape *tape = tape_of(session, 0);
    dy_session_close(session);
    session = open_race(1);
    run_out(session);
    same_tape(tape, tape_of(session, 0));
    dy_session_close(session);
    dy_order edit;
    const void *bytes;
    size_t n;
    cr_assert(edit_of(DY_ACT_PAUSE, 0, &edit, &bytes, &n));
    cr_expect(edit.step == 7 && edit.moment == 7 && edit.race == 0 &&
              edit.lane == DY_EVERY_LANE);
    cr_expect_eq(edit.run, -1);
    cr_assert(edit_of(DY_ACT_GO, 0, &edit, &bytes, &n));
    cr_expect_eq(edit.step, 7);
}

Test(steering, a_paused_race_can_be_stopped)
{
    dy_session *session = open_race(2);
    step(session, 5);
    post(DY_ACT_PAUSE, DY_EVERY_LANE, 0, 0);
    step_beside(session, stop_all, 1);
    cr_expect_not(dy_session_more(session));
    for (int i = 0; i < 2; i++) {
        dy_run_view run = dy_session_run(session, i);
        cr_expect_eq(status_of(&run), DY_STOPPED);
        cr_expect_eq(dy_tape_len(run.tape), 5);
    }
    dy_order edit;
    const void *bytes;
    size_t n;
    cr_assert(edit_of(DY_ACT_STOP, 0, &edit, &bytes, &n));
    cr_expect(edit.lane == DY_EVERY_LANE && edit.step == 5);
    dy_session_close(session);
}

Test(steering, a_lane_of_a_paused_race_can_be_stopped_and_the_other_goes_on)
{
    dy_session *session = open_race(2);
    step(session, 5);
    post(DY_ACT_PAUSE, DY_EVERY_LANE, 0, 0);
    step_beside(session, stop_lane_1, 1);
    run_out(session);
    dy_run_view on = dy_session_run(session, 0), over = dy_session_run(session, 1);
    dy_session_close(session);
    cr_expect_eq(status_of(&on), DY_DONE);
    cr_expect_eq(status_of(&over), DY_STOPPED);
    cr_expect_eq(over.outcome->updates, 5);
    cr_expect_not(isnan(over.outcome->test_loss), "scored at its end");
    dy_order edit;
    const void *bytes;
    size_t n;
    cr_assert(edit_of(DY_ACT_STOP, 0, &edit, &bytes, &n));
    cr_expect(edit.lane == 1 && edit.run == over.index && edit.step == 5);
    session = open_race(1);
    run_out(session);
    same_tape(on.tape, tape_of(session, 0));
    dy_session_close(session);
}

Test(steering, stopping_every_lane_ends_the_race_but_not_the_session)
{
    dy_session *session = open_race(2);
    step(session, 3);
    post(DY_ACT_STOP, DY_EVERY_LANE, 0, 0);
    step(session, 1);
    cr_expect_not(dy_session_more(session));
    cr_expect_eq(count_edits(DY_ACT_STOP), 2);
    dy_session_close(session);
    expect_none_running();
}

Test(steering, advancing_makes_so_many_updates_and_pauses)
{
    dy_session *session = open_race(1);
    post(DY_ACT_PAUSE, DY_EVERY_LANE, 0, 0);
    post(DY_ACT_ADVANCE, DY_EVERY_LANE, 4, 0);
    step(session, 4); /* would not return if it waited */
    cr_expect_eq(dy_session_updates(session), 4);
    step_beside(session, wait_and_go, 1);
    cr_expect_eq(dy_session_updates(session), 5);
    cr_expect_eq(count_edits(DY_ACT_ADVANCE), 1);
    cr_expect_eq(count_edits(DY_ACT_PAUSE), 1, "its end is part of it");
    dy_session_close(session);
}

Test(steering, a_speed_limit_holds_and_can_be_lifted)
{
    dy_session *session = open_race(1);
    post(DY_ACT_SPEED, DY_EVERY_LANE, 0, 100);
    double start = dy_now_s();
    step(session, 21);
    cr_expect_gt(dy_now_s() - start, 0.19, "twenty intervals of 10 ms");
    dy_run_view run = dy_session_run(session, 0);
    post(DY_ACT_SPEED, DY_EVERY_LANE, 0, 0);
    run_out(session);
    cr_expect_lt(run.outcome->seconds, 0.19, "waiting is not training");
    dy_order edit;
    const void *bytes;
    size_t n;
    cr_assert(edit_of(DY_ACT_SPEED, 0, &edit, &bytes, &n));
    cr_expect(edit.value == 100 && edit.step == 0);
    dy_session_close(session);
}

/* --- what is refused ---------------------------------------------------------------------------------------------- */

Test(steering, orders_that_make_no_sense_are_refused_with_a_message)
{
    static const struct {
        dy_order order;
        const char *why;
    } rows[] = {
        { { .act = DY_ACT_ADVANCE, .count = 0 }, "advance: want at least one" },
        { { .act = DY_ACT_ADVANCE, .count = INT64_MIN }, "advance: want at least one" },
        { { .act = DY_ACT_SPEED, .value = -1 }, "speed: want updates a second" },
        { { .act = DY_ACT_SPEED, .value = NAN }, "speed: want updates a second" },
        { { .act = DY_ACT_STOP, .lane = 2 }, "stop: the race has no such lane" },
        { { .act = DY_ACT_STOP, .lane = INT32_MAX }, "no such lane" },
        { { .act = DY_ACT_BEND, .lane = -2 }, "bend: the race has no such lane" },
        { { .act = DY_ACT_BEND, .lane = 0 }, "bend: a: 0 bytes that are no curve" },
        { { .act = DY_ACT_BEND, .channel = DY_LOSS }, "only lr and momentum" },
        { { .act = DY_ACT_PLAN }, "plan: not an order" },
    };

    char said[400];
    listen_to_lab();
    dy_session *session = open_race(2);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        post_order(&rows[i].order, NULL, 0);
        step(session, 1);
        cr_expect_eq(heard(said, sizeof said), 1, "%s", rows[i].why);
        cr_expect(strstr(said, rows[i].why), "%s: %s", rows[i].why, said);
    }
    cr_expect_eq(count_edits(DY_ACTS), 0);
    dy_session_close(session);
}

Test(steering, an_order_for_a_lane_that_is_over_is_refused)
{
    char said[400];
    listen_to_lab();
    dy_session *session = open_race(2);
    step(session, 2);
    post(DY_ACT_STOP, 0, 0, 0);
    step(session, 1);
    post_line(0, DY_LR, 0.1, 0);
    post(DY_ACT_STOP, 0, 0, 0);
    step(session, 1);
    cr_expect_eq(heard(said, sizeof said), 2);
    cr_expect(strstr(said, "the lane is over"), "%s", said);
    run_out(session);
    post_line(1, DY_LR, 0.1, 0); /* nobody reads it any more */
    dy_session_close(session);
    cr_expect_eq(count_edits(DY_ACT_BEND), 0);
}

Test(steering, an_order_for_another_race_is_left_alone)
{
    dy_session *session = open_race(1);
    dy_order order = { .act = DY_ACT_STOP, .race = 1 };
    post_order(&order, NULL, 0);
    run_out(session);
    dy_run_view run = dy_session_run(session, 0);
    cr_expect_eq(status_of(&run), DY_DONE);
    dy_session_close(session);
}
