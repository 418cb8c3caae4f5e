/* tuning_value.h - what derny.find_momentum and derny.find_weight_decay found, as a Lua table.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/tuning.h"

#include <lua.h>

/* Makes the class of such tables. */
void dy_bind_tuning(lua_State *L);

/* Pushes the table. */
void dy_push_tuning(lua_State *L, const dy_tuning *tuning);
