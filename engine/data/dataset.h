/* dataset.h - examples to train on and examples held out, in memory.
 *
 * Inputs are bytes (images) or floats; bytes stay bytes and become floats only as a batch is gathered, a quarter of
 * the traffic. Either way an input reaches the network as `scale[j] * x + shift[j]`.
 * Not a stream: a data set fits in memory, or it is refused.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "base/digest.h"

typedef enum dy_task {
    DY_CLASSIFY, /* labels: one of `outputs` classes */
    DY_REGRESS,  /* targets: `outputs` floats */
} dy_task;

/* One part of a data set. Row i has inputs [inputs] and a label or targets [outputs]. */
typedef struct dy_split {
    int64_t rows;
    const uint8_t *bytes;  /* [rows x inputs], or NULL */
    const float *floats;   /* [rows x inputs], or NULL: exactly one of the two */
    const int32_t *labels; /* [rows] for DY_CLASSIFY, else NULL */
    const float *targets;  /* [rows x outputs] for DY_REGRESS, else NULL */
} dy_split;

typedef struct dy_dataset {
    dy_arena arena; /* owns all that the constructors below do not say is borrowed */
    char name[64];  /* as pictures and tables call it: "MNIST" */
    dy_task task;
    int64_t inputs, outputs;
    int64_t image_rows, image_cols; /* of inputs that are one image; 0 otherwise */
    const float *scale, *shift;     /* [inputs] each */
    dy_split train, test;           /* test may have no rows */
    struct dy_fingerprint *print;   /* what dy_dataset_digest remembers; NULL: nothing */
} dy_dataset;

/* An empty data set whose arena takes at most `limit` bytes (0: no limit). */
dy_dataset dy_dataset_make(int64_t limit);
void dy_dataset_close(dy_dataset *data);

/* What every reader calls last. Fails when shapes, labels or values do not fit each other: a label outside
 * 0..outputs-1, a value that is not finite, no rows, no inputs. Says which row and column. */
bool dy_dataset_check(const dy_dataset *data, dy_error *err);

/* The four below make *to from *from; arrays they leave as they are stay borrowed from *from, which must outlive *to.
 * The order of rows that shuffle and split draw is a function of the seed alone. */

/* Each input column gets mean 0 and standard deviation 1 over the training rows, the same map for the test
 * rows; a constant column becomes 0. Changes only scale and shift. */
bool dy_dataset_standardise(dy_dataset *to, const dy_dataset *from, dy_error *err);

/* Training rows in random order. */
bool dy_dataset_shuffle(dy_dataset *to, const dy_dataset *from, uint64_t seed, dy_error *err);

/* The test split becomes a random `fraction` (0 < fraction < 1, at least one row left on each side) of all training
 * rows, which lose them. Fails when there is a test split already: say so and name subset. */
bool dy_dataset_split(dy_dataset *to, const dy_dataset *from, double fraction, uint64_t seed,
                      dy_error *err);

/* The first `train` training rows and the first `test` test rows; more than there are is an error. Copies nothing. */
bool dy_dataset_subset(dy_dataset *to, const dy_dataset *from, int64_t train, int64_t test,
                       dy_error *err);

/* SHA-256 of everything that training on it can see: not the name. Taken once; a data set of MNIST's size takes some 50 ms. */
void dy_dataset_digest(const dy_dataset *data, uint8_t sum[DY_DIGEST_BYTES]);
