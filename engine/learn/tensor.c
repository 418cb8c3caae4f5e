/* tensor.c - views are arithmetic on pointers, and here are its checks.   SPDX-License-Identifier: MIT */
#include "learn/tensor.h"

dy_mat dy_mat_make(float *at, int64_t rows, int64_t cols)
{
    return dy_mat_strided(at, rows, cols, cols);
}

dy_mat dy_mat_strided(float *at, int64_t rows, int64_t cols, int64_t stride)
{
    DY_ASSERT(rows >= 0 && cols >= 0 && stride >= cols);
    return (
        dy_mat){ .at = at, .rows = rows, .cols = cols, .row_stride = stride, .col_stride = 1 };
}

dy_mat dy_mat_transposed(dy_mat m)
{
    return (dy_mat){ .at = m.at,
                     .rows = m.cols,
                     .cols = m.rows,
                     .row_stride = m.col_stride,
                     .col_stride = m.row_stride };
}

dy_mat dy_mat_cols(dy_mat m, int64_t from, int64_t n)
{
    DY_ASSERT(from >= 0 && n >= 0 && from <= m.cols - n);
    m.at += from * m.col_stride;
    m.cols = n;
    return m;
}

dy_mat dy_mat_rows(dy_mat m, int64_t from, int64_t n)
{
    DY_ASSERT(from >= 0 && n >= 0 && from <= m.rows - n);
    m.at += from * m.row_stride;
    m.rows = n;
    return m;
}

/* Elements do not meet if one stride steps over all that the other covers. */
bool dy_mat_sound(dy_mat m)
{
    if (m.rows < 0 || m.cols < 0 || m.row_stride < 1 || m.col_stride < 1) return false;
    if (m.rows <= 1 || m.cols <= 1) return true;
    return (m.cols - 1) * m.col_stride < m.row_stride ||
           (m.rows - 1) * m.row_stride < m.col_stride;
}

int64_t dy_row_stride(int64_t cols)
{
    enum { LINE = 16, ALIASED = 256 };

    int64_t stride = (cols + LINE - 1) / LINE * LINE;
    return stride % ALIASED == 0 ? stride + LINE : stride;
}

bool dy_mat_take(dy_mat *m, dy_arena *arena, int64_t rows, int64_t cols, dy_error *err)
{
    int64_t stride = dy_row_stride(cols);
    DY_ASSERT(stride == 0 || rows <= INT64_MAX / stride);
    float *at = dy_arena_take(arena, rows * stride, sizeof *at, err);
    if (at) *m = dy_mat_strided(at, rows, cols, stride);
    return at != NULL;
}
