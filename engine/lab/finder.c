/* finder.c - see finder.h.   SPDX-License-Identifier: MIT */
#include "lab/finder.h"

#include "base/clock.h"
#include "lab/card.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* One seed's ramp under way. */
typedef struct ramp {
    dy_race *race;
    dy_run_view *run;
    dy_range_watch watch;
    double since, seconds;
} ramp;

typedef struct finder {
    dy_lab *lab;
    const dy_finder_spec *spec;
    ramp ramps[DY_FINDER_SEEDS];
    int running;
} finder;

static dy_card card_of(const dy_finder_spec *spec, const dy_race_spec *race, int k)
{
    const dy_range_test *test = &spec->test;
    dy_card card = dy_card_make(race);
    card.steps = test->steps;
    card.race = spec->number;
    card.lane = k;
    card.aside = true;
    card.range_test = true;
    card.smoothing = test->smoothing;
    snprintf(card.name, sizeof card.name, "%.40s, seed %llu", spec->name,
             (unsigned long long)race->seed);
    snprintf(card.schedule, sizeof card.schedule, "lr %g to %g, %s", test->from, test->to,
             test->linear ? "linear" : "exponential");
    return card;
}

static bool open_ramp(finder *f, int k, dy_run_view *run, dy_error *err)
{
    ramp *s = &f->ramps[k];
    dy_race_spec race = f->spec->race;
    race.lanes = 1;
    race.seed += (uint64_t)k;
    race.branches = 0;
    if (!dy_race_open(&s->race, &race, f->spec->memory_limit, err)) return false;
    if (f->spec->state) dy_race_restore(s->race, 0, f->spec->state);
    dy_card card = card_of(f->spec, &race, k);
    card.epoch_steps = dy_race_epoch_steps(s->race);
    if (!dy_board_add(f->lab->board, &card, 0, run, err)) return false;
    dy_outcome *outcome = run->outcome;
    outcome->train_loss = outcome->test_loss = outcome->test_accuracy = NAN;
    s->run = run;
    s->watch = dy_range_watch_make(f->spec->test.smoothing, f->spec->test.stop);
    f->running++;
    return true;
}

/* The last word on a ramp; readers see the status last. */
static void finish(finder *f, ramp *s, dy_status status, const char *why)
{
    if (!s->run || atomic_load(&s->run->outcome->status) != DY_RUNNING) return;
    dy_outcome *outcome = s->run->outcome;
    outcome->updates = dy_tape_len(s->run->tape);
    outcome->seconds = s->seconds;
    snprintf(outcome->why, sizeof outcome->why, "%.*s", (int)sizeof outcome->why - 1, why);
    atomic_store_explicit(&outcome->status, status, memory_order_release);
    f->running--;
}

static void finish_all(finder *f, dy_status status, const char *why)
{
    for (int k = 0; k < f->spec->seeds; k++) finish(f, &f->ramps[k], status, why);
}

static void close_all(finder *f)
{
    for (int k = 0; k < f->spec->seeds; k++) dy_race_close(f->ramps[k].race);
}

/* What is watched is what the tape keeps of the loss, so that a reader of the tape comes to the same. */
static void step(finder *f, ramp *s, int64_t i)
{
    double began = dy_now_s(), loss;
    dy_pace pace = { dy_range_test_lr(&f->spec->test, i), f->spec->race.optim.momentum };
    dy_race_step(s->race, &pace, &loss);
    dy_tape_push(s->run->tape, (dy_sample){ pace.lr, pace.momentum, (float)loss });
    s->seconds += dy_now_s() - began;
    if (dy_range_watch_add(&s->watch, (double)(float)loss)) finish(f, s, DY_DIVERGED, "");
}

static bool stop_asked(const finder *f)
{
    return atomic_load_explicit(&dy_board_control(f->lab->board)->stop, memory_order_relaxed);
}

static void run_out(finder *f)
{
    for (int64_t i = 0; i < f->spec->test.steps && f->running > 0 && !stop_asked(f); i++)
        for (int k = 0; k < f->spec->seeds; k++)
            if (atomic_load(&f->ramps[k].run->outcome->status) == DY_RUNNING)
                step(f, &f->ramps[k], i);
    finish_all(f, stop_asked(f) ? DY_STOPPED : DY_DONE, "");
}

bool dy_finder_run(dy_lab *lab, const dy_finder_spec *spec, dy_run_view *runs, dy_error *err)
{
    if (!dy_range_test_check(&spec->test, err)) return false;
    if (spec->seeds < 1 || spec->seeds > DY_FINDER_SEEDS)
        return dy_fail(err, "%d seeds; want 1 to %d", spec->seeds, DY_FINDER_SEEDS);
    finder f = { .lab = lab, .spec = spec };
    int was = dy_lab_enter(lab);
    bool ok = true;
    for (int k = 0; ok && k < spec->seeds; k++) ok = open_ramp(&f, k, &runs[k], err);
    if (ok)
        run_out(&f);
    else
        finish_all(&f, DY_FAILED, err->text);
    close_all(&f);
    dy_lab_leave(lab, was);
    return ok;
}

static double *copy_channel(const dy_tape *tape, dy_channel channel, dy_arena *arena,
                            dy_error *err)
{
    int64_t n = dy_tape_len(tape);
    double *values = dy_arena_take(arena, n > 0 ? n : 1, sizeof *values, err);
    for (int64_t i = 0; values && i < n; i++) values[i] = dy_tape_at(tape, channel, i);
    return values;
}

bool dy_finder_read(const dy_run_view *runs, int n, dy_suggestions *says, dy_arena *arena,
                    dy_error *err)
{
    const dy_card *card = runs[0].card;
    const dy_tape *longest = runs[0].tape;
    dy_ramp *ramps = dy_arena_take(arena, n, sizeof *ramps, err);
    for (int k = 0; ramps && k < n; k++) {
        ramps[k] =
            (dy_ramp){ .n = dy_tape_len(runs[k].tape),
                       .diverged = atomic_load(&runs[k].outcome->status) == DY_DIVERGED };
        ramps[k].loss = copy_channel(runs[k].tape, DY_LOSS, arena, err);
        if (!ramps[k].loss) return false;
        if (ramps[k].n > dy_tape_len(longest)) longest = runs[k].tape;
    }
    const double *lr = ramps ? copy_channel(longest, DY_LR, arena, err) : NULL;
    return lr &&
           dy_suggestions_make(says, arena, ramps, n, lr, card->steps, card->smoothing, err);
}
