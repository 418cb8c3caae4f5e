/* binding.c - see binding.h.   SPDX-License-Identifier: MIT */
#include "lua/binding.h"

void dy_class_make(lua_State *L, const char *name, const luaL_Reg *meta,
                   const luaL_Reg *methods)
{
    luaL_newmetatable(L, name);         /* meta */
    luaL_setfuncs(L, meta, 0);          /* meta */
    lua_pushstring(L, name);            /* meta name */
    lua_setfield(L, -2, "__metatable"); /* meta */
    if (methods) {
        lua_newtable(L);                /* meta methods */
        luaL_setfuncs(L, methods, 0);   /* meta methods */
        lua_setfield(L, -2, "__index"); /* meta */
    }
    lua_pop(L, 1);
}
