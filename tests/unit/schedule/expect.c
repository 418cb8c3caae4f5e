/* expect.c - see expect.h.   SPDX-License-Identifier: MIT */
#include "expect.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static void near(const char *spec, const char *what, double step, double found, double wanted)
{
    cr_expect(fabs(found - wanted) <= 1e-13 * fabs(wanted), "%s: %s at %g is %.17g; want %.17g",
              spec, what, step, found, wanted);
}

void expect_values(const expected *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const expected *c = &cases[i];
        dy_error err;
        dy_plan plan;
        dy_arena arena = dy_arena_make(0);
        bool made = plan_of_text(&plan, &arena, c->spec, c->steps, c->epoch_steps, &err);
        cr_assert(made, "%s: %s", c->spec, err.text);
        for (int k = 0; k < EXPECTED_MAX; k++) {
            double step = c->at[k].step, momentum = c->at[k].momentum;
            if (k > 0 && step == 0 && c->at[k].lr == 0 && momentum == 0) break;
            near(c->spec, "lr", step, dy_curve_at(&plan.lr, step), c->at[k].lr);
            cr_expect((plan.momentum.n_nodes > 0) == (momentum >= 0), "%s", c->spec);
            if (momentum >= 0 && plan.momentum.n_nodes > 0)
                near(c->spec, "momentum", step, dy_curve_at(&plan.momentum, step), momentum);
        }
        dy_arena_close(&arena);
    }
}

void expect_refused(const refused *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        dy_error err = { "" };
        dy_plan plan = { .depth = 77 };
        dy_arena arena = dy_arena_make(0);
        cr_expect(!plan_of_text(&plan, &arena, cases[i].spec, 1000, 100, &err), "%s",
                  cases[i].spec);
        cr_expect(strcmp(err.text, cases[i].message) == 0, "%s:\n'%s'; want\n'%s'",
                  cases[i].spec, err.text, cases[i].message);
        cr_expect(plan.depth == 77, "nothing changed");
        dy_arena_close(&arena);
    }
}
