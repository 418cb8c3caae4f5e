/* ticks.c - ticks and their labels.   SPDX-License-Identifier: MIT */
#include "view/ticks.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The labels with spaces between; minor ticks have none. */
static const char *labels(const dy_ticks *ticks)
{
    static char text[2048];
    text[0] = '\0';
    for (int i = 0; i < ticks->n; i++) {
        if (!ticks->tick[i].label[0]) continue;
        if (text[0]) strcat(text, " ");
        strcat(text, ticks->tick[i].label);
    }
    return text;
}

Test(ticks, linear_labels)
{
    static const struct {
        double lo, hi, wanted;
        bool whole;
        const char *labels;
    } CASES[] = {
        { 0, 1, 5, false, "0 0.2 0.4 0.6 0.8 1.0" },
        { 0, 0.2, 3, false, "0 0.1 0.2" },
        { 0.84, 0.96, 3, false, "0.85 0.90 0.95" },
        { 0, 1407, 7, true, "0 200 400 600 800 1,000 1,200 1,400" },
        { 0, 1e6, 5, true, "0 200k 400k 600k 800k 1M" },
        { 0, 4, 8, true, "0 1 2 3 4" },
        { -1, 1, 3, false, "-1 0 1" },
        { 0, 3.1e7, 3, false, "0 1×10⁷ 2×10⁷ 3×10⁷" },
    };

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dy_ticks t;
        dy_ticks_linear(&t, CASES[i].lo, CASES[i].hi, CASES[i].wanted, CASES[i].whole);
        cr_expect_str_eq(labels(&t), CASES[i].labels, "case %zu gave %s", i, labels(&t));
    }
}

Test(ticks, small_numbers_share_a_power)
{
    dy_ticks t;
    dy_ticks_linear(&t, 0, 2.3e-5, 4, false);
    cr_expect_str_eq(labels(&t), "0 0.5×10⁻⁵ 1.0×10⁻⁵ 1.5×10⁻⁵ 2.0×10⁻⁵");
}

Test(ticks, log_labels)
{
    static const struct {
        double lo, hi, wanted;
        const char *labels;
    } CASES[] = {
        { 0.01, 1, 4, "0.01 0.1 1" },           { 0.07, 3.5, 6, "0.1 0.2 0.5 1 2" },
        { 1e-6, 5, 3, "10⁻⁶ 10⁻³ 10⁰" },        { 2e-8, 3e-7, 6, "5×10⁻⁸ 10⁻⁷ 2×10⁻⁷" },
        { 0.3, 0.7, 4, "0.3 0.4 0.5 0.6 0.7" }, /* within a decade: as on a linear axis */
    };

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dy_ticks t;
        dy_ticks_log(&t, CASES[i].lo, CASES[i].hi, CASES[i].wanted);
        cr_expect(strstr(labels(&t), CASES[i].labels), "case %zu gave %s", i, labels(&t));
    }
}

Test(ticks, log_has_minor_ticks_between)
{
    dy_ticks t;
    dy_ticks_log(&t, 0.1, 10, 3);
    int minor = 0;
    for (int i = 0; i < t.n; i++) minor += !t.tick[i].label[0];
    cr_expect_eq(minor, 16, "2..9 in two decades, gave %d", minor);
}

static void check_order(const dy_ticks *t, double lo, double hi)
{
    double room = (hi - lo) * 1e-5;
    for (int i = 0; i < t->n; i++) {
        cr_assert(t->tick[i].at >= lo - room && t->tick[i].at <= hi + room, "%g of %g..%g",
                  t->tick[i].at, lo, hi);
        cr_assert(i == 0 || t->tick[i].at > t->tick[i - 1].at);
    }
}

/* Whatever the range: at least two labels, all different, in order, inside. */
Test(ticks, any_range_has_good_ticks)
{
    for (double unit = 1e-12; unit < 1e12; unit *= 7.3)
        for (double ratio = 1.05; ratio < 1e9; ratio *= 1.9)
            for (int wanted = 2; wanted < 12; wanted += 3) {
                dy_ticks t;
                dy_ticks_linear(&t, unit, unit * ratio, wanted, false);
                cr_assert(t.n >= 2 && t.n <= 3 * wanted, "%d ticks, wanted %d", t.n, wanted);
                check_order(&t, unit, unit * ratio);
                for (int i = 1; i < t.n; i++)
                    cr_assert_str_neq(t.tick[i].label, t.tick[i - 1].label, "%g x %g", unit,
                                      ratio);
                dy_ticks_log(&t, unit, unit * ratio, wanted);
                check_order(&t, unit, unit * ratio);
                int labelled = 0;
                for (int i = 0; i < t.n; i++) labelled += t.tick[i].label[0] != '\0';
                cr_assert_geq(labelled, 2, "%g x %g, wanted %d", unit, ratio, wanted);
            }
}

Test(ticks, extreme_ranges_end)
{
    dy_ticks t;
    dy_ticks_log(&t, 1e-290, 1e300, 5);
    cr_expect(t.n >= 2 && t.n <= DY_TICKS_MAX, "%d", t.n);
    dy_ticks_linear(&t, 0, 1e300, 5, false);
    cr_expect(t.n >= 2, "%d", t.n);
    dy_ticks_linear(&t, 0, 1, 5, true);
    cr_expect_str_eq(labels(&t), "0 1", "whole numbers only");
}
