/* rehearsal.c - see rehearsal.h.   SPDX-License-Identifier: MIT */
#include "lua/rehearsal.h"

#include <lauxlib.h>

/* assert, of which a failure counts until there are results to be made up. */
static int lenient(lua_State *L)
{
    bool holds = lua_toboolean(L, 1);
    luaL_checkany(L, 1);
    if (holds || dy_host_of(L)->races > 0) return lua_gettop(L);
    if (lua_gettop(L) < 2) return luaL_error(L, "assertion failed!");
    lua_settop(L, 2);
    return lua_error(L);
}

void dy_rehearse(lua_State *L)
{
    dy_host_of(L)->rehearsal = true;
    lua_pushcfunction(L, lenient); /* assert */
    lua_setglobal(L, "assert");    /* */
}
