/* found_value.h - what a range test found, as a Lua table.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/found.h"

#include <lua.h>

/* Makes the class of such tables, and that of what holds one while it is being made. */
void dy_bind_found(lua_State *L);

/* Pushes a userdata for a dy_found that is not open yet: whatever is thrown, it is closed with it. */
dy_found *dy_hold_found(lua_State *L);

/* Pushes the table. */
void dy_push_found(lua_State *L, const dy_found *found);
