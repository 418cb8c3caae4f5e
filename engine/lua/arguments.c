/* arguments.c - a recipe's arguments, from a script's table.
 *
 * One reader per kind of argument; which kinds a recipe takes stands in its table of parameters, so a new recipe
 * needs nothing here. Everything read is copied into the arena of the schedule being made, which the collector frees if a
 * later argument throws.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The table's length, after checking that it is a table. */
static int64_t list_length(const dy_reader *r)
{
    lua_State *L = r->f->L;
    if (lua_type(L, -1) != LUA_TTABLE)
        dy_fields_fail(r->f, "%s is a %s; want a list in braces", r->param->name,
                       luaL_typename(L, -1));
    lua_Unsigned n = lua_rawlen(L, -1);
    if (n == 0 && !r->param->may_be_empty)
        dy_fields_fail(r->f, "%s is an empty list", r->param->name);
    return (int64_t)n;
}

static const char *element(char name[64], const dy_reader *r, int64_t i)
{
    snprintf(name, 64, "%s[%lld]", r->param->name, (long long)i + 1);
    return name;
}

/* How many keys the table has, after checking that it is a table and each key of one type. */
static int64_t map_length(const dy_reader *r, int key_type, const char *wanted)
{
    lua_State *L = r->f->L;
    int64_t n = 0;
    if (lua_type(L, -1) != LUA_TTABLE)
        dy_fields_fail(r->f, "%s is a %s; want %s", r->param->name, luaL_typename(L, -1),
                       wanted);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) { /* map key value */
        if (lua_type(L, -2) != key_type)
            dy_fields_fail(r->f, "%s has a %s for a key; want %s", r->param->name,
                           luaL_typename(L, -2), wanted);
        n++;
    }
    if (n == 0 && !r->param->may_be_empty)
        dy_fields_fail(r->f, "%s is empty; want %s", r->param->name, wanted);
    return n;
}

static int by_x(const void *a, const void *b)
{
    double x = ((const dy_pair *)a)->x, y = ((const dy_pair *)b)->x;
    return (x > y) - (x < y);
}

static void read_map(const dy_reader *r, dy_arg *arg)
{
    lua_State *L = r->f->L;
    char name[64];
    arg->n = map_length(r, LUA_TNUMBER, "numbers by number, { [30] = 0.1 }");
    dy_pair *pairs = dy_reader_take(r, arg->n, sizeof *pairs), *next = pairs;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) { /* map key value */
        next->x = lua_tonumber(L, -2);
        snprintf(name, sizeof name, "%s[%g]", r->param->name, next->x);
        next++->y = dy_read_real(r, name);
    }
    qsort(pairs, (size_t)arg->n, sizeof *pairs, by_x);
    arg->pairs = pairs;
}

/* The schedule on top of the stack, or the arguments of one, becomes a part of the one being made, and stays alive with it. */
static const dy_spec *read_part(const dy_reader *r, const char *what)
{
    lua_State *L = r->f->L;
    if (r->param->of && lua_type(L, -1) == LUA_TTABLE) {
        char whose[128];
        snprintf(whose, sizeof whose, "%s: %s", r->f->what, what);
        dy_push_recipe(L, dy_recipe_find(r->param->of), -1, whose); /* options part */
        lua_replace(L, -2);                                         /* part */
    }
    const dy_spec *spec = dy_to_schedule(L, -1, r->f, what);
    dy_keep_part(L, r->schedule_at, lua_gettop(L));
    return spec;
}

typedef const char *text;
typedef const dy_spec *part;

/* Reads what is on top of the stack into *to. */
typedef void read_fn(const dy_reader *r, const char *what, void *to);

static void read_real_to(const dy_reader *r, const char *what, void *to)
{
    *(double *)to = dy_read_real(r, what);
}

static void read_time_to(const dy_reader *r, const char *what, void *to)
{
    *(dy_time *)to = dy_read_time(r, what);
}

static void read_key_to(const dy_reader *r, const char *what, void *to)
{
    *(dy_timed_key *)to = dy_read_key(r, what);
}

static void read_pair_to(const dy_reader *r, const char *what, void *to)
{
    *(dy_pair *)to = dy_read_pair(r, what);
}

static void read_text_to(const dy_reader *r, const char *what, void *to)
{
    *(text *)to = dy_read_text(r, what);
}

static void read_part_to(const dy_reader *r, const char *what, void *to)
{
    *(part *)to = read_part(r, what);
}

/* The elements, `size` bytes each. */
static void *read_list(const dy_reader *r, dy_arg *arg, size_t size, read_fn *read)
{
    char name[64];
    arg->n = list_length(r);
    char *list = dy_reader_take(r, arg->n, size);
    for (int64_t i = 0; i < arg->n; i++) {
        lua_rawgeti(r->f->L, -1, i + 1); /* list value */
        read(r, element(name, r, i), list + (size_t)i * size);
        lua_pop(r->f->L, 1); /* list */
    }
    return list;
}

/* What is no list, as a list of one. */
static void *read_one(const dy_reader *r, dy_arg *arg, size_t size, read_fn *read)
{
    arg->n = 1;
    void *list = dy_reader_take(r, 1, size);
    read(r, r->param->name, list);
    return list;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const text *)a, *(const text *)b);
}

/* In the order of their names, whatever the table's is. */
static void read_named(const dy_reader *r, dy_arg *arg)
{
    lua_State *L = r->f->L;
    char what[128];
    arg->n = map_length(r, LUA_TSTRING, "schedules by name, { lr = ... }");
    text *names = dy_reader_take(r, arg->n, sizeof(text)), *next = names;
    part *specs = dy_reader_take(r, arg->n, sizeof(part));
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) { /* map name part */
        lua_pushvalue(L, -2);                              /* map name part name */
        *next++ = dy_read_text(r, r->param->name);
        lua_pop(L, 1); /* map name part */
    }
    qsort(names, (size_t)arg->n, sizeof(text), by_name);
    for (int64_t i = 0; i < arg->n; i++) {
        snprintf(what, sizeof what, "%s.%.60s", r->param->name, names[i]);
        lua_pushstring(L, names[i]);
        lua_rawget(L, -2); /* map part */
        specs[i] = read_part(r, what);
        lua_pop(L, 1); /* map */
    }
    arg->names = names;
    arg->specs = specs;
}

static void read_function(const dy_reader *r, dy_arg *arg)
{
    lua_State *L = r->f->L;
    if (lua_type(L, -1) != LUA_TFUNCTION)
        dy_fields_fail(r->f, "%s is a %s; want a function from a number to a number",
                       r->param->name, luaL_typename(L, -1));
    arg->call = dy_lua_number_call;
    arg->self = dy_keep_function(L, r->schedule_at, -1, r->f);
}

/* momentum, or the first of two betas. */
static void read_optimizer(const dy_reader *r, dy_arg *arg)
{
    static const char *const NAMES[] = { "lr", "momentum", "betas", NULL };
    lua_State *L = r->f->L;
    char what[128];
    snprintf(what, sizeof what, "%s: %s", r->f->what, r->param->name);
    if (lua_type(L, -1) != LUA_TTABLE)
        dy_fields_fail(r->f, "%s is a %s; want { lr = 0.1, momentum = 0.9 }", r->param->name,
                       luaL_typename(L, -1));
    dy_fields f = dy_fields_open(L, -1, what, NAMES, false);
    arg->real = dy_field_real(&f, "lr", NAN, 0, HUGE_VAL);
    if (dy_fields_has(&f, "momentum") && dy_fields_has(&f, "betas"))
        dy_fields_fail(&f, "both momentum and betas given; want at most one");
    double *momentum = dy_reader_take(r, 1, sizeof *momentum);
    if (dy_fields_has(&f, "momentum")) {
        arg->n = 1;
        *momentum = dy_field_real(&f, "momentum", 0, 0, 1);
    } else if (dy_fields_push(&f, "betas") != LUA_TNIL) { /* betas */
        if (lua_type(L, -1) != LUA_TTABLE || lua_rawgeti(L, -1, 1) != LUA_TNUMBER)
            dy_fields_fail(&f, "betas is no list of numbers; want { 0.9, 0.999 }");
        arg->n = 1; /* betas beta */
        *momentum = lua_tonumber(L, -1);
        lua_pop(L, 2);
    } else {
        lua_pop(L, 1);
    }
    arg->reals = momentum;
}

static void read_given(dy_reader r, dy_spec *spec, bool complete);

/* A table of arguments of the recipe that the first argument names. */
static void read_options(const dy_reader *r, dy_arg *arg)
{
    lua_State *L = r->f->L;
    dy_spec *spec = dy_reader_take(r, 1, sizeof *spec);
    const dy_spec **specs = dy_reader_take(r, 1, sizeof(const dy_spec *));
    const char *names[DY_PARAMS_MAX + 1] = { NULL };
    char what[160];
    if (lua_type(L, -1) != LUA_TTABLE)
        dy_fields_fail(r->f, "%s is a %s; want a table", r->param->name, luaL_typename(L, -1));
    spec->recipe = dy_recipe_find(r->param->recipes[(int)r->schedule->spec->args[0].real]);
    for (int i = 0; spec->recipe->params[i].name; i++) names[i] = spec->recipe->params[i].name;
    snprintf(what, sizeof what, "%s: %s", r->f->what, r->param->name);
    dy_fields f = dy_fields_open(L, -1, what, names, false);
    read_given((dy_reader){ .f = &f, .schedule = r->schedule, .schedule_at = r->schedule_at },
               spec, false);
    specs[0] = spec;
    arg->n = 1;
    arg->specs = specs;
}

static void read_argument(const dy_reader *r, dy_arg *arg)
{
    arg->given = true;
    switch (r->param->kind) {
    case DY_ARG_REAL: arg->real = dy_read_real(r, r->param->name); break;
    case DY_ARG_COUNT: arg->real = dy_read_count(r); break;
    case DY_ARG_BOOL: arg->real = dy_read_truth(r); break;
    case DY_ARG_CHOICE:
        if (r->param->callable && lua_type(r->f->L, -1) == LUA_TFUNCTION)
            read_function(r, arg);
        else
            arg->real = dy_read_name(r);
        break;
    case DY_ARG_TIME: arg->time = dy_read_time(r, r->param->name); break;
    case DY_ARG_REALS:
        arg->reals = (r->param->alone && lua_type(r->f->L, -1) == LUA_TNUMBER
                          ? read_one
                          : read_list)(r, arg, sizeof(double), read_real_to);
        break;
    case DY_ARG_TIMES: arg->times = read_list(r, arg, sizeof(dy_time), read_time_to); break;
    case DY_ARG_KEYS: arg->keys = read_list(r, arg, sizeof(dy_timed_key), read_key_to); break;
    case DY_ARG_PAIRS: arg->pairs = read_list(r, arg, sizeof(dy_pair), read_pair_to); break;
    case DY_ARG_TEXTS: arg->names = read_list(r, arg, sizeof(text), read_text_to); break;
    case DY_ARG_TEXT: arg->names = read_one(r, arg, sizeof(text), read_text_to); break;
    case DY_ARG_SCHEDULES: arg->specs = read_list(r, arg, sizeof(part), read_part_to); break;
    case DY_ARG_SCHEDULE: arg->specs = read_one(r, arg, sizeof(part), read_part_to); break;
    case DY_ARG_MAP: read_map(r, arg); break;
    case DY_ARG_NAMED: read_named(r, arg); break;
    case DY_ARG_FUNCTION: read_function(r, arg); break;
    case DY_ARG_OPTIMIZER: read_optimizer(r, arg); break;
    case DY_ARG_OPTIONS: read_options(r, arg); break;
    }
}

static void read_given(dy_reader r, dy_spec *spec, bool complete)
{
    lua_State *L = r.f->L;
    luaL_checkstack(L, 16, "schedule arguments");
    for (int i = 0; spec->recipe->params[i].name; i++) {
        r.param = &spec->recipe->params[i];
        if (dy_fields_push(r.f, r.param->name) != LUA_TNIL) /* value */
            read_argument(&r, &spec->args[i]);
        else if (r.param->required && complete)
            dy_fields_fail(r.f, "%s is missing (%s)", r.param->name, r.param->meaning);
        lua_pop(L, 1);
    }
}

void dy_read_arguments(const dy_fields *f, const dy_recipe *recipe, int index)
{
    dy_reader r = { .f = f,
                    .schedule = lua_touserdata(f->L, index),
                    .schedule_at = lua_absindex(f->L, index) };
    r.schedule->spec->recipe = recipe;
    read_given(r, r.schedule->spec, true);
}
