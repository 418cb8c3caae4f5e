/* hold.h - a C value on Lua's stack that is closed whatever is thrown while it is in use.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

#include <stddef.h>

/* Once per state. */
void dy_hold_make_class(lua_State *L);

/* Pushes a userdata and returns `size` bytes of it, zeroed. `close` is called once with them: by the collector, or by dy_hold_drop;
 * it may find them as they are now. */
void *dy_hold_push(lua_State *L, size_t size, void (*close)(void *value));

/* Closes the one at `index` now. */
void dy_hold_drop(lua_State *L, int index);
