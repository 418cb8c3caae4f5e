/* series.h - one channel of a run's tape as a Lua value: result.loss[1], #result.loss.
 *
 * A view, not a copy: the board keeps tapes for as long as the lab lives.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lua/binding.h"
#include "record/tape.h"

void dy_push_series(lua_State *L, const dy_tape *tape, dy_channel channel);
