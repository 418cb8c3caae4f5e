/* schedule_value.c - see schedule_value.h.   SPDX-License-Identifier: MIT */
#include "lua/schedule_value.h"

#include <math.h>

dy_schedule_value *dy_push_schedule(lua_State *L)
{
    dy_schedule_value *value = lua_newuserdatauv(L, sizeof *value, 1); /* schedule */
    *value = (dy_schedule_value){ .arena = dy_arena_make(0) };
    luaL_setmetatable(L, DY_CLASS_SCHEDULE);
    lua_newtable(L);             /* schedule kept */
    lua_setiuservalue(L, -2, 1); /* schedule */
    dy_error err;
    value->spec = dy_arena_take(&value->arena, 1, sizeof *value->spec, &err);
    if (!value->spec) dy_throw(L, &err);
    return value;
}

void dy_gather_functions(lua_State *L, int index, int into)
{
    into = lua_absindex(L, into);
    lua_getiuservalue(L, index, 1); /* kept */
    lua_pushnil(L);
    while (lua_next(L, -2)) { /* kept key value */
        if (lua_type(L, -2) == LUA_TLIGHTUSERDATA) {
            lua_pushvalue(L, -2); /* kept key value key */
            lua_insert(L, -2);    /* kept key key value */
            lua_rawset(L, into);  /* kept key */
        } else {
            lua_pop(L, 1); /* kept key */
        }
    }
    lua_pop(L, 1);
}

void dy_keep_part(lua_State *L, int schedule, int part)
{
    lua_getiuservalue(L, schedule, 1); /* kept */
    lua_pushvalue(L, part);            /* kept part */
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    dy_gather_functions(L, part, lua_gettop(L));
    lua_pop(L, 1);
}

/* The number on top of the stack, as a constant schedule. */
static void push_constant(lua_State *L, double lr, const dy_fields *f, const char *what)
{
    if (!isfinite(lr) || lr < 0)
        dy_fields_fail(f, "%s is %g; want a finite lr of at least 0", what, lr);
    dy_schedule_value *value = dy_push_schedule(L);
    value->spec->recipe = dy_recipe_find("constant");
    DY_ASSERT(value->spec->recipe && value->spec->recipe->params[0].kind == DY_ARG_REAL);
    value->spec->args[0] = (dy_arg){ .given = true, .real = lr };
}

dy_lua_pace *dy_keep_function(lua_State *L, int schedule, int index, const dy_fields *f)
{
    schedule = lua_absindex(L, schedule);
    index = lua_absindex(L, index);
    dy_schedule_value *value = lua_touserdata(L, schedule);
    dy_error err;
    dy_lua_pace *pace = dy_arena_take(&value->arena, 1, sizeof *pace, &err);
    if (!pace) dy_fields_fail(f, "%s", err.text);
    lua_Debug where;
    lua_pushvalue(L, index);      /* function */
    lua_getinfo(L, ">S", &where); /* */
    pace->host = dy_host_of(L);
    snprintf(pace->where, sizeof pace->where, "%s:%d", where.short_src, where.linedefined);
    lua_getiuservalue(L, schedule, 1); /* kept */
    lua_pushvalue(L, index);           /* kept function */
    lua_rawsetp(L, -2, pace);          /* kept */
    lua_pop(L, 1);
    return pace;
}

/* The function at `index`, as a schedule. */
static void push_function(lua_State *L, int index, const dy_fields *f)
{
    dy_schedule_value *value = dy_push_schedule(L); /* schedule */
    value->spec->call = dy_lua_pace_call;
    value->spec->self = dy_keep_function(L, -1, index, f);
}

/* Whether there is a list of keyframes at `index`: { {0, 0.1}, {"100%", 0} }. */
static bool is_keyframes(lua_State *L, int index)
{
    if (lua_type(L, index) != LUA_TTABLE) return false;
    bool listed = lua_rawgeti(L, index, 1) == LUA_TTABLE; /* first */
    lua_pop(L, 1);
    return listed;
}

/* The keyframes at `index`, as a curve. */
static void push_keyframes(lua_State *L, int index)
{
    const dy_recipe *curve = dy_recipe_find("curve");
    lua_createtable(L, 0, 1);                    /* options */
    lua_pushvalue(L, index);                     /* options keyframes */
    lua_setfield(L, -2, curve->params[0].name);  /* options */
    dy_push_recipe(L, curve, -1, "derny.curve"); /* options schedule */
    lua_remove(L, -2);                           /* schedule */
}

const dy_spec *dy_to_schedule(lua_State *L, int index, const dy_fields *f, const char *what)
{
    index = lua_absindex(L, index);
    luaL_checkstack(L, 12, "schedules");
    if (lua_type(L, index) == LUA_TNUMBER)
        push_constant(L, lua_tonumber(L, index), f, what);
    else if (lua_iscfunction(L, index))
        dy_fields_fail(f,
                       "%s is one of derny's own functions; want what it gives, as in "
                       "derny.cosine { lr = 0.1 }",
                       what);
    else if (lua_type(L, index) == LUA_TFUNCTION)
        push_function(L, index, f);
    else if (is_keyframes(L, index))
        push_keyframes(L, index);
    else if (luaL_testudata(L, index, DY_CLASS_SCHEDULE))
        lua_pushvalue(L, index);
    else
        dy_fields_fail(f, "%s is a %s; want a number, a schedule or a function of t", what,
                       luaL_typename(L, index));
    lua_replace(L, index);
    return ((dy_schedule_value *)lua_touserdata(L, index))->spec;
}
