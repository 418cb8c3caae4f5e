/* result.c - what a run came to, as a Lua table with its series.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/run_value.h"
#include "lua/series.h"

#include <math.h>

#define CLASS_RESULT "derny.result"

static void set_number(lua_State *L, const char *name, double x)
{
    lua_pushnumber(L, x);      /* result x */
    lua_setfield(L, -2, name); /* result */
}

static void set_count(lua_State *L, const char *name, int64_t n)
{
    lua_pushinteger(L, n);     /* result n */
    lua_setfield(L, -2, name); /* result */
}

static void set_text(lua_State *L, const char *name, const char *text)
{
    lua_pushstring(L, text);   /* result text */
    lua_setfield(L, -2, name); /* result */
}

/* Each evaluation on the held-out split: { step, loss, accuracy }. */
static void set_scores(lua_State *L, const dy_board *board, const dy_run_view *run)
{
    lua_newtable(L); /* result scores */
    int64_t n = dy_board_marks(board, run->index);
    lua_Integer at = 0;
    for (int64_t i = 0; i < n; i++) {
        const dy_mark *mark = &run->marks[i];
        if (mark->kind != DY_MARK_SCORE) continue;
        lua_createtable(L, 0, 3); /* result scores score */
        set_count(L, "step", mark->step);
        set_number(L, "loss", mark->loss);
        if (!isnan(mark->accuracy)) set_number(L, "accuracy", mark->accuracy);
        lua_rawseti(L, -2, ++at); /* result scores */
    }
    lua_setfield(L, -2, "scores"); /* result */
}

static void set_series(lua_State *L, const dy_tape *tape)
{
    static const char *const NAMES[DY_CHANNELS] = { "lr", "momentum", "loss" };
    for (int channel = 0; channel < DY_CHANNELS; channel++) {
        dy_push_series(L, tape, (dy_channel)channel); /* result series */
        lua_setfield(L, -2, NAMES[channel]);          /* result */
    }
}

void dy_push_result(lua_State *L, const dy_session *session, int lane)
{
    dy_run_view run = dy_session_run(session, lane);
    const dy_outcome *outcome = run.outcome;
    int status = atomic_load_explicit(&outcome->status, memory_order_acquire);
    lua_createtable(L, 0, 16); /* result */
    set_text(L, "name", run.card->name);
    set_text(L, "status", dy_status_name((dy_status)status));
    if (status == DY_FAILED) set_text(L, "error", outcome->why);
    set_count(L, "updates", outcome->updates);
    set_count(L, "steps", run.card->steps);
    set_count(L, "epoch_steps", run.card->epoch_steps);
    set_number(L, "seconds", outcome->seconds);
    set_number(L, "updates_per_second",
               outcome->seconds > 0 ? (double)outcome->updates / outcome->seconds : 0);
    set_number(L, "train_loss", outcome->train_loss);
    set_scores(L, dy_host_of(L)->lab->board, &run);
    if (dy_board_marks(dy_host_of(L)->lab->board, run.index) > 0) {
        set_number(L, "test_loss", outcome->test_loss);
        if (!isnan(outcome->test_accuracy))
            set_number(L, "test_accuracy", outcome->test_accuracy);
    }
    set_series(L, run.tape);
    luaL_setmetatable(L, CLASS_RESULT);
}

/* "one cycle: done, 1407 updates, test accuracy 97.76 %" */
static int result_tostring(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_getfield(L, 1, "name");    /* result name */
    lua_getfield(L, 1, "status");  /* result name status */
    lua_getfield(L, 1, "updates"); /* result name status updates */
    lua_pushfstring(L, "%s: %s, %I updates", luaL_checkstring(L, 2), luaL_checkstring(L, 3),
                    (LUAI_UACINT)luaL_checkinteger(L, 4));
    lua_getfield(L, 1, "test_accuracy"); /* .. text accuracy */
    if (!lua_isnil(L, -1)) {
        char accuracy[48];
        snprintf(accuracy, sizeof accuracy, ", test accuracy %.2f %%",
                 100 * luaL_checknumber(L, -1));
        lua_pop(L, 1);
        lua_pushstring(L, accuracy); /* .. text accuracy */
        lua_concat(L, 2);
        return 1;
    }
    lua_pop(L, 1); /* .. text */
    return 1;
}

void dy_bind_result(lua_State *L)
{
    static const luaL_Reg META[] = { { "__tostring", result_tostring }, { NULL, NULL } };
    dy_class_make(L, CLASS_RESULT, META, NULL);
}
