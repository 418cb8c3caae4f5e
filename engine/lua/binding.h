/* binding.h - what the bindings share: class set-up, and how one finds another's userdata.
 *
 * Every binding works in three beats: check (may throw, holds nothing), call (C, never throws), answer (throw the error
 * or push). Userdata is made closed, gets its metatable, and is then opened; what it needs is kept alive by its
 * user values.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/dataset.h"
#include "learn/mlp.h"
#include "learn/optim.h"
#include "lua/fields.h"
#include "lua/script.h"
#include "schedule/recipe.h"

#include <lauxlib.h>

/* Makes the metatable `name`: metamethods in it, methods in a table of their own, so that a script cannot call __gc;
 * `__metatable` is the name. Once per state. */
void dy_class_make(lua_State *L, const char *name, const luaL_Reg *meta,
                   const luaL_Reg *methods);

#define DY_CLASS_SCHEDULE  "derny.schedule"
#define DY_CLASS_DATA      "derny.dataset"
#define DY_CLASS_MODEL     "derny.model"
#define DY_CLASS_OPTIMIZER "derny.optimizer"
#define DY_CLASS_RUN       "derny.run"
#define DY_CLASS_SERIES    "derny.series"
#define DY_CLASS_TENSOR    "derny.tensor"

/* Each adds its functions to the module table on top of the stack. */
void dy_bind_schedule(lua_State *L);
void dy_bind_data(lua_State *L);
void dy_bind_model(lua_State *L);
void dy_bind_weights(lua_State *L);
void dy_bind_run(lua_State *L);
void dy_bind_replay(lua_State *L);
void dy_bind_find(lua_State *L);
void dy_bind_series(lua_State *L);
void dy_bind_say(lua_State *L);

/* Pushes the functions behind derny.sweep. */
void dy_push_sweep(lua_State *L);

int luaopen_derny(lua_State *L);

/* Replaces what stands at `index` (a number, a schedule, a function of t) by a schedule userdata, and returns its spec, good
 * while that lives. `what` names the field for the message: "schedule". */
const dy_spec *dy_to_schedule(lua_State *L, int index, const dy_fields *f, const char *what);

/* The data set, model or optimizer in field `name`; throws when it is something else. */
const dy_dataset *dy_field_dataset(const dy_fields *f, const char *name);
const dy_mlp_spec *dy_field_model(const dy_fields *f, const char *name);
dy_optim_spec dy_field_optimizer(const dy_fields *f, const char *name);
