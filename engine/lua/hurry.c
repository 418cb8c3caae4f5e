/* hurry.c - see hurry.h.   SPDX-License-Identifier: MIT */
#include "lua/hurry.h"

#include "lua/script.h"
#include "lua/where.h"

#include <signal.h>
#include <stdio.h>

static volatile sig_atomic_t asked;
static bool told;                   /* an error that says so has been thrown */
static lua_State *volatile running; /* hooks are per coroutine */

_Noreturn static void give_up(lua_State *L)
{
    dy_host *host = dy_host_of(L);
    told = true;
    dy_where_push(L);
    if (atomic_load(&dy_board_control(host->lab->board)->stop)) {
        lua_pushliteral(L, "interrupted");
    } else {
        char text[80];
        snprintf(text, sizeof text, "no update and no call into Derny for %g s",
                 host->patience_s);
        lua_pushstring(L, text);
    }
    lua_concat(L, 2);
    lua_error(L);
    __builtin_unreachable(); /* lua_error does not return, but is not declared so */
}

/* The hook stays: an error caught by pcall is followed by the next one. */
static void on_hook(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    give_up(L);
}

/* At Lua's own instructions only: at calls, the hook would end the handler that adds the traceback as well. */
static void arm(lua_State *L)
{
    lua_sethook(L, on_hook, LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

/* In signal context: lua_sethook is the one function of Lua that may be called there. */
static void on_signal(int signal_number)
{
    (void)signal_number;
    asked = 1;
    lua_State *L = running;
    if (L) arm(L);
}

void dy_hurry_start(void)
{
    asked = 0;
    told = false;
    dy_lab_on_hurry(on_signal);
}

bool dy_hurry_asked(void)
{
    return asked;
}

lua_State *dy_hurry_watch(lua_State *L)
{
    lua_State *before = running;
    running = L;
    if (asked && L) arm(L); /* it came while another ran, or between the two lines above */
    return before;
}

void dy_hurry_check(lua_State *L)
{
    if (asked) give_up(L);
}

void dy_hurry_rethrow(lua_State *L)
{
    if (!asked) return;
    if (!told) give_up(L);
    lua_error(L);
}
