/* tuning_value.c - see tuning_value.h.   SPDX-License-Identifier: MIT */
#include "lua/tuning_value.h"

#include "lua/binding.h"
#include "lua/found_value.h"

#include <math.h>
#include <string.h>

#define CLASS_TUNING "derny.tuning"

static void set_number(lua_State *L, const char *name, double x)
{
    if (isnan(x)) return;
    lua_pushnumber(L, x);
    lua_setfield(L, -2, name);
}

static void set_count(lua_State *L, const char *name, int64_t n)
{
    lua_pushinteger(L, n);
    lua_setfield(L, -2, name);
}

static void push_value(lua_State *L, const dy_tuning *tuning, int i)
{
    const dy_standings_row *row = &tuning->rows[i];
    lua_createtable(L, 0, 7); /* entry */
    set_number(L, "value", tuning->values[i]);
    set_number(L, "max_lr", tuning->found[i]->says.spread[tuning->pick].median);
    set_count(L, "done", row->done);
    set_count(L, "wins", row->wins);
    if (row->done > 0) {
        set_number(L, "mean", row->mean);
        set_number(L, "std", row->std);
    }
    dy_push_found(L, tuning->found[i]); /* entry found */
    lua_setfield(L, -2, "found");
}

static void set_best(lua_State *L, const dy_tuning *tuning)
{
    if (tuning->best < 0) return;
    set_number(L, "best", tuning->values[tuning->best]);
    set_number(L, "max_lr", tuning->found[tuning->best]->says.spread[tuning->pick].median);
}

void dy_push_tuning(lua_State *L, const dy_tuning *tuning)
{
    char text[DY_TUNING_TEXT];
    lua_createtable(L, tuning->n, 5); /* tuning */
    for (int i = 0; i < tuning->n; i++) {
        push_value(L, tuning, i);
        lua_rawseti(L, -2, i + 1);
    }
    set_best(L, tuning);
    set_count(L, "steps", tuning->steps);
    lua_pushstring(L, dy_measure_name(tuning->by));
    lua_setfield(L, -2, "by");
    dy_tuning_text(tuning, text, sizeof text);
    size_t len = strlen(text);
    lua_pushlstring(L, text, len > 0 ? len - 1 : 0);
    lua_setfield(L, -2, "summary"); /* tuning */
    luaL_setmetatable(L, CLASS_TUNING);
}

static int tuning_tostring(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushliteral(L, "summary");
    lua_rawget(L, 1); /* summary */
    luaL_checkstring(L, -1);
    return 1;
}

void dy_bind_tuning(lua_State *L)
{
    static const luaL_Reg META[] = { { "__tostring", tuning_tostring }, { NULL, NULL } };
    dy_class_make(L, CLASS_TUNING, META, NULL);
}
