/* input.h - a gathered batch as the first layer meets it: without the inputs that are zero in all of its rows.
 *
 * Groups of inputs that the gathering left out need no products: forward they add nothing, and the gradient of
 * their weights is 0. What is left is a narrower layer, made of the rows of the weights that are `active`.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/batches.h"
#include "learn/tensor.h"

typedef struct dy_input {
    dy_mat x; /* [rows x active + 1], the last column is 1 for the bias */
    int64_t inputs;
    int64_t n_groups;
    const int32_t *groups;
} dy_input;

/* Writes the column of ones into the batch; borrows it. */
dy_input dy_input_make(const dy_batch *batch, int64_t inputs);

/* Whether every input is there, so that the layer's weights can be used as they are. */
bool dy_input_whole(const dy_input *input);

/* A stretch of rows of the first layer's weights, all active or none. */
typedef struct dy_rows {
    int64_t from, n;
    bool active;
    int64_t at; /* where active rows stand among the active ones */
} dy_rows;

/* A walk through the rows of the first layer's weights, bias last: all stretches in order, each row once. */
typedef struct dy_walk {
    const dy_input *input;
    int64_t group;    /* of input->groups, the next one */
    int64_t row, seen; /* the next row; active rows before it */
} dy_walk;

dy_walk dy_walk_make(const dy_input *input);
bool dy_walk_next(dy_walk *walk, dy_rows *rows); /* false at the end */
