/* readonly.c - see readonly.h.   SPDX-License-Identifier: MIT */
#include "lua/readonly.h"

#include <lauxlib.h>

static const char real_key; /* its address is the key of the real table in a view's metatable */

static int refuse(lua_State *L)
{
    const char *library = lua_tostring(L, lua_upvalueindex(1));
    const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    return luaL_error(L, "cannot set '%s.%s': libraries are read-only", library, key);
}

void dy_readonly_make(lua_State *L, const char *name)
{
    int real = lua_gettop(L);
    lua_newtable(L);          /* real view */
    lua_createtable(L, 0, 4); /* real view meta */
    lua_pushvalue(L, real);   /* real view meta real */
    lua_rawsetp(L, -2, &real_key);
    lua_pushvalue(L, real); /* real view meta real */
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, name); /* real view meta name */
    lua_pushcclosure(L, refuse, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushliteral(L, "read-only");
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2); /* real view */
    lua_replace(L, real);    /* view */
}

bool dy_readonly_real(lua_State *L, int index)
{
    if (!lua_getmetatable(L, index)) return false;   /* meta */
    if (lua_rawgetp(L, -1, &real_key) == LUA_TNIL) { /* meta real */
        lua_pop(L, 2);
        return false;
    }
    lua_replace(L, -2); /* real */
    return true;
}
