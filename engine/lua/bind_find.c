/* bind_find.c - derny.find_lr, find_momentum and find_weight_decay: range tests, and what `derny find` makes of them.
 *
 *   local found = derny.find_lr { data = ..., model = ..., batch = 64 }
 *   print(found)
 *   derny.train { ..., schedule = derny.one_cycle { max_lr = found.steepest } }
 *
 * SPDX-License-Identifier: MIT */
#include "lab/message.h"
#include "lua/divergence.h"
#include "lua/find_fields.h"
#include "lua/find_wish.h"
#include "lua/found_value.h"
#include "lua/hold.h"
#include "lua/run_value.h"
#include "lua/tuning_value.h"

#include <math.h>
#include <string.h>

static void close_found(void *value)
{
    dy_found_close(value);
}

static void close_tuning(void *value)
{
    dy_tuning_close(value);
}

/* Runs it; pushes what holds what was found. */
static dy_found *push_found(const dy_fields *f, dy_found_spec *spec)
{
    dy_host *host = dy_host_of(f->L);
    dy_error err;
    spec->finder.number = host->races;
    dy_found *found = dy_hold_push(f->L, sizeof *found, close_found); /* hold */
    if (!dy_found_open(found, host->lab, spec, &err)) dy_fields_fail(f, "%s", err.text);
    host->races += found->races;
    if (found->says.divergence.seeds > 0)
        dy_divergence_note(host, &spec->finder.race, found->says.divergence.median);
    return found;
}

static dy_tuning *push_tuning(const dy_fields *f, dy_tuning_spec *spec)
{
    dy_host *host = dy_host_of(f->L);
    dy_error err;
    spec->test.finder.number = host->races;
    dy_tuning *tuning = dy_hold_push(f->L, sizeof *tuning, close_tuning); /* hold */
    if (!dy_tuning_open(tuning, host->lab, spec, &err)) dy_fields_fail(f, "%s", err.text);
    host->races += tuning->races;
    return tuning;
}

/* --- derny find -------------------------------------------------------------------------------------------------- */

/* The desk shows the text; and the script has done what it was run for. */
_Noreturn static void end_script(const dy_fields *f, const char *text)
{
    dy_host *host = dy_host_of(f->L);
    dy_message_send(host->lab->out, DY_MESSAGE_PRINT, text, strlen(text));
    host->ended = true;
    dy_fields_fail(f, "the range test is done");
}

_Noreturn static void find_and_end(const dy_fields *f, dy_found_spec *spec)
{
    char text[DY_FOUND_TEXT];
    dy_find_wish_apply(dy_host_of(f->L)->find, spec);
    end_script(f, dy_found_text(push_found(f, spec), text, sizeof text));
}

_Noreturn static void tune_and_end(const dy_fields *f, dy_tuning_spec *spec)
{
    char text[DY_TUNING_TEXT];
    dy_find_wish_apply(dy_host_of(f->L)->find, &spec->test);
    end_script(f, dy_tuning_text(push_tuning(f, spec), text, sizeof text));
}

void dy_find_instead(const dy_fields *f, const dy_race_spec *race)
{
    const dy_find_wish *wish = dy_host_of(f->L)->find;
    if (dy_host_of(f->L)->ended) dy_fields_fail(f, "the range test is done");
    dy_found_spec spec = dy_find_defaults(race);
    if (wish->what == DY_TUNABLES) find_and_end(f, &spec);
    double values[DY_TUNING_VALUES];
    dy_tuning_spec tuning = { .test = spec,
                              .what = wish->what,
                              .values = wish->n_values > 0 ? wish->values : values,
                              .n = wish->n_values,
                              .pick = DY_PICK_STEEPEST };
    if (tuning.n == 0) tuning.n = dy_tuning_defaults(wish->what, values);
    tune_and_end(f, &tuning);
}

void dy_find_wish_apply(const dy_find_wish *wish, dy_found_spec *spec)
{
    dy_range_test *test = &spec->finder.test;
    if (wish->from > 0) test->from = wish->from;
    if (wish->to > 0) test->to = wish->to;
    if (wish->steps > 0) test->steps = wish->steps;
    if (wish->linear) test->linear = true;
    if (wish->seeds > 0) spec->finder.seeds = wish->seeds;
    if (wish->try) spec->try = true;
    if (wish->try_epochs > 0) {
        spec->try_epochs = wish->try_epochs;
        spec->try_steps = 0;
    }
}

/* --- in a script ------------------------------------------------------------------------------------------------- */

static int find_lr(lua_State *L)
{
    static const char *const NAMES[] = { DY_FIND_FIELDS, NULL };
    dy_fields f = dy_fields_open(L, 1, "derny.find_lr", NAMES, false);
    lua_settop(L, 1);
    dy_found_spec spec = dy_read_find(&f);
    if (dy_host_of(L)->find) find_and_end(&f, &spec);
    const dy_found *found = push_found(&f, &spec); /* options hold */
    if (found->stopped) dy_fields_fail(&f, "interrupted");
    dy_push_found(L, found); /* options hold found */
    dy_hold_drop(L, 2);
    return 1;
}

static void close_arena(void *value)
{
    dy_arena_close(value);
}

int dy_run_find_lr(lua_State *L, const dy_run_value *run)
{
    static const char *const NAMES[] = { DY_TEST_FIELDS, NULL };
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) lua_newtable(L);
    if (lua_isnil(L, 2)) lua_replace(L, 2); /* run options */
    dy_fields f = dy_fields_open(L, 2, "run:find_lr", NAMES, false);
    dy_error err;
    const dy_race_spec *race = dy_session_made_of(run->session);
    dy_found_spec spec = dy_find_defaults(race);
    dy_read_test(&f, &spec);
    spec.finder.race.seed =
        (uint64_t)dy_field_count(&f, "seed", (int64_t)race->seed, 0, INT64_MAX);
    dy_arena *arena = dy_hold_push(L, sizeof *arena, close_arena); /* run options state */
    void *state = dy_arena_take(arena, (int64_t)dy_session_state_size(run->session), 1, &err);
    if (!state) dy_fields_fail(&f, "%s", err.text);
    dy_session_save(run->session, 0, state);
    spec.finder.state = state;
    const dy_found *found = push_found(&f, &spec); /* run options state hold */
    if (found->stopped) dy_fields_fail(&f, "interrupted");
    dy_push_found(L, found); /* run options state hold found */
    dy_hold_drop(L, 4);
    dy_hold_drop(L, 3);
    return 1;
}

/* The values to compare: a list of numbers, or the usual ones. */
static int read_values(const dy_fields *f, dy_tunable what, double values[DY_TUNING_VALUES])
{
    int type = dy_fields_push(f, "values"); /* values */
    if (type != LUA_TNIL && type != LUA_TTABLE)
        dy_fields_fail(f, "values is a %s; want a list of numbers", lua_typename(f->L, type));
    int n = type == LUA_TNIL ? dy_tuning_defaults(what, values) : (int)lua_rawlen(f->L, -1);
    if (n > DY_TUNING_VALUES)
        dy_fields_fail(f, "%d values; want 2 to %d to compare", n, DY_TUNING_VALUES);
    for (int i = 0; type == LUA_TTABLE && i < n; i++) {
        if (lua_rawgeti(f->L, -1, i + 1) != LUA_TNUMBER) /* values x */
            dy_fields_fail(f, "values[%d] is a %s; want a number", i + 1,
                           luaL_typename(f->L, -1));
        values[i] = lua_tonumber(f->L, -1);
        lua_pop(f->L, 1); /* values */
    }
    lua_pop(f->L, 1);
    return n;
}

static int find_value(lua_State *L, const char *function, dy_tunable what)
{
    static const char *const NAMES[] = { DY_FIND_FIELDS, "values", "pick", NULL };
    dy_fields f = dy_fields_open(L, 1, function, NAMES, false);
    lua_settop(L, 1);
    double values[DY_TUNING_VALUES];
    dy_tuning_spec spec = { .test = dy_read_find(&f), .what = what, .values = values };
    spec.n = read_values(&f, what, values);
    spec.pick = (dy_pick)dy_field_choice(&f, "pick", DY_PICK_STEEPEST, DY_PICK_NAMES);
    if (dy_host_of(L)->find) tune_and_end(&f, &spec);
    const dy_tuning *tuning = push_tuning(&f, &spec); /* options hold */
    if (tuning->stopped) dy_fields_fail(&f, "interrupted");
    dy_push_tuning(L, tuning); /* options hold tuning */
    dy_hold_drop(L, 2);
    return 1;
}

static int find_momentum(lua_State *L)
{
    return find_value(L, "derny.find_momentum", DY_TUNE_MOMENTUM);
}

static int find_weight_decay(lua_State *L)
{
    return find_value(L, "derny.find_weight_decay", DY_TUNE_WEIGHT_DECAY);
}

void dy_bind_find(lua_State *L)
{
    static const luaL_Reg FUNCTIONS[] = { { "find_lr", find_lr },
                                          { "find_momentum", find_momentum },
                                          { "find_weight_decay", find_weight_decay },
                                          { NULL, NULL } };
    dy_hold_make_class(L);
    dy_bind_found(L);
    dy_bind_tuning(L);
    luaL_setfuncs(L, FUNCTIONS, 0); /* derny */
}
