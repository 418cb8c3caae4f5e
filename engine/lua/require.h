/* require.h - `require "name"`: derny itself, and Lua text beside the script.
 *
 * Never the working directory, never through a link, never a path: a name is letters, digits, _ and -.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

int dy_require(lua_State *L);

/* Makes the value on top of the stack what require gives for `name`, and pops it. */
void dy_require_set(lua_State *L, const char *name);
