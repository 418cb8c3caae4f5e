/* stroke.c - a line drawn by hand.   SPDX-License-Identifier: MIT */
#include "view/stroke.h"

#include <criterion/criterion.h>
#include <math.h>

static void draw(dy_stroke_line *s, double x, double y)
{
    dy_stroke_to(s, (dy_point){ x, y });
    for (int32_t i = 1; i < s->n; i++)
        cr_assert(s->points[i].x > s->points[i - 1].x, "point %d", i);
}

static double at(const dy_stroke_line *s, double x)
{
    double y = (double)NAN;
    dy_stroke_at(s, x, &y);
    return y;
}

Test(stroke, goes_forth)
{
    dy_stroke_line s = { .n = 0 };
    cr_expect(isnan(at(&s, 0)));
    draw(&s, 10, 1);
    cr_expect_eq(at(&s, 10), 1);
    draw(&s, 20, 3);
    draw(&s, 40, 3);
    cr_expect_eq(s.n, 3);
    cr_expect_eq(at(&s, 15), 2);
    cr_expect(isnan(at(&s, 9)) && isnan(at(&s, 41)));
}

Test(stroke, going_back_draws_over)
{
    dy_stroke_line s = { .n = 0 };
    for (int x = 0; x <= 100; x += 10) draw(&s, x, 1);
    draw(&s, 50, 2);
    cr_expect_eq(at(&s, 60), 1.8);
    cr_expect_eq(at(&s, 20), 1, "not reached");
    cr_expect_eq(at(&s, 100), 1);
}

Test(stroke, another_part_leaves_what_is_between)
{
    dy_stroke_line s = { .n = 0 };
    draw(&s, 0, 1);
    draw(&s, 10, 1);
    dy_stroke_lift(&s);
    draw(&s, 30, 5);
    draw(&s, 40, 5);
    cr_expect_eq(at(&s, 20), 3);
    dy_stroke_lift(&s);
    draw(&s, 20, 9);
    cr_expect_eq(s.n, 5);
}

Test(stroke, has_an_end)
{
    dy_stroke_line s = { .n = 0 };
    for (int x = 0; x < 2 * DY_STROKE_POINTS; x++) dy_stroke_to(&s, (dy_point){ x, 1 });
    cr_expect_eq(s.n, DY_STROKE_POINTS);
}
