/* pace.c - see pace.h.   SPDX-License-Identifier: MIT */
#include "lua/pace.h"

#include "lua/copy.h"

#include <lauxlib.h>

#include <math.h>

dy_pace_frame dy_pace_begin(lua_State *L)
{
    dy_host *host = dy_host_of(L);
    dy_pace_frame before = { host->pace_state, host->pace_functions, host->pace_moment };
    host->pace_state = L;
    host->pace_functions = lua_gettop(L) - 1;
    host->pace_moment = lua_gettop(L);
    return before;
}

void dy_pace_end(lua_State *L, dy_pace_frame frame)
{
    dy_host *host = dy_host_of(L);
    host->pace_state = frame.state;
    host->pace_functions = frame.functions;
    host->pace_moment = frame.moment;
}

/* Raw, because the table is in the script's hands: it may have been given a metatable. */
static void set_count(lua_State *L, int at, const char *name, int64_t n)
{
    lua_pushstring(L, name); /* name */
    lua_pushinteger(L, n);   /* name n */
    lua_rawset(L, at);
}

/* Pushes the copy that is asked ahead: a new one where steps begin anew, so that it sees what its original would. */
static void push_ahead(lua_State *L, dy_lua_pace *self, int64_t step)
{
    const void *key = self->where; /* the function itself is found by self */
    bool goes_on = step > self->ahead && lua_rawgetp(L, 1, key) == LUA_TFUNCTION;
    self->ahead = step;
    if (goes_on) return; /* .. copy */
    lua_settop(L, 4);
    lua_rawgetp(L, 1, self);
    dy_copy_function(L, -1); /* .. function copy */
    lua_pushvalue(L, -1);
    lua_rawsetp(L, 1, key); /* .. function copy */
}

/* functions t self now -> what the script's function returns. Runs protected: even a raw set may be out of memory. */
static int call_function(lua_State *L)
{
    const dy_moment *now = lua_touserdata(L, 4);
    if (now->ahead)
        push_ahead(L, lua_touserdata(L, 3), now->step);
    else
        lua_rawgetp(L, 1, lua_touserdata(L, 3)); /* functions t self now .. function */
    lua_replace(L, 1);                           /* function t self now .. */
    lua_settop(L, 2);                            /* function t */
    set_count(L, 2, "step", now->step);
    set_count(L, 2, "steps", now->steps);
    set_count(L, 2, "epoch", now->epoch);
    lua_pushstring(L, "progress");    /* function t name */
    lua_pushnumber(L, now->progress); /* function t name progress */
    lua_rawset(L, 2);
    lua_call(L, 1, 2);
    return 2;
}

/* One of the function's results; nil leaves *value as it is where that is allowed. */
static bool take_result(lua_State *L, int at, const dy_lua_pace *self, const char *name,
                        int64_t step, double *value, dy_error *err)
{
    int type = lua_type(L, at);
    if (type != LUA_TNUMBER)
        return dy_fail(
            err, "%s: the schedule function returned %s %s for step %lld; want a number",
            self->where, type == LUA_TNIL ? "nil as" : "a value that is no number as", name,
            (long long)step);
    *value = lua_tonumber(L, at);
    bool momentum = name[0] == 'm';
    if (isfinite(*value) && *value >= 0 && !(momentum && *value >= 1)) return true;
    return dy_fail(err, "%s: the schedule function returned %s %g for step %lld; want %s",
                   self->where, name, *value, (long long)step,
                   momentum ? "0 <= momentum < 1" : "a finite number of at least 0");
}

bool dy_lua_pace_call(void *self, const dy_moment *now, dy_pace *pace, dy_error *err)
{
    dy_lua_pace *p = self;
    dy_host *host = p->host;
    lua_State *L = host->pace_state;
    int top = lua_gettop(L);
    dy_moment at = *now;
    dy_rng random = host->random;
    host->ahead = now->ahead;
    int was = dy_lab_lend(host->lab);
    lua_pushcfunction(L, call_function);        /* call */
    lua_pushvalue(L, host->pace_functions);     /* call functions */
    lua_pushvalue(L, host->pace_moment);        /* call functions t */
    lua_pushlightuserdata(L, p);                /* call functions t self */
    lua_pushlightuserdata(L, &at);              /* call functions t self now */
    bool called = dy_script_call(L, 4, 2, err); /* lr momentum */
    dy_lab_leave(host->lab, was);
    host->ahead = false;
    if (now->ahead) host->random = random;
    bool ok = called && take_result(L, top + 1, p, "lr", now->step, &pace->lr, err);
    if (ok && !lua_isnil(L, top + 2))
        ok = take_result(L, top + 2, p, "momentum", now->step, &pace->momentum, err);
    lua_settop(L, top);
    return ok;
}

/* functions self x [also] -> what the script's function returns */
static int call_number(lua_State *L)
{
    lua_rawgetp(L, 1, lua_touserdata(L, 2)); /* functions self x function */
    lua_insert(L, 3);                        /* functions self function x */
    lua_call(L, lua_gettop(L) - 3, 1);
    return 1;
}

bool dy_lua_number_call(void *self, double x, double also, double *y, dy_error *err)
{
    dy_lua_pace *p = self;
    dy_host *host = p->host;
    lua_State *L = host->pace_state;
    int top = lua_gettop(L);
    int was = dy_lab_lend(host->lab);
    lua_pushcfunction(L, call_number);      /* call */
    lua_pushvalue(L, host->pace_functions); /* call functions */
    lua_pushlightuserdata(L, p);            /* call functions self */
    lua_pushnumber(L, x);                   /* call functions self x */
    if (!isnan(also)) lua_pushnumber(L, also);
    bool called = dy_script_call(L, isnan(also) ? 3 : 4, 1, err); /* y */
    dy_lab_leave(host->lab, was);
    bool number = called && lua_type(L, -1) == LUA_TNUMBER;
    *y = number ? lua_tonumber(L, -1) : (double)NAN;
    lua_settop(L, top);
    if (!called || isfinite(*y)) return called;
    return dy_fail(err, "%s: the function gave %s for %g; want a finite number", p->where,
                   number ? "a number that is not finite" : "no number", x);
}
