/* where.h - the script's line an error is about.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

/* Pushes "own.lua:3: " for the innermost line of a script being run, past C functions; "" when there is none. */
void dy_where_push(lua_State *L);

/* Appends to the message on top of the stack the lines that led there, "\n  at own.lua:12" each, innermost first: a few, and
 * none that the message names already. */
void dy_where_trace(lua_State *L);
