/* bind_tensor.h - derny.tensor: small float matrices for scripts.
 *
 * The numbers lie in the userdata itself, so they count against the script's memory. Rows and columns are counted from 1.
 * Not what training computes with: that is learn/.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "learn/tensor.h"

#include <lua.h>

typedef struct dy_tensor {
    int64_t rows, cols;
    float at[]; /* [rows x cols], rows one after the other */
} dy_tensor;

/* Pushes a new tensor whose elements hold anything; throws when the shape or memory does not do. `L` needs one slot. */
dy_tensor *dy_tensor_push(lua_State *L, int64_t rows, int64_t cols);

/* The tensor at `index`, as an argument; throws when it is something else. */
dy_tensor *dy_tensor_check(lua_State *L, int index);

/* The same, NULL when it is something else. */
dy_tensor *dy_tensor_test(lua_State *L, int index);

dy_mat dy_tensor_view(dy_tensor *t);

/* Pushes derny.tensor: called as a function it makes a tensor; its fields are zeros, ones, eye, rand, randn, linspace. */
int dy_bind_tensor(lua_State *L);
