/* where.c - see where.h.   SPDX-License-Identifier: MIT */
#include "lua/where.h"

#include <lauxlib.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { TRACE_MAX = 4, LEVELS_MAX = 64 };

/* The place of a level of the stack; false where that is not a line of Lua. Pushes nothing: the stack may be full. */
static bool place(lua_State *L, lua_Debug *ar)
{
    return lua_getinfo(L, "Sl", ar) && ar->currentline > 0;
}

void dy_where_push(lua_State *L)
{
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        if (!place(L, &ar)) continue;
        lua_pushfstring(L, "%s:%d: ", ar.short_src, ar.currentline);
        return;
    }
    lua_pushliteral(L, "");
}

/* Adds one line unless the text names the place already. Returns whether it did. */
static bool add_place(char *trace, size_t size, const char *message, const lua_Debug *ar)
{
    char at[LUA_IDSIZE + 32];
    snprintf(at, sizeof at, "%s:%d", ar->short_src, ar->currentline);
    size_t n = strlen(at);
    if (strncmp(message, at, n) == 0 && message[n] == ':') return false;
    if (strstr(trace, at)) return false;
    size_t used = strlen(trace);
    snprintf(trace + used, size - used, "\n  at %s", at);
    return true;
}

void dy_where_trace(lua_State *L)
{
    char trace[TRACE_MAX * (LUA_IDSIZE + 40)] = "";
    const char *message = lua_tostring(L, -1);
    lua_Debug ar;
    int added = 0;
    for (int level = 0; level < LEVELS_MAX && added < TRACE_MAX; level++) {
        if (!lua_getstack(L, level, &ar)) break;
        if (place(L, &ar)) added += add_place(trace, sizeof trace, message, &ar);
    }
    if (added == 0) return;
    lua_pushstring(L, trace); /* message trace */
    lua_concat(L, 2);
}
