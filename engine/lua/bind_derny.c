/* bind_derny.c - the module `derny`: its table of contents, its options, and its half in Lua.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/bind_tensor.h"
#include "lua/binding.h"
#include "lua/embedded.h"
#include "lua/readonly.h"

#include <string.h>

static dy_setting *find_setting(dy_host *host, const char *name)
{
    dy_setting *found = NULL; /* the last one of the name, as on any command line */
    for (int i = 0; i < host->n_settings; i++)
        if (strcmp(host->settings[i].name, name) == 0) {
            host->settings[i].used = true;
            found = &host->settings[i];
        }
    return found;
}

static int bad_setting(lua_State *L, const dy_setting *setting, const char *want)
{
    return luaL_error(L, "--set %s=%s: want %s", setting->name, setting->value, want);
}

static int push_number(lua_State *L, const dy_setting *setting, bool whole)
{
    size_t size = lua_stringtonumber(L, setting->value); /* number */
    if (size != strlen(setting->value) + 1) return bad_setting(L, setting, "a number");
    if (whole && !lua_isinteger(L, -1)) return bad_setting(L, setting, "a whole number");
    if (!whole) lua_pushnumber(L, lua_tonumber(L, -1)); /* number float */
    return 1;
}

static int push_truth(lua_State *L, const dy_setting *setting)
{
    bool yes = strcmp(setting->value, "true") == 0;
    if (!yes && strcmp(setting->value, "false") != 0)
        return bad_setting(L, setting, "true or false");
    lua_pushboolean(L, yes);
    return 1;
}

/* derny.option(name, default) -> what --set name=value says, converted to the default's type, or the default */
static int option(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    int type = lua_type(L, 2);
    luaL_argcheck(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TBOOLEAN, 2,
                  "the default is a number, a string or a boolean");
    const dy_setting *setting = find_setting(dy_host_of(L), name);
    lua_settop(L, 2);
    if (!setting) return 1;
    if (type == LUA_TNUMBER) return push_number(L, setting, lua_isinteger(L, 2));
    if (type == LUA_TBOOLEAN) return push_truth(L, setting);
    lua_pushstring(L, setting->value);
    return 1;
}

/* Runs the Lua half: each source is called with the module's table, and adds to it; and with what sweeps are made of. */
static void run_embedded(lua_State *L)
{
    for (const dy_embedded *source = DY_EMBEDDED; source->name; source++) {
        if (luaL_loadbufferx(L, source->text, source->size, source->name, "t"))
            lua_error(L);     /* derny chunk */
        lua_pushvalue(L, -2); /* derny chunk derny */
        dy_push_sweep(L);     /* derny chunk derny sweep */
        lua_call(L, 2, 0);    /* derny */
    }
}

int luaopen_derny(lua_State *L)
{
    lua_newtable(L); /* derny */
    dy_bind_schedule(L);
    dy_bind_model(L);
    dy_bind_weights(L);
    dy_bind_data(L);
    dy_bind_series(L);
    dy_bind_run(L);
    dy_bind_replay(L);
    dy_bind_find(L);
    dy_bind_say(L);
    dy_bind_tensor(L);             /* derny tensor */
    lua_setfield(L, -2, "tensor"); /* derny */
    lua_pushcfunction(L, option);
    lua_setfield(L, -2, "option"); /* derny */
    lua_pushliteral(L, DY_VERSION);
    lua_setfield(L, -2, "version"); /* derny */
    run_embedded(L);
    dy_readonly_make(L, "derny"); /* view */
    return 1;
}
