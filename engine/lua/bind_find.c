/* bind_find.c - derny.find_lr: the learning-rate range test.
 *
 *   local found = derny.find_lr { data = ..., model = ..., batch = 64 }
 *   print(found)
 *   derny.train { ..., schedule = derny.one_cycle { max_lr = found.steepest } }
 *
 * SPDX-License-Identifier: MIT */
#include "lab/message.h"
#include "lua/find_wish.h"
#include "lua/found_value.h"
#include "lua/run_value.h"

#include <math.h>
#include <string.h>

#define NAME "range test"

enum { SEEDS = 5 };

#define FIELDS_OF_RACE                                                                         \
    "data", "model", "optimizer", "loss", "label_smoothing", "batch", "drop_last", "seed",     \
        "threads"

static dy_range_test read_test(const dy_fields *f)
{
    static const char *const SPACINGS[] = { "exponential", "linear", NULL };
    const double inf = (double)INFINITY;
    dy_range_test test = dy_range_test_defaults();
    test.from = dy_field_real(f, "from", test.from, nextafter(0, 1), inf);
    test.to = dy_field_real(f, "to", test.to, nextafter(0, 1), inf);
    test.steps = dy_field_count(f, "steps", test.steps, 1, INT64_MAX / 2);
    test.linear = dy_field_choice(f, "spacing", 0, SPACINGS) == 1;
    test.smoothing = dy_field_real(f, "smoothing", test.smoothing, 0, 1);
    test.stop = dy_field_real(f, "stop", test.stop, 0, inf);
    dy_error err;
    if (!dy_range_test_check(&test, &err)) dy_fields_fail(f, "%s", err.text);
    return test;
}

/* true, 500 (updates) or "5 epochs". */
static void read_try(const dy_fields *f, dy_found_spec *spec)
{
    dy_time time = { 0, DY_STEPS };
    dy_error err;
    int type = dy_fields_push(f, "try"); /* value */
    lua_pop(f->L, 1);
    spec->try = type != LUA_TNIL;
    if (type == LUA_TNIL) return;
    if (type == LUA_TBOOLEAN) {
        spec->try = dy_field_bool(f, "try", false);
        return;
    }
    if (type == LUA_TNUMBER) {
        spec->try_steps = dy_field_count(f, "try", 0, 1, (int64_t)1 << 40);
        return;
    }
    const char *text = dy_field_text(f, "try", NULL);
    if (!dy_time_parse(&time, text, &err) || time.unit != DY_EPOCHS || !(time.amount > 0) ||
        time.amount > 1e9)
        dy_fields_fail(f, "try is '%.60s'; want true, updates, or \"5 epochs\"", text);
    spec->try_epochs = time.amount;
}

static dy_found_spec read_spec(const dy_fields *f)
{
    dy_found_spec spec = { .finder = { .race = dy_read_race(f), .test = read_test(f) } };
    spec.finder.seeds = (int)dy_field_count(f, "seeds", SEEDS, 1, DY_FINDER_SEEDS);
    spec.finder.name = dy_field_text(f, "name", NAME);
    read_try(f, &spec);
    return spec;
}

/* Runs it; pushes what holds what was found. */
static dy_found *open_found(const dy_fields *f, dy_found_spec *spec)
{
    dy_host *host = dy_host_of(f->L);
    dy_error err;
    if (host->find) dy_find_wish_apply(host->find, spec);
    spec->finder.number = host->races;
    dy_found *found = dy_hold_found(f->L); /* hold */
    if (!dy_found_open(found, host->lab, spec, &err)) dy_fields_fail(f, "%s", err.text);
    host->races += found->races;
    return found;
}

/* The desk shows the table; and the script has done what it was run for. */
_Noreturn static void end_script(const dy_fields *f, const dy_found *found)
{
    char text[DY_FOUND_TEXT];
    dy_host *host = dy_host_of(f->L);
    dy_found_text(found, text, sizeof text);
    dy_message_send(host->lab->out, DY_MESSAGE_PRINT, text, strlen(text));
    host->ended = true;
    dy_fields_fail(f, "the range test is done");
}

static int find_lr(lua_State *L)
{
    static const char *const NAMES[] = { FIELDS_OF_RACE, "name",    "from",  "to",
                                         "steps",        "spacing", "seeds", "smoothing",
                                         "stop",         "try",     NULL };
    dy_fields f = dy_fields_open(L, 1, "derny.find_lr", NAMES, false);
    lua_settop(L, 1);
    dy_found_spec spec = read_spec(&f);
    dy_found *found = open_found(&f, &spec); /* options hold */
    if (found->stopped) dy_fields_fail(&f, "interrupted");
    if (dy_host_of(L)->find) end_script(&f, found);
    dy_push_found(L, found); /* options hold found */
    dy_found_close(found);
    return 1;
}

void dy_find_instead(const dy_fields *f, const dy_race_spec *race)
{
    if (dy_host_of(f->L)->ended) dy_fields_fail(f, "the range test is done");
    dy_found_spec spec = { .finder = { .race = *race,
                                       .test = dy_range_test_defaults(),
                                       .seeds = SEEDS,
                                       .name = NAME } };
    dy_found *found = open_found(f, &spec); /* hold */
    end_script(f, found);
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

void dy_bind_find(lua_State *L)
{
    static const luaL_Reg FUNCTIONS[] = { { "find_lr", find_lr }, { NULL, NULL } };
    dy_bind_found(L);
    luaL_setfuncs(L, FUNCTIONS, 0); /* derny */
}
