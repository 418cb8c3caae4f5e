/* random.c - see random.h.   SPDX-License-Identifier: MIT */
#include "lua/random.h"

#include "lua/script.h"

#include <lauxlib.h>

#include <string.h>

/* Uniform over low..high, which may be all integers. */
static lua_Integer draw(dy_rng *rng, lua_Integer low, lua_Integer high)
{
    uint64_t span = (uint64_t)high - (uint64_t)low;
    if (span < INT64_MAX) {
        uint64_t drawn = (uint64_t)low + (uint64_t)dy_rng_below(rng, (int64_t)span + 1);
        return (lua_Integer)drawn;
    }
    uint64_t above = dy_rng_next(rng);
    while (above > span) above = dy_rng_next(rng); /* twice on average, at worst */
    uint64_t drawn = (uint64_t)low + above;
    return (lua_Integer)drawn;
}

int dy_random_random(lua_State *L)
{
    dy_rng *rng = &dy_host_of(L)->random;
    int n = lua_gettop(L);
    if (n == 0) {
        lua_pushnumber(L, dy_rng_uniform(rng));
        return 1;
    }
    if (n > 2) return luaL_error(L, "math.random: %d arguments; want at most 2", n);
    lua_Integer low = n == 1 ? 1 : luaL_checkinteger(L, 1);
    lua_Integer high = luaL_checkinteger(L, n);
    if (n == 1 && high == 0) {
        lua_pushinteger(L, (lua_Integer)dy_rng_next(rng));
        return 1;
    }
    if (low > high)
        return luaL_error(L, "math.random: there is no integer from %I to %I", low, high);
    lua_pushinteger(L, draw(rng, low, high));
    return 1;
}

/* 1 and 1.0 are one seed. */
static uint64_t seed_from(lua_State *L, int index)
{
    int whole;
    lua_Integer integer = lua_tointegerx(L, index, &whole);
    if (whole) return (uint64_t)integer;
    lua_Number real = luaL_checknumber(L, index);
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    return bits;
}

int dy_random_randomseed(lua_State *L)
{
    dy_host *host = dy_host_of(L);
    uint64_t seed = lua_isnoneornil(L, 1) ? host->seed : seed_from(L, 1);
    if (!lua_isnoneornil(L, 2)) seed ^= seed_from(L, 2) * 0x9e3779b97f4a7c15u;
    host->random = dy_rng_make(seed, "script");
    return 0;
}
