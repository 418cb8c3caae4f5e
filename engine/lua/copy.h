/* copy.h - a Lua function apart from its original: what it then changes, the original does not see.
 *
 * For a schedule function that is to be drawn ahead: one that counts its calls in an upvalue or a global, though it should not,
 * gives the same run whether or not someone looked ahead. Upvalues, globals, tables and functions are copied as
 * deep as they go; userdata, coroutines and the libraries are not things of the function's own.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

/* Pushes a copy of the Lua function at `index`. Throws where it cannot be had: it holds a coroutine, or more than a hundred thousand
 * values. */
void dy_copy_function(lua_State *L, int index);
