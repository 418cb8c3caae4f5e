/* globals.c - see globals.h.   SPDX-License-Identifier: MIT */
#include "lua/globals.h"

#include "lab/message.h"
#include "lua/hurry.h"
#include "lua/names.h"
#include "lua/order.h"
#include "lua/readonly.h"
#include "lua/require.h"
#include "lua/script.h"
#include "lua/source.h"

#include <stdbool.h>
#include <string.h>

enum { LOAD_MAX = 64 << 10, PRINT_MAX = 10 << 20 }; /* bytes: of one load, of all prints */

static void send_text(const dy_host *host, const char *text, size_t len)
{
    while (len > 0) {
        size_t part = len < DY_MESSAGE_MAX ? len : DY_MESSAGE_MAX;
        dy_message_send(host->lab->out, DY_MESSAGE_PRINT, text, part);
        text += part;
        len -= part;
    }
}

/* What is past the bound is dropped, and said once to be. */
static void print_text(dy_host *host, const char *text, size_t len)
{
    static const char full[] = "print: that was 10 MB; the rest is not shown\n";
    if (host->ahead || host->printed > PRINT_MAX) return;
    host->printed += (int64_t)len;
    if (host->printed > PRINT_MAX)
        send_text(host, full, sizeof full - 1);
    else
        send_text(host, text, len);
}

static int print(lua_State *L)
{
    int n = lua_gettop(L);
    luaL_Buffer line;
    luaL_checkstack(L, 12, "print");
    luaL_buffinit(L, &line);
    for (int i = 1; i <= n; i++) {
        if (i > 1) luaL_addchar(&line, '\t');
        dy_text_push(L, i);
        luaL_addvalue(&line);
    }
    luaL_addchar(&line, '\n');
    luaL_pushresult(&line);
    size_t len;
    const char *text = lua_tolstring(L, -1, &len);
    print_text(dy_host_of(L), text, len);
    return 0;
}

/* Appends one piece from the function at 1 to the text at 2. Returns whether there may be more. */
static bool gather_piece(lua_State *L)
{
    lua_pushvalue(L, 1);
    lua_call(L, 0, 1); /* function text piece */
    if (lua_isnil(L, 3)) return false;
    if (lua_type(L, 3) != LUA_TSTRING) luaL_error(L, "load: the function must return strings");
    if (lua_rawlen(L, 3) == 0) return false;
    lua_concat(L, 2); /* function text */
    if (lua_rawlen(L, 2) > LOAD_MAX) luaL_error(L, "load: more than 64 KB of source");
    return true;
}

/* function -> the text of all its pieces */
static int gather(lua_State *L)
{
    lua_settop(L, 1);
    lua_pushliteral(L, ""); /* function text */
    while (gather_piece(L)) continue;
    lua_settop(L, 2);
    return 1;
}

/* Turns the error on top into what load returns for it. */
static int not_loaded(lua_State *L)
{
    dy_hurry_rethrow(L);
    luaL_pushfail(L);
    lua_insert(L, -2);
    return 2;
}

/* Replaces the chunk at index 1 by its text. Returns whether it could; else the error is on top. */
static bool chunk_to_text(lua_State *L)
{
    if (!lua_isstring(L, 1)) {
        luaL_checktype(L, 1, LUA_TFUNCTION);
        lua_pushcfunction(L, gather);
        lua_pushvalue(L, 1);
        if (lua_pcall(L, 1, 1, 0) != LUA_OK) return false;
        lua_replace(L, 1);
    }
    if (lua_rawlen(L, 1) <= LOAD_MAX) return true;
    lua_pushliteral(L, "load: more than 64 KB of source");
    return false;
}

static int load(lua_State *L)
{
    bool own_env = !lua_isnone(L, 4);
    lua_settop(L, 4);
    bool is_text = lua_type(L, 1) == LUA_TSTRING;
    const char *chunk = luaL_optstring(L, 2, is_text ? lua_tostring(L, 1) : "=(load)");
    if (!strchr(luaL_optstring(L, 3, "t"), 't')) {
        lua_pushliteral(L, "load: only text can be loaded here (mode 't')");
        return not_loaded(L);
    }
    if (!chunk_to_text(L)) return not_loaded(L);
    size_t len;
    const char *text = lua_tolstring(L, 1, &len);
    if (dy_source_text(L, text, len, chunk) != LUA_OK) return not_loaded(L);
    if (!own_env) return 1;
    lua_pushvalue(L, 4); /* function env */
    if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
    return 1;
}

/* The end of pcall and xpcall, after a yield too: whether it went well stands below the results. */
static int finish(lua_State *L, int status, lua_KContext below)
{
    if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - (int)below;
    dy_hurry_rethrow(L);
    /* string buffers do not collect before they give up: what the call has left must not fail the next one */
    if (status == LUA_ERRMEM) lua_gc(L, LUA_GCCOLLECT);
    lua_pushboolean(L, false);
    lua_insert(L, -2);
    return 2;
}

static int protected_call(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushboolean(L, true);
    lua_insert(L, 1); /* true f ... */
    int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish);
    return finish(L, status, 0);
}

/* A message handler runs even inside a hook, where no hook would stop it. */
static int guarded_handler(lua_State *L)
{
    if (dy_hurry_asked()) return 1;
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1); /* handler error */
    lua_call(L, 1, 1);
    return 1;
}

static int protected_call_handled(lua_State *L)
{
    int n = lua_gettop(L) - 2;
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, guarded_handler, 1); /* f handler ... guarded */
    lua_replace(L, 2);                       /* f guarded ... */
    lua_pushboolean(L, true);
    lua_pushvalue(L, 1); /* f guarded ... true f */
    lua_rotate(L, 3, 2); /* f guarded true f ... */
    int status = lua_pcallk(L, n, LUA_MULTRET, 2, 2, finish);
    return finish(L, status, 2);
}

static int set_metatable(lua_State *L)
{
    int type = lua_type(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    if (type == LUA_TTABLE) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL)
            return luaL_error(L, "setmetatable: __gc is not for scripts; __close is there");
        lua_settop(L, 2);
    }
    lua_setmetatable(L, 1);
    return 1;
}

static int raw_get(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    if (dy_readonly_real(L, 1)) lua_replace(L, 1);
    lua_rawget(L, 1);
    return 1;
}

static int raw_set(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    if (dy_readonly_real(L, 1)) return luaL_error(L, "rawset: libraries are read-only");
    lua_rawset(L, 1);
    return 1;
}

const luaL_Reg dy_globals[] = {
    { "load", load },
    { "pairs", dy_order_pairs },
    { "pcall", protected_call },
    { "print", print },
    { "rawget", raw_get },
    { "rawset", raw_set },
    { "require", dy_require },
    { "setmetatable", set_metatable },
    { "tostring", dy_names_tostring },
    { "xpcall", protected_call_handled },
    { NULL, NULL },
};
