/* made_up.c - see made_up.h.   SPDX-License-Identifier: MIT */
#include "made_up.h"

#include "base/rng.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { EPOCH = 469, MARKS = 200 };

static dy_error err;

static void must(bool ok)
{
    if (ok) return;
    fprintf(stderr, "%s\n", err.text);
    exit(1);
}

static const char *const NAMES[] = {
    "one cycle, max_lr = 0.2",
    "constant 0.1",
    "step decay",
    "cosine, warm-up 5 %",
    "triangular2",
    "SGDR, T_0 = 10",
    "constant 1",
    "exponential 0.9",
    "inverse time",
    "polynomial",
    "1cycle, no momentum",
    "noam",
};

double made_up_lr(int r, double p)
{
    double wave =
        p < 0.3 ? 0.5 - 0.5 * cos(M_PI * p / 0.3) : 0.5 + 0.5 * cos(M_PI * (p - 0.3) / 0.7);
    switch (r % 6) {
    case 0: return 0.008 + 0.192 * wave;
    case 1: return 0.1;
    case 2: return 0.1 * pow(0.1, floor(p * 3.3));
    case 3: return 0.15 * (p < 0.05 ? p / 0.05 : 0.5 + 0.5 * cos(M_PI * (p - 0.05) / 0.95));
    case 4: return 0.01 + 0.14 * pow(0.5, floor(p * 4)) * (1 - fabs(2 * fmod(p * 4, 1) - 1));
    default: return 0.12 * (0.5 + 0.5 * cos(M_PI * fmod(p * 3, 1)));
    }
}

static double momentum_of(int r, double p)
{
    return r % 6 == 0 ? 0.95 - 0.1 * sin(M_PI * fmin(p / 0.9, 1)) : 0.9;
}

dy_curve *made_up_plan(dy_arena *arena, int r, dy_channel channel)
{
    dy_key keys[201];
    dy_curve *curve = dy_arena_take(arena, 1, sizeof *curve, &err);
    must(curve);
    for (int k = 0; k <= 200; k++) {
        double p = k / 200.0;
        keys[k] = (dy_key){ .step = p * MADE_UP_STEPS,
                            .value = channel == DY_LR ? made_up_lr(r, p) : momentum_of(r, p),
                            .ease = { .kind = DY_EASE_LINEAR } };
    }
    must(dy_curve_keys(curve, arena, keys, 201, &err));
    return curve;
}

static void push(dy_board *board, dy_run_view *run, int r, int64_t from, int64_t to)
{
    dy_rng rng = dy_rng_make((uint64_t)r + 1, "pictures");
    double loss = 2.3;
    for (int64_t i = 0; i < to; i++) {
        double p = (double)i / MADE_UP_STEPS;
        double lr = made_up_lr(r, p);
        loss += -0.02 * sqrt(lr) * (loss - 0.06 - 0.5 * lr) * (1 + 0.1 * r);
        double noise = exp(0.25 * dy_rng_normal(&rng));
        if (i < from) continue;
        dy_tape_push(run->tape, (dy_sample){ lr, momentum_of(r, p), (float)(loss * noise) });
        if ((i + 1) % EPOCH == 0) {
            dy_mark mark = { .step = i + 1,
                             .kind = DY_MARK_SCORE,
                             .loss = loss * 1.1 + 0.02,
                             .accuracy = 1 - 0.35 * loss };
            dy_board_mark(board, run->index, &mark);
        }
        if (i % 16 == 0) {
            dy_gauge gauge = { .step = i,
                               .gradient_norm = (float)(loss * (1 + noise)),
                               .update_ratio = (float)(0.01 * lr * noise) };
            dy_board_gauge(board, run->index, &gauge);
        }
    }
    run->outcome->updates = to;
}

dy_run_view made_up_run(dy_board *board, int r, int64_t len, dy_status status)
{
    dy_card card = {
        .steps = MADE_UP_STEPS, .epoch_steps = EPOCH, .batch = 128, .seed = 1, .lane = r
    };
    dy_run_view run;
    snprintf(card.name, sizeof card.name, "%s", NAMES[r % 12]);
    snprintf(card.data, sizeof card.data, "MNIST");
    snprintf(card.model, sizeof card.model, "mlp 784-128-10 relu");
    must(dy_board_add(board, &card, MARKS, &run, &err));
    push(board, &run, r, 0, len);
    run.outcome->test_accuracy = 0.95 + 0.003 * r;
    run.outcome->test_loss = run.outcome->train_loss = NAN;
    run.outcome->status = status;
    return run;
}

dy_run_view made_up_branch(dy_board *board, const dy_run_view *of, int r, int64_t from,
                           int64_t len, bool aside, int32_t lane)
{
    dy_card card = *of->card;
    dy_run_view run;
    card.branched = true;
    card.aside = aside;
    card.parent = of->index;
    card.from = from;
    card.lane = lane;
    must(dy_board_add(board, &card, MARKS, &run, &err));
    push(board, &run, r, 0, len);
    run.outcome->status = DY_RUNNING;
    return run;
}

void made_up_portraits(dy_portrait *plane, dy_portrait *weights)
{
    *plane = (dy_portrait){ .kind = DY_PORTRAIT_PLANE,
                            .width = 128,
                            .height = 128,
                            .tiles = 1,
                            .step = 3600,
                            .from = { -1, -1 },
                            .to = { 1, 1 } };
    for (int y = 0; y < 128; y++)
        for (int x = 0; x < 128; x++) {
            double u = x / 64.0 - 1, v = 1 - y / 64.0;
            double s = sin(3 * atan2(v, u) - 8 * sqrt(u * u + v * v));
            plane->pixels[2 * (128 * y + x)] = s > 0;
            plane->pixels[2 * (128 * y + x) + 1] =
                (unsigned char)(255 * fmin(fabs(s) * 1.5, 1));
        }
    *weights = (dy_portrait){
        .kind = DY_PORTRAIT_WEIGHTS, .width = 28, .height = 28, .tiles = 64, .step = 3600
    };
    for (int t = 0; t < 64; t++)
        for (int i = 0; i < 784; i++) {
            double u = i % 28 / 14.0 - 1, v = i / 28 / 14.0 - 1;
            double w = exp(-2 * (u * u + v * v)) * sin(6 * (u * cos(t) + v * sin(t)) + t);
            weights->pixels[2 * (784 * t + i)] = (unsigned char)(128 + 127 * w);
            weights->pixels[2 * (784 * t + i) + 1] = 255;
        }
}
