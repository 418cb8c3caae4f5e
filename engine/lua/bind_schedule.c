/* bind_schedule.c - schedules in Lua: what may be asked of one.
 *
 * A schedule value is not yet a plan: it learns its length from the run it is given to. schedule:at() and
 * schedule:keyframes() ask what it would be for a run of so many steps.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/pace.h"
#include "lua/schedule_value.h"

#include <stdlib.h>

static int schedule_gc(lua_State *L)
{
    dy_schedule_value *value = luaL_checkudata(L, 1, DY_CLASS_SCHEDULE);
    dy_arena_close(&value->arena);
    value->spec = NULL;
    return 0;
}

/* What print writes, while it is on its way to Lua. */
typedef struct printed {
    char *text;
    size_t size;
} printed;

static int push_text(lua_State *L)
{
    const printed *p = lua_touserdata(L, 1);
    lua_pushlstring(L, p->text, p->size);
    return 1;
}

/* Pushes what `print` writes, however long; should Lua throw for want of memory, it is freed first. */
static void push_printed(lua_State *L, void (*print)(const void *what, FILE *out),
                         const void *what)
{
    printed p = { NULL, 0 };
    FILE *out = open_memstream(&p.text, &p.size);
    if (!out) luaL_error(L, "not enough memory");
    print(what, out);
    bool whole = !ferror(out);
    whole = fclose(out) == 0 && whole;
    lua_pushcfunction(L, push_text);
    lua_pushlightuserdata(L, &p);
    int status = whole ? lua_pcall(L, 1, 1, 0) : LUA_ERRMEM;
    free(p.text);
    if (!whole) luaL_error(L, "not enough memory");
    if (status != LUA_OK) lua_error(L);
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

void dy_bind_schedule(lua_State *L)
{
    static const luaL_Reg META[] = {
        { "__gc", schedule_gc },
        { "__tostring", schedule_tostring },
        { "__add", dy_schedule_add },
        { "__mul", dy_schedule_mul },
        { "__div", dy_schedule_div },
        { "__shr", dy_schedule_then },
        { NULL, NULL },
    };
    static const luaL_Reg METHODS[] = { { "at", schedule_at },
                                        { "keyframes", schedule_keyframes },
                                        { NULL, NULL } };
    dy_class_make(L, DY_CLASS_SCHEDULE, META, METHODS);
    dy_bind_recipes(L);
}
