/* coroutine.c - see coroutine.h.   SPDX-License-Identifier: MIT */
#include "lua/coroutine.h"

#include "lua/hurry.h"
#include "lua/where.h"

#include <lauxlib.h>

#include <stdbool.h>

enum { CLOSING_MAX = 8 }; /* each level may use all of Lua's own bound on C calls */

static int closing; /* closes in progress; they nest through __close */

static lua_State *check_coroutine(lua_State *L)
{
    lua_State *co = lua_tothread(L, 1);
    if (!co) luaL_typeerror(L, 1, "coroutine");
    return co;
}

static bool can_start(lua_State *co)
{
    return lua_status(co) == LUA_YIELD || lua_gettop(co) > 0;
}

/* Moves the n results to L, or the error. Returns how many results, or -1. */
static int take_results(lua_State *L, lua_State *co, int status, int n)
{
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_xmove(co, L, 1);
        return -1;
    }
    if (lua_checkstack(L, n + 1)) {
        lua_xmove(co, L, n);
        return n;
    }
    lua_pop(co, n);
    lua_pushliteral(L, "too many results to resume");
    return -1;
}

/* Runs co with the n arguments on top of L. Returns the number of results on L, or -1 with the error there. */
static int resume(lua_State *L, lua_State *co, int n)
{
    if (!lua_checkstack(co, n)) {
        lua_pushliteral(L, "too many arguments to resume");
        return -1;
    }
    if (lua_status(co) == LUA_OK && !can_start(co)) {
        lua_pushliteral(L, "cannot resume dead coroutine");
        return -1;
    }
    int results = 0;
    lua_xmove(L, co, n);
    lua_State *before = dy_hurry_watch(co);
    int status = lua_resume(co, L, n, &results);
    dy_hurry_watch(before);
    int moved = take_results(L, co, status, results);
    if (moved < 0) dy_hurry_rethrow(L);
    return moved;
}

int dy_coroutine_resume(lua_State *L)
{
    lua_State *co = check_coroutine(L);
    int n = resume(L, co, lua_gettop(L) - 1);
    lua_pushboolean(L, n >= 0);
    int shown = n < 0 ? 1 : n;
    lua_insert(L, -shown - 1);
    return shown + 1;
}

/* Ends co and closes what it has left open. Returns a status; with any but LUA_OK the error is on top of co. */
static int close_coroutine(lua_State *L, lua_State *co)
{
    if (closing >= CLOSING_MAX)
        luaL_error(L, "coroutine.close: %d of them nested", CLOSING_MAX);
    closing++;
    lua_State *before = dy_hurry_watch(co);
    int status = lua_resetthread(co);
    dy_hurry_watch(before);
    closing--;
    return status;
}

/* Throws the error on top of L, with the caller's line where it has none, as the stock one does. */
static int throw_on(lua_State *L, lua_State *co)
{
    int status = lua_status(co);
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_pop(L, 1);
        close_coroutine(L, co);
        lua_xmove(co, L, 1); /* the error, or that of a __close */
    }
    if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int call_wrapped(lua_State *L)
{
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    int n = resume(L, co, lua_gettop(L));
    return n < 0 ? throw_on(L, co) : n;
}

int dy_coroutine_wrap(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *co = lua_newthread(L); /* function coroutine */
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    lua_pushcclosure(L, call_wrapped, 1);
    return 1;
}

/* Whether co neither runs nor waits for one that it has resumed. */
static bool is_idle(lua_State *L, lua_State *co)
{
    lua_Debug ar;
    if (co == L) return false;
    return lua_status(co) != LUA_OK || !lua_getstack(co, 0, &ar);
}

int dy_coroutine_close(lua_State *L)
{
    lua_State *co = check_coroutine(L);
    if (!is_idle(L, co)) return luaL_error(L, "cannot close a running coroutine");
    int status = close_coroutine(L, co);
    lua_pushboolean(L, status == LUA_OK);
    if (status == LUA_OK) return 1;
    lua_xmove(co, L, 1); /* false error */
    dy_hurry_rethrow(L);
    return 2;
}
