/* desk_ends.c - how a watch ends when a person interrupts it, and what it leaves on the board.
 *
 * SPDX-License-Identifier: MIT */
#include "watching.h"

#include <criterion/criterion.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

TestSuite(desk_ends, .init = open_board, .fini = close_board, .timeout = 300);

static void terminate_once(struct shown *s)
{
    if (s->ticks == 2) raise(SIGTERM);
}

static void interrupt_twice(struct shown *s)
{
    if (s->ticks == 2 || s->ticks == 4) raise(SIGINT);
}

static void interrupt_twice_at_once(struct shown *s)
{
    if (s->ticks != 2) return;
    raise(SIGHUP);
    raise(SIGINT);
}

static void wish_to_stop(struct shown *s)
{
    if (s->ticks == 2) s->wish = DY_WISH_STOP;
}

static void wish_to_end(struct shown *s)
{
    if (s->ticks == 2) s->wish = DY_WISH_END;
    if (s->ticks == 3) s->wish = DY_WISH_GO_ON; /* too late */
}

Test(desk_ends, interrupts_stop_the_lab)
{
    static const struct {
        dy_lab_main *main;
        void (*at_tick)(struct shown *s);
        int code, interrupt;
        const char *text;
    } cases[] = {
        { heed_stop, interrupt_once, 0, SIGINT, "interrupted; what" },
        { heed_stop, terminate_once, 0, SIGTERM, "interrupted; what" },
        { loop, interrupt_twice, SIGKILL, SIGINT, "at the second interrupt" },
        { loop, interrupt_twice_at_once, SIGKILL, SIGHUP, "at the second interrupt" },
        { loop, interrupt_once, SIGUSR1, SIGINT, "interrupted; what" },
        { loop_deaf, interrupt_once, SIGKILL, SIGINT, "did not stop within 5 s" },
        { heed_stop, wish_to_stop, 0, SIGINT, "interrupted; what" },
        { loop_deaf, wish_to_end, SIGKILL, SIGINT, "ended by hand; what" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        atomic_store(&dy_board_control(board)->stop, 0);
        watch(cases[i].main, 0, cases[i].at_tick);
        cr_expect_eq(verdict.ending, DY_ENDED_INTERRUPTED, "case %zu: %d", i, verdict.ending);
        cr_expect_eq(verdict.code, cases[i].code, "case %zu: %d", i, verdict.code);
        cr_expect_eq(verdict.interrupt, cases[i].interrupt, "case %zu: %d", i,
                     verdict.interrupt);
        cr_expect(strstr(verdict.text, cases[i].text), "case %zu: %s", i, verdict.text);
    }
}

static void handler_before(int signal)
{
    (void)signal;
}

Test(desk_ends, puts_signal_handlers_back)
{
    signal(SIGINT, handler_before);
    signal(SIGTERM, SIG_IGN);
    watch(end_well, 0, NULL);
    struct sigaction now;
    sigaction(SIGINT, NULL, &now);
    cr_assert_eq(now.sa_handler, handler_before);
    sigaction(SIGTERM, NULL, &now);
    cr_assert_eq(now.sa_handler, SIG_IGN);
    sigaction(SIGHUP, NULL, &now);
    cr_assert_eq(now.sa_handler, SIG_DFL);
}

Test(desk_ends, an_ignored_signal_stays_ignored)
{
    signal(SIGTERM, SIG_IGN);
    watch(work_in_small_calls, 0, terminate_once);
    cr_assert_eq(verdict.ending, DY_ENDED_OK);
    cr_assert_eq(verdict.interrupt, 0);
}

Test(desk_ends, learns_the_end_although_children_were_ignored)
{
    signal(SIGCHLD, SIG_IGN);
    watch(fail_with_reason, 0, NULL);
    cr_assert_eq(verdict.ending, DY_ENDED_FAILED);
    cr_assert_eq(verdict.code, 3);
}

/* --- without a lab ----------------------------------------------------------------------------------------------- */

static dy_wish wish_at_the_tenth(void *self)
{
    return ++*(int *)self == 10 ? DY_WISH_END : DY_WISH_GO_ON;
}

static dy_wish interrupt_at_the_third(void *self)
{
    if (++*(int *)self == 3) raise(SIGTERM);
    return DY_WISH_GO_ON;
}

Test(desk_ends, lingers_until_a_wish_or_a_signal)
{
    int ticks = 0;
    dy_desk_spec spec = { .tick_s = 0.001, .self = &ticks, .on_tick = wish_at_the_tenth };
    cr_assert_eq(dy_desk_linger(&spec), DY_WISH_END);
    cr_assert_eq(ticks, 10);
    ticks = 0;
    spec.on_tick = interrupt_at_the_third;
    cr_assert_eq(dy_desk_linger(&spec), DY_WISH_STOP);
    cr_assert_eq(ticks, 3);
    struct sigaction now;
    sigaction(SIGTERM, NULL, &now);
    cr_assert_eq(now.sa_handler, SIG_DFL);
}

static void stop_both_for_a_while(struct shown *s)
{
    if (s->ticks != 2) return;
    kill(s->child.pid, SIGSTOP);
    poll(NULL, 0, 1500); /* the desk does nothing either */
    kill(s->child.pid, SIGCONT);
}

Test(desk_ends, time_in_which_both_were_stopped_does_not_count)
{
    watch(work_in_small_calls, 0.8, stop_both_for_a_while);
    cr_assert_eq(verdict.ending, DY_ENDED_OK, "%s", verdict.text);
}

/* --- runs that are left running --------------------------------------------------------------------------------- */

static void add_run(const char *name, int64_t updates, dy_status status)
{
    dy_card card = { .steps = 100, .epoch_steps = 4 };
    snprintf(card.name, sizeof card.name, "%s", name);
    dy_run_view run;
    dy_error err;
    if (!dy_board_add(board, &card, 10, &run, &err)) _exit(90);
    for (int64_t i = 0; i < updates; i++)
        dy_tape_push(run.tape, (dy_sample){ 0.1, 0.9, (float)i });
    if (updates == 0) return;
    dy_mark score = { .step = 5, .kind = DY_MARK_SCORE, .loss = 0.25, .accuracy = 0.75 };
    dy_board_mark(board, run.index, &score);
    dy_board_mark(board, run.index, &(dy_mark){ .step = 6, .kind = DY_MARK_NOTE, .text = "n" });
    atomic_store(&run.outcome->status, (int)status);
}

static int add_runs(dy_lab *lab, void *argument)
{
    (void)lab, (void)argument;
    add_run("going", 10, DY_RUNNING);
    add_run("finished", 20, DY_DONE);
    add_run("not begun", 0, DY_RUNNING);
    return 0;
}

static int crash_in_runs(dy_lab *lab, void *argument)
{
    add_runs(lab, argument);
    return die_by(SIGSEGV);
}

static int fail_in_runs(dy_lab *lab, void *argument)
{
    add_runs(lab, argument);
    return fail_with_reason(lab, argument);
}

static int stop_in_runs(dy_lab *lab, void *argument)
{
    add_runs(lab, argument);
    return heed_stop(lab, argument);
}

Test(desk_ends, settles_the_runs)
{
    static const struct {
        dy_lab_main *main;
        void (*at_tick)(struct shown *s);
        dy_status status;
        const char *why;
    } cases[] = {
        { crash_in_runs, NULL, DY_FAILED, "the lab ended by signal 11" },
        { fail_in_runs, NULL, DY_FAILED, "a.lua:1: no such field" },
        { stop_in_runs, interrupt_once, DY_STOPPED, "interrupted" },
        { add_runs, NULL, DY_FAILED, "the lab ended before this run did" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        close_board();
        open_board();
        watch(cases[i].main, 0, cases[i].at_tick);
        cr_assert_eq(dy_board_len(board), 3);
        dy_run_view run;
        cr_assert(dy_board_run(board, 0, &run));
        cr_expect_eq(atomic_load(&run.outcome->status), (int)cases[i].status, "case %zu", i);
        cr_expect_eq(run.outcome->updates, 10);
        cr_expect_eq(run.outcome->train_loss, 7.5); /* 6, 7, 8, 9 */
        cr_expect(run.outcome->test_loss == 0.25 && run.outcome->test_accuracy == 0.75);
        cr_expect_eq(strncmp(run.outcome->why, cases[i].why, strlen(cases[i].why)), 0,
                     "case %zu: %s", i, run.outcome->why);
        cr_assert(dy_board_run(board, 1, &run));
        cr_expect_eq(atomic_load(&run.outcome->status), DY_DONE);
        cr_expect_str_eq(run.outcome->why, "");
        cr_assert(dy_board_run(board, 2, &run));
        cr_expect_eq(atomic_load(&run.outcome->status), (int)cases[i].status, "case %zu", i);
        cr_expect(isnan(run.outcome->train_loss) && isnan(run.outcome->test_accuracy));
    }
}

static int write_over_the_board(dy_lab *lab, void *argument)
{
    add_runs(lab, argument);
    memset(dy_board_control(board), 0x5a, 1 << 20);
    return 1;
}

Test(desk_ends, survives_a_lab_that_writes_over_the_board)
{
    watch(write_over_the_board, 5, NULL);
    cr_assert_eq(verdict.ending, DY_ENDED_CRASHED);
    dy_run_view run;
    cr_assert_not(dy_board_run(board, 0, &run));
}
