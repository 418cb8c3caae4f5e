/* weights_value.c - derny.weights: first weights from a safetensors file beside the script.
 *
 *   model = derny.mlp { 784, 128, 10, init = derny.weights("digits.safetensors") }
 *
 * SPDX-License-Identifier: MIT */
#include "lua/weights_value.h"

#include "lab/weights_file.h"
#include "lua/paths.h"

#include <string.h>

static const int64_t LIMIT = (int64_t)8 << 30; /* bytes */

static dy_weights_value *check_weights(lua_State *L)
{
    return luaL_checkudata(L, 1, DY_CLASS_WEIGHTS);
}

static int weights_close(lua_State *L)
{
    dy_arena_close(&check_weights(L)->arena);
    return 0;
}

/* "weights 784-128-10, 101,770 parameters" */
static int weights_tostring(lua_State *L)
{
    char text[200];
    dy_mlp_spec shape = check_weights(L)->shape;
    shape.activation = DY_IDENTITY;
    dy_mlp_describe(&shape, text, sizeof text);
    char *activation = strstr(text, " identity"); /* which the file does not say */
    size_t n = strlen(" identity");
    if (activation) memmove(activation, activation + n, strlen(activation + n) + 1);
    lua_pushfstring(L, "weights %s", text);
    return 1;
}

/* derny.weights(file) */
static int weights_open(lua_State *L)
{
    dy_fields f = { L, 1, "derny.weights" };
    const char *name = luaL_checkstring(L, 1);
    dy_path path;
    dy_error err;
    dy_host *host = dy_host_of(L);
    if (!dy_path_find(&path, host, name, &err)) dy_fields_fail(&f, "%s", err.text);
    dy_weights_value *weights = lua_newuserdatauv(L, sizeof *weights, 0); /* weights */
    *weights = (dy_weights_value){ .arena = dy_arena_make(LIMIT) };
    luaL_setmetatable(L, DY_CLASS_WEIGHTS);
    int was = dy_lab_enter(host->lab);
    bool ok =
        dy_weights_read(&weights->shape, &weights->flat, &weights->arena, path.text, &err);
    dy_lab_leave(host->lab, was);
    if (!ok) dy_fields_fail(&f, "%s", err.text);
    return 1;
}

void dy_bind_weights(lua_State *L)
{
    static const luaL_Reg META[] = { { "__gc", weights_close },
                                     { "__tostring", weights_tostring },
                                     { NULL, NULL } };
    static const luaL_Reg FUNCTIONS[] = { { "weights", weights_open }, { NULL, NULL } };
    dy_class_make(L, DY_CLASS_WEIGHTS, META, NULL);
    luaL_setfuncs(L, FUNCTIONS, 0); /* derny */
}
