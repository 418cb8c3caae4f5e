/* Every row once an epoch, in an order that only seed and epoch decide.   SPDX-License-Identifier: MIT */
#include "data/batches.h"

#include "help.h"

#include <criterion/criterion.h>
#include <string.h>

enum { ROWS = 23, INPUTS = 13, BATCH = 5 };

typedef struct fixture {
    dy_dataset data;
    dy_arena arena;
    dy_batches *batches;
} fixture;

/* Label i is row i, so that a batch tells which rows it has. */
static fixture open_fixture(int64_t rows, bool drop_last, uint64_t seed)
{
    dy_error err;
    fixture f = { .data = help_bytes_set(ROWS, INPUTS, 0.5f, 0), .arena = dy_arena_make(0) };
    int32_t *labels = dy_arena_take(&f.data.arena, ROWS, sizeof *labels, &err);
    for (int32_t i = 0; i < ROWS; i++) labels[i] = i;
    f.data.outputs = ROWS;
    f.data.train.labels = labels;
    cr_assert(dy_batches_open(&f.batches, &f.arena, &f.data, &f.data.train, rows, drop_last,
                              seed, &err),
              "%s", err.text);
    dy_arena_seal(&f.arena);
    return f;
}

static void close_fixture(fixture *f)
{
    dy_arena_close(&f->arena);
    dy_dataset_close(&f->data);
}

/* The rows of an epoch, in order; returns how many. */
static int epoch_order(fixture *f, int64_t epoch, int32_t *order)
{
    int n = 0;
    int64_t steps = dy_batches_per_epoch(f->batches);
    for (int64_t s = 0; s < steps; s++) {
        dy_batch batch = dy_batches_at(f->batches, epoch * steps + s);
        for (int64_t r = 0; r < batch.rows; r++) order[n++] = batch.labels[r];
    }
    return n;
}

Test(batches, every_row_once_an_epoch)
{
    fixture f = open_fixture(BATCH, false, 1);
    cr_assert_eq(dy_batches_per_epoch(f.batches), 5);
    for (int epoch = 0; epoch < 20; epoch++) {
        int32_t order[ROWS];
        int seen[ROWS] = { 0 };
        cr_assert_eq(epoch_order(&f, epoch, order), ROWS);
        for (int i = 0; i < ROWS; i++) cr_assert_eq(seen[order[i]]++, 0);
    }
    close_fixture(&f);
}

Test(batches, the_last_one_is_short_or_dropped)
{
    fixture keep = open_fixture(BATCH, false, 1), drop = open_fixture(BATCH, true, 1);
    cr_assert_eq(dy_batches_at(keep.batches, 4).rows, 3);
    cr_assert_eq(dy_batches_at(keep.batches, 5).rows, BATCH);
    cr_assert_eq(dy_batches_per_epoch(drop.batches), 4);
    for (int step = 0; step < 9; step++)
        cr_assert_eq(dy_batches_at(drop.batches, step).rows, BATCH);
    close_fixture(&keep);
    close_fixture(&drop);
}

Test(batches, seed_and_epoch_decide_the_order)
{
    fixture a = open_fixture(BATCH, false, 1), b = open_fixture(BATCH, false, 1);
    fixture c = open_fixture(BATCH, false, 2);
    int32_t of_a[ROWS], of_b[ROWS], of_c[ROWS], next[ROWS];
    epoch_order(&a, 0, of_a);
    epoch_order(&b, 0, of_b);
    epoch_order(&c, 0, of_c);
    epoch_order(&a, 1, next);
    cr_assert_eq(memcmp(of_a, of_b, sizeof of_a), 0);
    cr_assert_neq(memcmp(of_a, of_c, sizeof of_a), 0);
    cr_assert_neq(memcmp(of_a, next, sizeof of_a), 0);
    close_fixture(&a), close_fixture(&b), close_fixture(&c);
}

Test(batches, epoch_7_may_be_entered_directly)
{
    fixture steps = open_fixture(BATCH, false, 9), jump = open_fixture(BATCH, false, 9);
    int32_t walked[ROWS], jumped[ROWS];
    for (int epoch = 0; epoch <= 7; epoch++) epoch_order(&steps, epoch, walked);
    dy_batches_rows(jump.batches, 20); /* evaluation disturbs nothing */
    epoch_order(&jump, 7, jumped);
    cr_assert_eq(memcmp(walked, jumped, sizeof walked), 0);
    dy_batch back = dy_batches_at(steps.batches, 0), first = dy_batches_at(jump.batches, 0);
    cr_assert_eq(memcmp(back.labels, first.labels, BATCH * sizeof(int32_t)), 0);
    close_fixture(&steps), close_fixture(&jump);
}

Test(batches, two_that_take_turns_meet_what_they_would_alone)
{
    fixture turns = open_fixture(BATCH, false, 3), alone = open_fixture(BATCH, false, 3);
    static const int64_t PLACES[] = { 0, 31, 1, 32, 6, 7, 63, 8, 64, 0, 9 };
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        dy_batch got = dy_batches_at(turns.batches, PLACES[i]);
        int32_t labels[BATCH];
        memcpy(labels, got.labels, (size_t)got.rows * sizeof *labels);
        for (int64_t step = 100; step > PLACES[i]; step -= 5)
            dy_batches_at(alone.batches, step);
        dy_batch want = dy_batches_at(alone.batches, PLACES[i]);
        cr_assert_eq(got.rows, want.rows);
        cr_expect_arr_eq(labels, want.labels, (size_t)got.rows * sizeof *labels, "update %d",
                         (int)PLACES[i]);
    }
    close_fixture(&turns);
    close_fixture(&alone);
}

Test(batches, rows_come_in_their_own_order)
{
    fixture f = open_fixture(BATCH, true, 1);
    for (int64_t from = 0; from < ROWS; from++) {
        dy_batch batch = dy_batches_rows(f.batches, from);
        cr_assert_eq(batch.rows, ROWS - from < BATCH ? ROWS - from : BATCH);
        for (int64_t r = 0; r < batch.rows; r++) cr_assert_eq(batch.labels[r], from + r);
    }
    close_fixture(&f);
}

Test(batches, a_batch_may_be_larger_than_the_split)
{
    fixture f = open_fixture(1000, false, 1);
    cr_assert_eq(dy_batches_per_epoch(f.batches), 1);
    cr_assert_eq(dy_batches_at(f.batches, 3).rows, ROWS);
    close_fixture(&f);
}

Test(batches, there_is_room_for_a_bias)
{
    dy_error err;
    for (int64_t inputs = 1; inputs <= 40; inputs++) {
        dy_dataset data = help_bytes_set(4, inputs, 1, 1);
        dy_arena arena = dy_arena_make(0);
        dy_batches *batches;
        cr_assert(dy_batches_open(&batches, &arena, &data, &data.train, 2, false, 1, &err));
        dy_batch batch = dy_batches_at(batches, 0);
        cr_assert_eq(batch.stride % 16, 0);
        cr_assert_geq(batch.stride, DY_LANE * batch.n_groups + 1);
        cr_assert_geq(DY_LANE * batch.n_groups, inputs);
        cr_assert_eq((uintptr_t)batch.x % 64, 0);
        dy_arena_close(&arena);
        dy_dataset_close(&data);
    }
}

Test(batches, targets_come_along)
{
    dy_error err;
    dy_dataset data = help_bytes_set(ROWS, INPUTS, 1, 0);
    float targets[ROWS * 2];
    for (int i = 0; i < ROWS * 2; i++) targets[i] = (float)i;
    data.task = DY_REGRESS;
    data.outputs = 2;
    data.train.labels = NULL;
    data.train.targets = targets;
    dy_arena arena = dy_arena_make(0);
    dy_batches *batches;
    cr_assert(dy_batches_open(&batches, &arena, &data, &data.train, 4, false, 1, &err));
    dy_batch batch = dy_batches_rows(batches, 20);
    cr_assert_null(batch.labels);
    for (int64_t i = 0; i < 6; i++) cr_assert_eq(batch.targets[i], (float)(40 + i));
    dy_arena_close(&arena);
    dy_dataset_close(&data);
}

Test(batches, refusals)
{
    static const struct {
        int64_t have, rows;
        bool drop;
        const char *says;
    } cases[] = {
        { ROWS, 0, false, "batch of 0 rows; want at least 1" },
        { 0, 1, false, "no rows to take batches from" },
        { ROWS, 24, true, "batch of 24 rows, but there are only 23" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dy_error err;
        dy_dataset data = help_bytes_set(ROWS, INPUTS, 1, 0);
        dy_arena arena = dy_arena_make(0);
        dy_batches *batches;
        data.train.rows = cases[i].have;
        cr_assert_not(dy_batches_open(&batches, &arena, &data, &data.train, cases[i].rows,
                                      cases[i].drop, 1, &err));
        help_says(&err, cases[i].says);
        dy_arena_close(&arena);
        dy_dataset_close(&data);
    }
}

Test(batches, memory_may_be_short_at_any_take)
{
    dy_dataset data = help_bytes_set(ROWS, INPUTS, 1, 0);
    for (int64_t n = 1;; n++) {
        dy_error err = { "" };
        dy_arena arena = dy_arena_make(0);
        dy_batches *batches;
        dy_arena_fail_at(n, false);
        bool ok = dy_batches_open(&batches, &arena, &data, &data.train, 4, false, 1, &err);
        dy_arena_fail_at(0, false);
        dy_arena_close(&arena);
        cr_assert(n < 50);
        if (ok) {
            cr_assert_geq(n, 10);
            break;
        }
        help_says(&err, "out of memory");
    }
    dy_dataset_close(&data);
}
