/* curve.c - values of curves: each kind of node, exact at keys, finite everywhere.   SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "random_curve.h"

#include <criterion/criterion.h>
#include <float.h>
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

TestSuite(curve, .init = setup, .fini = teardown);

static const double STEPS[] = { -DBL_MAX, -1e18, -1,  -0.5, 0,     0.5,     1,      7,
                                99.999,   100,   1e6, 1e18, 1e300, DBL_MAX, DBL_MIN };

enum { N_STEPS = sizeof STEPS / sizeof *STEPS };

static dy_curve keys(const dy_key *from, int64_t n)
{
    dy_curve curve;
    cr_assert(dy_curve_keys(&curve, &arena, from, n, &err), "%s", err.text);
    return curve;
}

static dy_curve ramp(void)
{
    return keys((dy_key[]){ { 0, 0, { 0 } }, { 10, 1, { DY_EASE_LINEAR, 0, 0 } } }, 2);
}

static void at(const dy_curve *curve, double step, double value)
{
    double found = dy_curve_at(curve, step);
    cr_expect(fabs(found - value) <= 1e-15 * fabs(value), "at %g: %.17g; want %.17g", step,
              found, value);
}

static double wave[1000];

static dy_curve samples(int64_t n)
{
    dy_curve curve;
    for (int64_t i = 0; i < n; i++) wave[i] = (double)(i * i % 97);
    cr_assert(dy_curve_samples(&curve, &arena, wave, n, &err), "%s", err.text);
    cr_assert(curve.nodes[0].kind == DY_NODE_SAMPLES && curve.n_keys == 0);
    return curve;
}

Test(curve, samples_are_held_until_the_next)
{
    dy_curve curve = samples(1000);
    cr_expect(curve.n_samples == 1000);
    for (int i = 0; i < 1000; i++) {
        cr_expect(dy_curve_at(&curve, i) == wave[i]);
        cr_expect(dy_curve_at(&curve, i + 0.999) == wave[i]);
    }
    cr_expect(dy_curve_at(&curve, -0.5) == wave[0] && dy_curve_at(&curve, -1e300) == wave[0]);
    cr_expect(dy_curve_at(&curve, 1000) == wave[999] &&
              dy_curve_at(&curve, 1e300) == wave[999]);
    cr_expect(dy_curve_at(&curve, 4e9) == wave[999], "beyond what 32 bits count");
}

Test(curve, samples_in_other_curves)
{
    dy_curve one = samples(20), two, joined, again, sum, copy;
    cr_assert(dy_curve_map(&two, &arena, DY_NODE_SCALE, &one, 2, 0.5, &err));
    cr_assert(dy_curve_join(&joined, &arena, &one, 7, &two, &err));
    cr_assert(dy_curve_repeat(&again, &arena, &joined, 20, 1, 1, &err));
    cr_assert(dy_curve_pair(&sum, &arena, DY_NODE_SUM, &again, &one, &err));
    cr_assert(dy_curve_copy(&copy, &arena, &sum, &err));
    cr_expect(copy.n_samples == 60 && dy_curve_check(&copy, &err));
    for (int i = 0; i < 60; i++) {
        int t = i % 20;
        double first = t < 7 ? wave[t] : 2 * wave[t - 7] + 0.5;
        cr_expect(dy_curve_at(&copy, i) == first + wave[i < 20 ? i : 19], "step %d", i);
    }
}

Test(curve, what_changes_seldom_is_made_of_keys)
{
    dy_curve curve;
    double stairs[1200];
    for (int i = 0; i < 1200; i++) stairs[i] = i / 100; // NOLINT(bugprone-integer-division)
    cr_assert(dy_curve_samples(&curve, &arena, stairs, 1200, &err));
    cr_expect(curve.n_keys == 12 && curve.n_samples == 0);
    for (int i = 0; i < 1200; i++) cr_expect(dy_curve_at(&curve, i) == stairs[i]);
    cr_assert(dy_curve_samples(&curve, &arena, stairs, 1, &err));
    cr_expect(curve.n_keys == 1 && dy_curve_at(&curve, 5) == 0);
    for (int i = 0; i < 1200; i++) stairs[i] = i / 2; // NOLINT(bugprone-integer-division)
    cr_assert(dy_curve_samples(&curve, &arena, stairs, 1200, &err));
    cr_expect(curve.n_keys == 0 && curve.n_samples == 1200, "600 keys take more");
}

Test(curve, keys_are_exact_and_held_outside)
{
    dy_curve curve = keys((dy_key[]){ { 2, 0.3, { 0 } },
                                      { 10, 0.1, { DY_EASE_COSINE, 0, 0 } },
                                      { 10, 0.7, { DY_EASE_HOLD, 0, 0 } },
                                      { 31.5, 1e-5, { DY_EASE_EXP, 0, 0 } } },
                          4);
    cr_expect(dy_curve_at(&curve, 2) == 0.3);
    cr_expect(dy_curve_at(&curve, -1e18) == 0.3);
    cr_expect(dy_curve_at(&curve, 10) == 0.7, "of two keys at a step the later is in effect");
    cr_expect(dy_curve_at(&curve, 9.999999) < 0.11);
    cr_expect(dy_curve_at(&curve, 31.5) == 1e-5);
    cr_expect(dy_curve_at(&curve, 1e18) == 1e-5);
    cr_expect(dy_curve_at(&curve, NAN) == 0.3, "even NaN gives a value");
}

Test(curve, many_keys_are_found)
{
    enum { N = 1000 };

    static dy_key many[N];
    for (int i = 0; i < N; i++) many[i] = (dy_key){ i * 3, i, { DY_EASE_LINEAR, 0, 0 } };
    for (int n = 1; n <= N; n += n < 20 ? 1 : 97) {
        dy_curve curve = keys(many, n);
        for (int i = 0; i < n; i++)
            cr_expect(dy_curve_at(&curve, i * 3) == i, "%d of %d", i, n);
        at(&curve, 1.5, n > 1 ? 0.5 : 0);
    }
}

Test(curve, decay)
{
    dy_curve smooth, stairs;
    cr_assert(dy_curve_decay(&smooth, &arena, 3, 0.25, 10, false, &err));
    cr_assert(dy_curve_decay(&stairs, &arena, 3, 0.25, 10, true, &err));
    at(&smooth, -5, 3);
    at(&smooth, 5, 1.5);
    at(&smooth, 20, 3.0 / 16);
    at(&stairs, 9.99, 3);
    at(&stairs, 10, 0.75);
    at(&stairs, 1e18, 0);
}

Test(curve, growth_stays_at_the_bound)
{
    dy_curve up, zero, product;
    cr_assert(dy_curve_decay(&up, &arena, 1, 1.5, 1, false, &err));
    cr_assert(dy_curve_decay(&zero, &arena, 0, 1.5, 1, false, &err));
    cr_assert(dy_curve_pair(&product, &arena, DY_NODE_PRODUCT, &up, &up, &err));
    cr_expect(dy_curve_at(&up, 1e18) == DY_CURVE_MOST);
    cr_expect(dy_curve_at(&product, 1e18) == DY_CURVE_MOST);
    cr_expect(dy_curve_at(&zero, 1e18) == 0);
}

Test(curve, repeat)
{
    dy_curve once = ramp(), even, halving, longer;
    cr_assert(dy_curve_repeat(&even, &arena, &once, 10, 1, 1, &err));
    cr_assert(dy_curve_repeat(&halving, &arena, &once, 10, 1, 0.5, &err));
    cr_assert(dy_curve_repeat(&longer, &arena, &once, 10, 2, 1, &err));
    at(&even, -3, 0);
    at(&even, 1e15 + 5, 0.5);
    at(&halving, 25, 0.125);
    at(&longer, 20, 0.5); /* 10 .. 30 */
    at(&longer, 30, 0);   /* 30 .. 70 */
    at(&longer, 50, 0.5);
}

static void check_cycles(const dy_curve *longer, double stretch)
{
    double start = 0, length = 16;
    for (int n = 0; n < 20; n++) {
        double step = ceil(start);
        at(longer, step, (step - start) / length * 1.6);
        double last = dy_curve_at(longer, ceil(start + length) - 1);
        cr_expect(last > (n < 4 ? 0.5 : 0.9), "cycle %d of %g ends at %g", n, stretch, last);
        start += length;
        length *= stretch;
    }
}

Test(curve, every_cycle_of_a_stretched_repeat_begins_on_its_step)
{
    static const double STRETCHES[] = { 2, 3, 4, 1.5, 1.25 };
    for (int k = 0; k < 5; k++) {
        dy_curve once = ramp(), longer;
        cr_assert(dy_curve_repeat(&longer, &arena, &once, 16, STRETCHES[k], 1, &err));
        check_cycles(&longer, STRETCHES[k]);
    }
}

Test(curve, combinators)
{
    dy_curve x = ramp(), two, c;
    cr_assert(dy_curve_constant(&two, &arena, 2, &err));
    cr_assert(dy_curve_join(&c, &arena, &two, 5, &x, &err));
    at(&c, 4.9, 2);
    at(&c, 5, 0);
    at(&c, 10, 0.5);
    cr_assert(dy_curve_map(&c, &arena, DY_NODE_SHIFT, &x, 3, 0, &err));
    at(&c, 8, 0.5);
    cr_assert(dy_curve_map(&c, &arena, DY_NODE_STRETCH, &x, 2, 0, &err));
    at(&c, 10, 0.5);
    cr_assert(dy_curve_map(&c, &arena, DY_NODE_SCALE, &x, -2, 1, &err));
    at(&c, 10, -1);
    cr_assert(dy_curve_map(&c, &arena, DY_NODE_CLIP, &x, 0.25, 0.75, &err));
    at(&c, 0, 0.25);
    at(&c, 5, 0.5);
    at(&c, 10, 0.75);

    static const struct {
        dy_node_kind kind;
        double value;
    } PAIRS[] = { { DY_NODE_SUM, 2.5 },
                  { DY_NODE_PRODUCT, 1 },
                  { DY_NODE_LEAST, 0.5 },
                  { DY_NODE_MOST, 2 } };

    for (int i = 0; i < 4; i++) {
        cr_assert(dy_curve_pair(&c, &arena, PAIRS[i].kind, &two, &x, &err));
        at(&c, 5, PAIRS[i].value);
        cr_assert(dy_curve_pair(&c, &arena, PAIRS[i].kind, &x, &two, &err));
        at(&c, 5, PAIRS[i].value);
    }
}

Test(curve, time_maps)
{
    dy_curve x = ramp(), c;
    cr_assert(dy_curve_map(&c, &arena, DY_NODE_STAIRS, &x, 4, 0, &err));
    at(&c, 3.9, 0);
    at(&c, 4, 0.4);
    at(&c, 11, 0.8);
    at(&c, -1, 0);
    cr_assert(dy_curve_map(&c, &arena, DY_NODE_WARP, &x, 10, 2, &err));
    at(&c, -1, 0);
    at(&c, 5, 0.25);
    at(&c, 10, 1);
    at(&c, 20, 1);
    cr_assert(dy_curve_map(&c, &arena, DY_NODE_WITHIN, &x, 2, 7, &err));
    at(&c, -1, 0.2);
    at(&c, 5, 0.5);
    at(&c, 100, 0.7);
}

Test(curve, power)
{
    dy_curve c;
    cr_assert(dy_curve_power(&c, &arena, 3, -1, 10, &err));
    at(&c, -5, 3);
    at(&c, 0, 3);
    at(&c, 5, 2);
    at(&c, 20, 1);
    cr_assert(dy_curve_power(&c, &arena, 3, -0.5, 10, &err));
    at(&c, 30, 1.5);
    cr_assert(dy_curve_power(&c, &arena, 3, 1, 10, &err));
    at(&c, 30, 12);
}

/* clip(2 (x + shifted x) + 1) joined at 20 with 3 (x * x): two stacks' worth of waiting, in each branch its own time. */
Test(curve, nested)
{
    dy_curve x = ramp(), later, sum, scaled, clipped, square, tripled, all;
    cr_assert(dy_curve_map(&later, &arena, DY_NODE_SHIFT, &x, 5, 0, &err));
    cr_assert(dy_curve_pair(&sum, &arena, DY_NODE_SUM, &x, &later, &err));
    cr_assert(dy_curve_map(&scaled, &arena, DY_NODE_SCALE, &sum, 2, 1, &err));
    cr_assert(dy_curve_map(&clipped, &arena, DY_NODE_CLIP, &scaled, 0, 4, &err));
    cr_assert(dy_curve_pair(&square, &arena, DY_NODE_PRODUCT, &x, &x, &err));
    cr_assert(dy_curve_map(&tripled, &arena, DY_NODE_SCALE, &square, 3, 0, &err));
    cr_assert(dy_curve_join(&all, &arena, &clipped, 20, &tripled, &err));
    at(&all, 6, 2 * (0.6 + 0.1) + 1);
    at(&all, 15, 4);
    at(&all, 25, 0.75);
}

Test(curve, whatever_is_made_is_finite_everywhere)
{
    dy_rng rng = dy_rng_make(2, "curve");
    for (int i = 0; i < 3000; i++) {
        dy_curve curve = random_curve(&rng, &arena);
        for (int s = 0; s < N_STEPS; s++) {
            double value = dy_curve_at(&curve, STEPS[s]);
            cr_assert(fabs(value) <= DY_CURVE_MOST, "curve %d at %g: %g", i, STEPS[s], value);
        }
        if (i % 100 == 0) dy_arena_close(&arena);
    }
}
