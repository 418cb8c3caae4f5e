/* desk.c - labs that end in every way there is, and what the desk says of them.   SPDX-License-Identifier: MIT */
#include "lab/desk.h"

#include "base/clock.h"
#include "watching.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

TestSuite(desk, .init = open_board, .fini = close_board, .timeout = 300);

static int fail_silently(dy_lab *lab, void *argument)
{
    (void)lab, (void)argument;
    return 3;
}

static int segfault(dy_lab *lab, void *argument)
{
    (void)lab, (void)argument;
    return die_by(SIGSEGV);
}

static int die_of_a_usr1_of_its_own(dy_lab *lab, void *argument)
{
    (void)lab, (void)argument;
    return die_by(SIGUSR1);
}

static int break_a_promise(dy_lab *lab, void *argument)
{
    (void)lab;
    signal(SIGABRT, SIG_DFL);
    DY_ASSERT(argument != NULL);
    return 0;
}

static int send_garbage(dy_lab *lab, void *argument)
{
    (void)argument;
    say(lab, DY_MESSAGE_PRINT, "before");
    char garbage[64];
    memset(garbage, 0xff, sizeof garbage);
    write(lab->out, garbage, sizeof garbage);
    return loop(lab, NULL);
}

static int send_half_a_frame(dy_lab *lab, void *argument)
{
    (void)argument;
    say(lab, DY_MESSAGE_PRINT, "whole");
    const uint32_t frame[] = { DY_MESSAGE_PRINT, 100, 0 };
    write(lab->out, frame, sizeof frame);
    return 0;
}

static int close_the_pipes(dy_lab *lab, void *argument)
{
    (void)argument;
    close(lab->out);
    close(STDERR_FILENO);
    poll(NULL, 0, 300);
    return 7;
}

Test(desk, tells_how_it_ended)
{
    static const struct {
        dy_lab_main *main;
        double patience_s;
        dy_ending ending;
        int code;
        const char *text, *last; /* text: a part of it, "" for none at all; last message */
    } cases[] = {
        { end_well, 0, DY_ENDED_OK, 0, "", "done" },
        { fail_with_reason, 0, DY_ENDED_FAILED, 3, "", "a.lua:1: no such field" },
        { fail_silently, 0, DY_ENDED_CRASHED, 3, "code 3 without saying why; what its runs",
          "" },
        { segfault, 0, DY_ENDED_CRASHED, SIGSEGV, "by signal 11 (segmentation fault); what",
          "" },
        { die_of_a_usr1_of_its_own, 0, DY_ENDED_CRASHED, SIGUSR1, "by signal 10 (", "" },
        { break_a_promise, 0, DY_ENDED_CRASHED, SIGABRT, "signal 6 (aborted)",
          "derny: internal error" },
        { loop, 0.3, DY_ENDED_PATIENCE, SIGUSR1, "no call into Derny for 0.3 s", "" },
        { send_garbage, 0, DY_ENDED_CRASHED, SIGKILL, "only a corrupted process", "before" },
        { send_half_a_frame, 0, DY_ENDED_OK, 0, "", "whole" },
        { close_the_pipes, 0, DY_ENDED_CRASHED, 7, "code 7", "" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        watch(cases[i].main, cases[i].patience_s, NULL);
        cr_expect_eq(verdict.ending, cases[i].ending, "case %zu: ending %d", i, verdict.ending);
        cr_expect_eq(verdict.code, cases[i].code, "case %zu: code %d", i, verdict.code);
        cr_expect_eq(verdict.interrupt, 0);
        bool same =
            *cases[i].text ? strstr(verdict.text, cases[i].text) != NULL : !*verdict.text;
        cr_expect(same, "case %zu: text '%s'", i, verdict.text);
        cr_expect_eq(strncmp(shown.last, cases[i].last, strlen(cases[i].last)), 0,
                     "case %zu: last '%s'", i, shown.last);
    }
}

static void kill_the_lab(struct shown *s)
{
    if (s->ticks == 2) kill(s->child.pid, SIGKILL);
}

Test(desk, a_kill_from_elsewhere_is_a_crash)
{
    watch(loop, 0, kill_the_lab);
    cr_assert_eq(verdict.ending, DY_ENDED_CRASHED);
    cr_assert_eq(verdict.code, SIGKILL);
    cr_assert(strstr(verdict.text, "memory ran out"), "%s", verdict.text);
}

enum { FLOOD = 20000 };

static int flood(dy_lab *lab, void *argument)
{
    (void)argument;
    char line[100];
    memset(line, 'x', sizeof line);
    for (int i = 0; i < FLOOD; i++)
        dy_message_send(lab->out, DY_MESSAGE_PRINT, line, sizeof line);
    return 0;
}

Test(desk, a_flood_arrives_whole)
{
    watch(flood, 0, NULL);
    cr_assert_eq(verdict.ending, DY_ENDED_OK);
    cr_assert_eq(shown.messages, FLOOD);
    cr_assert_eq(shown.bytes, (size_t)FLOOD * 100);
}

static int flood_for_ever(dy_lab *lab, void *argument)
{
    while (atomic_load(&dy_board_control(board)->stop) == 0) flood(lab, argument);
    return 0;
}

Test(desk, a_flood_does_not_outlast_patience)
{
    watch(flood_for_ever, 0.3, NULL);
    cr_assert_eq(verdict.ending, DY_ENDED_PATIENCE);
    cr_assert_gt(shown.ticks, 2);
}

/* --- patience --------------------------------------------------------------------------------------------------- */

static void stay(double seconds)
{
    for (double until = dy_now_s() + seconds; dy_now_s() < until;) {
    }
}

static int work_long_engaged(dy_lab *lab, void *argument)
{
    (void)argument;
    int was = dy_lab_enter(lab);
    stay(1.5);
    dy_lab_leave(lab, was);
    return 0;
}

Test(desk, patience_does_not_run_out_while_derny_works)
{
    watch(work_long_engaged, 0.3, NULL);
    cr_assert_eq(verdict.ending, DY_ENDED_OK, "%s", verdict.text);
    watch(work_in_small_calls, 0.8, NULL);
    cr_assert_eq(verdict.ending, DY_ENDED_OK, "%s", verdict.text);
}

static int loop_in_a_lent_call(dy_lab *lab, void *argument)
{
    dy_lab_enter(lab);
    dy_lab_lend(lab);
    return loop(lab, argument);
}

Test(desk, patience_runs_out_in_a_function_of_the_script)
{
    watch(loop_in_a_lent_call, 0.3, NULL);
    cr_assert_eq(verdict.ending, DY_ENDED_PATIENCE);
}

static volatile sig_atomic_t hurried;

static void on_hurry(int signal)
{
    hurried = signal;
}

static int give_up_when_hurried(dy_lab *lab, void *argument)
{
    (void)argument;
    dy_lab_on_hurry(on_hurry);
    while (!hurried) {
    }
    say(lab, DY_MESSAGE_ERROR, "a.lua:7: no progress");
    return 1;
}

static int stay_when_hurried(dy_lab *lab, void *argument)
{
    dy_lab_on_hurry(on_hurry);
    return loop(lab, argument);
}

Test(desk, a_hurried_lab_may_say_why_it_ends)
{
    watch(give_up_when_hurried, 0.3, NULL);
    cr_assert_eq(verdict.ending, DY_ENDED_PATIENCE);
    cr_assert_eq(shown.errors, 1);
    cr_assert_str_eq(shown.last, "a.lua:7: no progress");
    cr_assert_str_eq(verdict.text, "");
    cr_assert_eq(verdict.code, 1);
}

Test(desk, a_lab_that_does_not_heed_is_killed)
{
    watch(stay_when_hurried, 0.3, NULL);
    cr_assert_eq(verdict.ending, DY_ENDED_PATIENCE);
    cr_assert_eq(verdict.code, SIGKILL);
    cr_assert(strstr(verdict.text, "for 0.3 s and was ended"), "%s", verdict.text);
}
