/* bind_schedule.c - schedules in Lua: one function for each recipe, made from the engine's table.
 *
 * A schedule value is not yet a plan: it learns its length from the run it is given to. schedule:at() and
 * schedule:keyframes() ask what it would be for a run of so many steps.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/pace.h"
#include "lua/readonly.h"
#include "lua/schedule_value.h"

#include <math.h>
#include <string.h>

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

static int schedule_gc(lua_State *L)
{
    dy_schedule_value *value = luaL_checkudata(L, 1, DY_CLASS_SCHEDULE);
    dy_arena_close(&value->arena);
    value->spec = NULL;
    return 0;
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

static int schedule_make(lua_State *L);

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
    lua_pushlightuserdata(L, (void *)dy_recipe_find("curve")); /* recipe */
    lua_pushcclosure(L, schedule_make, 1);                     /* make */
    lua_pushvalue(L, index);                                   /* make keyframes */
    lua_call(L, 1, 1);                                         /* schedule */
}

const dy_spec *dy_to_schedule(lua_State *L, int index, const dy_fields *f, const char *what)
{
    index = lua_absindex(L, index);
    luaL_checkstack(L, 12, "schedules");
    if (lua_type(L, index) == LUA_TNUMBER)
        push_constant(L, lua_tonumber(L, index), f, what);
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
 * derny.scale { schedule, factor = 2 }. */
static void name_positional(lua_State *L, const dy_recipe *recipe)
{
    const dy_param *first = &recipe->params[0];
    if (!first->name) return; /* it takes no arguments */
    bool list = first->kind == DY_ARG_KEYS || first->kind == DY_ARG_SCHEDULES;
    bool one = first->kind == DY_ARG_REAL || first->kind == DY_ARG_SCHEDULE;
    if (lua_type(L, 1) != LUA_TTABLE) {
        lua_createtable(L, 0, 1);        /* value options */
        lua_insert(L, 1);                /* options value */
        lua_setfield(L, 1, first->name); /* options */
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

/* Pushes what `print` writes, and frees nothing late: the stream is closed before Lua may throw. */
static void push_printed(lua_State *L, void (*print)(const void *what, FILE *out),
                         const void *what)
{
    char copy[2000] = "";
    FILE *out = fmemopen(copy, sizeof copy, "w");
    if (out) {
        print(what, out);
        fclose(out);
    }
    copy[sizeof copy - 1] = '\0';
    lua_pushstring(L, copy);
}

static void print_spec(const void *what, FILE *out)
{
    const dy_spec *spec = what;
    if (spec->recipe)
        dy_spec_print(spec, out);
    else
        fprintf(out, "function at %s", ((const dy_lua_pace *)spec->self)->where);
}

static int schedule_tostring(lua_State *L)
{
    dy_schedule_value *value = luaL_checkudata(L, 1, DY_CLASS_SCHEDULE);
    push_printed(L, print_spec, value->spec);
    return 1;
}

/* Pushes the functions of the schedule at 1, and their argument, for dy_pace_begin. */
static dy_pace_frame begin_functions(lua_State *L)
{
    luaL_checkstack(L, 16, "schedule functions");
    lua_newtable(L); /* functions */
    dy_gather_functions(L, 1, -1);
    lua_newtable(L); /* functions t */
    return dy_pace_begin(L);
}

/* The plan of the schedule at 1 for a run whose length is argument `at` and whose epoch's is the next one. Pushes what
 * owns the plan's curves. */
static dy_plan push_plan(lua_State *L, int at)
{
    const dy_schedule_value *value = luaL_checkudata(L, 1, DY_CLASS_SCHEDULE);
    dy_span span = { luaL_checkinteger(L, at),
                     luaL_optinteger(L, at + 1, luaL_checkinteger(L, at)) };
    luaL_argcheck(L, span.steps >= 1, at, "a run has at least 1 step");
    luaL_argcheck(L, span.epoch_steps >= 1, at + 1, "an epoch has at least 1 step");
    dy_schedule_value *owner = dy_push_schedule(L); /* owner */
    dy_pace_frame frame = begin_functions(L);
    dy_plan plan = { 0 };
    dy_error err;
    bool ok = dy_spec_resolve(value->spec, span, &plan, &owner->arena, &err);
    dy_pace_end(L, frame);
    lua_pop(L, 2); /* owner */
    if (!ok) dy_throw(L, &err);
    return plan;
}

/* schedule:at(step, steps [, epoch_steps]) -> lr, momentum or nil */
static int schedule_at(lua_State *L)
{
    static const double UNMOVED =
        0x1.fffffffffffffp-1; /* a momentum that no schedule asks for */
    int64_t step = luaL_checkinteger(L, 2);
    dy_plan plan = push_plan(L, 3);
    dy_pace_frame frame = begin_functions(L);
    dy_pacer pacer = dy_pacer_make(&plan, UNMOVED);
    dy_pace pace;
    dy_error err;
    bool ok = dy_pacer_at(&pacer, step, &pace, &err);
    dy_pace_end(L, frame);
    if (!ok) dy_throw(L, &err);
    lua_pushnumber(L, pace.lr); /* lr */
    if (pace.momentum == UNMOVED)
        lua_pushnil(L);
    else
        lua_pushnumber(L, pace.momentum);
    return 2; /* lr momentum */
}

static void print_plan(const void *what, FILE *out)
{
    const dy_plan *plan = what;
    fputs("lr: ", out);
    dy_curve_print(&plan->lr, out);
    if (plan->momentum.n_nodes == 0) return;
    fputs("\nmomentum: ", out);
    dy_curve_print(&plan->momentum, out);
}

/* schedule:keyframes(steps [, epoch_steps]) -> what the curves are, as text */
static int schedule_keyframes(lua_State *L)
{
    dy_plan plan = push_plan(L, 2);
    if (plan.call) return schedule_tostring(L);
    push_printed(L, print_plan, &plan);
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

void dy_bind_schedule(lua_State *L)
{
    static const luaL_Reg META[] = { { "__gc", schedule_gc },
                                     { "__tostring", schedule_tostring },
                                     { NULL, NULL } };
    static const luaL_Reg METHODS[] = { { "at", schedule_at },
                                        { "keyframes", schedule_keyframes },
                                        { NULL, NULL } };
    dy_class_make(L, DY_CLASS_SCHEDULE, META, METHODS);
    for (const dy_recipe *recipe = dy_recipe_next(NULL); recipe;
         recipe = dy_recipe_next(recipe))
        bind_in_turn(L, recipe);
}
