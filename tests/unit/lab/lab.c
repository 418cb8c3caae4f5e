/* lab.c - what the child finds when it begins, and how it ends with its desk.   SPDX-License-Identifier: MIT */
#include "lab/lab.h"

#include "lab/message.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const dy_walls walls = { 0 };

static dy_board *open_board(void)
{
    dy_board *board;
    dy_error err;
    cr_assert(dy_board_open(&board, 1 << 20, &err), "%s", err.text);
    return board;
}

static dy_lab_child start(dy_board *board, dy_lab_main *main, void *argument)
{
    dy_lab_child child;
    dy_error err;
    cr_assert(dy_lab_start(&child, board, &walls, main, argument, &err), "%s", err.text);
    return child;
}

/* Waits for the end; the exit code, or 1000 + the signal. */
static int end_of(dy_lab_child *child)
{
    int status = 0;
    waitpid(child->pid, &status, 0);
    close(child->in);
    close(child->errors);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static int code_of(dy_lab_main *main, void *argument)
{
    dy_board *board = open_board();
    dy_lab_child child = start(board, main, argument);
    int code = end_of(&child);
    dy_board_close(board);
    return code;
}

TestSuite(lab, .timeout = 120);

static int return_argument(dy_lab *lab, void *argument)
{
    (void)lab;
    return *(int *)argument;
}

Test(lab, exits_with_what_main_returns)
{
    static int codes[] = { 0, 1, 42, 100 };
    for (int i = 0; i < 4; i++) cr_assert_eq(code_of(return_argument, &codes[i]), codes[i]);
}

/* --- what the child finds --------------------------------------------------------------------------------------- */

static int look_at_descriptors(dy_lab *lab, void *argument)
{
    (void)argument;
    for (int fd = 0; fd < 200; fd++) {
        bool wanted = fd <= 2 || fd == lab->out;
        if ((fcntl(fd, F_GETFD) >= 0) != wanted) return 1;
    }
    char byte;
    return read(STDIN_FILENO, &byte, 1) == 0 && write(STDOUT_FILENO, "nowhere", 7) == 7 ? 0 : 2;
}

Test(lab, has_none_of_the_parents_descriptors)
{
    for (int i = 0; i < 20; i++) dup(STDERR_FILENO);
    cr_assert_eq(code_of(look_at_descriptors, NULL), 0);
    cr_assert_eq(dup2(STDERR_FILENO, 150), 150);
    cr_assert_eq(code_of(look_at_descriptors, NULL), 0);
}

Test(lab, starts_where_standard_descriptors_are_closed)
{
    int spare = fcntl(STDERR_FILENO, F_DUPFD, 100);
    for (int fd = 0; fd <= 2; fd++) close(fd);
    int code = code_of(look_at_descriptors, NULL);
    for (int fd = 0; fd <= 2; fd++) dup2(spare, fd);
    cr_assert_eq(code, 0);
}

static bool ignores(int signal)
{
    struct sigaction now;
    sigaction(signal, NULL, &now);
    return now.sa_handler == SIG_IGN;
}

static int look_at_signals(dy_lab *lab, void *argument)
{
    (void)lab, (void)argument;
    sigset_t blocked;
    sigprocmask(SIG_SETMASK, NULL, &blocked);
    struct sigaction hurry;
    sigaction(SIGUSR1, NULL, &hurry);
    if (!ignores(SIGINT) || !ignores(SIGTERM) || !ignores(SIGHUP) || !ignores(SIGPIPE))
        return 1;
    return hurry.sa_handler == SIG_DFL && !sigismember(&blocked, SIGUSR1) ? 0 : 2;
}

static void on_signal(int signal)
{
    (void)signal;
}

Test(lab, has_signals_of_its_own)
{
    signal(SIGINT, on_signal);
    signal(SIGUSR1, on_signal);
    sigset_t some, after;
    sigemptyset(&some);
    sigaddset(&some, SIGUSR1);
    sigprocmask(SIG_BLOCK, &some, NULL);
    cr_assert_eq(code_of(look_at_signals, NULL), 0);
    sigprocmask(SIG_SETMASK, NULL, &after);
    cr_assert(sigismember(&after, SIGUSR1) && !sigismember(&after, SIGINT), "put back");
}

static int try_to_open(dy_lab *lab, void *argument)
{
    (void)lab, (void)argument;
    return open("/tmp/derny-should-not-be", O_WRONLY | O_CREAT, 0600) < 0 ? 0 : 1;
}

Test(lab, is_behind_walls)
{
    cr_assert_eq(code_of(try_to_open, NULL), 0);
}

static int say_two_things(dy_lab *lab, void *argument)
{
    (void)argument;
    dy_message_send(lab->out, DY_MESSAGE_SAY, "framed", 6);
    fprintf(stderr, "plain");
    return 0;
}

Test(lab, is_heard_through_two_pipes)
{
    dy_board *board = open_board();
    dy_lab_child child = start(board, say_two_things, NULL);
    waitpid(child.pid, NULL, 0);
    static dy_inbox inbox;
    static dy_message message;
    inbox = (dy_inbox){ .fd = child.in };
    cr_assert(dy_inbox_next(&inbox, &message));
    cr_assert_str_eq(message.text, "framed");
    cr_assert_not(dy_inbox_next(&inbox, &message));
    cr_assert(inbox.closed);
    char plain[16] = "";
    cr_assert_eq(read(child.errors, plain, sizeof plain), 5);
    cr_assert_str_eq(plain, "plain");
    dy_board_close(board);
}

Test(lab, nothing_is_flushed_twice)
{
    char text[64] = "";
    FILE *file = tmpfile();
    fputs("once", file);
    static int code;
    cr_assert_eq(code_of(return_argument, &code), 0);
    rewind(file);
    cr_assert_eq(fread(text, 1, sizeof text, file), 4);
    fclose(file);
}

/* --- its end with the desk's ------------------------------------------------------------------------------------ */

static int wait_for_ever(dy_lab *lab, void *argument)
{
    (void)lab, (void)argument;
    while (poll(NULL, 0, 1000) <= 0) {
    }
    return 0;
}

/* A desk that starts a lab, tells its pid and is killed. */
static pid_t lab_of_a_killed_desk(void)
{
    int tell[2];
    cr_assert_eq(pipe(tell), 0);
    pid_t desk = fork();
    if (desk == 0) {
        dy_board *board = open_board();
        dy_lab_child child = start(board, wait_for_ever, NULL);
        write(tell[1], &child.pid, sizeof child.pid);
        raise(SIGKILL);
    }
    pid_t lab = 0;
    cr_assert_eq(read(tell[0], &lab, sizeof lab), (ssize_t)sizeof lab);
    waitpid(desk, NULL, 0);
    return lab;
}

Test(lab, dies_with_the_desk)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1); /* orphans come here */
    for (int i = 0; i < 10; i++) {
        pid_t lab = lab_of_a_killed_desk();
        cr_assert_eq(waitpid(lab, NULL, 0), lab); /* or the test runs out of time */
    }
}

Test(lab, says_when_there_can_be_no_pipe)
{
    dy_board *board = open_board();
    struct rlimit before, none;
    getrlimit(RLIMIT_NOFILE, &before);
    dy_lab_child child;
    dy_error err;
    /* room for so many descriptors beyond those that are open: each step of opening two pipes fails once */
    int first = dup(STDERR_FILENO), failures = 0;
    close(first);
    for (int room = 0; room < 10; room++) {
        none = before;
        none.rlim_cur = (rlim_t)(first + room);
        setrlimit(RLIMIT_NOFILE, &none);
        static int code;
        bool started = dy_lab_start(&child, board, &walls, return_argument, &code, &err);
        setrlimit(RLIMIT_NOFILE, &before);
        if (started)
            end_of(&child);
        else
            cr_assert(strstr(err.text, "cannot open a pipe"), "%s", err.text);
        failures += !started;
        int next = dup(STDERR_FILENO);
        close(next);
        cr_assert_eq(next, first, "a descriptor was left open with room for %d", room);
    }
    cr_assert(failures > 3 && failures < 10);
    dy_board_close(board);
}

/* --- hurry and patience ----------------------------------------------------------------------------------------- */

static volatile sig_atomic_t hurried;

static void on_hurry(int signal)
{
    hurried = signal;
}

static int hurry_oneself(dy_lab *lab, void *argument)
{
    (void)lab, (void)argument;
    dy_lab_on_hurry(on_hurry);
    raise(SIGUSR1);
    raise(SIGUSR1); /* and again: the handler stays */
    return hurried == SIGUSR1 ? 0 : 1;
}

Test(lab, can_be_hurried)
{
    cr_assert_eq(code_of(hurry_oneself, NULL), 0);
}

static int hurry_unheard(dy_lab *lab, void *argument)
{
    (void)lab, (void)argument;
    raise(SIGUSR1);
    return 0;
}

Test(lab, ends_when_hurried_without_a_handler)
{
    cr_assert_eq(code_of(hurry_unheard, NULL), 1000 + SIGUSR1);
}

Test(lab, brackets_nest)
{
    dy_board *board = open_board();
    dy_lab lab = { .board = board };
    dy_control *control = dy_board_control(board);
    int64_t pulse = 0;

    static const struct {
        char call;
        int engaged;
    } steps[] = {
        { 'e', 1 }, /* a script calls derny.train */
        { 'l', 0 }, /* which calls the script's schedule */
        { 'e', 1 }, /* which calls into Derny */
        { 'e', 1 }, { '<', 1 }, { '<', 0 }, { '<', 1 }, { '<', 0 },
    };

    int was[8], depth = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i].call == 'e') was[depth++] = dy_lab_enter(&lab);
        if (steps[i].call == 'l') was[depth++] = dy_lab_lend(&lab);
        if (steps[i].call == '<') dy_lab_leave(&lab, was[--depth]);
        cr_assert_eq(atomic_load(&control->engaged), steps[i].engaged, "step %zu", i);
        cr_assert_gt(atomic_load(&control->pulse), pulse);
        pulse = atomic_load(&control->pulse);
    }
    dy_board_close(board);
}
