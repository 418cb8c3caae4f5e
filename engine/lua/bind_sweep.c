/* bind_sweep.c - what derny.sweep is made of: points are claimed, trained or known, and read. Its face is scripts/derny/sweep.lua,
 * which is given these functions and no script ever sees.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/run_value.h"

#include <math.h>
#include <string.h>
#include <time.h>

static dy_crew *crew_of(lua_State *L)
{
    dy_crew *crew = dy_host_of(L)->lab->crew;
    if (!crew) luaL_error(L, "derny.sweep: nothing is trained here");
    return crew;
}

static int64_t check_point(lua_State *L)
{
    int64_t point = luaL_checkinteger(L, 1);
    luaL_argcheck(L, point >= 0 && point < dy_crew_announced(crew_of(L)), 1, "no such point");
    return point;
}

/* announce(n) -> the number of the sweep's first point */
static int announce(lua_State *L)
{
    dy_host *host = dy_host_of(L);
    int64_t n = luaL_checkinteger(L, 1);
    dy_error err;
    if (!dy_crew_announce(crew_of(L), host->sweep_points, n, &err)) dy_throw(L, &err);
    lua_pushinteger(L, host->sweep_points);
    host->sweep_points += n;
    return 1;
}

/* shard(i) -> whether task i, from 1, is in the part that is trained here */
static int shard(lua_State *L)
{
    const dy_host *host = dy_host_of(L);
    int64_t i = luaL_checkinteger(L, 1) - 1;
    lua_pushboolean(L, host->shards < 2 || i % host->shards == host->shard - 1);
    return 1;
}

/* claim(point) -> true: it is this lab's */
static int claim(lua_State *L)
{
    lua_pushboolean(L, dy_crew_claim(crew_of(L), check_point(L)) == DY_CLAIM_FREE);
    return 1;
}

static void set_number(lua_State *L, const char *name, double x)
{
    if (isnan(x)) return;
    lua_pushnumber(L, x);      /* result x */
    lua_setfield(L, -2, name); /* result */
}

/* look(point) -> what came of it, or nil while it is being trained */
static int look(lua_State *L)
{
    int64_t point = check_point(L);
    if (dy_crew_look(crew_of(L), point) != DY_CLAIM_DONE) return 0;
    dy_yield yield = dy_crew_yield(crew_of(L), point);
    lua_createtable(L, 0, 10); /* result */
    lua_pushstring(L, dy_status_name((dy_status)yield.status));
    lua_setfield(L, -2, "status"); /* result */
    lua_pushinteger(L, yield.updates);
    lua_setfield(L, -2, "updates"); /* result */
    lua_pushstring(L, yield.id);
    lua_setfield(L, -2, "id"); /* result */
    set_number(L, "seconds", yield.seconds);
    set_number(L, "train_loss", yield.train_loss);
    set_number(L, "test_loss", yield.test_loss);
    set_number(L, "test_accuracy", yield.test_accuracy);
    if (yield.why[0]) {
        lua_pushstring(L, yield.why);
        lua_setfield(L, -2, "error"); /* result */
    }
    return 1;
}

/* wait(): a moment, for another lab's work; patience does not run out meanwhile. Throws when a stop was asked for. */
static int wait(lua_State *L)
{
    dy_lab *lab = dy_host_of(L)->lab;
    int was = dy_lab_enter(lab);
    nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
    dy_lab_leave(lab, was);
    if (atomic_load_explicit(&dy_board_control(lab->board)->stop, memory_order_relaxed))
        luaL_error(L, "derny.sweep: interrupted");
    return 0;
}

/* --- training a point -------------------------------------------------------------------------------------------- */

static dy_yield yield_of(const dy_outcome *outcome)
{
    dy_yield yield = { .status = outcome->status,
                       .updates = outcome->updates,
                       .seconds = outcome->seconds,
                       .train_loss = outcome->train_loss,
                       .test_loss = outcome->test_loss,
                       .test_accuracy = outcome->test_accuracy };
    snprintf(yield.id, sizeof yield.id, "%s", outcome->id);
    snprintf(yield.why, sizeof yield.why, "%.*s", (int)sizeof yield.why - 1, outcome->why);
    return yield;
}

typedef struct search {
    const dy_lab *lab;
    dy_yield found;
} search;

static bool is_known(void *self, const char *id)
{
    search *s = self;
    const dy_yield *known = dy_known_find(s->lab->known, s->lab->n_known, id);
    if (known) s->found = *known;
    return known != NULL;
}

/* train(point, options, name, sweep, point as JSON): trains a point that was claimed, unless what comes of it is known. An
 * error that is not the schedule's is thrown: the script is wrong, and so it is for every other point. */
static int train(lua_State *L)
{
    int64_t point = check_point(L);
    dy_host *host = dy_host_of(L);
    const char *name = luaL_checkstring(L, 3);
    search s = { .lab = host->lab };
    luaL_checktype(L, 2, LUA_TTABLE);
    dy_sweeping sweeping = { luaL_checkstring(L, 4), luaL_checkstring(L, 5), is_known, &s };
    host->sweeping = &sweeping;
    lua_pushcfunction(L, dy_train_quietly); /* .. train */
    lua_pushvalue(L, 2);                    /* .. train options */
    lua_pushstring(L, name);                /* .. train options name */
    int32_t before = dy_board_len(host->lab->board);
    int rc = lua_pcall(L, 2, 0, 0); /* .. [error] */
    host->sweeping = NULL;
    dy_run_view run;
    bool made =
        dy_board_len(host->lab->board) > before && dy_board_run(host->lab->board, before, &run);
    int status = made ? run.outcome->status : DY_FAILED;
    if (rc != LUA_OK && !(made && status == DY_FAILED)) return lua_error(L);
    dy_yield yield = made ? yield_of(run.outcome) : s.found;
    dy_crew_settle(crew_of(L), point, &yield);
    if (status == DY_STOPPED) return luaL_error(L, "derny.sweep: interrupted");
    return 0;
}

void dy_push_sweep(lua_State *L)
{
    static const luaL_Reg FUNCTIONS[] = {
        { "announce", announce }, { "claim", claim }, { "look", look }, { "wait", wait },
        { "train", train },       { "shard", shard }, { NULL, NULL }
    };
    luaL_newlib(L, FUNCTIONS);
}
