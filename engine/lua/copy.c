/* copy.c - see copy.h. Each table, function and upvalue is copied once, so what was shared stays shared among the copies.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/copy.h"

#include "lua/readonly.h"

#include <lauxlib.h>

#include <string.h>

enum { VALUES_MOST = 100000, DEPTH_MOST = 150 };

/* A copy under way. */
typedef struct copy {
    lua_State *L;
    int done;     /* stack index of the copies so far, by their originals */
    int upvalues; /* and of those upvalues: by identity, { function, number } */
    int64_t values;
    int depth;
} copy;

static void push_copy(copy *c, int index);

static void note(copy *c, int original)
{
    lua_State *L = c->L;
    lua_pushvalue(L, original); /* .. made original */
    lua_pushvalue(L, -2);       /* .. made original made */
    lua_rawset(L, c->done);     /* .. made */
}

static void push_table_copy(copy *c, int index)
{
    lua_State *L = c->L;
    lua_newtable(L); /* made */
    note(c, index);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) { /* made key value */
        push_copy(c, lua_gettop(L) - 1);                      /* made key value key' */
        push_copy(c, lua_gettop(L) - 1);                      /* made key value key' value' */
        lua_rawset(L, -5);                                    /* made key value */
    }
    if (lua_getmetatable(L, index)) lua_setmetatable(L, -2); /* made */
}

static int append(lua_State *L, const void *piece, size_t size, void *to)
{
    (void)L;
    luaL_addlstring(to, piece, size);
    return 0;
}

/* Pushes the function anew, with upvalues of its own. */
static void push_code(lua_State *L, int index)
{
    luaL_Buffer code;
    size_t size;
    luaL_buffinit(L, &code);
    lua_pushvalue(L, index);
    if (lua_dump(L, append, &code, 0)) luaL_error(L, "a function cannot be copied");
    lua_pop(L, 1);
    luaL_pushresult(&code); /* code */
    const char *bytes = lua_tolstring(L, -1, &size);
    if (luaL_loadbufferx(L, bytes, size, "=copy", "b")) lua_error(L); /* code made */
    lua_remove(L, -2);                                                /* made */
}

/* Gives the function on top its n-th upvalue: a copy, or the one that a copied function shares with the original. */
static void set_upvalue(copy *c, int index, int n)
{
    lua_State *L = c->L;
    int made = lua_gettop(L);
    void *identity = lua_upvalueid(L, index, n);
    if (lua_rawgetp(L, c->upvalues, identity) == LUA_TTABLE) { /* made pair */
        lua_rawgeti(L, -1, 1);                                 /* made pair other */
        lua_rawgeti(L, -2, 2);                                 /* made pair other number */
        lua_upvaluejoin(L, made, n, -2, (int)lua_tointeger(L, -1));
        lua_settop(L, made);
        return;
    }
    lua_settop(L, made);
    lua_createtable(L, 2, 0); /* made pair */
    lua_pushvalue(L, made);
    lua_rawseti(L, -2, 1);
    lua_pushinteger(L, n);
    lua_rawseti(L, -2, 2);
    lua_rawsetp(L, c->upvalues, identity); /* made */
    lua_getupvalue(L, index, n);           /* made value */
    push_copy(c, lua_gettop(L));           /* made value value' */
    lua_setupvalue(L, made, n);            /* made value */
    lua_settop(L, made);
}

static void push_function_copy(copy *c, int index)
{
    lua_State *L = c->L;
    push_code(L, index); /* made */
    note(c, index);
    for (int n = 1; lua_upvalueid(L, index, n); n++) set_upvalue(c, index, n);
}

/* coroutine.wrap hides one in a function of C's. */
static bool holds_coroutine(lua_State *L, int index)
{
    bool found = false;
    for (int n = 1; !found && lua_getupvalue(L, index, n); n++) { /* value */
        found = lua_isthread(L, -1);
        lua_pop(L, 1);
    }
    return found;
}

static void check(copy *c, int index)
{
    lua_State *L = c->L;
    bool hidden = lua_iscfunction(L, index) && holds_coroutine(L, index);
    if (lua_isthread(L, index) || hidden) luaL_error(L, "a coroutine cannot be copied");
    if (++c->values > VALUES_MOST) luaL_error(L, "too many values to copy");
    if (c->depth > DEPTH_MOST) luaL_error(L, "values within values too deep to copy");
    luaL_checkstack(L, 12, "copy");
}

/* Pushes a copy of the value, or the value itself where it is nobody's own. */
static void push_copy(copy *c, int index)
{
    lua_State *L = c->L;
    int top = lua_gettop(L);
    check(c, index);
    bool own =
        lua_istable(L, index) || (lua_isfunction(L, index) && !lua_iscfunction(L, index));
    bool library = own && lua_istable(L, index) && dy_readonly_real(L, index);
    lua_settop(L, top);
    lua_pushvalue(L, index); /* value */
    if (!own || library) return;
    if (lua_rawget(L, c->done) != LUA_TNIL) return; /* copy */
    lua_pop(L, 1);
    c->depth++;
    if (lua_istable(L, index))
        push_table_copy(c, index);
    else
        push_function_copy(c, index);
    c->depth--;
}

void dy_copy_function(lua_State *L, int index)
{
    int function = lua_absindex(L, index);
    lua_newtable(L); /* done */
    lua_newtable(L); /* done upvalues */
    copy c = { .L = L, .done = lua_gettop(L) - 1, .upvalues = lua_gettop(L) };
    push_copy(&c, function); /* done upvalues copy */
    lua_replace(L, c.done);  /* copy upvalues */
    lua_settop(L, c.done);   /* copy */
}
