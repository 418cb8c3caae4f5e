/* sort.h - a stable sort of Lua values, and table.sort by it.
 *
 * Stock table.sort draws its pivots from the clock, so elements that compare equal end in another order in each run. This
 * is a merge sort: equal elements stay in the order they had, any comparison ends, and one that throws leaves
 * the script's table as it was.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

#include <stdbool.h>

/* Whether the value at stack index `a` must come before the one at `b`; both absolute. May throw. */
typedef bool dy_before_fn(lua_State *L, int a, int b);

/* Sorts elements 1..n of the table at absolute index `list`, raw: it may have no metatable. Takes memory for n more. */
void dy_sort_list(lua_State *L, int list, lua_Integer n, dy_before_fn *before);

int dy_sort_table_sort(lua_State *L); /* table.sort */
