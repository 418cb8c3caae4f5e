/* schedule_value.h - a schedule as a Lua value: a dy_spec in an arena of its own, and what must stay alive with it.
 *
 * The userdata's user value is a table: the Lua functions of the spec under their dy_lua_pace, which is what
 * pace.h looks them up by, and the schedules it was made of, in the array part.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lua/binding.h"
#include "lua/pace.h"

typedef struct dy_schedule_value {
    dy_arena arena;
    dy_spec *spec;
} dy_schedule_value;

/* Pushes a schedule without a recipe yet; its spec is zeroed memory in its arena. */
dy_schedule_value *dy_push_schedule(lua_State *L);

/* Copies the functions that the schedule at `index` calls into the table at `into`. */
void dy_gather_functions(lua_State *L, int index, int into);

/* Keeps the function at `index` with the schedule at `schedule`, as dy_lua_pace_call and dy_lua_number_call know it. */
dy_lua_pace *dy_keep_function(lua_State *L, int schedule, int index, const dy_fields *f);

/* Keeps the schedule at `part` alive with the one at `schedule`, which is made of it. */
void dy_keep_part(lua_State *L, int schedule, int part);

/* Pushes a schedule of `recipe`, its arguments from the table at `index`; `what` names it for messages. */
void dy_push_recipe(lua_State *L, const dy_recipe *recipe, int index, const char *what);

/* Reads the arguments of `recipe` from `f` into the schedule at `index`. */
void dy_read_arguments(const dy_fields *f, const dy_recipe *recipe, int index);

/* Puts a function for each recipe into the module on top of the stack; a library's into a table of their own. */
void dy_bind_recipes(lua_State *L);

/* Metamethods: __add, __mul, __div, and __shr, which is one after the other. */
int dy_schedule_add(lua_State *L);
int dy_schedule_mul(lua_State *L);
int dy_schedule_div(lua_State *L);
int dy_schedule_then(lua_State *L);
