/* ahead.c - schedule functions are asked ahead where someone watches: of whatever they keep, the run sees nothing of it.
 *
 * SPDX-License-Identifier: MIT */
#include "help.h"
#include "record/log.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

TestSuite(ahead, .init = make_folder, .fini = remove_folder);

static const int64_t MEMORY = (int64_t)32 << 20;

#define HEAD                                                                                   \
    "local derny = require 'derny'\n"                                                          \
    "local data = derny.data.blobs { rows = 40, classes = 2, inputs = 2 }\n"                   \
    "local t = { data = data, model = derny.mlp { 2, 3, 2 }, batch = 8, steps = 12, lint = "   \
    "false }\n"

/* Whether the board says what lies ahead of the run's lr. */
static bool known_ahead(const struct script *s)
{
    dy_log_reader reader = dy_board_edits(s->board);
    dy_order edit;
    const void *bytes;
    size_t n;
    bool known = false;
    while (dy_log_next(&reader, &edit, &bytes, &n))
        if (edit.act == DY_ACT_PLAN && edit.channel == DY_LR && edit.run == 0) known = n > 0;
    return known;
}

static void expect_unnoticed(const char *body, bool known)
{
    char text[2000];
    struct script seen, unseen;
    snprintf(text, sizeof text, HEAD "%s\nderny.train(t)", body);
    write_script(text);
    watch_scripts(true);
    run_script(&seen, MEMORY);
    watch_scripts(false);
    run_script(&unseen, MEMORY);
    cr_assert(seen.ok && unseen.ok, "%s: %s%s", body, seen.err.text, unseen.err.text);
    cr_expect_eq(known_ahead(&seen), known, "%s", body);
    cr_expect_not(known_ahead(&unseen));
    dy_run_view a = run_of(&seen, 0), b = run_of(&unseen, 0);
    cr_assert_eq(dy_board_len(seen.board), dy_board_len(unseen.board), "%s", body);
    cr_assert_eq(dy_tape_len(a.tape), dy_tape_len(b.tape), "%s", body);
    cr_assert_eq(dy_board_marks(seen.board, 0), dy_board_marks(unseen.board, 0), "%s", body);
    for (int64_t i = 0; i < dy_tape_len(a.tape); i++) {
        dy_sample x = dy_tape_sample(a.tape, i), y = dy_tape_sample(b.tape, i);
        cr_assert(x.lr == y.lr && x.loss == y.loss, "%s: update %d: %g, %g", body, (int)i, x.lr,
                  y.lr);
    }
    close_script(&seen);
    close_script(&unseen);
}

Test(ahead, what_a_function_remembers_is_its_own)
{
    static const char *const BODIES[] = {
        "t.schedule = function(now) return 0.1 / (now.step + 1) end",
        "local lr = 0.1; t.schedule = function() lr = lr * 0.9; return lr end",
        "calls = 0; t.schedule = function() calls = calls + 1; return 0.01 * calls end",
        "local kept = { at = { 0.1 } }; t.schedule = function() kept.at[1] = kept.at[1] * 0.9; "
        "return kept.at[1] end",
        "local n = 0; local function count() n = n + 1; return n end\n"
        "t.schedule = function() count(); return 0.01 * n end",
        "local self = {}; self.self = self; self.n = 0\n"
        "function self.next() self.n = self.n + 1; return self.self.n end\n"
        "t.schedule = function() return 0.01 * self.next() end",
        "local m = setmetatable({}, { __index = function(_, k) return 0.02 end })\n"
        "t.schedule = function(now) m[now.step] = 0.01; return m[now.step + 1] end",
        "t.schedule = function() return 0.1 * math.random() end",
        "t.schedule = function(now) derny.say 'hm'; print(now.step); return 0.1 end",
        "t.schedule = function(now) now.step = 3; now.x = (now.x or 0) + 1; return 0.01 end",
    };
    for (size_t i = 0; i < sizeof BODIES / sizeof *BODIES; i++)
        expect_unnoticed(BODIES[i], true);
}

Test(ahead, where_no_copy_can_be_had_nothing_is_said_of_what_lies_ahead)
{
    static const char *const BODIES[] = {
        "local next = coroutine.wrap(function() while true do coroutine.yield(0.1) end end)\n"
        "t.schedule = function() return next() end",
        "local co = coroutine.create(function() while true do coroutine.yield(0.1) end end)\n"
        "t.schedule = function() return select(2, coroutine.resume(co)) end",
        "local big = {}; for i = 1, 200000 do big[i] = i end\n"
        "t.schedule = function() big[1] = big[1] + 1; return 0.001 * big[1] end",
        "local deep = {}; local at = deep; for i = 1, 1000 do at.next = {}; at = at.next end\n"
        "t.schedule = function() return deep and 0.1 end",
        "local inner = { data = data, model = t.model, batch = 8, steps = 3, schedule = 0.1 }\n"
        "t.schedule = function() return derny.train(inner).loss[3] end",
    };
    for (size_t i = 0; i < sizeof BODIES / sizeof *BODIES; i++)
        expect_unnoticed(BODIES[i], false);
}

Test(ahead, an_error_ahead_is_no_error_yet)
{
    expect_unnoticed("t.schedule = function(now) if now.step > 5 and not ok then error 'x' "
                     "end; return 0.1 end\n"
                     "t.on_epoch = function() ok = true end",
                     true);
}
