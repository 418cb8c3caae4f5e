/* library.h - what of Lua a script has: names that are allowed, never a list of names that are not.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

/* Opens the libraries, read-only, and `derny`. May throw. */
void dy_library_open(lua_State *L);
