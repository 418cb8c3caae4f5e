/* watching.c - see watching.h.   SPDX-License-Identifier: MIT */
#include "watching.h"

#include "base/clock.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

dy_board *board;
struct shown shown;
dy_verdict verdict;

static void on_message(void *self, const dy_message *message)
{
    struct shown *s = self;
    s->messages++;
    s->errors += message->kind == DY_MESSAGE_ERROR;
    s->bytes += message->len;
    snprintf(s->last, sizeof s->last, "%.100s", message->text);
}

static dy_wish on_tick(void *self)
{
    struct shown *s = self;
    s->ticks++;
    if (s->at_tick) s->at_tick(s);
    return s->wish;
}

static int open_descriptors(void)
{
    int n = 0;
    DIR *names = opendir("/proc/self/fd");
    while (readdir(names)) n++;
    closedir(names);
    return n;
}

/* Runs a lab to its end; afterwards nothing of it may be left. */
void watch(dy_lab_main *main, double patience_s, void (*at_tick)(struct shown *shown))
{
    dy_error err;
    dy_walls walls = { 0 };
    shown = (struct shown){ .at_tick = at_tick };
    int before = open_descriptors();
    cr_assert(dy_lab_start(&shown.child, board, &walls, main, NULL, &err), "%s", err.text);
    dy_lab_child child = shown.child;
    dy_desk_spec spec = { patience_s, 0, &shown, on_message, on_tick };
    cr_assert(dy_desk_watch(&child, board, &spec, &verdict, &err), "%s", err.text);
    cr_assert_eq(open_descriptors(), before);
    cr_assert(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD, "a process was left");
    cr_assert_gt(shown.ticks, 0);
}

void open_board(void)
{
    dy_error err;
    cr_assert(dy_board_open(&board, 1 << 20, &err), "%s", err.text);
}

void close_board(void)
{
    dy_board_close(board);
}

void say(dy_lab *lab, dy_message_kind kind, const char *text)
{
    dy_message_send(lab->out, kind, text, strlen(text));
}

int end_well(dy_lab *lab, void *argument)
{
    (void)argument;
    say(lab, DY_MESSAGE_PRINT, "done");
    return 0;
}

int fail_with_reason(dy_lab *lab, void *argument)
{
    (void)argument;
    say(lab, DY_MESSAGE_ERROR, "a.lua:1: no such field");
    return 3;
}

int die_by(int number)
{
    signal(number, SIG_DFL); /* not the sanitizer's */
    raise(number);
    return 0;
}

static volatile sig_atomic_t for_ever = 1; /* not for the compiler to know */

int loop_deaf(dy_lab *lab, void *argument)
{
    signal(SIGUSR1, SIG_IGN);
    return loop(lab, argument);
}

int loop(dy_lab *lab, void *argument)
{
    (void)lab, (void)argument;
    while (for_ever) continue;
    return 0;
}

int work_in_small_calls(dy_lab *lab, void *argument)
{
    (void)argument;
    for (double until = dy_now_s() + 1.5; dy_now_s() < until;)
        dy_lab_leave(lab, dy_lab_enter(lab));
    return 0;
}

int heed_stop(dy_lab *lab, void *argument)
{
    (void)argument;
    while (!atomic_load(&dy_board_control(lab->board)->stop)) poll(NULL, 0, 10);
    say(lab, DY_MESSAGE_SAY, "stopping");
    return 0;
}

void interrupt_once(struct shown *s)
{
    if (s->ticks == 2) raise(SIGINT);
}
