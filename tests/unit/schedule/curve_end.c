/* curve_end.c - from where on a curve stays what it is.   SPDX-License-Identifier: MIT */
#include "random_curve.h"

#include <criterion/criterion.h>
#include <math.h>

static dy_arena arena;
static dy_error err;

static void setup(void)
{
    arena = dy_arena_make(0);
}

static void teardown(void)
{
    dy_arena_close(&arena);
}

TestSuite(curve_end, .init = setup, .fini = teardown);

/* 0 to 1 in 10 steps. */
static dy_curve ramp(void)
{
    dy_curve made;
    dy_key keys[] = { { 0, 0, { 0 } }, { 10, 1, { DY_EASE_LINEAR, 0, 0 } } };
    cr_assert(dy_curve_keys(&made, &arena, keys, 2, &err));
    return made;
}

Test(curve_end, of_leaves)
{
    dy_curve curve = ramp();
    cr_expect(dy_curve_end(&curve) == 10);
    cr_assert(dy_curve_constant(&curve, &arena, 3, &err));
    cr_expect(dy_curve_end(&curve) == -HUGE_VAL);
    dy_key flat[] = { { 0, 0, { 0 } }, { 10, 1, { 0 } }, { 20, 1, { DY_EASE_COSINE, 0, 0 } } };
    cr_assert(dy_curve_keys(&curve, &arena, flat, 3, &err));
    cr_expect(dy_curve_end(&curve) == 10, "the last key changes nothing");
    cr_assert(dy_curve_decay(&curve, &arena, 1, 0.5, 10, false, &err));
    cr_expect(dy_curve_end(&curve) == HUGE_VAL);
    cr_assert(dy_curve_power(&curve, &arena, 1, -0.5, 10, &err));
    cr_expect(dy_curve_end(&curve) == HUGE_VAL);
    cr_assert(dy_curve_power(&curve, &arena, 0, -0.5, 10, &err));
    cr_expect(dy_curve_end(&curve) == -HUGE_VAL);
}

static const struct {
    dy_node_kind kind;
    double a, b, end;
} MAPS[] = {
    { DY_NODE_SHIFT, 5, 0, 15 },        { DY_NODE_STRETCH, 3, 0, 30 },
    { DY_NODE_STAIRS, 4, 0, 12 },       { DY_NODE_WARP, 20, 2, 20 },
    { DY_NODE_WARP, 8, 2, 10 },         { DY_NODE_WITHIN, 0, 7, 7 },
    { DY_NODE_WITHIN, 0, 70, 10 },      { DY_NODE_SCALE, 2, 1, 10 },
    { DY_NODE_SCALE, 0, 1, -HUGE_VAL }, { DY_NODE_CLIP, 0.25, 0.5, 10 },
};

Test(curve_end, of_one_operand)
{
    dy_curve x = ramp(), made;
    for (size_t i = 0; i < sizeof MAPS / sizeof *MAPS; i++) {
        cr_assert(dy_curve_map(&made, &arena, MAPS[i].kind, &x, MAPS[i].a, MAPS[i].b, &err));
        cr_expect(dy_curve_end(&made) == MAPS[i].end, "case %zu: %g", i, dy_curve_end(&made));
    }
    cr_assert(dy_curve_repeat(&made, &arena, &x, 10, 1, 1, &err));
    cr_expect(dy_curve_end(&made) == HUGE_VAL);
}

Test(curve_end, of_two_operands)
{
    dy_curve x = ramp(), later, made;
    cr_assert(dy_curve_map(&later, &arena, DY_NODE_SHIFT, &x, 5, 0, &err));
    cr_assert(dy_curve_pair(&made, &arena, DY_NODE_SUM, &later, &x, &err));
    cr_expect(dy_curve_end(&made) == 15);
    cr_assert(dy_curve_join(&made, &arena, &later, 100, &x, &err));
    cr_expect(dy_curve_end(&made) == 110);
}

/* Whatever the curve: past its end it is one value. */
Test(curve_end, nothing_moves_after_it)
{
    dy_rng rng = dy_rng_make(4, "end");
    int settled = 0;
    for (int i = 0; i < 3000; i++) {
        dy_curve curve = random_curve(&rng, &arena);
        double end = dy_curve_end(&curve);
        cr_assert(!isnan(end));
        if (end >= 1e60) continue;
        double at = end > -1e60 ? end + 1e-9 * fabs(end) : -1e60; /* to rounding */
        double value = dy_curve_at(&curve, at);
        for (double by = 1e-3; by < 1e70; by *= 1e4)
            cr_assert(dy_curve_at(&curve, at + by) == value, "curve %d at %g", i, at + by);
        settled++;
        if (i % 100 == 0) dy_arena_close(&arena);
    }
    cr_expect(settled > 300, "%d", settled);
}
