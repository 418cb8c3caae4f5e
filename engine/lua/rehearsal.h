/* rehearsal.h - a script run for its schedules alone: every run is planned, none is trained.
 *
 * Its runs are made and stepped as ever, so loops over them end and callbacks are called; but their losses and scores are made
 * up (learn/race.h). What the script makes of these is no more than that, so a failed assert no longer ends it.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lua/script.h"

/* Before the script runs. */
void dy_rehearse(lua_State *L);
