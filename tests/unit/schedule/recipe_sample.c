/* recipe_sample.c - functions as parts of other schedules.   SPDX-License-Identifier: MIT */
#include "spec_text.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

typedef enum habit {
    STAIRS,
    MOVES_MOMENTUM,
    MOVES_IT_LATE,
    GIVES_NAN,
    BAD_MOMENTUM,
    FAILS
} habit;

static bool call(void *self, const dy_moment *now, dy_pace *pace, dy_error *err)
{
    habit h = *(const habit *)self;
    cr_assert(now->steps == 90);
    pace->lr = floor((double)now->step / 10) + 1;
    if (h == MOVES_MOMENTUM || (h == MOVES_IT_LATE && now->step >= 3)) pace->momentum = 0.5;
    if (h == BAD_MOMENTUM) pace->momentum = 2;
    if (h == GIVES_NAN && now->step == 8) pace->lr = NAN;
    return h != FAILS || dy_fail(err, "own.lua:3: boom");
}

/* warm_up { length = 10, schedule = function } over 100 updates */
static bool warm_up_of(habit h, dy_plan *plan, dy_arena *arena, dy_error *err)
{
    dy_spec function = { .call = call, .self = &h };
    const dy_spec *parts[] = { &function };
    dy_spec spec = { .recipe = dy_recipe_find("warm_up") };
    spec.args[0] = (dy_arg){ .given = true, .n = 1, .specs = parts };
    spec.args[1] = (dy_arg){ .given = true, .time = { 10, DY_STEPS } };
    return dy_spec_resolve(&spec, (dy_span){ 100, 10 }, plan, arena, err);
}

Test(recipe_sample, each_step_has_its_value)
{
    dy_error err;
    dy_plan plan;
    dy_arena arena = dy_arena_make(0);
    cr_assert(warm_up_of(STAIRS, &plan, &arena, &err), "%s", err.text);
    cr_expect(plan.call == NULL && plan.momentum.n_nodes == 0);
    for (int step = 10; step < 100; step++)
        cr_expect(dy_curve_at(&plan.lr, step) == floor(step / 10.0), "step %d", step);
    cr_expect(plan.lr.n_keys == 2 + 9, "a key only where the value changes");
    cr_assert(warm_up_of(MOVES_MOMENTUM, &plan, &arena, &err));
    cr_expect(plan.momentum.n_nodes > 0 && dy_curve_at(&plan.momentum, 50) == 0.5);
    dy_arena_close(&arena);
}

static const struct {
    habit habit;
    const char *message;
} BAD[] = {
    { MOVES_IT_LATE, "warm_up: momentum: given at step 3, but not given before; within another "
                     "schedule a function gives it at every step or at none" },
    { GIVES_NAN, "warm_up: lr: nan at step 8; want a finite number >= 0" },
    { BAD_MOMENTUM, "warm_up: momentum: 2 at step 0; want 0 <= m < 1" },
    { FAILS, "warm_up: own.lua:3: boom" },
};

Test(recipe_sample, a_function_that_fails)
{
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        dy_error err = { "" };
        dy_plan plan;
        dy_arena arena = dy_arena_make(0);
        cr_expect(!warm_up_of(BAD[i].habit, &plan, &arena, &err));
        cr_expect(strcmp(err.text, BAD[i].message) == 0, "%s", err.text);
        dy_arena_close(&arena);
    }
}
