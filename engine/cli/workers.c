/* workers.c - see workers.h.   SPDX-License-Identifier: MIT */
#include "cli/workers.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A worker learns from this what it belongs to: "descriptor:member". */
static const char VARIABLE[] = "DERNY_CREW";

enum { DEATHS_MOST = 16, WORDS_MOST = 2 * DY_SETTINGS_MAX + 24 };

static int processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > DY_WORKERS_MOST ? DY_WORKERS_MOST : (int)n;
}

static bool read_membership(const char *text, long *descriptor, long *member)
{
    char *end;
    *descriptor = strtol(text, &end, 10);
    if (end == text || *end != ':') return false;
    *member = strtol(end + 1, &end, 10);
    return !*end && *descriptor >= 0 && *descriptor <= INT32_MAX && *member >= 1 &&
           *member <= DY_WORKERS_MOST;
}

bool dy_workers_open(dy_workers *workers, const dy_run_options *options, dy_error *err)
{
    long descriptor, member;
    const char *joined = getenv(VARIABLE);
    *workers = (dy_workers){ .options = options };
    if (joined && read_membership(joined, &descriptor, &member)) {
        workers->joined = true;
        return dy_crew_join(&workers->crew, (int)descriptor, (int32_t)member, err);
    }
    workers->n = (options->jobs > 0 ? options->jobs : processors()) - 1;
    return dy_crew_open(&workers->crew, err);
}

/* --- starting one ------------------------------------------------------------------------------------------------ */

typedef struct words {
    char *at[WORDS_MOST];
    int n;
    char text[1 << 16];
    size_t used;
} words;

/* One word of two parts. */
static void add(words *w, const char *a, const char *b)
{
    char *to = w->text + w->used;
    int n = snprintf(to, sizeof w->text - w->used, "%s%s", a, b);
    if (n < 0 || (size_t)n >= sizeof w->text - w->used || w->n >= WORDS_MOST - 1) return;
    w->at[w->n++] = to;
    w->used += (size_t)n + 1;
}

/* The same script with the same options, as far as they decide what it does. */
static void write_command(words *w, const dy_run_options *o)
{
    char number[32];
    add(w, "derny", "");
    add(w, "run", "");
    add(w, o->script, "");
    add(w, "--quiet", "");
    add(w, "--no-window", "");
    for (int i = 0; i < o->n_settings; i++) {
        char set[80];
        snprintf(set, sizeof set, "--set=%s=", o->settings[i].name);
        add(w, set, o->settings[i].value);
    }
    snprintf(number, sizeof number, "%llu", (unsigned long long)o->seed);
    if (o->has_seed) add(w, "--seed=", number);
    dy_format_real(number, sizeof number, o->bounds.patience_s);
    add(w, "--patience=", number);
    dy_format_real(number, sizeof number, (double)o->bounds.memory / (1 << 20));
    add(w, "--memory=", number);
    if (o->store) add(w, "--store=", o->store);
    if (o->no_store) add(w, "--no-store", "");
    snprintf(number, sizeof number, "%d/%d", o->shard, o->shards);
    if (o->shards > 1) add(w, "--shard=", number);
}

/* In the child: what a worker says is what the first desk says. */
static _Noreturn void become(const dy_workers *workers, words *w, int member)
{
    char belongs[48];
    int nothing = open("/dev/null", O_RDWR);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    for (int i = 0; i < 3; i++) dup2(nothing, i);
    snprintf(belongs, sizeof belongs, "%d:%d", dy_crew_descriptor(workers->crew), member);
    setenv(VARIABLE, belongs, 1);
    execv("/proc/self/exe", w->at);
    _exit(127);
}

static void start(dy_workers *workers, int i)
{
    words w = { .n = 0 };
    write_command(&w, workers->options);
    pid_t pid = fork();
    if (pid == 0) become(workers, &w, i + 1);
    workers->pids[i] = pid > 0 ? pid : 0;
    if (pid < 0) workers->deaths++;
}

/* --- keeping them ------------------------------------------------------------------------------------------------ */

static void end(dy_workers *workers, int signal)
{
    for (int i = 0; i < workers->n; i++)
        if (workers->pids[i] > 0) kill(workers->pids[i], signal);
    for (int i = 0; i < workers->n; i++) {
        while (workers->pids[i] > 0 && waitpid(workers->pids[i], NULL, 0) < 0 &&
               errno == EINTR) {
        }
        workers->pids[i] = 0;
    }
}

static void mourn(dy_workers *workers)
{
    for (int i = 0; i < workers->n; i++) {
        if (workers->pids[i] <= 0 || waitpid(workers->pids[i], NULL, WNOHANG) == 0) continue;
        workers->pids[i] = 0;
        workers->deaths++;
        dy_crew_bury(workers->crew, i + 1, "the lab that trained it ended before it did");
    }
}

void dy_workers_tick(dy_workers *workers, double now_s)
{
    int64_t failed, all = dy_crew_announced(workers->crew);
    if (workers->joined || all == workers->done_with) return;
    int64_t done = dy_crew_done(workers->crew, all, &failed);
    if (workers->began_s == 0) {
        workers->began_s = now_s;
        workers->began_at = done;
    }
    if (done == all) {
        end(workers, SIGTERM);
        workers->done_with = all;
        workers->began_s = 0;
        return;
    }
    mourn(workers);
    for (int i = 0; i < workers->n && i < all - done - 1; i++)
        if (workers->pids[i] == 0 && workers->deaths < DEATHS_MOST) start(workers, i);
}

static double best_accuracy(const dy_crew *crew, int64_t n)
{
    double best = (double)NAN;
    for (int64_t i = 0; i < n; i++)
        if (dy_crew_look(crew, i) == DY_CLAIM_DONE)
            best = fmax(best, dy_crew_yield(crew, i).test_accuracy);
    return best;
}

bool dy_workers_describe(const dy_workers *workers, double now_s, char *to, size_t size)
{
    int64_t failed, all = dy_crew_announced(workers->crew);
    char a[32], b[32];
    if (workers->joined || workers->began_s == 0) return false;
    int64_t done = dy_crew_done(workers->crew, all, &failed);
    double best = best_accuracy(workers->crew, all);
    double passed = now_s - workers->began_s;
    double rate = passed > 0 ? (double)(done - workers->began_at) / passed : 0;
    int n = snprintf(to, size, "sweep: %s of %s runs", dy_format_count(a, sizeof a, done),
                     dy_format_count(b, sizeof b, all));
    if (failed > 0 && n < (int)size)
        n += snprintf(to + n, size - (size_t)n, ", %lld failed", (long long)failed);
    if (isfinite(best) && n < (int)size)
        n += snprintf(to + n, size - (size_t)n, ", best test accuracy %.2f %%", 100 * best);
    if (rate > 0 && n < (int)size)
        snprintf(to + n, size - (size_t)n, ", %.3g runs/s, %s left", rate,
                 dy_format_time(a, sizeof a, ceil((double)(all - done) / rate)));
    return true;
}

void dy_workers_close(dy_workers *workers)
{
    end(workers, SIGTERM);
    dy_crew_close(workers->crew);
    *workers = (dy_workers){ 0 };
}
