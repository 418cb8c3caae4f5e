/* require.c - see require.h.   SPDX-License-Identifier: MIT */
#include "lua/require.h"

#include "lua/script.h"
#include "lua/source.h"

#include <lauxlib.h>

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

enum { NAME_MAX_LEN = 64 };

static const char
    modules_key;           /* its address is the key of the modules in the registry, by name */
static const char loading; /* its address stands for a module that is not finished */

/* Pushes the table of modules. */
static void push_modules(lua_State *L)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &modules_key) == LUA_TTABLE) return; /* modules */
    lua_pop(L, 1);
    lua_newtable(L); /* modules */
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &modules_key);
}

void dy_require_set(lua_State *L, const char *name)
{
    push_modules(L);   /* value modules */
    lua_insert(L, -2); /* modules value */
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

static bool is_name(const char *name, size_t len)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return len > 0 && len <= NAME_MAX_LEN && strlen(name) == len &&
           strspn(name, allowed) == len;
}

static const char *check_name(lua_State *L)
{
    size_t len;
    const char *name = luaL_checklstring(L, 1, &len);
    if (!is_name(name, len))
        luaL_error(L,
                   "require: '%s' is no module name; want letters, digits, _ and -, for a file "
                   "NAME.lua beside the script",
                   name);
    return name;
}

/* Pushes the module's function, or throws. */
static void load_beside(lua_State *L, const char *name)
{
    const char *folder = dy_host_of(L)->folder;
    const char *file = lua_pushfstring(L, "%s.lua", name); /* file */
    bool here = strcmp(folder, ".") == 0;
    const char *chunk = here ? lua_pushfstring(L, "@%s", file)
                             : lua_pushfstring(L, "@%s/%s", folder, file); /* file chunk */
    int directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int status =
        dy_source_file(L, directory, file, O_NOFOLLOW, chunk); /* file chunk function */
    if (directory >= 0) close(directory);
    if (status == LUA_ERRFILE) luaL_error(L, "require '%s': %s", name, lua_tostring(L, -1));
    if (status != LUA_OK) lua_error(L);
}

/* Runs the function on top with the module's name, and replaces it by what it returns; true for nothing. */
static void run_module(lua_State *L, int modules, const char *name)
{
    lua_pushlightuserdata(L, (void *)&loading);
    lua_setfield(L, modules, name);
    lua_pushvalue(L, 1);
    int status = lua_pcall(L, 1, 1, 0); /* value or error */
    if (status == LUA_OK) {
        if (!lua_isnil(L, -1)) return;
        lua_pop(L, 1);
        lua_pushboolean(L, true);
        return;
    }
    lua_pushnil(L); /* so that it can be tried again */
    lua_setfield(L, modules, name);
    lua_error(L);
}

int dy_require(lua_State *L)
{
    const char *name = check_name(L);
    lua_settop(L, 1);
    push_modules(L);                                    /* name modules */
    if (lua_getfield(L, 2, name) == LUA_TLIGHTUSERDATA) /* name modules value */
        return luaL_error(
            L,
            "require '%s': it is being loaded already: it requires itself, directly "
            "or through another module",
            name);
    if (!lua_isnil(L, 3)) return 1;
    load_beside(L, name); /* name modules nil ... function */
    run_module(L, 2, name);
    lua_pushvalue(L, -1);
    lua_setfield(L, 2, name);
    return 1;
}
