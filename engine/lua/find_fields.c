/* find_fields.c - see find_fields.h.   SPDX-License-Identifier: MIT */
#include "lua/find_fields.h"

#include "lab/message.h"
#include "lua/run_value.h"

#include <math.h>

#define NAME "range test"

enum { SEEDS = 5 };

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

dy_found_spec dy_find_defaults(const dy_race_spec *race)
{
    return (dy_found_spec){ .finder = { .race = *race,
                                        .test = dy_range_test_defaults(),
                                        .seeds = SEEDS,
                                        .name = NAME } };
}

dy_found_spec dy_read_find(const dy_fields *f)
{
    dy_race_spec race = dy_read_race(f);
    if (race.rehearsal)
        dy_message_say(dy_host_of(f->L)->lab->out, DY_MESSAGE_NOTE,
                       "%s: what it finds is made up in a plan, and so is what follows from it",
                       f->what);
    dy_found_spec spec = dy_find_defaults(&race);
    spec.finder.test = read_test(f);
    spec.finder.seeds = (int)dy_field_count(f, "seeds", SEEDS, 1, DY_FINDER_SEEDS);
    spec.finder.name = dy_field_text(f, "name", NAME);
    read_try(f, &spec);
    return spec;
}
