/* tensor_math.h - arithmetic of derny.tensor, as methods and metamethods.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lauxlib.h>

extern const luaL_Reg dy_tensor_operators[]; /* __add, __eq, ... */
extern const luaL_Reg dy_tensor_math[];      /* t:sum(), t:matmul(u), ... */
