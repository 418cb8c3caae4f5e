/* arguments.c - a recipe's arguments, from a script's table.
 *
 * One reader per kind of argument; which kinds a recipe takes stands in its table of parameters, so a new recipe
 * needs nothing here. Everything read is copied into the arena of the schedule being made, which the collector frees if a
 * later argument throws.
 *
 * SPDX-License-Identifier: MIT */
#include "lua/schedule_value.h"

#include <math.h>
#include <string.h>

/* What a reader works on: the argument's value is on top of the stack. */
typedef struct reader {
    const dy_fields *f;
    const dy_param *param;
    dy_schedule_value *schedule;
    int schedule_at;
} reader;

static void *take(const reader *r, int64_t count, size_t size)
{
    dy_error err;
    void *memory = dy_arena_take(&r->schedule->arena, count, size, &err);
    if (!memory) dy_fields_fail(r->f, "%s", err.text);
    return memory;
}

static double read_real(const reader *r, const char *what)
{
    lua_State *L = r->f->L;
    if (lua_type(L, -1) != LUA_TNUMBER)
        dy_fields_fail(r->f, "%s is a %s; want a number", what, luaL_typename(L, -1));
    double x = lua_tonumber(L, -1);
    if (!isfinite(x)) dy_fields_fail(r->f, "%s is %g; want a finite number", what, x);
    return x;
}

static dy_time read_time(const reader *r, const char *what)
{
    lua_State *L = r->f->L;
    if (lua_type(L, -1) != LUA_TSTRING) {
        if (lua_type(L, -1) != LUA_TNUMBER)
            dy_fields_fail(r->f, "%s is a %s; want steps, \"30%%\" or \"5 epochs\"", what,
                           luaL_typename(L, -1));
        return (dy_time){ read_real(r, what), DY_STEPS };
    }
    dy_time time;
    dy_error err;
    if (!dy_time_parse(&time, lua_tostring(L, -1), &err))
        dy_fields_fail(r->f, "%s: %s", what, err.text);
    return time;
}

static int read_choice(const reader *r, const char *text, const char *const *choices,
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

/* The table's length, after checking that it is a table. */
static int64_t list_length(const reader *r)
{
    lua_State *L = r->f->L;
    if (lua_type(L, -1) != LUA_TTABLE)
        dy_fields_fail(r->f, "%s is a %s; want a list in braces", r->param->name,
                       luaL_typename(L, -1));
    lua_Unsigned n = lua_rawlen(L, -1);
    if (n == 0) dy_fields_fail(r->f, "%s is an empty list", r->param->name);
    return (int64_t)n;
}

static const char *element(char name[64], const reader *r, int64_t i)
{
    snprintf(name, 64, "%s[%lld]", r->param->name, (long long)i + 1);
    return name;
}

static void read_reals(const reader *r, dy_arg *arg)
{
    char name[64];
    bool alone = r->param->alone && lua_type(r->f->L, -1) == LUA_TNUMBER;
    arg->n = alone ? 1 : list_length(r);
    double *reals = take(r, arg->n, sizeof *reals);
    if (alone) reals[0] = read_real(r, r->param->name);
    for (int64_t i = 0; i < arg->n && !alone; i++) {
        lua_rawgeti(r->f->L, -1, i + 1); /* list value */
        reals[i] = read_real(r, element(name, r, i));
        lua_pop(r->f->L, 1); /* list */
    }
    arg->reals = reals;
}

static void read_times(const reader *r, dy_arg *arg)
{
    char name[64];
    arg->n = list_length(r);
    dy_time *times = take(r, arg->n, sizeof *times);
    for (int64_t i = 0; i < arg->n; i++) {
        lua_rawgeti(r->f->L, -1, i + 1); /* list value */
        times[i] = read_time(r, element(name, r, i));
        lua_pop(r->f->L, 1); /* list */
    }
    arg->times = times;
}

/* The name and the numbers at 3 to 5 of the key at `at`. An ease of one number has 1 where none is given. */
static dy_ease read_ease(const reader *r, int at, const char *what)
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
    while (n < 2 && lua_rawgeti(L, at, 4 + n) != LUA_TNIL) numbers[n++] = read_real(r, what);
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
static dy_timed_key read_key(const reader *r, const char *what)
{
    lua_State *L = r->f->L;
    if (lua_type(L, -1) != LUA_TTABLE)
        dy_fields_fail(r->f, "%s is a %s; want {time, value, ease}", what,
                       luaL_typename(L, -1));
    int at = lua_gettop(L);
    dy_timed_key key = { 0 };
    lua_rawgeti(L, at, 1); /* key time */
    key.time = read_time(r, what);
    lua_rawgeti(L, at, 2); /* key time value */
    key.value = read_real(r, what);
    key.ease = read_ease(r, at, what);
    lua_settop(L, at); /* key */
    return key;
}

static void read_keys(const reader *r, dy_arg *arg)
{
    char name[64];
    arg->n = list_length(r);
    dy_timed_key *keys = take(r, arg->n, sizeof *keys);
    for (int64_t i = 0; i < arg->n; i++) {
        lua_rawgeti(r->f->L, -1, i + 1); /* list key */
        keys[i] = read_key(r, element(name, r, i));
        lua_pop(r->f->L, 1); /* list */
    }
    arg->keys = keys;
}

/* The schedule on top of the stack becomes a part of the one being made, and stays alive with it. */
static const dy_spec *read_part(const reader *r, const char *what)
{
    lua_State *L = r->f->L;
    const dy_spec *spec = dy_to_schedule(L, -1, r->f, what);
    int part = lua_gettop(L);
    lua_getiuservalue(L, r->schedule_at, 1); /* part kept */
    lua_pushvalue(L, part);                  /* part kept part */
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    dy_gather_functions(L, part, part + 1);
    lua_settop(L, part); /* part */
    return spec;
}

static void read_parts(const reader *r, dy_arg *arg)
{
    char name[64];
    bool one = r->param->kind == DY_ARG_SCHEDULE;
    arg->n = one ? 1 : list_length(r);
    typedef const dy_spec *part;
    part *specs = take(r, arg->n, sizeof(part));
    for (int64_t i = 0; i < arg->n && !one; i++) {
        lua_rawgeti(r->f->L, -1, i + 1); /* list part */
        specs[i] = read_part(r, element(name, r, i));
        lua_pop(r->f->L, 1); /* list */
    }
    if (one) specs[0] = read_part(r, r->param->name);
    arg->specs = specs;
}

static double read_count(const reader *r)
{
    double x = read_real(r, r->param->name);
    if (x < 0 || x != floor(x) || x > 9e15)
        dy_fields_fail(r->f, "%s is %g; want a whole number of at least 0", r->param->name, x);
    return x;
}

static double read_truth(const reader *r)
{
    if (lua_type(r->f->L, -1) != LUA_TBOOLEAN)
        dy_fields_fail(r->f, "%s is a %s; want true or false", r->param->name,
                       luaL_typename(r->f->L, -1));
    return lua_toboolean(r->f->L, -1);
}

static double read_name(const reader *r)
{
    if (lua_type(r->f->L, -1) != LUA_TSTRING)
        dy_fields_fail(r->f, "%s is a %s; want a name", r->param->name,
                       luaL_typename(r->f->L, -1));
    return read_choice(r, lua_tostring(r->f->L, -1), r->param->choices, r->param->name);
}

static void read_function(const reader *r, dy_arg *arg)
{
    lua_State *L = r->f->L;
    if (lua_type(L, -1) != LUA_TFUNCTION)
        dy_fields_fail(r->f, "%s is a %s; want a function from a number to a number",
                       r->param->name, luaL_typename(L, -1));
    arg->call = dy_lua_number_call;
    arg->self = dy_keep_function(L, r->schedule_at, -1, r->f);
}

/* momentum, or the first of two betas. */
static void read_optimizer(const reader *r, dy_arg *arg)
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
    double *momentum = take(r, 1, sizeof *momentum);
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

static void read_argument(const reader *r, dy_arg *arg)
{
    arg->given = true;
    switch (r->param->kind) {
    case DY_ARG_REAL: arg->real = read_real(r, r->param->name); break;
    case DY_ARG_COUNT: arg->real = read_count(r); break;
    case DY_ARG_BOOL: arg->real = read_truth(r); break;
    case DY_ARG_CHOICE:
        if (r->param->callable && lua_type(r->f->L, -1) == LUA_TFUNCTION)
            read_function(r, arg);
        else
            arg->real = read_name(r);
        break;
    case DY_ARG_TIME: arg->time = read_time(r, r->param->name); break;
    case DY_ARG_REALS: read_reals(r, arg); break;
    case DY_ARG_TIMES: read_times(r, arg); break;
    case DY_ARG_KEYS: read_keys(r, arg); break;
    case DY_ARG_SCHEDULE:
    case DY_ARG_SCHEDULES: read_parts(r, arg); break;
    case DY_ARG_FUNCTION: read_function(r, arg); break;
    case DY_ARG_OPTIMIZER: read_optimizer(r, arg); break;
    }
}

void dy_read_arguments(const dy_fields *f, const dy_recipe *recipe, int index)
{
    lua_State *L = f->L;
    reader r = { .f = f,
                 .schedule = lua_touserdata(L, index),
                 .schedule_at = lua_absindex(L, index) };
    luaL_checkstack(L, 16, "schedule arguments");
    r.schedule->spec->recipe = recipe;
    for (int i = 0; recipe->params[i].name; i++) {
        r.param = &recipe->params[i];
        if (dy_fields_push(f, r.param->name) != LUA_TNIL) /* value */
            read_argument(&r, &r.schedule->spec->args[i]);
        else if (r.param->required)
            dy_fields_fail(f, "%s is missing (%s)", r.param->name, r.param->meaning);
        lua_pop(L, 1);
    }
}
