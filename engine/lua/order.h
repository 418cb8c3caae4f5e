/* order.h - pairs and next in an order that is the same in every run.
 *
 * Positive integers ascending, the other numbers ascending, strings by their bytes, false, true, and then tables, functions
 * and the like as they lie in memory (heap.h: no matter of chance). Stock Lua follows its hash, which is
 * seeded from the clock.
 *
 * Cost: nothing more for a sequence. For other keys pairs sorts them once, when it gets there, and so visits those it
 * found then; next(t) alone looks at each key once, and a walk with next sorts once too.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

int dy_order_pairs(lua_State *L); /* pairs */

/* Pushes the function next, with room for the order of the walk it is in. */
void dy_order_push_next(lua_State *L);
