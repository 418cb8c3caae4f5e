/* fields.c - see fields.h.   SPDX-License-Identifier: MIT */
#include "lua/fields.h"

#include "base/text.h"

#include <lauxlib.h>

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE_MAX = 400 };

_Noreturn static void fail(lua_State *L)
{
    lua_error(L);
    __builtin_unreachable(); /* lua_error does not return, but is not declared so */
}

_Noreturn void dy_fields_fail(const dy_fields *f, const char *format, ...)
{
    char text[MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    luaL_where(f->L, 1);
    lua_pushfstring(f->L, "%s: %s", f->what, text);
    lua_concat(f->L, 2);
    fail(f->L);
}

static bool listed(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0) return true;
    return false;
}

_Noreturn static void unknown_field(const dy_fields *f, const char *name,
                                    const char *const *names)
{
    int n = 0;
    while (names[n]) n++;
    const char *nearest = dy_nearest(name, names, n);
    if (nearest) dy_fields_fail(f, "unknown field '%.60s' (did you mean '%s'?)", name, nearest);
    char list[300] = "";
    for (int i = 0; i < n; i++) {
        strncat(list, i ? ", " : "", sizeof list - strlen(list) - 1);
        strncat(list, names[i], sizeof list - strlen(list) - 1);
    }
    dy_fields_fail(f, "unknown field '%.60s'; the fields are %s", name, list);
}

dy_fields dy_fields_open(lua_State *L, int index, const char *what, const char *const *names,
                         bool positional)
{
    dy_fields f = { L, lua_absindex(L, index), what };
    if (lua_type(L, f.at) != LUA_TTABLE)
        dy_fields_fail(&f, "wants a table of options, %s { ... }; got %s", what,
                       luaL_typename(L, f.at));
    lua_pushnil(L);
    while (lua_next(L, f.at)) { /* key value */
        if (lua_type(L, -2) == LUA_TSTRING) {
            if (!listed(lua_tostring(L, -2), names))
                unknown_field(&f, lua_tostring(L, -2), names);
        } else if (!positional || !lua_isinteger(L, -2)) {
            dy_fields_fail(&f, "options have names; got a value without one (a %s key)",
                           luaL_typename(L, -2));
        }
        lua_pop(L, 1); /* key */
    }
    return f;
}

int dy_fields_push(const dy_fields *f, const char *name)
{
    lua_pushstring(f->L, name);
    return lua_rawget(f->L, f->at); /* value */
}

bool dy_fields_has(const dy_fields *f, const char *name)
{
    bool has = dy_fields_push(f, name) != LUA_TNIL;
    lua_pop(f->L, 1);
    return has;
}

double dy_field_real(const dy_fields *f, const char *name, double preset, double least,
                     double most)
{
    int type = dy_fields_push(f, name); /* value */
    if (type == LUA_TNIL && isnan(preset)) dy_fields_fail(f, "%s is missing", name);
    if (type != LUA_TNIL && type != LUA_TNUMBER)
        dy_fields_fail(f, "%s is a %s; want a number", name, lua_typename(f->L, type));
    double x = type == LUA_TNIL ? preset : lua_tonumber(f->L, -1);
    if (type != LUA_TNIL && !(x >= least && x <= most)) {
        if (isinf(most))
            dy_fields_fail(f, "%s is %.9g; want a number of at least %.9g", name, x, least);
        dy_fields_fail(f, "%s is %.9g; want %.9g to %.9g", name, x, least, most);
    }
    lua_pop(f->L, 1);
    return x;
}

int64_t dy_field_count(const dy_fields *f, const char *name, int64_t preset, int64_t least,
                       int64_t most)
{
    int type = dy_fields_push(f, name); /* value */
    if (type == LUA_TNIL && preset == INT64_MIN) dy_fields_fail(f, "%s is missing", name);
    if (type != LUA_TNIL && type != LUA_TNUMBER)
        dy_fields_fail(f, "%s is a %s; want a whole number", name, lua_typename(f->L, type));
    int whole = 1;
    int64_t n = type == LUA_TNIL ? preset : lua_tointegerx(f->L, -1, &whole);
    if (type != LUA_TNIL && (!whole || n < least || n > most)) {
        char from[32], to[32];
        dy_format_count(from, sizeof from, least);
        dy_format_count(to, sizeof to, most);
        dy_fields_fail(f, "%s is %.14g; want a whole number from %s to %s", name,
                       lua_tonumber(f->L, -1), from, to);
    }
    lua_pop(f->L, 1);
    return n;
}

bool dy_field_bool(const dy_fields *f, const char *name, bool preset)
{
    int type = dy_fields_push(f, name); /* value */
    if (type != LUA_TNIL && type != LUA_TBOOLEAN)
        dy_fields_fail(f, "%s is a %s; want true or false", name, lua_typename(f->L, type));
    bool x = type == LUA_TNIL ? preset : lua_toboolean(f->L, -1);
    lua_pop(f->L, 1);
    return x;
}

const char *dy_field_text(const dy_fields *f, const char *name, const char *preset)
{
    int type = dy_fields_push(f, name); /* value */
    if (type != LUA_TNIL && type != LUA_TSTRING)
        dy_fields_fail(f, "%s is a %s; want a string", name, lua_typename(f->L, type));
    size_t len = 0;
    const char *text = type == LUA_TNIL ? preset : lua_tolstring(f->L, -1, &len);
    if (type != LUA_TNIL && strlen(text) != len)
        dy_fields_fail(f, "%s has a zero byte in it", name);
    lua_pop(f->L, 1); /* the table still holds the string */
    return text;
}

_Noreturn static void not_a_choice(const dy_fields *f, const char *name, const char *text,
                                   const char *const *choices)
{
    char list[300] = "";
    for (int i = 0; choices[i]; i++) {
        size_t room = sizeof list - strlen(list) - 1;
        strncat(list, i == 0 ? "'" : choices[i + 1] ? "', '" : "' or '", room);
        strncat(list, choices[i], sizeof list - strlen(list) - 1);
    }
    dy_fields_fail(f, "%s is '%.60s'; want %s'", name, text, list);
}

int dy_field_choice(const dy_fields *f, const char *name, int preset,
                    const char *const *choices)
{
    const char *text = dy_field_text(f, name, NULL);
    if (!text && preset < 0) dy_fields_fail(f, "%s is missing", name);
    if (!text) return preset;
    for (int i = 0; choices[i]; i++)
        if (strcmp(text, choices[i]) == 0) return i;
    not_a_choice(f, name, text, choices);
}
