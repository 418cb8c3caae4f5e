/* learn.c - how long an update takes: shapes, batch sizes and lanes; one thread, gathering included.
 *
 * learn                  the table
 * learn FIRST-..-LAST BATCH [LANES [SECONDS]]
 *                        one row, microseconds only; for scripts and profilers
 *
 * MNIST when $DERNY_DATA has it and the network starts with 784; otherwise bytes from a seed, two thirds of them in
 * groups that are never zero. Each figure is the least of many short stretches: what the machine can do, between its other work.
 *
 * SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "base/rng.h"
#include "data/files.h"
#include "learn/blas.h"
#include "learn/race.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct shape {
    int n_layers;
    int64_t widths[8];
} shape;

static const shape SHAPES[] = { { 2, { 784, 128, 10 } },
                                { 3, { 784, 512, 512, 10 } },
                                { 2, { 40, 100, 10 } } };
static const int64_t BATCHES[] = { 32, 128, 512 };
static const int LANES[] = { 1, 2, 8 };

enum { STRETCHES = 50, MNIST_INPUTS = 784, LANES_MOST = 8 };

static void stop(const dy_error *err)
{
    fprintf(stderr, "learn: %s\n", err->text);
    exit(1);
}

/* A dark rim (every third group of 8) around noise. */
static uint8_t *take_bytes(dy_dataset *data, int64_t rows, dy_rng *rng, dy_error *err)
{
    uint8_t *bytes = dy_arena_take(&data->arena, rows * data->inputs, 1, err);
    if (!bytes) stop(err);
    for (int64_t i = 0; i < rows * data->inputs; i++) {
        int64_t group = i % data->inputs / DY_LANE;
        bytes[i] = group % 3 ? (uint8_t)dy_rng_below(rng, 256) : 0;
    }
    return bytes;
}

static dy_dataset generate(int64_t inputs, int64_t outputs)
{
    enum { ROWS = 8192 };

    dy_error err;
    dy_dataset data = dy_dataset_make(0);
    dy_rng rng = dy_rng_make(1, "bench");
    snprintf(data.name, sizeof data.name, "generated");
    data.inputs = inputs;
    data.outputs = outputs;
    float *scale = dy_arena_take(&data.arena, inputs, sizeof *scale, &err);
    float *shift = dy_arena_take(&data.arena, inputs, sizeof *shift, &err);
    int32_t *labels = dy_arena_take(&data.arena, ROWS, sizeof *labels, &err);
    if (!scale || !shift || !labels) stop(&err);
    for (int64_t j = 0; j < inputs; j++) scale[j] = 1.0F / 255;
    for (int64_t i = 0; i < ROWS; i++) labels[i] = (int32_t)dy_rng_below(&rng, outputs);
    data.scale = scale;
    data.shift = shift;
    data.train = (dy_split){ .rows = ROWS, .labels = labels };
    data.train.bytes = take_bytes(&data, ROWS, &rng, &err);
    return data;
}

static dy_dataset data_for(const shape *s)
{
    dy_dataset data;
    dy_error err;
    if (s->widths[0] != MNIST_INPUTS || !getenv("DERNY_DATA"))
        return generate(s->widths[0], s->widths[s->n_layers]);
    if (!dy_known_read(&data, "mnist", 0, &err)) stop(&err);
    return data;
}

static dy_race *open_race(const dy_dataset *data, const shape *s, int64_t batch, int lanes)
{
    dy_race_spec spec = {
        .data = data,
        .model = { .n_layers = s->n_layers, .activation = DY_RELU, .init = DY_TORCH },
        .optim = dy_sgd_defaults(),
        .batch = batch,
        .drop_last = true,
        .seed = 1,
        .lanes = lanes,
        .threads = 1
    };
    memcpy(spec.model.widths, s->widths, sizeof s->widths);
    dy_race *race;
    dy_error err;
    if (!dy_race_open(&race, &spec, 0, &err)) stop(&err);
    return race;
}

static void steps(dy_race *race, int lanes, int64_t n)
{
    dy_pace pace[LANES_MOST];
    double loss[LANES_MOST];
    for (int k = 0; k < lanes; k++) pace[k] = (dy_pace){ 0.05, 0.9 };
    for (int64_t i = 0; i < n; i++) dy_race_step(race, pace, loss);
}

/* Microseconds of one update, the least of many stretches that last `seconds` in all. */
static double measure(const dy_dataset *data, const shape *s, int64_t batch, int lanes,
                      double seconds)
{
    dy_race *race = open_race(data, s, batch, lanes);
    double start = dy_now_s();
    int64_t n = 0;
    for (; dy_now_s() - start < seconds / STRETCHES; n++) steps(race, lanes, 1);
    double least = 1e9;
    for (int i = 0; i < STRETCHES; i++) {
        start = dy_now_s();
        steps(race, lanes, n);
        double each = (dy_now_s() - start) / (double)n;
        if (each < least) least = each;
    }
    dy_race_close(race);
    return 1e6 * least;
}

static void print_shape(const shape *s)
{
    char name[64];
    int at = snprintf(name, sizeof name, "%lld", (long long)s->widths[0]);
    for (int i = 1; i <= s->n_layers; i++)
        at += snprintf(name + at, sizeof name - (size_t)at, "-%lld", (long long)s->widths[i]);
    printf("%-18s", name);
}

static void print_table(void)
{
    printf("kernels: %s; us per update, and per lane in a race\n", dy_blas_kernels());
    printf("%-18s%8s%10s%10s%10s\n", "network", "batch", "alone", "2 lanes", "8 lanes");
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++) {
        dy_dataset data = data_for(&SHAPES[i]);
        for (size_t b = 0; b < sizeof BATCHES / sizeof *BATCHES; b++) {
            print_shape(&SHAPES[i]);
            printf("%8lld", (long long)BATCHES[b]);
            for (size_t k = 0; k < sizeof LANES / sizeof *LANES; k++) {
                printf("%10.1f",
                       measure(&data, &SHAPES[i], BATCHES[b], LANES[k], 1) / LANES[k]);
                fflush(stdout);
            }
            printf("\n");
        }
        dy_dataset_close(&data);
    }
}

/* "784-128-10" */
static shape read_shape(const char *text)
{
    shape s = { .n_layers = -1 };
    while (*text && s.n_layers < 7) {
        char *end;
        s.widths[++s.n_layers] = strtoll(text, &end, 10);
        text = *end == '-' ? end + 1 : end;
        if (end == text && *end) break;
    }
    return s;
}

int main(int argc, char **argv)
{
    dy_blas_start();
    if (argc < 3) {
        print_table();
        return 0;
    }
    shape s = read_shape(argv[1]);
    int64_t batch = strtoll(argv[2], NULL, 10);
    int lanes = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 1;
    if (lanes < 1 || lanes > LANES_MOST) {
        fprintf(stderr, "learn: %d lanes; want 1 to %d\n", lanes, LANES_MOST);
        return 1;
    }
    dy_dataset data = data_for(&s);
    printf("%.1f\n", measure(&data, &s, batch, lanes, argc > 4 ? strtod(argv[4], NULL) : 1));
    dy_dataset_close(&data);
    return 0;
}
