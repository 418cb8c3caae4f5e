/* batches.h - the examples of one split, a batch at a time, in an order drawn anew each epoch.
 *
 * The order of epoch e is a function of the seed and e alone (a shuffle by a stream made from both), so any epoch can be
 * entered without going through those before it, and a position is two numbers. Gathering converts bytes to floats
 * on the way.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/dataset.h"

/* Inputs are gathered in groups of this many, the last one filled up with zeros. */
enum { DY_LANE = 8 };

/* One gathered batch. Inputs that are zero in every row of it are left out, eight at a time: most of an
 * image's rim, and with it a third of the first layer's work. Only bytes are looked at so; of floats all groups are
 * there. `groups` tells which are: group g holds the inputs 8g to 8g+7.
 * x is [rows x stride]: of each row the first 8 * n_groups floats are inputs, the rest is unspecified. The stride is fixed
 * for the life of the dy_batches, a multiple of 16, and rows are 64-byte aligned. */
typedef struct dy_batch {
    int64_t rows;
    int64_t n_groups;      /* groups gathered, in rising order */
    const int32_t *groups; /* [n_groups] */
    const float *x;
    int64_t stride;        /* floats from row to row */
    const int32_t *labels; /* [rows], or NULL */
    const float *targets;  /* [rows x outputs], or NULL */
} dy_batch;

typedef struct dy_batches dy_batches;

/* Batches of `rows` examples from a split of `data`, which must outlive it; shuffled by `seed`. The last batch of an
 * epoch has what is left, or is dropped with `drop_last`. All memory is taken from `arena`, here.
 * Room is left in every row of x for one float more than the inputs need (a constant 1 for the bias).
 * Fails when the split has no rows, rows < 1, or drop_last would leave no batch. */
bool dy_batches_open(dy_batches **batches, dy_arena *arena, const dy_dataset *data,
                     const dy_split *split, int64_t rows, bool drop_last, uint64_t seed,
                     dy_error *err);

/* Updates in one epoch. */
int64_t dy_batches_per_epoch(const dy_batches *batches);

/* The batch of update `step`, counted from 0 over all epochs. Borrowed until the next call; x may be
 * written to by the caller. Allocates nothing. Any step may be asked for; asking in order is cheapest (each epoch's
 * order is drawn once), and taking turns between two places costs no more. */
dy_batch dy_batches_at(dy_batches *batches, int64_t step);

/* Rows from, from+1, ... of the split, in their own order, at most as many as a batch holds: for evaluation. Draws no
 * random number and leaves the order of the epoch alone. */
dy_batch dy_batches_rows(dy_batches *batches, int64_t from);
