/* readonly.h - tables that a script can read and not change: the libraries.
 *
 * A script holds a view: an empty table whose metatable leads to the real one. pairs, next, rawget and rawset know views
 * (order.c, globals.c), so nothing leads a script to the real table.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

#include <stdbool.h>

/* Replaces the table on top of the stack by a view of it. `name` is for messages: "string". */
void dy_readonly_make(lua_State *L, const char *name);

/* If the value at `index` is a view, pushes the real table and returns true; pushes nothing otherwise. */
bool dy_readonly_real(lua_State *L, int index);
