/* pace.h - schedules that are Lua functions, as the engine calls them.
 *
 * A function is found through the table of functions that stands on the stack while a run is stepped, so nothing is
 * held in the registry and the collector sees every owner. dy_pace_begin tells the host where that table and the functions'
 * one argument stand; dy_pace_end tells it what it knew before, so that they nest.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lua/script.h"
#include "schedule/plan.h"

typedef struct dy_lua_pace {
    dy_host *host;
    char where[100]; /* "own.lua:3" */
    int64_t ahead; /* the last step that its copy was asked for ahead; anew from a lower one */
} dy_lua_pace;

/* A dy_pace_fn; `self` is a dy_lua_pace, and the key of its function in the table. */
bool dy_lua_pace_call(void *self, const dy_moment *now, dy_pace *pace, dy_error *err);

/* A dy_number_fn, in the same way. */
bool dy_lua_number_call(void *self, double x, double also, double *y, dy_error *err);

/* What dy_pace_end puts back. */
typedef struct dy_pace_frame {
    lua_State *state;
    int functions, moment;
} dy_pace_frame;

/* The table of functions and the table that becomes their argument are on top of the stack, and stay there. Between
 * the two calls nothing may throw. Allocates nothing */
dy_pace_frame dy_pace_begin(lua_State *L);
void dy_pace_end(lua_State *L, dy_pace_frame frame);
