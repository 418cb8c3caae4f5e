/* coroutine.h - resume, wrap and close of the host's own.
 *
 * They keep hurry.h informed of which coroutine runs, do not let an error that ends the script be caught, and bound how
 * deep closing may nest: Lua 5.4.4 overflows the C stack there.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

int dy_coroutine_resume(lua_State *L);
int dy_coroutine_wrap(lua_State *L);
int dy_coroutine_close(lua_State *L);
