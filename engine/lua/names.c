/* names.c - see names.h.   SPDX-License-Identifier: MIT */
#include "lua/names.h"

#include <lauxlib.h>

#include <stdbool.h>
#include <string.h>

static const char
    numbers_key; /* its address is the key of the table of numbers in the registry */

/* Pushes the table of numbers: from object to number, holding no object alive; the last number given is at [1]. */
static void push_numbers(lua_State *L)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &numbers_key) == LUA_TTABLE) return; /* numbers */
    lua_pop(L, 1);
    lua_newtable(L);          /* numbers */
    lua_createtable(L, 0, 1); /* numbers meta */
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2); /* numbers */
    lua_pushvalue(L, -1);    /* numbers numbers */
    lua_rawsetp(L, LUA_REGISTRYINDEX, &numbers_key);
}

static lua_Integer number_of(lua_State *L, int index)
{
    push_numbers(L);                     /* numbers */
    lua_pushvalue(L, index);             /* numbers object */
    if (lua_rawget(L, -2) == LUA_TNIL) { /* numbers number */
        lua_rawgeti(L, -2, 1);           /* numbers nil last */
        lua_Integer fresh = lua_tointeger(L, -1) + 1;
        lua_pop(L, 2); /* numbers */
        lua_pushinteger(L, fresh);
        lua_rawseti(L, -2, 1);
        lua_pushvalue(L, index);   /* numbers object */
        lua_pushinteger(L, fresh); /* numbers object number */
        lua_pushvalue(L, -1);
        lua_insert(L, -3); /* numbers number object number */
        lua_rawset(L, -4); /* numbers number */
    }
    lua_Integer number = lua_tointeger(L, -1);
    lua_pop(L, 2);
    return number;
}

/* Whether the value has an address that stock Lua would show. */
static bool is_object(lua_State *L, int index)
{
    int type = lua_type(L, index);
    return type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TUSERDATA ||
           type == LUA_TTHREAD;
}

void dy_text_push(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    luaL_checkstack(L, 8, "tostring");
    if (luaL_callmeta(L, index, "__tostring")) { /* text */
        if (!lua_isstring(L, -1)) luaL_error(L, "'__tostring' must return a string");
        return;
    }
    if (!is_object(L, index)) {
        luaL_tolstring(L, index, NULL);
        return;
    }
    lua_Integer number = number_of(L, index);
    int named = luaL_getmetafield(L, index, "__name"); /* name? */
    const char *kind = named == LUA_TSTRING ? lua_tostring(L, -1) : luaL_typename(L, index);
    lua_pushfstring(L, "%s: %I", kind, number); /* name? text */
    if (named != LUA_TNIL) lua_remove(L, -2);   /* text */
}

int dy_names_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    dy_text_push(L, 1);
    return 1;
}

/* What %p shows: 0x and the number, or (null) as stock Lua for what has no identity. */
static void push_pointer(lua_State *L, int index)
{
    if (is_object(L, index))
        lua_pushfstring(L, "0x%I", number_of(L, index));
    else
        lua_pushliteral(L, "(null)");
}

/* The letter of the conversion that starts behind the % at *at, which is moved behind it; 0 at the end. */
static char conversion(const char **at, const char *end)
{
    (*at)++;
    while (*at < end && strchr("-+ #0123456789.", **at) && **at) (*at)++;
    if (*at >= end) return 0;
    return *(*at)++;
}

/* Replaces the arguments that would show addresses. Returns whether there is a %p, now with text as its argument. */
static bool replace_arguments(lua_State *L, const char *at, const char *end, int n)
{
    bool pointers = false;
    int arg = 1;
    while ((at = memchr(at, '%', (size_t)(end - at)))) {
        char letter = conversion(&at, end);
        if (letter == '%' || !letter) continue;
        if (++arg > n) break; /* stock format says which is missing */
        if (letter == 'p')
            push_pointer(L, arg);
        else if (letter == 's' && is_object(L, arg))
            dy_text_push(L, arg);
        else
            continue;
        lua_replace(L, arg);
        pointers = pointers || letter == 'p';
    }
    return pointers;
}

/* Replaces the format at index 1 by one with %s in place of %p. */
static void rewrite_format(lua_State *L, const char *format, size_t len)
{
    char *copy = lua_newuserdatauv(L, len + 1, 0); /* copy */
    memcpy(copy, format, len);
    const char *at = copy;
    while ((at = memchr(at, '%', (size_t)(copy + len - at)))) {
        if (conversion(&at, copy + len) == 'p') copy[at - copy - 1] = 's';
    }
    lua_pushlstring(L, copy, len); /* copy format */
    lua_replace(L, 1);
    lua_pop(L, 1);
}

static int format(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    int n = lua_gettop(L);
    if (replace_arguments(L, text, text + len, n)) rewrite_format(L, text, len);
    lua_pushvalue(L, lua_upvalueindex(1)); /* ... stock */
    lua_insert(L, 1);                      /* stock ... */
    lua_call(L, n, 1);
    return 1;
}

void dy_names_wrap_format(lua_State *L)
{
    lua_pushcclosure(L, format, 1);
}
