/* tensor.h - float matrices as views: a shape and strides over memory that somebody else owns.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"

#include <stdint.h>

/* Element (i, j) is at[i * row_stride + j * col_stride]. */
typedef struct dy_mat {
    float *at;
    int64_t rows, cols;
    int64_t row_stride, col_stride;
} dy_mat;

/* [rows x cols], rows one after the other. */
dy_mat dy_mat_make(float *at, int64_t rows, int64_t cols);

/* [rows x cols] with `stride` floats from row to row, stride >= cols. */
dy_mat dy_mat_strided(float *at, int64_t rows, int64_t cols, int64_t stride);

/* [rows x cols] of zeros from the arena, dy_row_stride apart. */
bool dy_mat_take(dy_mat *m, dy_arena *arena, int64_t rows, int64_t cols, dy_error *err);

/* The distance of rows that products are fastest with: whole cache lines, but not a multiple of 1 kB, where the rows of a
 * tile would compete for the same few places of the cache. */
int64_t dy_row_stride(int64_t cols);

dy_mat dy_mat_transposed(dy_mat m);

/* Columns from..from+n-1; rows from..from+n-1. Asserts that they are there. */
dy_mat dy_mat_cols(dy_mat m, int64_t from, int64_t n);
dy_mat dy_mat_rows(dy_mat m, int64_t from, int64_t n);

/* Whether no two elements share memory and strides are positive: what BLIS needs of an output and does not check. */
bool dy_mat_sound(dy_mat m);
