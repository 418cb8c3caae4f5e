/* run.c - how runs end that a script drives: what stands on the board when it is over.
 *
 * SPDX-License-Identifier: MIT */
#include "help.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(run, .init = make_folder, .fini = remove_folder);

/* The table is on line 3 of each script; its own text begins on line 4. */
#define HEAD                                                                                   \
    "local derny = require 'derny'\n"                                                          \
    "local data = derny.data.blobs { rows = 40 }\n"                                            \
    "local t = { data = data, model = derny.mlp { 2, 4, 2 }, batch = 16, steps = 6, schedule " \
    "= 0.1 }\n"

enum { MEMORY = 1 << 24 };

/* A script's text after HEAD, and what becomes of its first run. */
struct ending {
    const char *text;
    const char *message; /* in what the script fails with; NULL: it comes to its end */
    dy_status status;
    const char *why; /* in what the run failed with */
    int64_t updates;
};

static void expect_ending(const struct ending *e)
{
    char text[2000];
    struct script s;
    snprintf(text, sizeof text, HEAD "%s", e->text);
    write_script(text);
    run_script(&s, MEMORY);
    cr_expect_eq(s.ok, e->message == NULL, "%s: %s", e->text, s.err.text);
    if (e->message) cr_expect(strstr(s.err.text, e->message), "%s: %s", e->text, s.err.text);
    dy_run_view run = run_of(&s, 0);
    cr_expect_eq(status_of(&s, 0), e->status, "%s: %s", e->text,
                 dy_status_name(status_of(&s, 0)));
    cr_expect(strstr(run.outcome->why, e->why), "%s: %s", e->text, run.outcome->why);
    cr_expect_eq(run.outcome->updates, e->updates, "%s: %d updates", e->text,
                 (int)run.outcome->updates);
    close_script(&s);
}

Test(run, what_on_epoch_throws_is_what_the_run_failed_with)
{
    static const struct ending ROWS[] = {
        { "t.on_epoch = function() error 'boom' end\nderny.train(t)", "own.lua:4: boom",
          DY_FAILED, "own.lua:4: boom", 2 },
        { "t.on_epoch = function() error 'boom' end\nassert(not pcall(derny.train, t))", NULL,
          DY_FAILED, "own.lua:4: boom", 2 },
        { "t.on_epoch = function() error {} end\nassert(not pcall(derny.train, t))", NULL,
          DY_FAILED, "the script failed", 2 },
        { "t.on_epoch = function() coroutine.yield() end\n"
          "assert(not pcall(coroutine.wrap(function() derny.train(t) end)))",
          NULL, DY_FAILED, "yield", 2 },
        { "t.schedule = nil\nt.a, t.b = 0.1, 0.2\nt.on_epoch = function() error 'boom' end\n"
          "assert(not pcall(derny.race, t))",
          NULL, DY_FAILED, "own.lua:6: boom", 2 },
        { "t.on_epoch = function() return false end\nderny.train(t)", NULL, DY_STOPPED, "", 2 },
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) expect_ending(&ROWS[i]);
}

Test(run, an_own_loop_ends_its_run_however_it_is_left)
{
    static const struct ending ROWS[] = {
        { "local run <close> = derny.open(t)\nrun:step()", NULL, DY_STOPPED, "", 1 },
        { "pcall(function() local run <close> = derny.open(t)\nrun:step() error 'boom' end)",
          NULL, DY_FAILED, "own.lua:5: boom", 1 },
        { "local run <close> = derny.open(t)\nrun:step()\nerror 'boom'", "own.lua:6: boom",
          DY_FAILED, "own.lua:6: boom", 1 },
        { "local run = derny.open(t)\nrun:step()\nerror 'boom'", "own.lua:6: boom", DY_STOPPED,
          "", 1 },
        { "local run = derny.open(t)\nrun:close()\nrun:close()", NULL, DY_STOPPED, "", 0 },
        { "local run = derny.open(t)\nrun:stop()\nrun:step()\nassert(not run:more())", NULL,
          DY_STOPPED, "", 0 },
        { "local run <close> = derny.open(t)\nwhile run:more() do run:step() end\nerror 'boom'",
          "own.lua:6: boom", DY_DONE, "", 6 },
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) expect_ending(&ROWS[i]);
}

/* A schedule function is asked inside an update; the run must still be there when it returns. */
Test(run, a_schedule_function_can_neither_step_nor_close_its_own_run)
{
    static const struct ending ROWS[] = {
        { "local run\nt.schedule = function() run:close() return 0.1 end\nrun = derny.open(t)\n"
          "run:step()",
          "own.lua:5: run:close: called by the run's own schedule function", DY_FAILED,
          "inside an update", 0 },
        { "local run\nt.schedule = function() run:step() return 0.1 end\nrun = derny.open(t)\n"
          "run:step()",
          "own.lua:5: run:step: called by the run's own schedule function", DY_FAILED,
          "inside an update", 0 },
        { "local run, co\n"
          "t.schedule = function(now)\n"
          "  if now.step == 2 then assert(not coroutine.close(co)) end\n"
          "  return 0.1\n"
          "end\n"
          "co = coroutine.create(function()\n"
          "  local own <close> = derny.open(t)\n"
          "  run = own\n"
          "  coroutine.yield()\n"
          "end)\n"
          "coroutine.resume(co)\n"
          "while run:more() do run:step() end",
          NULL, DY_DONE, "", 6 },
        { "local run\n"
          "t.schedule = function(now)\n"
          "  pcall(run.close, run) pcall(run.step, run)\n"
          "  assert(run.updates == now.step and run:weights(1).rows == 3)\n"
          "  return 0.1\n"
          "end\n"
          "run = derny.open(t)\n"
          "while run:more() do run:step() end",
          NULL, DY_DONE, "", 6 },
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) expect_ending(&ROWS[i]);
}

Test(run, schedules_that_fail_end_their_run_with_place_and_reason)
{
    static const struct ending ROWS[] = {
        { "t.schedule = function(now) if now.step == 3 then error 'no' end return 1 end\n"
          "derny.train(t)",
          "own.lua:4: no", DY_FAILED, "own.lua:4: no", 3 },
        { "t.schedule = function(now) return now.step < 2 and 0.1 or 0/0 end\nderny.train(t)",
          "own.lua:4", DY_FAILED, "nan for step 2", 2 },
        { "t.schedule = function() end\nderny.train(t)", "own.lua:4", DY_FAILED, "nil as lr",
          0 },
        { "t.schedule = function() return 0.1, 1 end\nderny.train(t)", "own.lua:4", DY_FAILED,
          "want 0 <= momentum < 1", 0 },
        { "t.schedule = function() coroutine.yield() end\n"
          "local ok, why = pcall(coroutine.wrap(function() derny.train(t) end))\n"
          "assert(not ok and why:find 'yield', why)",
          NULL, DY_FAILED, "yield", 0 },
        { "t.schedule = function() error 'no' end\n"
          "local ok, why = coroutine.resume(coroutine.create(function() derny.train(t) end))\n"
          "assert(not ok and why:find('own.lua:4: no', 1, true), why)",
          NULL, DY_FAILED, "own.lua:4: no", 0 },
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) expect_ending(&ROWS[i]);
}

/* Whatever a script does to the table that its function is given, the numbers in it are the engine's. */
Test(run, a_schedule_functions_argument_may_be_abused)
{
    static const struct ending ROWS[] = {
        { "local kept\n"
          "t.schedule = function(now)\n"
          "  if not kept then\n"
          "    kept = now\n"
          "    setmetatable(now, { __newindex = function() error 'no' end, __index = error })\n"
          "  end\n"
          "  assert(now == kept and now.step * 2 // 2 == now.step and now.steps == 6)\n"
          "  for k in pairs(now) do now[k] = nil end\n"
          "  return 0.1\n"
          "end\n"
          "derny.train(t)\n"
          "assert(rawget(kept, 'step') == nil)",
          NULL, DY_DONE, "", 6 },
        { "t.schedule = function(now)\n"
          "  local step = now.step\n"
          "  for k = 1, 100 do now[k] = k end\n"
          "  now.step, now.steps = 'x', {}\n"
          "  return 0.1 / (step + 1)\n"
          "end\n"
          "assert(derny.train(t).lr[6] == 0.1 / 6)",
          NULL, DY_DONE, "", 6 },
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) expect_ending(&ROWS[i]);
}

/* The first rider has no score when it fails; the second has one. */
Test(run, the_best_of_a_race_is_one_that_has_a_score)
{
    static const struct ending ROWS[] = {
        { "t.schedule = nil\nt.a = function() error 'no' end\nt.b = 0.1\n"
          "assert(derny.race(t).best.name == 'b')",
          NULL, DY_FAILED, "no", 0 },
        { "t.schedule = nil\n"
          "t.a = function() return 0.1 end\n"
          "t.b = function(now) if now.step == 1 then error 'no' end return 0.1 end\n"
          "assert(derny.race(t).best.name == 'a')",
          NULL, DY_DONE, "", 6 },
        { "t.schedule, t.data, t.model = nil, derny.data.bowl { inputs = 2 }, derny.mlp { 2, 1 "
          "}\n"
          "t.a, t.b = function() error 'no' end, 0.01\n"
          "assert(derny.race(t).best.name == 'b')",
          NULL, DY_FAILED, "no", 0 },
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) expect_ending(&ROWS[i]);
}

Test(run, a_run_within_a_run)
{
    static const struct ending ROWS[] = {
        { "local inner = { data = data, model = derny.mlp { 2, 3, 2 }, batch = 8, steps = 3 }\n"
          "inner.schedule = function(now) return 0.01 * (now.step + 1) end\n"
          "t.schedule = function(now) return derny.train(inner).lr[3] + now.step end\n"
          "local r = derny.train(t)\n"
          "for i = 1, 6 do assert(r.lr[i] == 0.01 * 3 + (i - 1)) end",
          NULL, DY_DONE, "", 6 },
        { "local u, n = {}, 0\n"
          "for k, v in pairs(t) do u[k] = v end\n"
          "t.on_epoch = function() n = n + derny.train(u).updates end\n"
          "derny.train(t)\nassert(n == 18)",
          NULL, DY_DONE, "", 6 },
        { "t.schedule = function() derny.train(t) end\nderny.train(t)", "stack overflow",
          DY_FAILED, "", 0 },
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) expect_ending(&ROWS[i]);
}
