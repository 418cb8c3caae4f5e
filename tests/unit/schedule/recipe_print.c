/* recipe_print.c - schedules as a script would write them.   SPDX-License-Identifier: MIT */
#include "spec_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *spec, *text;
} CASES[] = {
    { "one_cycle max_lr=0.2", "one_cycle { max_lr = 0.2 }" },
    { "one_cycle max_lr=0.2 style=article cycle_momentum=false",
      "one_cycle { max_lr = 0.2, style = \"article\", cycle_momentum = false }" },
    { "curve keys=0:0.004,30%:0.1:cosine,100%:1e-05:poly:2",
      "curve { keys = { {0, 0.004}, {\"30%\", 0.1, \"cosine\"}, {\"100%\", 1e-05, \"poly\", 2} "
      "} "
      "}" },
    { "piecewise boundaries=1_epoch,20_epochs values=0.1,0.01,0.001",
      "piecewise { boundaries = { \"1 epoch\", \"20 epochs\" }, values = { 0.1, 0.01, 0.001 } "
      "}" },
    { "warm_up length=5% schedule=(cosine lr=0.1)",
      "warm_up { schedule = cosine { lr = 0.1 }, length = \"5%\" }" },
    { "sequence at=10 schedules=(constant lr=1),(constant lr=2)",
      "sequence { schedules = { constant { lr = 1 }, constant { lr = 2 } }, at = { 10 } }" },
    { "plateau lr=0.1 patience=5", "plateau { lr = 0.1, patience = 5 }" },
    { "optax.piecewise_constant_schedule init_value=1 boundaries_and_scales=30:0.1,60:0.5",
      "optax.piecewise_constant_schedule { init_value = 1, boundaries_and_scales = { [30] = "
      "0.1, [60] = 0.5 } }" },
    { "ignite.PiecewiseLinear param_name=lr\"\\\n milestones_values=10:0.5,20:0.1",
      "ignite.PiecewiseLinear { param_name = \"lr\\\"\\\\\\010\", milestones_values = { {10, "
      "0.5}, {20, 0.1} } }" },
    { "fastai.ParamScheduler scheds=lr:(fastai.SchedNo start=1 end=1),3d:(constant lr=1)",
      "fastai.ParamScheduler { scheds = { lr = fastai.SchedNo { start = 1, [\"end\"] = 1 }, "
      "[\"3d\"] = constant { lr = 1 } } }" },
    { "ignite.ParamGroupScheduler schedulers=(constant lr=1) names=a,b",
      "ignite.ParamGroupScheduler { schedulers = { constant { lr = 1 } }, names = { \"a\", "
      "\"b\" } }" },
};

static void expect_printed(const dy_spec *spec, const char *wanted)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    dy_spec_print(spec, out);
    fclose(out);
    cr_expect(strcmp(text, wanted) == 0, "'%s'; want '%s'", text, wanted);
    free(text);
}

Test(recipe_print, what_was_given)
{
    dy_arena arena = dy_arena_make(0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        expect_printed(spec_of_text(&arena, CASES[i].spec), CASES[i].text);
    expect_printed(&(dy_spec){ 0 }, "function");
    dy_arena_close(&arena);
}

Test(recipe_print, a_schedule_within_itself_ends)
{
    static dy_spec endless;
    static const dy_spec *const parts[] = { &endless };
    endless.recipe = dy_recipe_find("warm_up");
    endless.args[0] = (dy_arg){ .given = true, .n = 1, .specs = parts };
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    dy_spec_print(&endless, out);
    fclose(out);
    cr_expect(strstr(text, "warm_up { schedule = ... }"), "%s", text);
    free(text);
}
