/* theme.c - colours.   SPDX-License-Identifier: MIT */
#include "view/theme.h"

#include <criterion/criterion.h>
#include <math.h>

/* Relative luminance. source: WCAG 2.1 */
static double luminance(dy_colour c)
{
    double sum = 0;
    static const double WEIGHTS[] = { 0.2126, 0.7152, 0.0722 };
    for (int i = 0; i < 3; i++) {
        double v = (double)(c >> (24 - 8 * i) & 0xff) / 255;
        sum += WEIGHTS[i] * (v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(dy_colour a, dy_colour b)
{
    double x = luminance(a) + 0.05;
    double y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

Test(theme, text_can_be_read_and_curves_be_seen)
{
    for (int dark = 0; dark < 2; dark++) {
        dy_theme t = dy_theme_make(dark);
        cr_expect_geq(contrast(t.ink, t.paper), 7.0);
        cr_expect_geq(contrast(t.quiet, t.paper), 4.5);
        cr_expect_geq(contrast(t.alarm, t.paper), 4.5);
        for (int32_t i = 0; i < 7; i++)
            cr_expect_geq(contrast(dy_theme_run(dark, i), t.paper), 2.0, "run %d, dark %d", i,
                          dark);
    }
}

Test(theme, twenty_one_runs_differ)
{
    for (int32_t i = 0; i < 21; i++)
        for (int32_t j = 0; j < i; j++)
            cr_expect(dy_theme_run(false, i) != dy_theme_run(false, j) ||
                          dy_theme_dash(i) != dy_theme_dash(j),
                      "%d and %d look alike", i, j);
    cr_expect_eq(dy_theme_dash(0), DY_SOLID);
    cr_expect_eq(dy_theme_run(true, 1000000), dy_theme_run(true, 1000000 % 7));
}

Test(theme, faded)
{
    cr_expect_eq(dy_faded(0x123456ffU, 1), 0x123456ffU);
    cr_expect_eq(dy_faded(0x123456ffU, 0), 0x12345600U);
    cr_expect_eq(dy_faded(0x12345680U, 0.5), 0x12345640U);
}
