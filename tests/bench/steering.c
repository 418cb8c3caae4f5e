/* steering.c - what it costs that someone may look and steer: gauges, states of the past, orders asked for.
 *
 * steering               the table
 *
 * Two sessions of the same training, one that nobody watches and one that is watched and keeps its past, make short
 * stretches in turns; each figure is the processor's time over all of them, so that what is rare has its share and other programs
 * count little. Below them the gauges alone: a race that measures as often as a session
 * of some thousand updates does, and one that does not.
 *
 * SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "lab/session.h"
#include "learn/blas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STRETCHES = 600, ROWS = 8192 };

static const double SECONDS = 6; /* of each row */

typedef struct shape {
    int n_layers;
    int64_t widths[8], batch;
} shape;

static const shape SHAPES[] = { { 2, { 40, 100, 10 }, 64 },
                                { 2, { 784, 128, 10 }, 32 },
                                { 2, { 784, 128, 10 }, 128 },
                                { 2, { 784, 128, 10 }, 512 },
                                { 3, { 784, 512, 512, 10 }, 128 } };

static void must(bool ok, const dy_error *err)
{
    if (ok) return;
    fprintf(stderr, "steering: %s\n", err->text);
    exit(1);
}

/* A dark rim (every third group of 8) around noise. */
static dy_dataset generate(int64_t inputs)
{
    dy_error err;
    dy_dataset data = dy_dataset_make(0);
    dy_rng rng = dy_rng_make(1, "bench");
    snprintf(data.name, sizeof data.name, "generated");
    data.inputs = inputs;
    data.outputs = 10;
    float *scale = dy_arena_take(&data.arena, inputs, sizeof *scale, &err);
    uint8_t *bytes = dy_arena_take(&data.arena, ROWS * inputs, 1, &err);
    int32_t *labels = dy_arena_take(&data.arena, ROWS, sizeof *labels, &err);
    data.shift = dy_arena_take(&data.arena, inputs, sizeof *data.shift, &err);
    must(scale && bytes && labels && data.shift, &err);
    for (int64_t j = 0; j < inputs; j++) scale[j] = 1.0F / 255;
    for (int64_t i = 0; i < ROWS; i++) labels[i] = (int32_t)dy_rng_below(&rng, 10);
    for (int64_t i = 0; i < ROWS * inputs; i++)
        bytes[i] = i % inputs / DY_LANE % 3 ? (uint8_t)dy_rng_below(&rng, 256) : 0;
    data.scale = scale;
    data.train = (dy_split){ .rows = ROWS, .labels = labels, .bytes = bytes };
    return data;
}

static dy_race_spec race_of(const dy_dataset *data, const shape *s)
{
    dy_race_spec race = {
        .data = data,
        .model = { .n_layers = s->n_layers, .activation = DY_RELU, .init = DY_TORCH },
        .optim = dy_sgd_defaults(),
        .batch = s->batch,
        .drop_last = true,
        .seed = 1,
        .lanes = 1,
        .threads = 1
    };
    memcpy(race.model.widths, s->widths, sizeof s->widths);
    return race;
}

static dy_session *open_session(dy_lab *lab, const dy_dataset *data, const shape *s,
                                bool watched)
{
    dy_error err;
    dy_spec schedule = { .recipe = dy_recipe_find("constant") };
    schedule.args[0] = (dy_arg){ .given = true, .real = 0.01 };
    dy_entrant entrant = { watched ? "watched" : "alone", &schedule };
    dy_session_spec spec = { .race = race_of(data, s),
                             .entrants = &entrant,
                             .number = watched,
                             .steps = (int64_t)1 << 22,
                             .eval_every = -1,
                             .snapshots = watched ? (int64_t)256 << 20 : 0 };
    dy_session *session;
    lab->watched = watched;
    must(dy_session_open(&session, lab, &spec, &err), &err);
    return session;
}

/* --- what takes turns ------------------------------------------------------------------------------------------ */

typedef void stretch(void *self, int64_t updates);

static void step_session(void *self, int64_t updates)
{
    dy_error err;
    for (int64_t i = 0; i < updates; i++) must(dy_session_step(self, &err), &err);
}

typedef struct bare {
    dy_race *race;
    int64_t every; /* updates between two that are measured; 0: none */
} bare;

static void step_race(void *self, int64_t updates)
{
    const bare *b = self;
    for (int64_t i = 0; i < updates; i++) {
        dy_pace pace = { 0.01, 0.9 };
        dy_motion motion;
        double loss;
        bool measured = b->every > 0 && dy_race_updates(b->race) % b->every == 0;
        dy_race_step_some(b->race, NULL, &pace, &loss, measured ? &motion : NULL);
    }
}

static double used_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double time_of(stretch *run, void *self, int64_t updates)
{
    double start = used_s();
    run(self, updates);
    return (used_s() - start) / (double)updates;
}

/* Microseconds of an update of each. */
static void race_each_other(stretch *run, void *one, void *other, double us[2])
{
    int64_t n = 16;
    while (time_of(run, one, n) * (double)n < SECONDS / STRETCHES / 2) n *= 2;
    time_of(run, other, n);
    us[0] = us[1] = 0;
    for (int i = 0; i < STRETCHES; i++)
        for (int k = 0; k < 2; k++) us[k] += 1e6 / STRETCHES * time_of(run, k ? other : one, n);
}

static void print_row(const shape *s, const double us[2])
{
    char name[64];
    int at = snprintf(name, sizeof name, "%lld", (long long)s->widths[0]);
    for (int i = 1; i <= s->n_layers; i++)
        at += snprintf(name + at, sizeof name - (size_t)at, "-%lld", (long long)s->widths[i]);
    printf("%-18s%8lld%12.2f%12.2f%10.2f %%\n", name, (long long)s->batch, us[0], us[1],
           100 * us[0] / us[1]);
    fflush(stdout);
}

static void watch(const shape *s)
{
    dy_error err;
    dy_lab lab = { 0 };
    dy_dataset data = generate(s->widths[0]);
    must(dy_board_open(&lab.board, (size_t)1 << 30, &err), &err);
    dy_session *alone = open_session(&lab, &data, s, false);
    dy_session *watched = open_session(&lab, &data, s, true);
    double us[2];
    race_each_other(step_session, alone, watched, us);
    print_row(s, us);
    dy_session_close(alone);
    dy_session_close(watched);
    dy_board_close(lab.board);
    dy_dataset_close(&data);
}

static void gauge(const shape *s)
{
    dy_error err;
    dy_dataset data = generate(s->widths[0]);
    dy_race_spec spec = race_of(&data, s);
    bare plain = { 0 },
         gauged = { .every =
                        3072 / s->batch < DY_GAUGE_EVERY ? DY_GAUGE_EVERY : 3072 / s->batch };
    must(dy_race_open(&plain.race, &spec, 0, &err), &err);
    must(dy_race_open(&gauged.race, &spec, 0, &err), &err);
    double us[2];
    race_each_other(step_race, &plain, &gauged, us);
    print_row(s, us);
    dy_race_close(plain.race);
    dy_race_close(gauged.race);
    dy_dataset_close(&data);
}

int main(void)
{
    dy_blas_start();
    printf("kernels: %s; us of an update\n", dy_blas_kernels());
    printf("%-18s%8s%12s%12s%12s\n", "network", "batch", "alone", "watched", "as fast");
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++) watch(&SHAPES[i]);
    printf("%-18s%8s%12s%12s%12s\n", "network", "batch", "plain", "gauged", "as fast");
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++) gauge(&SHAPES[i]);
    return 0;
}
