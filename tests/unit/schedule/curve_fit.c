/* curve_fit.c - schedules as keyframes.   SPDX-License-Identifier: MIT */
#include "schedule/curve_fit.h"

#include "spec_text.h"

#include <criterion/criterion.h>
#include <math.h>

enum { STEPS = 5000, EPOCH = 500, MOST = 64 };

static dy_arena arena;
static dy_error err;
static dy_key keys[MOST];

static void setup(void)
{
    arena = dy_arena_make(0);
}

static void teardown(void)
{
    dy_arena_close(&arena);
}

TestSuite(curve_fit, .init = setup, .fini = teardown);

static dy_curve lr_of(const char *text)
{
    dy_plan plan;
    cr_assert(plan_of_text(&plan, &arena, text, STEPS, EPOCH, &err), "%s: %s", text, err.text);
    return plan.lr;
}

/* The furthest that n keyframes are off at a step, in shares of the curve's range. */
static double worst(const dy_curve *curve, int32_t n)
{
    dy_curve fitted;
    cr_assert(dy_curve_keys(&fitted, &arena, keys, n, &err), "%s", err.text);
    double least = (double)INFINITY, most = -(double)INFINITY, off = 0;
    for (int step = 0; step < STEPS; step++) {
        double value = dy_curve_at(curve, step);
        least = fmin(least, value);
        most = fmax(most, value);
        off = fmax(off, fabs(value - dy_curve_at(&fitted, step)));
    }
    return most > least ? off / (most - least) : off;
}

Test(curve_fit, finds_few_keyframes)
{
    static const struct {
        const char *spec;
        int32_t n; /* at most */
        double off;
    } cases[] = {
        { "constant lr=0.1", 1, 0 },
        { "one_cycle max_lr=0.3", 3, 0 }, /* its own */
        { "curve keys=0:1,20%:2:linear,100%:0.5:exp", 3, 0 },
        { "exponential lr=0.1 gamma=0.9 per=1_epoch", 2, 1e-9 },
        { "step lr=0.1 gamma=0.5 every=1_epoch", 12, 1e-9 },
        { "cosine_restarts lr=0.1 first=1_epoch mult=2", 16, 0.003 },
        { "cosine_restarts lr=0.1 first=400 decay=0.5", 30, 0.003 },
        { "cyclical base_lr=0.01 max_lr=0.1 step_up=300", 20, 0.003 },
        { "polynomial lr=0.1 power=2", 24, 0.003 },
        { "warm_up length=10% schedule=(cosine lr=0.1)", 12, 0.003 },
        { "cyclical base_lr=0.01 max_lr=0.1 step_up=10 step_down=11", MOST,
          1 }, /* too many turns */
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dy_curve curve = lr_of(cases[i].spec);
        int32_t n = dy_curve_fit(&curve, 0, STEPS - 1, keys, MOST);
        cr_expect(n > 0 && n <= cases[i].n, "%s: %d keys", cases[i].spec, n);
        double off = worst(&curve, n);
        cr_expect(off <= cases[i].off, "%s: off by %g in %d keys", cases[i].spec, off, n);
    }
}

Test(curve_fit, samples_far_apart_keep_a_jump_where_it_is)
{
    enum { LONG = 1000000 };

    dy_curve before, after, curve;
    cr_assert(dy_curve_decay(&before, &arena, 1, 0.5, LONG, false, &err));
    cr_assert(dy_curve_constant(&after, &arena, 0.1, &err));
    cr_assert(dy_curve_join(&curve, &arena, &before, 712345, &after, &err));
    int32_t n = dy_curve_fit(&curve, 0, LONG, keys, MOST);
    cr_assert_eq(n, 4);
    cr_expect_eq(keys[1].step, 712345);
    cr_expect_eq(keys[1].ease.kind, DY_EASE_EXP);
    cr_expect_eq(keys[2].step, 712345);
    cr_expect_eq(keys[2].value, 0.1);
    cr_expect_eq(keys[3].step, LONG);
}

Test(curve_fit, the_shortest_run)
{
    dy_curve curve;
    const double values[] = { 3, 1 };
    cr_assert(dy_curve_samples(&curve, &arena, values, 2, &err));
    cr_assert_eq(dy_curve_fit(&curve, 0, 1, keys, MOST), 2);
    cr_expect(keys[0].value == 3 && keys[1].value == 1 && keys[1].step == 1);
}

Test(curve_fit, no_memory)
{
    dy_curve curve = lr_of("step lr=0.1 gamma=0.5 every=1_epoch");
    dy_arena_fail_at(1, false);
    cr_expect_eq(dy_curve_fit(&curve, 0, STEPS - 1, keys, MOST), 0);
}
