/* schedule_make.c - derny.linear, derny.torch.StepLR ...: a function for each recipe, from its arguments to a schedule.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/readonly.h"
#include "lua/schedule_value.h"

#include <stdio.h>
#include <string.h>

/* The options at 1 with all that has no name in a list of its own, under `name`. */
static void name_list(lua_State *L, const char *name)
{
    lua_newtable(L); /* mixed options */
    lua_newtable(L); /* mixed options list */
    lua_pushnil(L);
    while (lua_next(L, 1)) {                         /* mixed options list key value */
        lua_pushvalue(L, -2);                        /* mixed options list key value key */
        lua_insert(L, -2);                           /* mixed options list key key value */
        lua_rawset(L, lua_isinteger(L, -2) ? 3 : 2); /* mixed options list key */
    }
    lua_setfield(L, 2, name); /* mixed options */
    lua_replace(L, 1);        /* options */
}

/* The options at 1 with what stands first and has no name under `name`. */
static void name_first(lua_State *L, const char *name)
{
    lua_newtable(L); /* mixed options */
    lua_pushnil(L);
    while (lua_next(L, 1)) { /* mixed options key value */
        bool first = lua_isinteger(L, -2) && lua_tointeger(L, -2) == 1;
        if (first)
            lua_pushstring(L, name); /* mixed options key value key */
        else
            lua_pushvalue(L, -2);
        lua_insert(L, -2); /* mixed options key key value */
        lua_rawset(L, 2);  /* mixed options key */
    }
    lua_replace(L, 1); /* options */
}

/* Puts the one obvious argument where its name says: derny.constant(0.1), derny.curve { {0, 0.1}, ... },
 * derny.scale { schedule, factor = 2 }; a curve may be a text as well: derny.curve("keys 0:0.1"). */
static void name_positional(lua_State *L, const dy_recipe *recipe)
{
    const dy_param *first = &recipe->params[0];
    if (!first->name) return; /* it takes no arguments */
    bool list = first->kind == DY_ARG_KEYS || first->kind == DY_ARG_SCHEDULES;
    bool one = first->kind == DY_ARG_REAL || first->kind == DY_ARG_SCHEDULE;
    bool text = first->kind == DY_ARG_KEYS && lua_type(L, 1) == LUA_TSTRING;
    if (lua_type(L, 1) != LUA_TTABLE) {
        lua_createtable(L, 0, 1);                        /* value options */
        lua_insert(L, 1);                                /* options value */
        lua_setfield(L, 1, text ? "text" : first->name); /* options */
    } else if (list && lua_rawlen(L, 1) > 0) {
        name_list(L, first->name);
    } else if (one && lua_rawlen(L, 1) > 0) {
        name_first(L, first->name);
    }
}

/* Several arguments without names go to the parameters in turn: derny.fastai.SchedLin(0.1, 0.01). */
static void name_all(lua_State *L, const dy_recipe *recipe, const char *what)
{
    int n = lua_gettop(L);
    lua_createtable(L, 0, n); /* ... options */
    for (int i = 0; i < n; i++) {
        if (!recipe->params[i].name)
            luaL_error(L, "%s: %d arguments; want at most %d", what, n, i);
        lua_pushvalue(L, i + 1);                     /* ... options value */
        lua_setfield(L, -2, recipe->params[i].name); /* ... options */
    }
    lua_replace(L, 1);
    lua_settop(L, 1); /* options */
}

void dy_push_recipe(lua_State *L, const dy_recipe *recipe, int index, const char *what)
{
    const char *names[DY_PARAMS_MAX + 1] = { NULL };
    for (int i = 0; recipe->params[i].name; i++) names[i] = recipe->params[i].name;
    dy_fields f = dy_fields_open(L, index, what, names, false);
    dy_push_schedule(L); /* schedule */
    dy_read_arguments(&f, recipe, -1);
}

static int schedule_make(lua_State *L)
{
    const dy_recipe *recipe = lua_touserdata(L, lua_upvalueindex(1));
    char what[128];
    snprintf(what, sizeof what, "derny.%s", recipe->name);
    if (lua_gettop(L) > 1) {
        name_all(L, recipe, what);
    } else {
        lua_settop(L, 1);
        name_positional(L, recipe);
    }
    dy_push_recipe(L, recipe, 1, what); /* options schedule */
    return 1;
}

/* Puts a recipe's function into the table on top of the stack. */
static void bind_recipe(lua_State *L, const dy_recipe *recipe, const char *name)
{
    lua_pushlightuserdata(L, (void *)recipe); /* table recipe */
    lua_pushcclosure(L, schedule_make, 1);    /* table make */
    lua_setfield(L, -2, name);                /* table */
}

/* The library whose schedule it is: how much of the name comes before its dot; 0: it is Derny's own. */
static size_t library_length(const dy_recipe *recipe)
{
    const char *dot = strchr(recipe->name, '.');
    return dot ? (size_t)(dot - recipe->name) : 0;
}

/* derny.torch and its like: all recipes of that library, in a table of their own. */
static void bind_library(lua_State *L, const char *library, size_t n)
{
    char name[64];
    snprintf(name, sizeof name, "derny.%.*s", (int)n, library);
    lua_newtable(L); /* derny table */
    for (const dy_recipe *recipe = dy_recipe_next(NULL); recipe;
         recipe = dy_recipe_next(recipe))
        if (library_length(recipe) == n && strncmp(recipe->name, library, n) == 0)
            bind_recipe(L, recipe, recipe->name + n + 1);
    dy_readonly_make(L, name);                  /* derny view */
    lua_setfield(L, -2, strchr(name, '.') + 1); /* derny */
}

/* The recipe into the module on top of the stack; with the first of a library, all of them. */
static void bind_in_turn(lua_State *L, const dy_recipe *recipe)
{
    size_t n = library_length(recipe);
    if (n == 0) {
        bind_recipe(L, recipe, recipe->name);
        return;
    }
    lua_pushlstring(L, recipe->name, n); /* derny library */
    bool bound = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 1); /* derny */
    if (!bound) bind_library(L, recipe->name, n);
}

void dy_bind_recipes(lua_State *L)
{
    for (const dy_recipe *recipe = dy_recipe_next(NULL); recipe;
         recipe = dy_recipe_next(recipe))
        bind_in_turn(L, recipe);
}
