/* bind_train.c - derny.train and derny.race: runs that Derny drives.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "lua/keep_weights.h"
#include "lua/run_value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void set_number(lua_State *L, const char *name, double x)
{
    lua_pushnumber(L, x);      /* event x */
    lua_setfield(L, -2, name); /* event */
}

/* Adds to the table on top what a lane stands at. */
static void describe_lane(lua_State *L, const dy_session *session, int lane)
{
    dy_run_view run = dy_session_run(session, lane);
    int64_t len = dy_tape_len(run.tape);
    int64_t from = len > run.card->epoch_steps ? len - run.card->epoch_steps : 0;
    double sum = 0;
    for (int64_t i = from; i < len; i++) sum += dy_tape_at(run.tape, DY_LOSS, i);
    lua_pushstring(L, run.card->name); /* event name */
    lua_setfield(L, -2, "name");       /* event */
    lua_pushstring(
        L, dy_status_name((dy_status)atomic_load(&run.outcome->status))); /* event status */
    lua_setfield(L, -2, "status");                                        /* event */
    if (len > 0) {
        dy_sample last = dy_tape_sample(run.tape, len - 1);
        set_number(L, "lr", last.lr);
        set_number(L, "momentum", last.momentum);
        set_number(L, "loss", (double)last.loss);
        set_number(L, "train_loss", sum / (double)(len - from));
    }
    if (!isnan(run.outcome->test_loss)) set_number(L, "test_loss", run.outcome->test_loss);
    if (!isnan(run.outcome->test_accuracy))
        set_number(L, "test_accuracy", run.outcome->test_accuracy);
}

/* What on_epoch is told: the first lane's standing, and under `runs` every lane's. */
static void push_event(lua_State *L, const dy_session *session)
{
    int64_t updates = dy_session_updates(session);
    lua_createtable(L, 0, 12); /* event */
    lua_pushinteger(L, (updates + dy_session_epoch_steps(session) - 1) /
                           dy_session_epoch_steps(session));
    lua_setfield(L, -2, "epoch"); /* event */
    lua_pushinteger(L, updates);
    lua_setfield(L, -2, "step"); /* event */
    lua_pushinteger(L, dy_session_steps(session));
    lua_setfield(L, -2, "steps"); /* event */
    describe_lane(L, session, 0);
    lua_newtable(L); /* event runs */
    for (int lane = 0; lane < dy_session_lanes(session); lane++) {
        lua_createtable(L, 0, 8); /* event runs lane */
        describe_lane(L, session, lane);
        lua_rawseti(L, -2, lane + 1); /* event runs */
    }
    lua_setfield(L, -2, "runs"); /* event */
}

/* Calls on_epoch, at stack index `callback`; a false from it stops the run. */
static void tell_epoch(lua_State *L, dy_session *session, int callback)
{
    lua_pushvalue(L, callback); /* callback */
    push_event(L, session);     /* callback event */
    lua_call(L, 1, 1);          /* go on? */
    if (lua_isboolean(L, -1) && !lua_toboolean(L, -1)) dy_session_stop(session);
    lua_pop(L, 1);
}

/* Steps the run at stack index `run` to its end. */
static void drive(lua_State *L, int run, int callback)
{
    dy_session *session = ((dy_run_value *)lua_touserdata(L, run))->session;
    bool calls = !lua_isnil(L, callback);
    int64_t told = 0;
    while (dy_session_more(session)) {
        dy_run_step(L, run);
        int64_t moment = dy_session_moment(session);
        bool epoch_over = dy_session_epoch_over(session) || !dy_session_more(session);
        if (!calls || !epoch_over || moment == told) continue;
        told = moment;
        tell_epoch(L, session, callback);
    }
}

/* Pushes on_epoch, or nil, after checking that it is a function. */
static int push_callback(const dy_fields *f)
{
    int type = dy_fields_push(f, "on_epoch"); /* callback */
    if (type != LUA_TNIL && type != LUA_TFUNCTION)
        dy_fields_fail(f, "on_epoch is a %s; want a function", lua_typename(f->L, type));
    return lua_gettop(f->L);
}

/* What a run without a name is called: its script's. */
static const char *default_name(lua_State *L)
{
    const dy_host *host = dy_host_of(L);
    const char *file = host->name ? host->name : host->file;
    const char *slash = strrchr(file, '/');
    const char *base = slash ? slash + 1 : file;
    size_t len = strlen(base);
    if (len > 4 && strcmp(base + len - 4, ".lua") == 0) len -= 4;
    return lua_pushlstring(L, base, len);
}

/* Pushes the run that the options describe, driven to its end; it is still open, unless a sweep knew it. */
static dy_run_value *train(lua_State *L, const dy_fields *f, const char *name)
{
    int callback = push_callback(f); /* callback */
    if (dy_fields_push(f, "schedule") == LUA_TNIL)
        dy_fields_fail(f, "schedule is missing; a number is a constant lr: schedule = 0.1");
    dy_run_value *run = dy_push_run(f, 1, &name, false); /* callback run */
    int at = lua_gettop(L);
    lua_toclose(L, at); /* an error in on_epoch ends the run */
    if (run->session) drive(L, at, callback);
    return run;
}

int dy_train(lua_State *L)
{
    dy_fields f = dy_fields_open(L, 1, "derny.train", DY_RUN_FIELDS, false);
    lua_settop(L, 1);
    const char *name = dy_field_text(&f, "name", NULL);
    if (!name) name = default_name(L); /* options name */
    dy_run_value *run = train(L, &f, name);
    dy_push_result(L, run->session, 0); /* .. run result */
    dy_run_close(L, run);
    return 1;
}

int dy_train_quietly(lua_State *L)
{
    dy_fields f = dy_fields_open(L, 1, "derny.sweep: run", DY_RUN_FIELDS, false);
    dy_run_value *run = train(L, &f, lua_tostring(L, 2));
    dy_run_close(L, run);
    return 0;
}

static bool is_field(const char *name)
{
    for (const char *const *field = DY_RUN_FIELDS; *field; field++)
        if (strcmp(name, *field) == 0) return true;
    return strcmp(name, "riders") == 0;
}

/* Any name may be a rider's; a number under a name that is nearly an option's is taken for a slip, since `epoch = 40`
 * would make a fine rider at lr 40. */
static void check_rider(const dy_fields *f, const char *name, int type)
{
    int n = 0;
    while (DY_RUN_FIELDS[n]) n++;
    const char *nearest = dy_nearest(name, DY_RUN_FIELDS, n);
    bool schedule = type == LUA_TUSERDATA || type == LUA_TFUNCTION;
    if (schedule || (type == LUA_TNUMBER && !nearest)) return;
    if (!nearest) dy_fields_fail(f, "'%.60s' is neither an option nor a schedule", name);
    dy_fields_fail(f,
                   "unknown field '%.60s' (did you mean '%s'?); a rider of that name goes into "
                   "riders = { ... }",
                   name, nearest);
}

/* Copies from the table at `from` those entries that are riders into the table at `into`. */
static void gather_riders(const dy_fields *f, int from, int into, bool among_options)
{
    lua_State *L = f->L;
    lua_pushnil(L);
    while (lua_next(L, from)) { /* name value */
        if (lua_type(L, -2) != LUA_TSTRING)
            dy_fields_fail(f, "a rider has a name: [\"one cycle\"] = derny.one_cycle { ... }");
        const char *name = lua_tostring(L, -2);
        if (among_options && is_field(name)) {
            lua_pop(L, 1); /* name */
            continue;
        }
        if (among_options) check_rider(f, name, lua_type(L, -1));
        lua_pushvalue(L, -2); /* name value name */
        lua_insert(L, -2);    /* name name value */
        lua_rawset(L, into);  /* name */
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Pushes the table of riders and then their schedules, in the order of their names, which is the only one that a table with
 * names has twice. Returns how many. */
static int push_riders(const dy_fields *f, const char *names[DY_LANES_MAX])
{
    lua_State *L = f->L;
    lua_newtable(L); /* riders */
    int riders = lua_gettop(L);
    gather_riders(f, f->at, riders, true);
    if (dy_fields_push(f, "riders") == LUA_TTABLE) gather_riders(f, riders + 1, riders, false);
    lua_settop(L, riders);
    int n = 0;
    lua_pushnil(L);
    while (lua_next(L, riders)) { /* riders name value */
        if (n == DY_LANES_MAX) dy_fields_fail(f, "more than %d riders", DY_LANES_MAX);
        names[n++] = lua_tostring(L, -2);
        lua_pop(L, 1); /* riders name */
    }
    if (n == 0)
        dy_fields_fail(
            f, "no riders; name some schedules: [\"one cycle\"] = derny.one_cycle { ... }");
    qsort(names, (size_t)n, sizeof *names, by_name);
    luaL_checkstack(L, n + 8, "riders");
    for (int i = 0; i < n; i++) {
        lua_pushstring(L, names[i]);
        lua_rawget(L, riders); /* riders schedule.. */
    }
    return n;
}

/* What the script knows the lane as: its rider's name (the board may have had to number it), or of a fork its run's. */
static const char *name_of(const dy_session *session, int lane, const char *const *names,
                           int riders)
{
    return lane < riders ? names[lane] : dy_session_run(session, lane).card->name;
}

/* result[i], result[name], and result.best: the best test accuracy, or else the least loss. Forks come after the riders. */
static void push_results(lua_State *L, const dy_session *session, const char *const *names,
                         int riders)
{
    int lanes = dy_session_lanes(session);
    lua_createtable(L, lanes, lanes + 1); /* results */
    for (int lane = 0; lane < lanes; lane++) {
        dy_push_result(L, session, lane);                         /* results result */
        lua_pushstring(L, name_of(session, lane, names, riders)); /* results result name */
        lua_pushvalue(L, -2);         /* results result name result */
        lua_rawset(L, -4);            /* results result */
        lua_rawseti(L, -2, lane + 1); /* results */
    }
    lua_rawgeti(L, -1, dy_best_lane(session) + 1); /* results best */
    lua_setfield(L, -2, "best");                   /* results */
}

int dy_race_run(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    dy_fields f = { L, 1, "derny.race" };
    lua_settop(L, 1);
    if (dy_fields_has(&f, "schedule"))
        dy_fields_fail(
            &f,
            "a race has riders, each with a schedule of its own; 'schedule' is derny.train's");
    int callback = push_callback(&f); /* options callback */
    const char *names[DY_LANES_MAX];
    int n = push_riders(&f, names);                       /* .. schedules.. */
    dy_run_value *run = dy_push_run(&f, n, names, false); /* .. run */
    int at = lua_gettop(L);
    lua_toclose(L, at); /* an error in on_epoch ends the run */
    drive(L, at, callback);
    push_results(L, run->session, names, n); /* .. run results */
    dy_run_close(L, run);
    return 1;
}
