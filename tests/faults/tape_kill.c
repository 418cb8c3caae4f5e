/* tape_kill.c - a process that writes a run is killed at random instants; what it leaves must be whole.
 *
 * After each kill the tape holds a beginning of what was to be written, its folds agree with its samples, its marks are
 * those that were set, and another process can go on where it ended.
 *
 * SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "record/board.h"

#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 30, KILLS_A_RUN = 3, STEPS = 400000, MARK_EVERY = 1000 };

static int failures;

static void expect(bool condition, const char *what, int64_t at)
{
    if (condition) return;
    printf("wrong: %s at %" PRId64 "\n", what, at);
    failures++;
}

static dy_sample sample_of(int64_t i)
{
    double x = (double)(i * 7919 % 10007);
    return (dy_sample){ .lr = x, .momentum = -x, .loss = i % 97 ? (float)x : NAN };
}

/* The child: goes on from where the run is, until it is killed or full. */
static _Noreturn void write_run(dy_board *board, int32_t index)
{
    dy_run_view run;
    if (!dy_board_run(board, index, &run)) _exit(1);
    for (int64_t i = dy_tape_len(run.tape); i < STEPS; i++) {
        /* a mark follows its sample: a kill between the two leaves it out, and going on sets it */
        if (i / MARK_EVERY > dy_board_marks(board, index))
            dy_board_mark(board, index, &(dy_mark){ .step = i, .loss = (double)i });
        dy_tape_push(run.tape, sample_of(i));
    }
    for (;;) pause();
}

static void kill_at_random(pid_t pid, dy_rng *rng)
{
    struct timespec time = { .tv_nsec = dy_rng_below(rng, 6000000) };
    nanosleep(&time, NULL);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void check_range(const dy_tape *tape, int64_t from, int64_t to)
{
    for (dy_channel c = 0; c < DY_CHANNELS; c++) {
        double lo = HUGE_VAL, hi = -HUGE_VAL;
        for (int64_t i = from; i < to; i++) {
            double x = dy_tape_at(tape, c, i);
            if (isfinite(x) && x < lo) lo = x;
            if (isfinite(x) && x > hi) hi = x;
        }
        dy_range range = dy_tape_range(tape, c, from, to);
        expect(range.lo == lo && range.hi == hi, "range from", from);
    }
}

static void check_run(const dy_board *board, int32_t index, dy_rng *rng)
{
    dy_run_view run;
    bool there = dy_board_run(board, index, &run);
    expect(there, "run", index);
    if (!there) return;
    int64_t len = dy_tape_len(run.tape);
    for (int64_t i = 0; i < len; i++) {
        dy_sample want = sample_of(i), found = dy_tape_sample(run.tape, i);
        bool loss = isnan(want.loss) ? isnan(found.loss) : want.loss == found.loss;
        expect(found.lr == want.lr && found.momentum == want.momentum && loss, "sample", i);
    }
    for (int k = 0; k < 5; k++) {
        int64_t from = dy_rng_below(rng, len + 1);
        check_range(run.tape, k == 0 ? 0 : from, len);
    }
    int64_t marks = dy_board_marks(board, index);
    expect(marks == len / MARK_EVERY || marks == (len - 1) / MARK_EVERY, "marks", marks);
    for (int64_t i = 0; i < marks; i++)
        expect(run.marks[i].loss == (double)run.marks[i].step, "mark", i);
}

int main(void)
{
    dy_error err;
    dy_board *board;
    if (!dy_board_open(&board, (size_t)1 << 30, &err)) return puts(err.text), 1;
    dy_rng rng = dy_rng_make((uint64_t)time(NULL), "kill");
    int64_t least = STEPS, most = 0;
    for (int32_t index = 0; index < RUNS; index++) {
        dy_run_view run;
        dy_card card = { .name = "killed", .steps = STEPS };
        if (!dy_board_add(board, &card, STEPS / MARK_EVERY, &run, &err))
            return puts(err.text), 1;
        for (int k = 0; k < KILLS_A_RUN; k++) {
            pid_t pid = fork();
            if (pid == 0) write_run(board, index);
            if (pid < 0) return perror("fork"), 1;
            kill_at_random(pid, &rng);
            check_run(board, index, &rng);
        }
        int64_t len = dy_tape_len(run.tape);
        least = len < least ? len : least;
        most = len > most ? len : most;
    }
    printf("%d kills, %" PRId64 " to %" PRId64 " samples: %d wrong\n", RUNS * KILLS_A_RUN,
           least, most, failures);
    dy_board_close(board);
    return failures != 0;
}
