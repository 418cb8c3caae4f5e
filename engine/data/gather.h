/* gather.h - the rows of a batch brought together as floats, without the inputs that are zero in all of them.
 *
 * The loops every update runs, and what they need to know about the columns. Which rows, and when, is
 * batches.c's business. An internal header of data/.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/dataset.h"

/* Every array has a column for each lane of each group; lanes behind the last input have scale and shift 0. */
typedef struct dy_columns {
    int64_t inputs, n_groups;
    float *scale, *shift; /* [DY_LANE * n_groups] */
    uint8_t *counts; /* 255: a byte that is not 0 makes the group active; 0: the scale is 0 */
    uint8_t *always; /* 255: active whatever the bytes are, because its shift is not 0 */
    uint8_t *seen;   /* scratch: the bytes of a batch, or-ed */
} dy_columns;

/* Fails when memory is short. owns: nothing, all is the arena's. */
bool dy_columns_make(dy_columns *columns, dy_arena *arena, const dy_dataset *data,
                     dy_error *err);

/* Writes the active groups of these rows to `groups` [n_groups], rising, and returns how many there are.
 * `order` [rows] says which rows of `bytes` [.. x inputs]. */
int64_t dy_gather_groups(dy_columns *columns, const uint8_t *bytes, const int32_t *order,
                         int64_t rows, int32_t *groups);

/* x [rows x stride]: of each row the inputs of the groups named, one group behind the other. */
void dy_gather_bytes(const dy_columns *columns, const uint8_t *bytes, const int32_t *order,
                     int64_t rows, const int32_t *groups, int64_t n_groups, float *x,
                     int64_t stride);

/* x [rows x stride]: of each row all groups. */
void dy_gather_floats(const dy_columns *columns, const float *floats, const int32_t *order,
                      int64_t rows, float *x, int64_t stride);
