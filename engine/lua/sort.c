/* sort.c - see sort.h. Runs of 1, 2, 4, ... elements are merged from one table into another and back.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/sort.h"

#include <lauxlib.h>

#include <limits.h>

typedef struct merger {
    lua_State *L;
    int from, to; /* stack indices of the two tables */
    dy_before_fn *before;
} merger;

static void copy(const merger *m, lua_Integer first, lua_Integer last, lua_Integer to)
{
    for (lua_Integer i = first; i <= last; i++, to++) {
        lua_rawgeti(m->L, m->from, i);
        lua_rawseti(m->L, m->to, to);
    }
}

/* Whether the run that ends at `middle` already precedes the one behind it. */
static bool in_order(const merger *m, lua_Integer middle)
{
    int top = lua_gettop(m->L);
    lua_rawgeti(m->L, m->from, middle);
    lua_rawgeti(m->L, m->from, middle + 1); /* left right */
    bool ordered = !m->before(m->L, top + 2, top + 1);
    lua_settop(m->L, top);
    return ordered;
}

/* first..middle and middle+1..last, each in order, become one run of the other table. */
static void merge(const merger *m, lua_Integer first, lua_Integer middle, lua_Integer last)
{
    lua_State *L = m->L;
    if (middle >= last || in_order(m, middle)) {
        copy(m, first, last, first);
        return;
    }
    lua_Integer left = first, right = middle + 1, to = first;
    int a = lua_gettop(L) + 1, b = a + 1;
    lua_rawgeti(L, m->from, left);
    lua_rawgeti(L, m->from, right); /* a b */
    while (left <= middle && right <= last) {
        bool take_right = m->before(L, b, a);
        lua_pushvalue(L, take_right ? b : a); /* a b least */
        lua_rawseti(L, m->to, to++);          /* a b */
        lua_rawgeti(L, m->from, take_right ? ++right : ++left);
        lua_replace(L, take_right ? b : a);
    }
    lua_pop(L, 2);
    copy(m, left, middle, to);
    copy(m, right, last, to + (middle - left + 1));
}

void dy_sort_list(lua_State *L, int list, lua_Integer n, dy_before_fn *before)
{
    if (n < 2) return;
    luaL_checkstack(L, 12, "sort");
    lua_createtable(L, (int)n, 0); /* other */
    merger m = { L, list, lua_gettop(L), before };
    for (lua_Integer width = 1; width < n; width *= 2) {
        for (lua_Integer first = 1; first <= n; first += 2 * width) {
            lua_Integer middle = first + width - 1 < n ? first + width - 1 : n;
            lua_Integer last = middle + width < n ? middle + width : n;
            merge(&m, first, middle, last);
        }
        int swap = m.from;
        m.from = m.to;
        m.to = swap;
    }
    if (m.from != list) copy(&m, 1, n, 1); /* m.to is the list again */
    lua_pop(L, 1);
}

static bool by_default(lua_State *L, int a, int b)
{
    return lua_compare(L, a, b, LUA_OPLT);
}

static bool by_function(lua_State *L, int a, int b)
{
    lua_pushvalue(L, 2); /* the second argument of table.sort */
    lua_pushvalue(L, a);
    lua_pushvalue(L, b);
    lua_call(L, 2, 1);
    bool before = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return before;
}

int dy_sort_table_sort(lua_State *L)
{
    if (lua_type(L, 1) != LUA_TTABLE && !luaL_getmetafield(L, 1, "__index"))
        luaL_checktype(L, 1, LUA_TTABLE);
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_Integer n = luaL_len(L, 1);
    if (n < 2) return 0;
    luaL_argcheck(L, n < INT_MAX, 1, "array too big");
    lua_createtable(L, (int)n, 0); /* t function list */
    for (lua_Integer i = 1; i <= n; i++) {
        lua_geti(L, 1, i);
        lua_rawseti(L, 3, i);
    }
    dy_sort_list(L, 3, n, lua_isnil(L, 2) ? by_default : by_function);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, 3, i);
        lua_seti(L, 1, i);
    }
    return 0;
}
