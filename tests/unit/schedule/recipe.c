/* recipe.c - the table, checks that are the same for all recipes, functions, nesting, memory.
 *
 * SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

Test(recipe, every_row_is_whole)
{
    for (const dy_recipe *recipe = dy_recipe_next(NULL); recipe;
         recipe = dy_recipe_next(recipe)) {
        cr_expect(dy_recipe_find(recipe->name) == recipe, "%s is there twice", recipe->name);
        cr_expect(recipe->summary[0] && recipe->formula[0] && recipe->source && recipe->make);
        int n = 0;
        for (; recipe->params[n].name; n++) {
            const dy_param *param = &recipe->params[n];
            cr_expect(param->meaning && param->meaning[0], "%s.%s", recipe->name, param->name);
            cr_expect((param->kind == DY_ARG_CHOICE) == (param->choices != NULL));
        }
        cr_expect(n <= DY_PARAMS_MAX, "%s has %d parameters", recipe->name, n);
    }
    cr_expect(dy_recipe_find("two_cycle") == NULL);
}

static bool resolve(const char *name, int at, dy_arg arg, dy_error *err)
{
    dy_plan plan;
    dy_spec spec = { .recipe = dy_recipe_find(name) };
    dy_arena arena = dy_arena_make(0);
    arg.given = true;
    if (spec.recipe->params[0].kind == DY_ARG_REAL)
        spec.args[0] = (dy_arg){ .given = true, .real = 1 };
    spec.args[at] = arg;
    bool resolved = dy_spec_resolve(&spec, (dy_span){ 10, 10 }, &plan, &arena, err);
    dy_arena_close(&arena);
    return resolved;
}

static const struct {
    const char *recipe;
    int at;
    dy_arg arg;
    const char *message;
} BAD[] = {
    { "one_cycle", 1, { .real = 6 }, "style is choice 6; want 0 to 5" },
    { "one_cycle", 1, { .real = 0.5 }, "style is choice 0.5; want 0 to 5" },
    { "one_cycle", 1, { .real = NAN }, "style is choice nan; want 0 to 5" },
    { "plateau", 3, { .real = -1 }, "patience is -1; want a whole number, at least 0" },
    { "plateau", 3, { .real = 1e300 }, "patience is 1e+300; want a whole number, at least 0" },
    { "curve", 0, { .n = 0 }, "keys is empty; want at least one" },
    { "optax.piecewise_constant_schedule",
      1,
      { .n = 1, .pairs = &(dy_pair){ NAN, 1 } },
      "boundaries_and_scales[1] is at nan; want a finite number" },
    { "optax.piecewise_constant_schedule",
      1,
      { .n = 1, .pairs = &(dy_pair){ 1, HUGE_VAL } },
      "boundaries_and_scales[1] is inf; want a finite number" },
};

Test(recipe, arguments_that_no_script_can_give)
{
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        dy_error err = { "" };
        cr_expect(!resolve(BAD[i].recipe, BAD[i].at, BAD[i].arg, &err));
        cr_expect(strstr(err.text, BAD[i].message), "%s", err.text);
    }
    dy_error err;
    dy_arg unit = { .time = { 5, (dy_unit)9 } };
    cr_expect(!resolve("step", 2, unit, &err));
    cr_expect(strstr(err.text, "every has time unit 9; want 0 to 2"), "%s", err.text);
}

Test(recipe, a_run_needs_a_length)
{
    dy_error err;
    dy_plan plan;
    dy_arena arena = dy_arena_make(0);
    cr_expect(!plan_of_text(&plan, &arena, "constant lr=1", 0, 1, &err));
    cr_expect(strstr(err.text, "a run of 0 updates"), "%s", err.text);
    cr_expect(!plan_of_text(&plan, &arena, "constant lr=1", 1, 0, &err));
    dy_arena_close(&arena);
}

Test(recipe, schedules_nest_only_so_deep)
{
    dy_plan plan;
    dy_error err;
    dy_arena arena = dy_arena_make(0);
    const dy_spec *inner = spec_of_text(&arena, "constant lr=1");
    for (int depth = 1; depth <= DY_SPEC_DEPTH; depth++) {
        bool fits = dy_spec_resolve(inner, (dy_span){ 100, 10 }, &plan, &arena, &err);
        cr_assert(fits, "depth %d: %s", depth, err.text);
        dy_spec *outer = dy_arena_take(&arena, 1, sizeof *outer, &err);
        const dy_spec **part = dy_arena_take(&arena, 1, sizeof(const dy_spec *), &err);
        *part = inner;
        outer->recipe = dy_recipe_find("warm_up");
        outer->args[0] = (dy_arg){ .given = true, .n = 1, .specs = part };
        outer->args[1] = (dy_arg){ .given = true, .time = { 2, DY_STEPS } };
        inner = outer;
    }
    cr_expect(!dy_spec_resolve(inner, (dy_span){ 100, 10 }, &plan, &arena, &err));
    cr_expect(strstr(err.text, "more than 16 deep within each other"), "%s", err.text);
    dy_arena_close(&arena);
}

static bool never(void *self, const dy_moment *now, dy_pace *pace, dy_error *err)
{
    (void)self, (void)now, (void)pace;
    return dy_fail(err, "called");
}

Test(recipe, a_function_alone_is_not_called_while_it_is_resolved)
{
    dy_error err;
    dy_plan plan;
    int self;
    dy_spec spec = { .call = never, .self = &self };
    dy_arena arena = dy_arena_make(0);
    cr_assert(dy_spec_resolve(&spec, (dy_span){ 10, 5 }, &plan, &arena, &err));
    cr_expect(plan.call == never && plan.self == &self && plan.span.steps == 10);
    dy_arena_close(&arena);
}

static const char *const SPECS[] = {
    "curve keys=0:1,5:2 momentum=(curve keys=0:0.5)",
    "multi_step lr=1 milestones=1,2",
    "cyclical base_lr=0 max_lr=1 step_up=5 mode=exp_range gamma=0.5 cycle_momentum=true",
    "cosine_restarts lr=1 final_lr=0.5 first=5 decay=0.5",
    "one_cycle max_lr=1 pct_start=0.001",
    "one_cycle max_lr=1 style=article",
    "cosine lr=1 k=2 steps=50 after=zero",
    "linear lr=1 steps=50 after=repeat momentum=(linear lr=0.9)",
    "inverse_time lr=1 rate=1 per=5 staircase=true",
    "inverse_sqrt lr=1 warm_up=5",
    "wsd lr=1",
    "cool_down length=5 schedule=(one_cycle max_lr=1)",
    "loop length=5 schedule=(one_cycle max_lr=1)",
    "shift by=-5 schedule=(one_cycle max_lr=1)",
    "sum schedules=(linear lr=1),(clip max=0.5 schedule=(linear lr=1)),(constant lr=1)",
    "mirror schedule=(linear lr=1)",
    "demon lr=1",
    "plateau schedule=(warm_up length=5 schedule=(one_cycle max_lr=1))",
    "sequence at=5 schedules=(constant lr=1),(one_cycle max_lr=1)",
    "optax.join_schedules boundaries=5 schedules=(constant lr=1),"
    "(optax.cosine_onecycle_schedule transition_steps=9 peak_value=1)",
    "optax.sgdr_schedule cosine_kwargs=(optax.warmup_cosine_decay_schedule init_value=0 "
    "peak_value=1 warmup_steps=3 decay_steps=9)",
    "fastai.fine_tune epochs=9 freeze_epochs=1",
    "fastai.fit_sgdr n_cycles=3 cycle_len=2",
    "ignite.ConcatScheduler durations=5 schedulers=(ignite.PiecewiseLinear param_name=lr "
    "milestones_values=1:1),(ignite.create_lr_scheduler_with_warmup "
    "lr_scheduler=(ignite.PiecewiseLinear param_name=lr milestones_values=3:0.5) "
    "warmup_start_value=0 warmup_end_value=1 warmup_duration=4)",
};

static bool resolve_short(const dy_spec *spec, int64_t nth)
{
    dy_plan plan;
    dy_error err = { "" };
    dy_arena arena = dy_arena_make(0);
    dy_arena_fail_at(nth, nth % 2 == 0);
    bool made = dy_spec_resolve(spec, (dy_span){ 100, 10 }, &plan, &arena, &err);
    dy_arena_fail_at(0, false);
    cr_expect(made || strstr(err.text, "out of memory"), "%s", err.text);
    dy_arena_close(&arena);
    return made;
}

Test(recipe, short_of_memory_it_fails_and_says_so)
{
    dy_arena arena = dy_arena_make(0);
    for (size_t i = 0; i < sizeof SPECS / sizeof *SPECS; i++) {
        const dy_spec *spec = spec_of_text(&arena, SPECS[i]);
        int64_t nth = 1;
        while (!resolve_short(spec, nth)) nth++;
        cr_expect(nth > 2, "%s", SPECS[i]);
    }
    dy_arena_close(&arena);
}
