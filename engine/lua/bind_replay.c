/* bind_replay.c - derny.replay: what a person did to the runs of a script, for them to be done again.
 *
 *   derny.replay { edits = { { step = 100, act = "bend", lane = 1, channel = "lr", curve = "keys 0:0.1, 400:0" } } }
 *
 * Races, lanes and edits count from 1 here, as all lists of Lua's do; updates from 0.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "lua/binding.h"

#include <math.h>
#include <string.h>

static const char *const FIELDS[] = { "script", "seed", "options", "edits", NULL };

/* What an edit may have, beside act, race, step and moment; and what its count or value is called. */
typedef struct act {
    bool lane, every;  /* it is a lane's; or, where no lane is named, every lane's */
    const char *count; /* NULL: it has none */
    const char *value;
    bool curve;
} act;

static const act ACTS[DY_ACTS] = {
    [DY_ACT_PAUSE] = { 0 },
    [DY_ACT_GO] = { 0 },
    [DY_ACT_ADVANCE] = { .count = "updates" },
    [DY_ACT_SPEED] = { .value = "per_second" },
    [DY_ACT_STOP] = { .lane = true, .every = true },
    [DY_ACT_BEND] = { .lane = true, .curve = true },
    [DY_ACT_REWIND] = { .count = "to" },
    [DY_ACT_FORK] = { .lane = true, .count = "from" },
    [DY_ACT_COOL] = { .lane = true, .count = "updates" },
};

/* Those that can be asked for again. */
static const char *const NAMES[] = { "pause", "go",     "advance", "speed", "stop",
                                     "bend",  "rewind", "fork",    "cool",  NULL };
static const dy_act KNOWN[] = { DY_ACT_PAUSE,  DY_ACT_GO,   DY_ACT_ADVANCE,
                                DY_ACT_SPEED,  DY_ACT_STOP, DY_ACT_BEND,
                                DY_ACT_REWIND, DY_ACT_FORK, DY_ACT_COOL };

static const char *const CHANNELS[] = { "lr", "momentum", NULL };

/* --- the past's settings --------------------------------------------------------------------------------------- */

/* As if it had been given on the command line, unless another was. */
static void take_seed(const dy_fields *f, dy_host *host)
{
    if (!dy_fields_has(f, "seed")) return;
    int64_t seed = dy_field_count(f, "seed", 0, 0, INT64_MAX);
    if (host->has_seed) return;
    dy_rng untouched = dy_rng_make(host->seed, "script");
    if (memcmp(&untouched, &host->random, sizeof untouched) != 0)
        dy_fields_fail(f, "comes before the script draws its first random number");
    host->has_seed = host->seed_used = true;
    host->seed = (uint64_t)seed;
    host->random = dy_rng_make(host->seed, "script");
}

/* A setting in the arena from the key and value on top of the stack. */
static dy_setting copy_setting(const dy_fields *f, dy_arena *arena)
{
    lua_State *L = f->L;
    dy_error err;
    if (lua_type(L, -2) != LUA_TSTRING) dy_fields_fail(f, "options have names");
    lua_pushvalue(L, -1);                            /* key value value */
    const char *value = luaL_tolstring(L, -1, NULL); /* key value value text */
    dy_setting setting = { .name = dy_arena_text(arena, lua_tostring(L, -4), &err),
                           .value = dy_arena_text(arena, value, &err),
                           .used = true };
    lua_pop(L, 2);
    if (!setting.name || !setting.value) dy_throw(L, &err);
    return setting;
}

/* They come before those of the command line, of which the last of a name counts. */
static void take_options(const dy_fields *f, dy_host *host)
{
    lua_State *L = f->L;
    dy_arena *arena = &host->replay.arena;
    dy_error err;
    int type = dy_fields_push(f, "options"); /* options */
    if (type != LUA_TNIL && type != LUA_TTABLE)
        dy_fields_fail(f, "options is a %s; want a table of names and values",
                       lua_typename(L, type));
    int64_t n = 0;
    if (type == LUA_TTABLE)
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) n++;
    dy_setting *all = dy_arena_take(arena, n + host->n_settings, sizeof *all, &err);
    if (!all) dy_throw(L, &err);
    n = 0;
    if (type == LUA_TTABLE)
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) all[n++] = copy_setting(f, arena);
    memcpy(all + n, host->settings, (size_t)host->n_settings * sizeof *all);
    host->settings = all;
    host->n_settings += (int)n;
    lua_pop(L, 1);
}

/* What runs without a name are called. */
static void take_script(const dy_fields *f, dy_host *host)
{
    dy_error err;
    const char *name = dy_field_text(f, "script", NULL);
    if (!name) return;
    host->name = dy_arena_text(&host->replay.arena, name, &err);
    if (!host->name) dy_throw(f->L, &err);
}

/* --- edits ----------------------------------------------------------------------------------------------------- */

/* The fields that an edit of this kind has. */
static dy_fields open_edit(lua_State *L, int index, const char *what, dy_act *kind)
{
    dy_fields f = { L, lua_absindex(L, index), what };
    luaL_argcheck(L, lua_istable(L, f.at), 1,
                  "edits are tables: { step = 100, act = \"pause\" }");
    *kind = KNOWN[dy_field_choice(&f, "act", -1, NAMES)];
    const act *has = &ACTS[*kind];
    const char *names[12] = { "act", "race", "step", "moment" };
    int n = 4;
    if (has->lane) names[n++] = "lane";
    if (has->count) names[n++] = has->count;
    if (has->value) names[n++] = has->value;
    if (has->curve) names[n++] = "channel";
    if (has->curve) names[n++] = "curve";
    names[n] = NULL;
    return dy_fields_open(L, f.at, what, names, false);
}

static dy_order read_order(const dy_fields *f, dy_act kind)
{
    const act *has = &ACTS[kind];
    dy_order order = { .act = kind, .lane = DY_EVERY_LANE, .run = -1 };
    order.race = (int32_t)dy_field_count(f, "race", 1, 1, INT32_MAX) - 1;
    order.step = dy_field_count(f, "step", INT64_MIN, 0, INT64_MAX);
    order.moment = dy_field_count(f, "moment", -1, 0, INT64_MAX);
    if (has->lane && (!has->every || dy_fields_has(f, "lane")))
        order.lane = (int32_t)dy_field_count(f, "lane", INT64_MIN, 1, INT32_MAX) - 1;
    if (has->count) order.count = dy_field_count(f, has->count, INT64_MIN, 0, INT64_MAX);
    if (has->value)
        order.value = dy_field_real(f, has->value, (double)NAN, 0, (double)INFINITY);
    if (has->curve) order.channel = (dy_channel)dy_field_choice(f, "channel", -1, CHANNELS);
    return order;
}

static void take_edit(lua_State *L, int index, int64_t i)
{
    char what[64];
    dy_error err;
    dy_act kind;
    dy_replay *replay = &dy_host_of(L)->replay;
    snprintf(what, sizeof what, "derny.replay: edits[%lld]", (long long)i);
    dy_fields f = open_edit(L, index, what, &kind);
    dy_order order = read_order(&f, kind);
    const char *text = ACTS[kind].curve ? dy_field_text(&f, "curve", NULL) : NULL;
    if (ACTS[kind].curve && !text) dy_fields_fail(&f, "curve is missing");
    dy_curve curve;
    bool ok = (!text || dy_curve_parse(&curve, &replay->arena, text, &err)) &&
              dy_replay_add(replay, &order, text ? &curve : NULL, &err);
    if (!ok) dy_fields_fail(&f, "%s", err.text);
}

static void take_edits(const dy_fields *f)
{
    lua_State *L = f->L;
    dy_error err;
    int type = dy_fields_push(f, "edits"); /* edits */
    if (type != LUA_TTABLE)
        dy_fields_fail(f, "edits is a %s; want a list in braces", lua_typename(L, type));
    int64_t n = (int64_t)lua_rawlen(L, -1);
    if (!dy_replay_room(&dy_host_of(L)->replay, n, &err)) dy_throw(L, &err);
    for (int64_t i = 1; i <= n; i++) {
        lua_rawgeti(L, -1, i); /* edits edit */
        take_edit(L, -1, i);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* derny.replay { script =, seed =, options =, edits = }. Of several the first has the edits: a recording of a replay holds that
 * replay's too, which were done and so recorded again. */
static int replay(lua_State *L)
{
    dy_fields f = dy_fields_open(L, 1, "derny.replay", FIELDS, false);
    dy_host *host = dy_host_of(L);
    lua_settop(L, 1);
    if (host->races > 0) dy_fields_fail(&f, "comes before the first run");
    bool first = !host->replay.cues;
    take_seed(&f, host);
    take_options(&f, host);
    take_script(&f, host);
    if (first) take_edits(&f);
    return 0;
}

void dy_bind_replay(lua_State *L)
{
    static const luaL_Reg FUNCTIONS[] = { { "replay", replay }, { NULL, NULL } };
    luaL_setfuncs(L, FUNCTIONS, 0); /* derny */
}
