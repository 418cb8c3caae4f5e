/* tape.c - samples and ranges against a loop over the same samples; heads that distrust the tape.   SPDX-License-Identifier: MIT */
#include "record/tape.h"

#include "base/rng.h"

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Exactly the bytes asked for, so that a sanitizer sees the first one beyond. */
static dy_tape *open_tape(int64_t steps)
{
    void *memory = NULL;
    cr_assert_eq(posix_memalign(&memory, 64, dy_tape_size(steps)), 0);
    memset(memory, 0, dy_tape_size(steps));
    return dy_tape_init(memory, steps);
}

static dy_sample sample_of(dy_rng *rng)
{
    dy_sample sample = { .lr = dy_rng_normal(rng),
                         .momentum = dy_rng_uniform(rng),
                         .loss = (float)dy_rng_normal(rng) };
    if (dy_rng_below(rng, 50) == 0) sample.loss = NAN;
    if (dy_rng_below(rng, 50) == 0) sample.loss = INFINITY;
    return sample;
}

static void push_random(dy_tape *tape, int64_t n, uint64_t seed)
{
    dy_rng rng = dy_rng_make(seed, "tape");
    for (int64_t i = 0; i < n; i++) dy_tape_push(tape, sample_of(&rng));
}

static dy_range range_by_hand(const dy_tape *tape, dy_channel channel, int64_t from, int64_t to)
{
    dy_range range = { INFINITY, -INFINITY };
    for (int64_t i = from; i < to; i++) {
        double x = dy_tape_at(tape, channel, i);
        if (!isfinite(x)) continue;
        range.lo = fmin(range.lo, x);
        range.hi = fmax(range.hi, x);
    }
    return range;
}

Test(tape, gives_back_what_was_pushed)
{
    dy_tape *tape = open_tape(300);
    push_random(tape, 300, 1);
    cr_assert_eq(dy_tape_len(tape), 300);
    cr_assert_eq(dy_tape_room(tape), 300);
    dy_rng rng = dy_rng_make(1, "tape");
    for (int64_t i = 0; i < 300; i++) {
        dy_sample want = sample_of(&rng), found = dy_tape_sample(tape, i);
        cr_assert_eq(found.lr, want.lr);
        cr_assert_eq(found.momentum, want.momentum);
        cr_assert_eq(memcmp(&found.loss, &want.loss, sizeof want.loss), 0, "sample %ld",
                     (long)i);
        cr_assert_eq(dy_tape_at(tape, DY_LR, i), want.lr);
        cr_assert_eq(dy_tape_at(tape, DY_MOMENTUM, i), want.momentum);
    }
    free(tape);
}

Test(tape, size_is_whole_lines_and_grows)
{
    size_t last = 0;
    for (int64_t steps = 0; steps < 5000; steps++) {
        size_t size = dy_tape_size(steps);
        cr_assert_eq(size % 64, 0);
        cr_assert_geq(size, last);
        cr_assert_geq(size, (size_t)steps * 20);
        last = size;
    }
    cr_assert_lt((double)dy_tape_size(1 << 30), 20.9 * (1 << 30));
}

static void check_ranges(const dy_tape *tape, uint64_t seed)
{
    dy_rng rng = dy_rng_make(seed, "ranges");
    int64_t len = dy_tape_len(tape);
    for (int k = 0; k < 60; k++) {
        int64_t a = dy_rng_below(&rng, len + 1), b = dy_rng_below(&rng, len + 1);
        if (k == 0) a = 0, b = len;
        int64_t from = a < b ? a : b, to = a < b ? b : a;
        for (dy_channel c = 0; c < DY_CHANNELS; c++) {
            dy_range want = range_by_hand(tape, c, from, to);
            dy_range found = dy_tape_range(tape, c, from, to);
            cr_assert(want.lo == found.lo && want.hi == found.hi,
                      "channel %d, %ld to %ld of %ld: [%g, %g], want [%g, %g]", (int)c,
                      (long)from, (long)to, (long)len, found.lo, found.hi, want.lo, want.hi);
        }
    }
}

Test(tape, ranges_are_those_of_the_samples)
{
    static const int64_t rooms[] = { 0,   1,    63,   64,   65,     127,
                                     128, 4095, 4096, 4097, 262144, 270001 };
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        dy_tape *tape = open_tape(rooms[i]);
        check_ranges(tape, i);
        push_random(tape, rooms[i] / 2, i);
        check_ranges(tape, i + 100);
        push_random(tape, rooms[i] - rooms[i] / 2, i + 200);
        check_ranges(tape, i + 300);
        free(tape);
    }
}

Test(tape, ranges_are_cut_to_what_there_is)
{
    dy_tape *tape = open_tape(200);
    push_random(tape, 150, 5);
    dy_range all = dy_tape_range(tape, DY_LR, 0, 150);
    dy_range more = dy_tape_range(tape, DY_LR, INT64_MIN, INT64_MAX);
    cr_assert(more.lo == all.lo && more.hi == all.hi);
    static const int64_t empty[][2] = { { 10, 10 }, { 20, 10 }, { 150, 200 }, { -5, 0 } };
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        dy_range none = dy_tape_range(tape, DY_LR, empty[i][0], empty[i][1]);
        cr_assert_gt(none.lo, none.hi);
    }
    free(tape);
}

Test(tape, ranges_leave_out_what_is_not_finite)
{
    dy_tape *tape = open_tape(128);
    for (int i = 0; i < 64; i++) dy_tape_push(tape, (dy_sample){ 0.1, 0.9, NAN });
    dy_range none = dy_tape_range(tape, DY_LOSS, 0, 64);
    cr_assert_gt(none.lo, none.hi);
    for (int i = 0; i < 64; i++) dy_tape_push(tape, (dy_sample){ 0.1, 0.9, i ? INFINITY : 3 });
    dy_range one = dy_tape_range(tape, DY_LOSS, 0, 128);
    cr_assert(one.lo == 3 && one.hi == 3);
    cr_assert(isnan(dy_tape_at(tape, DY_LOSS, 5)));
    cr_assert(isinf(dy_tape_at(tape, DY_LOSS, 100)));
    free(tape);
}

Test(tape, means_are_of_the_losses_that_are_finite)
{
    dy_tape *tape = open_tape(640);
    push_random(tape, 576, 4);
    for (int i = 0; i < 64; i++) dy_tape_push(tape, (dy_sample){ 0.1, 0.9, NAN });
    for (int64_t fold = 0; fold < 9; fold++) {
        float losses[64];
        double sum = 0;
        int n = 0;
        dy_tape_losses(tape, 64 * fold, 64, losses);
        for (int i = 0; i < 64; i++) {
            double loss = dy_tape_at(tape, DY_LOSS, 64 * fold + i);
            cr_assert(loss == (double)losses[i] || isnan(loss));
            if (!isfinite(loss)) continue;
            sum += loss;
            n++;
        }
        cr_assert_float_eq(dy_tape_mean_loss(tape, fold), sum / n, 1e-6);
    }
    cr_assert(isnan(dy_tape_mean_loss(tape, 9)));
    free(tape);
}

Test(tape, readers_leave_unfinished_folds_alone)
{
    dy_tape *tape = open_tape(10000);
    /* behind the head and the length: numbers, finite and far too large, where folds will be */
    memset((char *)tape + 128, 0x7e, dy_tape_size(10000) - 128);
    for (int64_t i = 0; i < 10000; i++) {
        dy_tape_push(tape, (dy_sample){ (double)i, 0.5, (float)-i });
        if (i % 61 != 0 && i % 64 != 63 && i % 64 != 0) continue;
        dy_range lr = dy_tape_range(tape, DY_LR, 0, i + 1);
        dy_range loss = dy_tape_range(tape, DY_LOSS, 0, i + 1);
        cr_assert(lr.lo == 0 && lr.hi == (double)i && loss.lo == (double)-i && loss.hi == 0,
                  "at %ld", (long)i);
    }
    free(tape);
}

Test(tape, can_be_moved)
{
    dy_tape *tape = open_tape(500);
    push_random(tape, 400, 9);
    void *memory = NULL;
    cr_assert_eq(posix_memalign(&memory, 64, dy_tape_size(500)), 0);
    memcpy(memory, tape, dy_tape_size(500));
    free(tape);
    dy_tape *moved = memory;
    cr_assert_eq(dy_tape_len(moved), 400);
    push_random(moved, 100, 10);
    check_ranges(moved, 11);
    free(moved);
}

Test(tape, a_head_of_ones_own_believes_nothing)
{
    dy_tape *tape = open_tape(300);
    push_random(tape, 200, 2);
    double last = dy_tape_at(tape, DY_LR, 199);
    dy_tape head;
    cr_assert(dy_tape_head(&head, tape, 300));
    cr_assert_not(dy_tape_head(&head, tape, 301));
    cr_assert(dy_tape_head(&head, tape, 300));

    tape->room = INT64_MAX;
    tape->body_at = -(1 << 20);
    cr_assert_eq(dy_tape_len(&head), 200);
    cr_assert_eq(dy_tape_at(&head, DY_LR, 199), last);
    dy_tape other;
    cr_assert_not(dy_tape_head(&other, tape, 300));

    static const int64_t lengths[] = { INT64_MAX, INT64_MIN, -1, 301 };
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        memcpy((char *)tape + 64, &lengths[i], sizeof lengths[i]);
        cr_assert_eq(dy_tape_len(&head), lengths[i] < 0 ? 0 : 300);
        (void)dy_tape_range(&head, DY_LOSS, 0,
                            INT64_MAX); /* stays inside: the sanitizer looks */
    }
    free(tape);
}

Test(tape, push_past_the_end_is_an_internal_error, .signal = SIGABRT)
{
    dy_tape *tape = open_tape(2);
    for (int i = 0; i < 3; i++) dy_tape_push(tape, (dy_sample){ 0 });
}

Test(tape, a_sample_out_of_room_is_an_internal_error, .signal = SIGABRT)
{
    dy_tape *tape = open_tape(2);
    dy_tape_at(tape, DY_LOSS, 2);
}
