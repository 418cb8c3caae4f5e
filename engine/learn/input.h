/* input.h - a gathered batch as the first layer meets it: without the inputs that are zero in all of its rows.
 *
 * Such inputs need no products: forward they add nothing, and the gradient of their weights is 0. What is
 * left is a narrower layer, made of the rows of the weights that are `active`. The gathering leaves out whole groups of inputs;
 * of images a fifth to a quarter more can go, column by column.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/batches.h"
#include "learn/tensor.h"

typedef struct dy_input {
    dy_mat
        x; /* [rows x n_active + 1], the last column is 1 for the bias; borrowed from the batch */
    int64_t inputs, outputs; /* of the first layer */
    int64_t n_active;
    int32_t *active; /* [n_active] inputs that are there, rising */
    uint32_t *seen;  /* scratch */
} dy_input;

/* Takes room for what dy_input_set notes. Fails when memory is short. */
bool dy_input_open(dy_input *input, dy_arena *arena, int64_t inputs, int64_t outputs,
                   dy_error *err);

/* Notes which inputs are there, and rewrites the batch: columns of zeros taken out, if that pays, and a column of ones put
 * in. What is left out depends on the batch and the shape of the layer only. */
void dy_input_set(dy_input *input, const dy_batch *batch);

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
    int64_t row, passed; /* the next row; active rows before it */
} dy_walk;

dy_walk dy_walk_make(const dy_input *input);
bool dy_walk_next(dy_walk *walk, dy_rows *rows); /* false at the end */
