/* library.c - see library.h. The stock libraries are opened, the allowed functions are moved to new tables, and what would
 * differ from run to run or cannot be bounded is replaced.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/library.h"

#include "lua/binding.h"
#include "lua/coroutine.h"
#include "lua/globals.h"
#include "lua/names.h"
#include "lua/order.h"
#include "lua/random.h"
#include "lua/readonly.h"
#include "lua/require.h"
#include "lua/sort.h"

#include <lauxlib.h>
#include <lualib.h>

static const char *const base_names[] = {
    "_VERSION", "assert", "error",    "getmetatable", "ipairs", "rawequal",
    "rawlen",   "select", "tonumber", "type",         NULL,
};
static const char *const math_names[] = {
    "abs",  "acos", "asin", "atan", "ceil",       "cos",  "deg",        "exp",  "floor",
    "fmod", "huge", "log",  "max",  "maxinteger", "min",  "mininteger", "modf", "pi",
    "rad",  "sin",  "sqrt", "tan",  "tointeger",  "type", "ult",        NULL,
};
static const char *const string_names[] = {
    "byte", "char",     "find", "format",  "gmatch", "gsub",   "len",   "lower", "match",
    "pack", "packsize", "rep",  "reverse", "sub",    "unpack", "upper", NULL,
};
static const char *const table_names[] = { "concat", "insert", "move", "pack",
                                           "remove", "unpack", NULL };
static const char *const utf8_names[] = { "char", "charpattern", "codepoint", "codes",
                                          "len",  "offset",      NULL };
static const char *const coroutine_names[] = { "create", "isyieldable", "running",
                                               "status", "yield",       NULL };

static const luaL_Reg math_own[] = { { "random", dy_random_random },
                                     { "randomseed", dy_random_randomseed },
                                     { NULL, NULL } };
static const luaL_Reg table_own[] = { { "sort", dy_sort_table_sort }, { NULL, NULL } };
static const luaL_Reg coroutine_own[] = { { "close", dy_coroutine_close },
                                          { "resume", dy_coroutine_resume },
                                          { "wrap", dy_coroutine_wrap },
                                          { NULL, NULL } };
static const luaL_Reg none[] = { { NULL, NULL } };

typedef struct library {
    const char *name;
    lua_CFunction open;
    const char *const *kept;
    const luaL_Reg *own;
} library;

static const library libraries[] = {
    { "coroutine", luaopen_coroutine, coroutine_names, coroutine_own },
    { "math", luaopen_math, math_names, math_own },
    { "string", luaopen_string, string_names, none },
    { "table", luaopen_table, table_names, table_own },
    { "utf8", luaopen_utf8, utf8_names, none },
};

/* Pushes a new table with what is kept of a stock library, and the replacements. */
static void push_library(lua_State *L, lua_CFunction open, const char *const *kept,
                         const luaL_Reg *own)
{
    lua_pushcfunction(L, open);
    lua_call(L, 0, 1); /* stock */
    lua_newtable(L);   /* stock library */
    for (; *kept; kept++) {
        lua_getfield(L, -2, *kept);
        lua_setfield(L, -2, *kept);
    }
    luaL_setfuncs(L, own, 0);
    lua_remove(L, -2); /* library */
}

/* Wraps string.format in the library on top, and makes that library what strings know as their methods. */
static void finish_string(lua_State *L)
{
    lua_getfield(L, -1, "format");
    dy_names_wrap_format(L);
    lua_setfield(L, -2, "format"); /* string */
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1); /* string "" meta */
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushliteral(L, "read-only");
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2); /* string */
}

/* Replaces the table of globals by one with the base functions only. */
static void open_base(lua_State *L)
{
    push_library(L, luaopen_base, base_names, dy_globals); /* globals */
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "_G");
    dy_order_push_next(L);
    lua_setfield(L, -2, "next");
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

void dy_library_open(lua_State *L)
{
    open_base(L);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        const library *lib = &libraries[i];
        push_library(L, lib->open, lib->kept, lib->own); /* library */
        if (lib->open == luaopen_string) finish_string(L);
        dy_readonly_make(L, lib->name); /* view */
        lua_setglobal(L, lib->name);
    }
    lua_pushcfunction(L, luaopen_derny);
    lua_call(L, 0, 1); /* derny */
    dy_require_set(L, "derny");
}
