/* random.h - math.random from the run's seed.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <lua.h>

int dy_random_random(lua_State *L); /* math.random: the host's generator, without bias */
int dy_random_randomseed(
    lua_State *L); /* math.randomseed: no argument goes back to the seed of the run */
