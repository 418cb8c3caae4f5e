/* ease.c - the way between two keys.   SPDX-License-Identifier: MIT */
#include "schedule/ease.h"

#include "base/rng.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static const struct {
    dy_ease ease;
    double a, b, p, value;
} CASES[] = {
    { { DY_EASE_HOLD, 0, 0 }, 1, 3, 0.999, 1 },
    { { DY_EASE_HOLD, 0, 0 }, 1, 3, 1, 3 },
    { { DY_EASE_LINEAR, 0, 0 }, 1, 3, 0.25, 1.5 },
    { { DY_EASE_COSINE, 0, 0 }, 1, 3, 0.5, 2 },
    { { DY_EASE_COSINE, 0, 0 }, 1, 3, 1.0 / 3, 1.5 },
    { { DY_EASE_COSINE, 0, 0 }, 3, 1, 1.0 / 3, 2.5 },
    { { DY_EASE_EXP, 0, 0 }, 1, 1e-4, 0.25, 0.1 },
    { { DY_EASE_EXP, 0, 0 }, -1, -16, 0.75, -8 },
    { { DY_EASE_POLY, 2, 0 }, 4, 0, 0.5, 1 },
    { { DY_EASE_POLY, 0.5, 0 }, 4, 0, 0.75, 2 },
    { { DY_EASE_POWER, 0.5, 0 }, 4, 0, 0.25, 2 },
    { { DY_EASE_POWER, 2, 0 }, 0, 4, 0.5, 1 },
    { { DY_EASE_SINE_OUT, 0, 0 }, 1, 3, 1.0 / 3, 2 },
    { { DY_EASE_SINE_IN, 0, 0 }, 3, 1, 2.0 / 3, 2 },
    { { DY_EASE_RATIONAL, 0.5, 0 }, 1, 0, 0.5, 2.0 / 3 },
    { { DY_EASE_RATIONAL, 0.1, 0 }, 1, 0, 0.5, 10.0 / 11 },
    { { DY_EASE_RATIONAL, 1, 0 }, 1, 3, 0.25, 1.5 },
    { { DY_EASE_TANH, -2, 2 }, 1, 3, 0.5, 2 },
    /* (tanh 0 - tanh -7) / (tanh 3 - tanh -7) at 0.7 */
    { { DY_EASE_TANH, -7, 3 }, 1, 0, 0.7, 0.49876103967347267 },
    { { DY_EASE_TANH, -300, 300 }, 1, 0, 0.5, 0.5 },
    { { DY_EASE_TANH, -300, -299 }, 1, 0, 0.5, 0.73105857863000487 },
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

static dy_ease random_ease(dy_rng *rng)
{
    dy_ease ease = { (dy_ease_kind)dy_rng_below(rng, DY_EASES), 0.1 + 5 * dy_rng_uniform(rng),
                     0 };
    if (ease.kind != DY_EASE_TANH) return ease;
    ease.x = 600 * dy_rng_uniform(rng) - 300;
    ease.y = ease.x + (300 - ease.x) * (0.001 + 0.999 * dy_rng_uniform(rng));
    return ease;
}

Test(ease, exact_at_the_ends_and_monotone_between)
{
    dy_rng rng = dy_rng_make(1, "ease");
    for (int i = 0; i < 5000; i++) {
        dy_ease ease = random_ease(&rng);
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

static const struct {
    dy_ease ease;
    double a, b;
    const char *message; /* NULL: it is fine */
} CHECKED[] = {
    { { DY_EASE_EXP, 0, 0 }, 2, 1, NULL },
    { { DY_EASE_EXP, 0, 0 }, 2, 0, "exp from 2 to 0; want both of one sign and neither 0" },
    { { DY_EASE_POWER, 1, 0 }, 1, 0, NULL },
    { { DY_EASE_POWER, -1, 0 }, 1, 0, "power with power -1; want a number, more than 0" },
    { { DY_EASE_POLY, INFINITY, 0 }, 1, 0, "poly with power inf; want a number, more than 0" },
    { { DY_EASE_RATIONAL, 0, 0 }, 1, 0, "rational with beta 0; want a number, more than 0" },
    { { DY_EASE_TANH, -6, 3 }, 1, 0, NULL },
    { { DY_EASE_TANH, 3, 3 }, 1, 0, "tanh from 3 to 3; want lower below upper" },
    { { DY_EASE_TANH, 3, NAN },
      1,
      0,
      "tanh from 3 to nan; want numbers of at most 300 in size" },
    { { DY_EASE_TANH, -301, 3 },
      1,
      0,
      "tanh from -301 to 3; want numbers of at most 300 in size" },
    { { DY_EASES, 0, 0 }, 1, 0, "ease 10; want 0 to 9" },
};

Test(ease, checked)
{
    for (size_t i = 0; i < sizeof CHECKED / sizeof *CHECKED; i++) {
        dy_error err = { "" };
        bool fine = dy_ease_check(CHECKED[i].ease, CHECKED[i].a, CHECKED[i].b, &err);
        cr_expect(fine == !CHECKED[i].message, "case %zu", i);
        cr_expect(fine || strcmp(err.text, CHECKED[i].message) == 0, "%s", err.text);
    }
}
