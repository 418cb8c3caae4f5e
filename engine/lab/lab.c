/* lab.c - the fork and what the child does before and after its work.   SPDX-License-Identifier: MIT */
#include "lab/lab.h"

#include "lab/message.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* --- in the child ---------------------------------------------------------------------------------------------- */

/* Handlers of the desk's are not the lab's. Signals for faults are left alone: a sanitizer listens to them. */
static void set_signals(void)
{
    static const int ignored[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ };
    static const int usual[] = { SIGCHLD, SIGUSR1, SIGUSR2, SIGALRM };
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) signal(ignored[i], SIG_IGN);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) signal(usual[i], SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Leaves only stdin, stdout, stderr and `out` open: whatever the desk has (a window's socket, the store) would be
 * open to the script that gets past Lua. */
static bool set_descriptors(int out, int errors, dy_error *err)
{
    int nothing = open("/dev/null", O_RDWR);
    bool ok = nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 &&
              dup2(nothing, STDOUT_FILENO) >= 0 && dup2(errors, STDERR_FILENO) >= 0;
    if (!ok) return dy_fail(err, "cannot set up the lab (%s)", strerror(errno));
    if (out > STDERR_FILENO + 1) close_range(STDERR_FILENO + 1, (unsigned)out - 1, 0);
    if (close_range((unsigned)out + 1, ~0U, 0) == 0) return true;
    return dy_fail(err, "cannot close what the desk has open (%s)", strerror(errno));
}

static _Noreturn void live(dy_lab *lab, int errors, pid_t desk, const dy_walls *walls,
                           dy_lab_main *main, void *argument)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != desk) _exit(1); /* it died before we could ask */
    set_signals();
    dy_error err;
    int code = 1;
    if (set_descriptors(lab->out, errors, &err) && dy_sandbox_enter(walls, &err)) {
        code = main(lab, argument);
        DY_ASSERT(code >= 0 && code <= 100);
    } else {
        dy_message_send(lab->out, DY_MESSAGE_ERROR, err.text, strlen(err.text));
    }
    /* not exit: buffers and handlers that came with the fork are the desk's to flush and to run */
    _exit(code);
}

/* --- in the desk ----------------------------------------------------------------------------------------------- */

/* A pipe whose ends are not 0, 1 or 2 even where those are closed, and whose read end never blocks. */
static bool open_pipe(int ends[2])
{
    int low[2];
    if (pipe2(low, O_CLOEXEC)) return false;
    ends[0] = fcntl(low[0], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    ends[1] = fcntl(low[1], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close(low[0]);
    close(low[1]);
    if (ends[0] >= 0 && ends[1] >= 0 && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0) return true;
    int reason = errno;
    if (ends[0] >= 0) close(ends[0]);
    if (ends[1] >= 0) close(ends[1]);
    errno = reason;
    return false;
}

/* A parent that ignores SIGCHLD would never learn how the lab ended. */
static void keep_children(void)
{
    struct sigaction now;
    if (sigaction(SIGCHLD, NULL, &now) == 0 && now.sa_handler == SIG_IGN)
        signal(SIGCHLD, SIG_DFL);
}

static void close_both(const int ends[2])
{
    close(ends[0]);
    close(ends[1]);
}

bool dy_lab_start(dy_lab_child *child, dy_board *board, const dy_walls *walls,
                  dy_lab_main *main, void *argument, dy_error *err)
{
    int out[2], errors[2];
    if (!open_pipe(out)) return dy_fail(err, "cannot open a pipe (%s)", strerror(errno));
    if (!open_pipe(errors)) {
        dy_fail(err, "cannot open a pipe (%s)", strerror(errno));
        close_both(out);
        return false;
    }
    keep_children();
    dy_lab lab = { .board = board, .out = out[1] };
    pid_t desk = getpid();
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all,
                    &before); /* no handler of the desk's runs in the child */
    pid_t pid = fork();
    if (pid == 0) live(&lab, errors[1], desk, walls, main, argument);
    int reason = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(out[1]);
    close(errors[1]);
    if (pid < 0) {
        close(out[0]);
        close(errors[0]);
        return dy_fail(err, "cannot start the lab (%s)", strerror(reason));
    }
    *child = (dy_lab_child){ .pid = pid, .in = out[0], .errors = errors[0] };
    return true;
}

void dy_lab_on_hurry(void (*handler)(int))
{
    struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
}

/* --- patience -------------------------------------------------------------------------------------------------- */

/* The lab's main thread alone writes these two, so that no locked instruction is needed. */
static int engage(dy_lab *lab, int engaged)
{
    dy_control *control = dy_board_control(lab->board);
    int64_t pulse = atomic_load_explicit(&control->pulse, memory_order_relaxed);
    int was = atomic_load_explicit(&control->engaged, memory_order_relaxed);
    atomic_store_explicit(&control->engaged, engaged, memory_order_relaxed);
    atomic_store_explicit(&control->pulse, pulse + 1, memory_order_release);
    return was;
}

int dy_lab_enter(dy_lab *lab)
{
    return engage(lab, 1);
}

void dy_lab_leave(dy_lab *lab, int was)
{
    engage(lab, was);
}

int dy_lab_lend(dy_lab *lab)
{
    return engage(lab, 0);
}
