/* bind_series.c - see series.h.   SPDX-License-Identifier: MIT */
#include "lua/series.h"

#include <math.h>

typedef struct series {
    const dy_tape *tape;
    dy_channel channel;
} series;

static series *check_series(lua_State *L)
{
    return luaL_checkudata(L, 1, DY_CLASS_SERIES);
}

void dy_push_series(lua_State *L, const dy_tape *tape, dy_channel channel)
{
    series *s = lua_newuserdatauv(L, sizeof *s, 0); /* series */
    *s = (series){ tape, channel };
    luaL_setmetatable(L, DY_CLASS_SERIES);
}

static int series_len(lua_State *L)
{
    lua_pushinteger(L, dy_tape_len(check_series(L)->tape));
    return 1;
}

/* s[i]: the value of the i-th update, from 1; nil outside. Anything else is a method. */
static int series_index(lua_State *L)
{
    const series *s = check_series(L);
    if (!lua_isinteger(L, 2)) {
        lua_rawget(L, lua_upvalueindex(1)); /* series method */
        return 1;
    }
    int64_t i = lua_tointeger(L, 2);
    if (i < 1 || i > dy_tape_len(s->tape)) return 0;
    lua_pushnumber(L, dy_tape_at(s->tape, s->channel, i - 1));
    return 1;
}

/* The updates from..to that optional arguments 2 and 3 name, as 0-based [from, to). */
static void window(lua_State *L, const series *s, int64_t *from, int64_t *to)
{
    int64_t len = dy_tape_len(s->tape);
    *from = luaL_optinteger(L, 2, 1) - 1;
    *to = luaL_optinteger(L, 3, len);
    luaL_argcheck(L, *from >= 0 && *from <= *to, 2, "want 1 or more, and not past the end");
    luaL_argcheck(L, *to <= len, 3, "there are not so many updates");
}

static int series_mean(lua_State *L)
{
    const series *s = check_series(L);
    int64_t from, to;
    window(L, s, &from, &to);
    double sum = 0;
    for (int64_t i = from; i < to; i++) sum += dy_tape_at(s->tape, s->channel, i);
    lua_pushnumber(L, to > from ? sum / (double)(to - from) : (double)NAN);
    return 1;
}

/* The least and the greatest finite value. */
static int series_range(lua_State *L)
{
    const series *s = check_series(L);
    int64_t from, to;
    window(L, s, &from, &to);
    dy_range range = dy_tape_range(s->tape, s->channel, from, to);
    lua_pushnumber(L, range.lo); /* lo */
    lua_pushnumber(L, range.hi); /* lo hi */
    return 2;
}

/* A plain table of the values, from..to. */
static int series_table(lua_State *L)
{
    const series *s = check_series(L);
    int64_t from, to;
    window(L, s, &from, &to);
    luaL_argcheck(L, to - from <= INT32_MAX, 3, "too many for a table");
    lua_createtable(L, (int)(to - from), 0); /* values */
    for (int64_t i = from; i < to; i++) {
        lua_pushnumber(L, dy_tape_at(s->tape, s->channel, i)); /* values x */
        lua_rawseti(L, -2, i - from + 1);                      /* values */
    }
    return 1;
}

static int series_tostring(lua_State *L)
{
    static const char *const NAMES[DY_CHANNELS] = { "lr", "momentum", "loss" };
    const series *s = check_series(L);
    lua_pushfstring(L, "%s of %I updates", NAMES[s->channel],
                    (LUAI_UACINT)dy_tape_len(s->tape));
    return 1;
}

void dy_bind_series(lua_State *L)
{
    static const luaL_Reg META[] = { { "__len", series_len },
                                     { "__tostring", series_tostring },
                                     { NULL, NULL } };
    static const luaL_Reg METHODS[] = { { "mean", series_mean },
                                        { "range", series_range },
                                        { "table", series_table },
                                        { NULL, NULL } };
    dy_class_make(L, DY_CLASS_SERIES, META, NULL);
    luaL_getmetatable(L, DY_CLASS_SERIES); /* derny meta */
    luaL_newlib(L, METHODS);               /* derny meta methods */
    lua_pushcclosure(L, series_index, 1);  /* derny meta index */
    lua_setfield(L, -2, "__index");        /* derny meta */
    lua_pop(L, 1);                         /* derny */
}
