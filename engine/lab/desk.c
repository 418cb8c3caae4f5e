/* desk.c - a poll loop over the lab's two pipes and its process, with a tick every so often.
 *
 * SPDX-License-Identifier: MIT */
#include "lab/desk.h"

#include "base/clock.h"
#include "lab/interrupt.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const double tick_s = 0.1;     /* where the spec says nothing else */
static const double skip_s = 0.2;     /* the most that one tick takes off the lab's patience */
static const double hurry_s = 0.25;   /* from being asked to give up to being killed, */
static const double last_words_s = 2; /* or, once it has said why it ends, until it has */
static const double settle_s = 1;     /* after an interrupt: to come out of a run, */
static const double grace_s = 5;      /* and to stop cleanly at all */

enum { MESSAGES_AT_ONCE = 64 }; /* then it is the turn of ticks and signals */

struct watch {
    const dy_desk_spec *spec;
    dy_control *control;
    pid_t pid;
    int process, errors; /* descriptors */
    bool errors_closed;
    double now, ticked, interrupted_at;
    dy_wish wish; /* the strongest of the ticks so far */
    int interrupts,
        interrupt; /* how many, and the first; a wish to stop counts as one, one to end as two */
    bool told_to_stop; /* the script was asked by signal as well */
    int64_t pulse;
    double idle_s, hurried_at; /* 0: not hurried */
    bool killed;               /* by this desk */
    bool gone;
    int status; /* from waitpid, once gone */
    bool explained;
    char reason[200]; /* the beginning of that explanation */
    dy_inbox inbox;
    dy_message message;
};

/* --- interrupts and wishes --------------------------------------------------------------------------------------- */

static void kill_lab(struct watch *w)
{
    if (!w->gone) kill(w->pid, SIGKILL);
    w->killed = true;
}

static void heed_interrupts(struct watch *w)
{
    int n = dy_interrupts_count();
    int first = n > 0 ? dy_interrupts_first() : SIGINT;
    if (n < (int)w->wish) n = (int)w->wish;
    if (n > w->interrupts && w->interrupts == 0) {
        w->interrupted_at = w->now;
        w->interrupt = first;
        atomic_store(&w->control->stop, 1);
    }
    w->interrupts = n;
    bool engaged = atomic_load_explicit(&w->control->engaged, memory_order_relaxed);
    if (n > 0 && !w->told_to_stop && !engaged && w->now - w->interrupted_at > settle_s) {
        w->told_to_stop = true;
        if (!w->gone)
            kill(w->pid, SIGUSR1); /* the script itself is at work, and sees no control word */
    }
    bool overdue = n > 0 && w->now - w->interrupted_at > grace_s;
    if ((n > 1 || overdue) && !w->killed) kill_lab(w);
}

/* --- messages -------------------------------------------------------------------------------------------------- */

/* Copies as much as fits of a text, whole characters only. */
static void copy_text(char *to, size_t size, const char *text)
{
    size_t n = strnlen(text, size);
    if (n == size)
        for (n = size - 1; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80;) n--;
    memcpy(to, text, n);
    to[n] = '\0';
}

/* true: there may be more. */
static bool deliver(struct watch *w)
{
    for (int i = 0; i < MESSAGES_AT_ONCE; i++) {
        if (!dy_inbox_next(&w->inbox, &w->message)) return false;
        if (w->message.kind == DY_MESSAGE_ERROR) {
            w->explained = true;
            copy_text(w->reason, sizeof w->reason, w->message.text);
        }
        w->spec->on_message(w->spec->self, &w->message);
    }
    return true;
}

/* What came on the lab's stderr, which no script can reach: an internal error, a sanitizer. true: there may be more. */
static bool deliver_errors(struct watch *w)
{
    if (w->errors_closed) return false;
    ssize_t n = read(w->errors, w->message.text, DY_MESSAGE_MAX);
    if (n < 0) return errno == EINTR;
    w->errors_closed = n == 0;
    if (n == 0) return false;
    w->message.kind = DY_MESSAGE_WARN;
    w->message.len = (size_t)n;
    w->message.text[n] = '\0';
    w->spec->on_message(w->spec->self, &w->message);
    return true;
}

/* --- patience -------------------------------------------------------------------------------------------------- */

static void lose_patience(struct watch *w, double passed)
{
    int64_t pulse = atomic_load_explicit(&w->control->pulse, memory_order_acquire);
    int engaged = atomic_load_explicit(&w->control->engaged, memory_order_relaxed);
    bool alive = engaged || pulse != w->pulse;
    w->idle_s = alive ? 0 : w->idle_s + passed;
    w->pulse = pulse;
    if (w->hurried_at == 0 && w->spec->patience_s > 0 && w->idle_s > w->spec->patience_s) {
        kill(w->pid, SIGUSR1);
        w->hurried_at = w->now;
    }
    double until = w->explained ? last_words_s : hurry_s;
    if (w->hurried_at > 0 && w->now - w->hurried_at > until && !w->killed) kill_lab(w);
}

static double every_s(const dy_desk_spec *spec)
{
    return spec->tick_s > 0 ? spec->tick_s : tick_s;
}

static void tick(struct watch *w)
{
    double passed = w->now - w->ticked;
    if (passed < every_s(w->spec) || w->gone) return;
    w->ticked = w->now;
    /* both processes may have been stopped (Ctrl-Z): the clock went on, the lab could not */
    lose_patience(w, fmin(passed, skip_s));
    dy_wish wish = w->spec->on_tick(w->spec->self);
    if (wish > w->wish) w->wish = wish;
}

/* --- the loop -------------------------------------------------------------------------------------------------- */

static void wait_for_news(struct watch *w)
{
    struct pollfd news[] = {
        { .fd = w->process, .events = POLLIN },
        { .fd = w->inbox.closed ? -1 : w->inbox.fd, .events = POLLIN },
        { .fd = w->errors_closed ? -1 : w->errors, .events = POLLIN },
    };
    double left = w->ticked + every_s(w->spec) - dy_now_s();
    poll(news, sizeof news / sizeof *news, left > 0 ? (int)ceil(1e3 * left) : 0);
    w->now = dy_now_s();
}

static void reap(struct watch *w, int options)
{
    pid_t pid;
    do pid = waitpid(w->pid, &w->status, options);
    while (pid < 0 && errno == EINTR);
    w->gone = pid != 0;
    if (pid < 0) w->status = 0xff00; /* someone else took it: as if it had returned 255 */
}

static void watch(struct watch *w)
{
    w->now = w->ticked = dy_now_s();
    while (!w->gone) {
        wait_for_news(w);
        heed_interrupts(w);
        deliver(w);
        deliver_errors(w);
        if (w->inbox.broken && !w->killed) kill_lab(w);
        tick(w);
        reap(w, WNOHANG);
    }
    while (deliver(w)) {
    }
    while (deliver_errors(w)) {
    }
}

/* --- what became of it ----------------------------------------------------------------------------------------- */

#define KEPT "; what its runs had recorded is kept"

/* Died by a signal that no one here had sent. */
static bool crashed(const struct watch *w)
{
    if (w->inbox.broken) return true;
    if (!WIFSIGNALED(w->status)) return false;
    int signal = WTERMSIG(w->status);
    return !(signal == SIGKILL && w->killed) &&
           !(signal == SIGUSR1 && (w->hurried_at > 0 || w->told_to_stop));
}

static dy_ending ending(const struct watch *w)
{
    bool returned_0 = WIFEXITED(w->status) && WEXITSTATUS(w->status) == 0;
    if (crashed(w)) return DY_ENDED_CRASHED;
    if (w->interrupts > 0) return DY_ENDED_INTERRUPTED;
    if (returned_0) return DY_ENDED_OK;
    if (w->hurried_at > 0) return DY_ENDED_PATIENCE;
    return w->explained ? DY_ENDED_FAILED : DY_ENDED_CRASHED;
}

static void describe_interrupt(const struct watch *w, char *to, size_t size)
{
    if (!w->killed)
        snprintf(to, size, "interrupted" KEPT);
    else if (w->wish == DY_WISH_END)
        snprintf(to, size, "ended by hand" KEPT);
    else if (w->interrupts > 1)
        snprintf(to, size, "ended at the second interrupt" KEPT);
    else
        snprintf(to, size, "interrupted; the lab did not stop within %g s and was ended" KEPT,
                 grace_s);
}

static void describe_crash(const struct watch *w, char *to, size_t size)
{
    if (w->inbox.broken) {
        snprintf(to, size,
                 "the lab sent what only a corrupted process sends and was ended" KEPT);
    } else if (WIFEXITED(w->status)) {
        snprintf(to, size, "the lab ended with code %d without saying why" KEPT,
                 WEXITSTATUS(w->status));
    } else if (WTERMSIG(w->status) == SIGKILL) {
        snprintf(to, size,
                 "the lab was killed (signal 9), perhaps because memory ran out" KEPT);
    } else {
        char name[64];
        snprintf(name, sizeof name, "%s", strsignal(WTERMSIG(w->status)));
        name[0] = (char)tolower((unsigned char)name[0]);
        snprintf(to, size, "the lab ended by signal %d (%s)" KEPT, WTERMSIG(w->status), name);
    }
}

static dy_verdict judge(const struct watch *w)
{
    dy_verdict v = { .ending = ending(w), .interrupt = w->interrupt };
    v.by_hand = w->wish != DY_WISH_GO_ON && dy_interrupts_first() == 0;
    v.code = WIFSIGNALED(w->status) ? WTERMSIG(w->status) : WEXITSTATUS(w->status);
    if (v.ending == DY_ENDED_CRASHED) describe_crash(w, v.text, sizeof v.text);
    if (v.ending == DY_ENDED_INTERRUPTED) describe_interrupt(w, v.text, sizeof v.text);
    if (v.ending == DY_ENDED_PATIENCE && !w->explained)
        snprintf(v.text, sizeof v.text,
                 "the script made no update and no call into Derny for %g s and was ended" KEPT,
                 w->spec->patience_s);
    return v;
}

/* Mean loss of the last epoch's updates, or of as many as there are. */
static double last_epoch_loss(const dy_run_view *run, int64_t len)
{
    int64_t from = run->card->epoch_steps > 0 && run->card->epoch_steps < len
                       ? len - run->card->epoch_steps
                       : 0;
    double sum = 0;
    for (int64_t i = from; i < len; i++) sum += dy_tape_at(run->tape, DY_LOSS, i);
    return len > from ? sum / (double)(len - from) : (double)NAN;
}

/* Ends a run for a lab that cannot any more. */
static void settle_run(const dy_board *board, const dy_run_view *run, dy_status status,
                       const char *why)
{
    dy_outcome *outcome = run->outcome;
    outcome->updates = dy_tape_len(run->tape);
    outcome->train_loss = last_epoch_loss(run, outcome->updates);
    outcome->test_loss = outcome->test_accuracy = (double)NAN;
    for (int64_t i = dy_board_marks(board, run->index) - 1; i >= 0; i--) {
        if (run->marks[i].kind != DY_MARK_SCORE) continue;
        outcome->test_loss = run->marks[i].loss;
        outcome->test_accuracy = run->marks[i].accuracy;
        break;
    }
    copy_text(outcome->why, sizeof outcome->why, why);
    atomic_store_explicit(&outcome->status, (int)status, memory_order_release);
}

static void settle(const dy_board *board, const struct watch *w, const dy_verdict *verdict)
{
    bool stopped = verdict->ending == DY_ENDED_INTERRUPTED;
    const char *why = verdict->text;
    if (!*why) why = w->explained ? w->reason : "the lab ended before this run did";
    for (int32_t i = 0; i < dy_board_len(board); i++) {
        dy_run_view run;
        if (dy_board_run(board, i, &run) && atomic_load(&run.outcome->status) == DY_RUNNING)
            settle_run(board, &run, stopped ? DY_STOPPED : DY_FAILED, why);
    }
}

bool dy_desk_watch(dy_lab_child *child, dy_board *board, const dy_desk_spec *spec,
                   dy_verdict *verdict, dy_error *err)
{
    struct watch w = { .spec = spec,
                       .control = dy_board_control(board),
                       .pid = child->pid,
                       .errors = child->errors,
                       .inbox = { .fd = child->in } };
    w.process = (int)syscall(SYS_pidfd_open, child->pid, 0);
    if (w.process >= 0) {
        dy_interrupts before;
        dy_interrupts_listen(&before);
        watch(&w);
        dy_interrupts_restore(&before);
        *verdict = judge(&w);
        settle(board, &w, verdict);
        spec->on_tick(spec->self);
        close(w.process);
    } else {
        dy_fail(err, "cannot watch the lab (%s)", strerror(errno));
        kill_lab(&w);
        reap(&w, 0);
    }
    close(child->in);
    close(child->errors);
    *child = (dy_lab_child){ .pid = -1, .in = -1, .errors = -1 };
    return w.process >= 0;
}

dy_wish dy_desk_linger(const dy_desk_spec *spec)
{
    dy_interrupts before;
    dy_interrupts_listen(&before);
    dy_wish wish = DY_WISH_GO_ON;
    while (wish == DY_WISH_GO_ON) {
        poll(NULL, 0, (int)ceil(1e3 * every_s(spec)));
        wish = spec->on_tick(spec->self);
        if (dy_interrupts_count() > 0) wish = DY_WISH_STOP;
    }
    dy_interrupts_restore(&before);
    return wish;
}
