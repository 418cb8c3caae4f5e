/* order.c - see order.h.   SPDX-License-Identifier: MIT */
#include "lua/order.h"

#include "lua/readonly.h"
#include "lua/sort.h"

#include <lauxlib.h>

#include <stdint.h>
#include <string.h>

typedef enum rank { POSITIVE, NUMBER, STRING, BOOLEAN, OBJECT } rank;

static rank rank_of(lua_State *L, int key)
{
    switch (lua_type(L, key)) {
    case LUA_TNUMBER:
        return lua_isinteger(L, key) && lua_tointeger(L, key) > 0 ? POSITIVE : NUMBER;
    case LUA_TSTRING: return STRING;
    case LUA_TBOOLEAN: return BOOLEAN;
    default: return OBJECT;
    }
}

static bool string_before(lua_State *L, int a, int b)
{
    size_t a_len, b_len;
    const char *a_text = lua_tolstring(L, a, &a_len);
    const char *b_text = lua_tolstring(L, b, &b_len);
    int sign = memcmp(a_text, b_text, a_len < b_len ? a_len : b_len);
    return sign ? sign < 0 : a_len < b_len;
}

static bool key_before(lua_State *L, int a, int b)
{
    rank a_rank = rank_of(L, a), b_rank = rank_of(L, b);
    if (a_rank != b_rank) return a_rank < b_rank;
    switch (a_rank) {
    case STRING: return string_before(L, a, b);
    case BOOLEAN: return lua_toboolean(L, a) < lua_toboolean(L, b);
    case OBJECT: return (uintptr_t)lua_topointer(L, a) < (uintptr_t)lua_topointer(L, b);
    default: return lua_compare(L, a, b, LUA_OPLT);
    }
}

/* Pushes the list of those keys of the table at `t` that come after the key at `after` (all for nil), in order. */
static void push_keys_after(lua_State *L, int t, int after)
{
    luaL_checkstack(L, 8, "pairs");
    lua_newtable(L); /* keys */
    int keys = lua_gettop(L);
    lua_Integer n = 0;
    lua_pushnil(L);          /* keys key */
    while (lua_next(L, t)) { /* keys key value */
        lua_pop(L, 1);       /* keys key */
        if (!lua_isnil(L, after) && !key_before(L, after, keys + 1)) continue;
        lua_pushvalue(L, -1); /* keys key key */
        lua_rawseti(L, keys, ++n);
    } /* keys */
    dy_sort_list(L, keys, n, key_before);
}

/* If the table at `t` has the integer behind the key at `key` (nil: 1), pushes it and its value. */
static bool push_successor(lua_State *L, int t, int key)
{
    bool first = lua_isnil(L, key);
    if (!first && !lua_isinteger(L, key)) return false;
    lua_Integer i = first ? 0 : lua_tointeger(L, key);
    if (i == LUA_MAXINTEGER || (!first && i < 1)) return false;
    lua_pushinteger(L, i + 1);                             /* i + 1 */
    if (lua_rawgeti(L, t, i + 1) != LUA_TNIL) return true; /* i + 1, value */
    lua_pop(L, 2);
    return false;
}

/* Pushes the first key behind list[*at] that still has a value in the table at `t`, and the value. */
static bool push_from_list(lua_State *L, int t, int list, lua_Integer *at)
{
    while (lua_rawgeti(L, list, ++*at) != LUA_TNIL) {  /* key */
        lua_pushvalue(L, -1);                          /* key key */
        if (lua_rawget(L, t) != LUA_TNIL) return true; /* key value */
        lua_pop(L, 2);
    }
    lua_pop(L, 1);
    return false;
}

/* A walk of pairs. Upvalues: the table, the list of keys (nil while still in the sequence), where in it. */
static int walk(lua_State *L)
{
    int t = lua_upvalueindex(1), list = lua_upvalueindex(2), place = lua_upvalueindex(3);
    lua_settop(L, 2); /* what the loop holds, key */
    if (lua_isnil(L, list)) {
        if (push_successor(L, t, 2)) return 2;
        push_keys_after(L, t, 2);
        lua_replace(L, list);
    }
    lua_Integer at = lua_tointeger(L, place);
    bool more = push_from_list(L, t, list, &at);
    lua_pushinteger(L, at);
    lua_replace(L, place);
    if (more) return 2;
    lua_pushnil(L);
    return 1;
}

int dy_order_pairs(lua_State *L)
{
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) { /* t ... pairs */
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (!dy_readonly_real(L, 1)) lua_pushvalue(L, 1); /* t real */
    lua_pushnil(L);                                   /* t real list */
    lua_pushinteger(L, 0);                            /* t real list place */
    lua_pushcclosure(L, walk, 3);                     /* t walk */
    lua_insert(L, 1);                                 /* walk t */
    lua_pushnil(L);                                   /* walk t nil */
    return 3;
}

/* The least key of the table at 1 that is no positive integer in sequence from 1, and its value; or one nil. */
static int push_least(lua_State *L)
{
    lua_settop(L, 2);        /* t nil */
    lua_pushnil(L);          /* t least key */
    while (lua_next(L, 1)) { /* t least key value */
        lua_pop(L, 1);
        if (!lua_isnil(L, 2) && !key_before(L, 3, 2)) continue;
        lua_pushvalue(L, 3);
        lua_replace(L, 2);
    } /* t least */
    if (lua_isnil(L, 2)) return 1;
    lua_pushvalue(L, 2);
    lua_rawget(L, 1); /* t least value */
    return 2;
}

static void forget_walk(lua_State *L)
{
    lua_pushnil(L);
    lua_replace(L, lua_upvalueindex(1));
    lua_pushnil(L);
    lua_replace(L, lua_upvalueindex(2));
}

/* Whether the list in upvalue 2 is of the table at 1 and stands at the key at 2. */
static bool is_walked(lua_State *L, lua_Integer at)
{
    if (!lua_rawequal(L, 1, lua_upvalueindex(1))) return false;
    lua_rawgeti(L, lua_upvalueindex(2), at); /* key */
    bool same = lua_rawequal(L, -1, 2);
    lua_pop(L, 1);
    return same;
}

/* Upvalues: the table of the last walk that left its sequence, the list of its keys, where in it. */
static int next(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2); /* t key */
    if (dy_readonly_real(L, 1)) lua_replace(L, 1);
    bool first = lua_isnil(L, 2);
    if (first) forget_walk(L);
    if (push_successor(L, 1, 2)) return 2;
    if (first) return push_least(L);
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
    if (!is_walked(L, at)) {
        push_keys_after(L, 1, 2); /* t key list */
        lua_replace(L, lua_upvalueindex(2));
        lua_pushvalue(L, 1);
        lua_replace(L, lua_upvalueindex(1));
        at = 0;
    }
    bool more = push_from_list(L, 1, lua_upvalueindex(2), &at);
    lua_pushinteger(L, at);
    lua_replace(L, lua_upvalueindex(3));
    if (more) return 2;
    forget_walk(L);
    lua_pushnil(L);
    return 1;
}

void dy_order_push_next(lua_State *L)
{
    lua_pushnil(L);
    lua_pushnil(L);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next, 3);
}
