/* script.c - see script.h.   SPDX-License-Identifier: MIT */
#include "lua/script.h"

#include "base/text.h"
#include "lua/heap.h"
#include "lua/hurry.h"
#include "lua/library.h"
#include "lua/source.h"
#include "lua/where.h"

#include <lauxlib.h>

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Beside the state itself, where Lua keeps room for one pointer; coroutines get a copy. */
static dy_host **host_slot(lua_State *L)
{
    return lua_getextraspace(L);
}

dy_host *dy_host_of(lua_State *L)
{
    return *host_slot(L);
}

/* Makes a message one line, but for the lines of a traceback, and safe to show. */
static void set_text(dy_error *err, const char *text)
{
    char line[sizeof err->text];
    snprintf(line, sizeof line, "%s", text);
    for (char *at = strchr(line, '\n'); at; at = strchr(at + 1, '\n')) {
        if (strncmp(at, "\n  at ", 6) != 0) *at = ' ';
    }
    memset(err->text, 0, sizeof err->text);
    FILE *out = fmemopen(err->text, sizeof err->text - 1, "w");
    if (!out) {
        dy_fail(err, "an error, and no memory left to say which");
        return;
    }
    dy_print_safe(out, line, strlen(line));
    fclose(out);
}

static void out_of_memory(const dy_host *host, dy_error *err)
{
    char cap[32];
    dy_format_bytes(cap, sizeof cap, (double)host->memory_limit);
    if (host->memory_refused)
        dy_fail(err, "%s: not enough memory: the script wants more than its %s (see --memory)",
                host->file, cap);
    else
        dy_fail(err, "%s: not enough memory: this machine has no more to give", host->file);
}

/* Takes the error object off the stack. Nothing here may throw: no call runs protected any more. */
static void take_error(lua_State *L, int status, dy_error *err)
{
    if (status == LUA_ERRMEM) {
        out_of_memory(dy_host_of(L), err);
    } else if (lua_type(L, -1) == LUA_TSTRING) {
        set_text(err, lua_tostring(L, -1));
    } else if (lua_isinteger(L, -1)) {
        dy_fail(err, "%" PRId64, (int64_t)lua_tointeger(L, -1));
    } else if (lua_type(L, -1) == LUA_TNUMBER) {
        dy_fail(err, "%.14g", lua_tonumber(L, -1));
    } else {
        dy_fail(err, "%s: the error object is a %s; want a string", dy_host_of(L)->file,
                luaL_typename(L, -1));
    }
    lua_pop(L, 1);
}

static int add_trace(lua_State *L)
{
    if (lua_type(L, 1) == LUA_TSTRING) dy_where_trace(L);
    return 1;
}

bool dy_script_call(lua_State *L, int n_args, int n_results, dy_error *err)
{
    lua_State *before = dy_hurry_watch(L);
    int status = lua_pcall(L, n_args, n_results, 0); /* results, or error */
    dy_hurry_watch(before);
    if (status == LUA_OK) return true;
    take_error(L, status, err);
    return false;
}

/* The whole script, below the function that adds the traceback. */
static int run_file(lua_State *L)
{
    dy_host *host = lua_touserdata(L, 1);
    lua_settop(L, 0);
    lua_pushfstring(L, "@%s", host->file); /* chunk */
    int status = dy_source_file(L, AT_FDCWD, host->file, 0, lua_tostring(L, 1));
    if (status != LUA_OK) return lua_error(L); /* chunk function */
    lua_call(L, 0, 0);
    return 0;
}

static int run_traced(lua_State *L)
{
    lua_pushcfunction(L, add_trace); /* host trace */
    lua_insert(L, 1);                /* trace host */
    lua_pushcfunction(L, run_file);  /* trace host run */
    lua_insert(L, 2);                /* trace run host */
    int status = lua_pcall(L, 1, 0, 1);
    return status == LUA_OK ? 0 : lua_error(L); /* which keeps a memory error one */
}

bool dy_script_run(lua_State *L, dy_error *err)
{
    lua_pushcfunction(L, run_traced);
    lua_pushlightuserdata(L, dy_host_of(L)); /* run host */
    return dy_script_call(L, 1, 0, err);
}

static int open_libraries(lua_State *L)
{
    dy_library_open(L);
    return 0;
}

bool dy_script_open(lua_State **state, dy_host *host, dy_error *err)
{
    dy_heap *heap;
    if (!dy_heap_open(&heap, host, err)) return false;
    lua_State *L = lua_newstate(dy_heap_resize, heap);
    if (!L) {
        out_of_memory(host, err);
        dy_heap_close(heap);
        return false;
    }
    *host_slot(L) = host;
    host->random = dy_rng_make(host->seed, "script");
    dy_hurry_start();
    lua_pushcfunction(L, open_libraries);
    if (!dy_script_call(L, 0, 0, err)) {
        dy_script_close(L);
        return false;
    }
    *state = L;
    return true;
}

void dy_script_close(lua_State *L)
{
    void *heap;
    lua_getallocf(L, &heap);
    dy_hurry_watch(NULL);
    dy_host *host = dy_host_of(L);
    lua_close(L);
    dy_replay_close(&host->replay);
    dy_heap_close(heap);
}

void dy_throw(lua_State *L, const dy_error *err)
{
    dy_where_push(L);             /* where */
    lua_pushstring(L, err->text); /* where text */
    lua_concat(L, 2);             /* message */
    lua_error(L);
    __builtin_unreachable(); /* lua_error does not return, but is not declared so */
}
