/* ease.c - the way between two keys.   SPDX-License-Identifier: MIT */
#include "schedule/ease.h"

#include "base/rng.h"

#include <criterion/criterion.h>
#include <math.h>

static const struct {
    dy_ease ease;
    double a, b, p, value;
} CASES[] = {
    { { DY_EASE_HOLD, 0 }, 1, 3, 0.999, 1 },
    { { DY_EASE_HOLD, 0 }, 1, 3, 1, 3 },
    { { DY_EASE_LINEAR, 0 }, 1, 3, 0.25, 1.5 },
    { { DY_EASE_COSINE, 0 }, 1, 3, 0.5, 2 },
    { { DY_EASE_COSINE, 0 }, 1, 3, 1.0 / 3, 1.5 },
    { { DY_EASE_COSINE, 0 }, 3, 1, 1.0 / 3, 2.5 },
    { { DY_EASE_EXP, 0 }, 1, 1e-4, 0.25, 0.1 },
    { { DY_EASE_EXP, 0 }, -1, -16, 0.75, -8 },
    { { DY_EASE_POLY, 2 }, 4, 0, 0.5, 1 },
    { { DY_EASE_POLY, 0.5 }, 4, 0, 0.75, 2 },
};

Test(ease, known_values)
{
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        double value = dy_ease_at(CASES[i].ease, CASES[i].a, CASES[i].b, CASES[i].p);
        cr_expect(fabs(value - CASES[i].value) < 1e-15 * 16, "case %zu: %.17g", i, value);
    }
}

Test(ease, a_deep_cosine_keeps_its_digits_at_the_bottom)
{
    double p = 1 - 1e-6, half = 1e-6 * 1.5707963267948966;
    double exact = 1e-12 + half * half; /* sin(x) = x here, to twelve digits */
    double value = dy_ease_at((dy_ease){ .kind = DY_EASE_COSINE }, 1, 1e-12, p);
    cr_expect(fabs(value / exact - 1) < 1e-9, "%.17g", value);
}

static double random_value(dy_rng *rng)
{
    return pow(10, 200 * dy_rng_uniform(rng) - 100);
}

Test(ease, exact_at_the_ends_and_monotone_between)
{
    dy_rng rng = dy_rng_make(1, "ease");
    for (int i = 0; i < 5000; i++) {
        dy_ease ease = { (dy_ease_kind)dy_rng_below(&rng, DY_EASES),
                         0.1 + 5 * dy_rng_uniform(&rng) };
        double a = random_value(&rng), b = random_value(&rng);
        cr_assert(dy_ease_at(ease, a, b, 0) == a);
        cr_assert(dy_ease_at(ease, a, b, 1) == b);
        double before = a;
        for (int k = 1; k <= 32; k++) {
            double value = dy_ease_at(ease, a, b, k / 32.0);
            bool onward = a <= b ? value >= before : value <= before;
            cr_assert(onward, "%s from %g to %g: %.17g, then %.17g", DY_EASE_NAMES[ease.kind],
                      a, b, before, value);
            before = value;
        }
    }
}

Test(ease, names_end_at_null)
{
    for (int i = 0; i < DY_EASES; i++) cr_expect(DY_EASE_NAMES[i] != NULL);
    cr_expect(DY_EASE_NAMES[DY_EASES] == NULL);
}
