/* memory.c - scripts under every memory cap from nothing upwards: what is too little fails, says so, and leaves nothing.
 *
 * SPDX-License-Identifier: MIT */
#include "help.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(memory, .init = make_folder, .fini = remove_folder);

enum { STEP = 101, ENOUGH = 1 << 22 };

static void expect_none_running(const struct script *s)
{
    for (int32_t i = 0; i < dy_board_len(s->board); i++)
        cr_assert_neq(status_of(s, i), DY_RUNNING, "run %d under %d bytes", i,
                      (int)s->host.memory_limit);
}

/* Raises the cap until the script comes to its end. Once it runs at all, the cap goes up by more. */
static void raise_cap(void)
{
    int failures = 0;
    bool done = false;
    for (int64_t cap = 0; !done; cap += STEP) {
        cr_assert_lt(cap, ENOUGH, "it never comes to its end");
        struct script s;
        run_script(&s, cap);
        expect_none_running(&s);
        done = s.ok;
        failures += s.opened && !s.ok;
        if (!done)
            cr_assert(strstr(s.err.text, "not enough memory"), "under %d bytes: %s", (int)cap,
                      s.err.text);
        close_script(&s);
    }
    cr_expect_gt(failures, 20, "the script itself never met the cap");
}

/* Opening the libraries takes more for a moment than what is left of them: the script has to take some, too. */
#define HEAD                                                                                   \
    "local derny = require 'derny'\n"                                                          \
    "local ballast = ('x'):rep(1 << 15)\n"                                                     \
    "local t = { data = derny.data.blobs { rows = 40 }, model = derny.mlp { 2, 4, 2 },\n"      \
    "            batch = 16, steps = 5, seed = 1 }\n"

Test(memory, a_run_with_a_function_and_a_callback)
{
    write_script(HEAD "t.schedule = function(now) return 0.1 * (1 - now.progress), 0.5 end\n"
                      "local heard = 0\n"
                      "t.on_epoch = function(e) heard = heard + #e.runs end\n"
                      "local r = derny.train(t)\n"
                      "assert(r.status == 'done' and heard == 3 and #r.loss:table() == 5)\n");
    raise_cap();
}

Test(memory, a_race)
{
    write_script(HEAD
                 "t.a, t.b = derny.one_cycle { max_lr = 0.1 }, function() return 0.1 end\n"
                 "t.riders = { c = derny.sequence { 0.1, derny.cosine(0.2), at = { 2 } } }\n"
                 "local r = derny.race(t)\n"
                 "assert(#r == 3 and r.best and tostring(r.a) ~= '' and #r.b.scores == 3)\n");
    raise_cap();
}

Test(memory, a_loop_of_ones_own_in_a_coroutine)
{
    write_script(HEAD "t.schedule = derny.plateau { lr = 0.1, patience = 1 }\n"
                      "local co = coroutine.wrap(function()\n"
                      "  local run <close> = derny.open(t)\n"
                      "  while run:more() do coroutine.yield(run:step()) end\n"
                      "  local w = run:weights(1)\n"
                      "  run:set_weights(1, w * 2)\n"
                      "  return run:predict(derny.tensor { { 0, 1 } }):sum()\n"
                      "end)\n"
                      "for _ = 1, 5 do assert(co() > 0) end\n"
                      "assert(math.abs(co() - 1) < 1e-5)\n");
    raise_cap();
}

/* What is caught is no end: the script goes on, and the cap holds all the same. */
Test(memory, a_run_that_is_caught)
{
    write_script(HEAD "t.schedule = function() return 0.1 end\n"
                      "local ok, why = pcall(derny.train, t)\n"
                      "local ok2 = pcall(derny.train, t)\n"
                      "if not (ok and ok2) then error('not enough memory', 0) end\n");
    raise_cap();
}
