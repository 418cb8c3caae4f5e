/* reader.c - see reader.h.   SPDX-License-Identifier: MIT */
#include "lua/reader.h"

#include <math.h>
#include <string.h>

void *dy_reader_take(const dy_reader *r, int64_t count, size_t size)
{
    dy_error err;
    void *memory = dy_arena_take(&r->schedule->arena, count, size, &err);
    if (!memory) dy_fields_fail(r->f, "%s", err.text);
    return memory;
}

double dy_read_real(const dy_reader *r, const char *what)
{
    lua_State *L = r->f->L;
    if (lua_type(L, -1) != LUA_TNUMBER)
        dy_fields_fail(r->f, "%s is a %s; want a number", what, luaL_typename(L, -1));
    double x = lua_tonumber(L, -1);
    if (!isfinite(x)) dy_fields_fail(r->f, "%s is %g; want a finite number", what, x);
    return x;
}

dy_time dy_read_time(const dy_reader *r, const char *what)
{
    lua_State *L = r->f->L;
    if (lua_type(L, -1) != LUA_TSTRING) {
        if (lua_type(L, -1) != LUA_TNUMBER)
            dy_fields_fail(r->f, "%s is a %s; want steps, \"30%%\" or \"5 epochs\"", what,
                           luaL_typename(L, -1));
        return (dy_time){ dy_read_real(r, what), DY_STEPS };
    }
    dy_time time;
    dy_error err;
    if (!dy_time_parse(&time, lua_tostring(L, -1), &err))
        dy_fields_fail(r->f, "%s: %s", what, err.text);
    return time;
}

static int read_choice(const dy_reader *r, const char *text, const char *const *choices,
                       const char *what)
{
    char list[200] = "";
    for (int i = 0; choices[i]; i++) {
        if (strcmp(text, choices[i]) == 0) return i;
        strncat(list, i ? ", " : "", sizeof list - strlen(list) - 1);
        strncat(list, choices[i], sizeof list - strlen(list) - 1);
    }
    dy_fields_fail(r->f, "%s is '%.40s'; want one of %s", what, text, list);
}

/* The name and the numbers at 3 to 5 of the key at `at`. An ease of one number has 1 where none is given. */
static dy_ease read_ease(const dy_reader *r, int at, const char *what)
{
    lua_State *L = r->f->L;
    dy_ease ease = { .kind = DY_EASE_LINEAR };
    if (lua_rawgeti(L, at, 3) != LUA_TNIL) { /* ease */
        if (lua_type(L, -1) != LUA_TSTRING)
            dy_fields_fail(r->f, "%s: the ease is a %s; want a name", what,
                           luaL_typename(L, -1));
        ease.kind = (dy_ease_kind)read_choice(r, lua_tostring(L, -1), DY_EASE_NAMES, what);
    }
    const dy_ease_form *form = &DY_EASE_FORMS[ease.kind];
    double numbers[] = { form->n == 1, 0 };
    int n = 0;
    while (n < 2 && lua_rawgeti(L, at, 4 + n) != LUA_TNIL) numbers[n++] = dy_read_real(r, what);
    if (n > form->n)
        dy_fields_fail(r->f, "%s: %s with %d numbers; it takes %d", what,
                       DY_EASE_NAMES[ease.kind], n, form->n);
    if (form->n == 2 && n < 2)
        dy_fields_fail(r->f, "%s: %s wants two numbers after it, %s and %s", what,
                       DY_EASE_NAMES[ease.kind], form->names[0], form->names[1]);
    ease.x = numbers[0];
    ease.y = numbers[1];
    return ease;
}

/* {time, value [, ease [, number ...]]} on top of the stack. */
dy_timed_key dy_read_key(const dy_reader *r, const char *what)
{
    lua_State *L = r->f->L;
    if (lua_type(L, -1) != LUA_TTABLE)
        dy_fields_fail(r->f, "%s is a %s; want {time, value, ease}", what,
                       luaL_typename(L, -1));
    int at = lua_gettop(L);
    dy_timed_key key = { 0 };
    lua_rawgeti(L, at, 1); /* key time */
    key.time = dy_read_time(r, what);
    lua_rawgeti(L, at, 2); /* key time value */
    key.value = dy_read_real(r, what);
    key.ease = read_ease(r, at, what);
    lua_settop(L, at); /* key */
    return key;
}

/* {number, number} on top of the stack. */
dy_pair dy_read_pair(const dy_reader *r, const char *what)
{
    lua_State *L = r->f->L;
    if (lua_type(L, -1) != LUA_TTABLE || lua_rawlen(L, -1) != 2)
        dy_fields_fail(r->f, "%s is a %s; want a pair of numbers, {30, 0.1}", what,
                       lua_type(L, -1) == LUA_TTABLE ? "table of another length"
                                                     : luaL_typename(L, -1));
    dy_pair pair;
    lua_rawgeti(L, -1, 1); /* pair x */
    pair.x = dy_read_real(r, what);
    lua_rawgeti(L, -2, 2); /* pair x y */
    pair.y = dy_read_real(r, what);
    lua_pop(L, 2); /* pair */
    return pair;
}

/* The text on top of the stack, copied. */
const char *dy_read_text(const dy_reader *r, const char *what)
{
    lua_State *L = r->f->L;
    size_t length;
    if (lua_type(L, -1) != LUA_TSTRING)
        dy_fields_fail(r->f, "%s is a %s; want a name", what, luaL_typename(L, -1));
    const char *text = lua_tolstring(L, -1, &length);
    if (strlen(text) != length) dy_fields_fail(r->f, "%s has a NUL inside", what);
    char *copy = dy_reader_take(r, (int64_t)length + 1, 1);
    memcpy(copy, text, length + 1);
    return copy;
}

double dy_read_count(const dy_reader *r)
{
    double x = dy_read_real(r, r->param->name);
    if (x < 0 || x != floor(x) || x > 9e15)
        dy_fields_fail(r->f, "%s is %g; want a whole number of at least 0", r->param->name, x);
    return x;
}

double dy_read_truth(const dy_reader *r)
{
    if (lua_type(r->f->L, -1) != LUA_TBOOLEAN)
        dy_fields_fail(r->f, "%s is a %s; want true or false", r->param->name,
                       luaL_typename(r->f->L, -1));
    return lua_toboolean(r->f->L, -1);
}

double dy_read_name(const dy_reader *r)
{
    if (lua_type(r->f->L, -1) != LUA_TSTRING)
        dy_fields_fail(r->f, "%s is a %s; want a name", r->param->name,
                       luaL_typename(r->f->L, -1));
    return read_choice(r, lua_tostring(r->f->L, -1), r->param->choices, r->param->name);
}
