/* weights.c - see weights.h.   SPDX-License-Identifier: MIT */
#include "learn/weights.h"

static float *cell(dy_mat w, int64_t i, int64_t j)
{
    return &w.at[i * w.row_stride + j * w.col_stride];
}

float *dy_weights_store(dy_mat w, float *to)
{
    int64_t in = w.rows - 1;
    for (int64_t j = 0; j < w.cols; j++)
        for (int64_t i = 0; i < in; i++) *to++ = *cell(w, i, j);
    for (int64_t j = 0; j < w.cols; j++) *to++ = *cell(w, in, j);
    return to;
}

const float *dy_weights_fill(dy_mat w, const float *from)
{
    int64_t in = w.rows - 1;
    for (int64_t j = 0; j < w.cols; j++)
        for (int64_t i = 0; i < in; i++) *cell(w, i, j) = *from++;
    for (int64_t j = 0; j < w.cols; j++) *cell(w, in, j) = *from++;
    return from;
}
