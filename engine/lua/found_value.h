/* found_value.h - what a range test found, as a Lua table.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/found.h"

#include <lua.h>

/* Makes the class of such tables. */
void dy_bind_found(lua_State *L);

/* Pushes the table. */
void dy_push_found(lua_State *L, const dy_found *found);
