/* crowded.c - scenes with everything at once, at every size: all of it can be read.   SPDX-License-Identifier: MIT */
#include "everything.h"
#include "texts.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

TestSuite(crowded, .init = fixture_open, .fini = fixture_close);

static void check_views(dy_rng *rng, int views)
{
    for (int k = 0; k < views; k++) {
        dy_trace *traces;
        int32_t found;
        dy_scene scene;
        dy_arena_close(&arena);
        cr_assert(dy_traces_read(&traces, &found, board, &arena, &err), "%s", err.text);
        everything_view(rng, traces, found);
        cr_assert(dy_scene_make(&scene, &arena, traces, found, &view, &err), "%s", err.text);
        check_texts(&scene, &view);
    }
}

static void check_runs(uint64_t seed, int n)
{
    dy_rng rng = dy_rng_make(seed, "crowded");
    everything_runs(&rng, n);
    check_views(&rng, 150);
}

Test(crowded, no_run)
{
    check_runs(1, 0);
}

Test(crowded, one_run)
{
    check_runs(2, 1);
}

Test(crowded, two_runs)
{
    check_runs(3, 2);
}

Test(crowded, five_runs)
{
    check_runs(4, 5);
}

Test(crowded, twelve_runs)
{
    check_runs(5, 12);
}

/* What a lab that has gone wrong, or means ill, may write into its board. */
static void add_hostile(dy_rng *rng, int i)
{
    static const double REALS[] = {
        0, -1, 1e-320, 1e308, -1e308, (double)INFINITY, -(double)INFINITY, (double)NAN, 0.5, 1,
    };
    static const int64_t WHOLES[] = { 0, -1, 1, INT64_MAX, INT64_MIN, 50, (int64_t)1 << 56 };
    dy_card card = { .steps = 100, .epoch_steps = WHOLES[dy_rng_below(rng, 7)] };
    dy_run_view run;
    memset(card.name, i % 2 ? 0xff : 0x1b, sizeof card.name - 1); /* no text */
    memset(card.data, '\n', sizeof card.data - 1);
    card.branched = true;
    card.parent = i % 3 == 0 ? i : (int32_t)WHOLES[dy_rng_below(rng, 7)];
    card.from = WHOLES[dy_rng_below(rng, 7)];
    card.aside = i % 2;
    card.lane = (int32_t)dy_rng_below(rng, 2);
    cr_assert(dy_board_add(board, &card, 64, &run, &err), "%s", err.text);
    for (int t = 0; t < 80; t++)
        dy_tape_push(run.tape,
                     (dy_sample){ REALS[dy_rng_below(rng, 10)], REALS[dy_rng_below(rng, 10)],
                                  (float)REALS[dy_rng_below(rng, 10)] });
    for (int m = 0; m < 64; m++) {
        dy_mark mark = { WHOLES[dy_rng_below(rng, 7)], (dy_mark_kind)dy_rng_below(rng, 5),
                         REALS[dy_rng_below(rng, 10)], REALS[dy_rng_below(rng, 10)], "" };
        memset(mark.text, m % 2 ? 0xc3 : 'x', sizeof mark.text);
        dy_board_mark(board, run.index, &mark);
        dy_gauge gauge = { WHOLES[dy_rng_below(rng, 7)], (float)REALS[dy_rng_below(rng, 10)],
                           (float)REALS[dy_rng_below(rng, 10)] };
        dy_board_gauge(board, run.index, &gauge);
    }
    run.outcome->updates = WHOLES[dy_rng_below(rng, 7)];
    run.outcome->test_accuracy = REALS[dy_rng_below(rng, 10)];
    run.outcome->test_loss = REALS[dy_rng_below(rng, 10)];
    run.outcome->train_loss = REALS[dy_rng_below(rng, 10)];
    run.outcome->status = (int)dy_rng_below(rng, 6) - 1;
}

Test(crowded, whatever_a_lab_writes_makes_a_picture)
{
    for (uint64_t seed = 0; seed < 20; seed++) {
        dy_rng rng = dy_rng_make(seed, "hostile");
        for (int i = 0; i < 5; i++) add_hostile(&rng, i);
        check_views(&rng, 30);
        dy_board_close(board);
        board = sample_board();
    }
}
