/* heading.c - title and subtitle.   SPDX-License-Identifier: MIT */
#include "view/heading.h"

#include "fixture.h"

#include <criterion/criterion.h>

TestSuite(heading, .init = fixture_open, .fini = fixture_close);

Test(heading, of_one_run_is_its_name_and_end)
{
    sample_done(sample_run(board, "one cycle", 20, 20), 0.9776);
    dy_draft d = sample_draft(board, &view, &arena, &err);
    dy_heading_draw(&d);
    cr_assert_eq(d.n_items, 2);
    cr_expect_str_eq(d.items[0].text, "one cycle");
    cr_expect_str_eq(d.items[1].text, "test accuracy 97.76 %  ·  spirals");
}

Test(heading, of_several_is_what_they_share)
{
    sample_run(board, "a", 20, 20);
    sample_run(board, "b", 20, 20);
    view.title = "Two runs\x1b on spirals";
    dy_draft d = sample_draft(board, &view, &arena, &err);
    double below = dy_heading_draw(&d);
    cr_assert_eq(d.n_items, 2);
    cr_expect_str_eq(d.items[0].text, "Two runs\uFFFD on spirals");
    cr_expect_str_eq(d.items[1].text, "spirals");
    cr_expect_gt(below, d.items[1].at.y);
}

Test(heading, of_none_is_nothing)
{
    dy_draft d = sample_draft(board, &view, &arena, &err);
    cr_expect_eq(dy_heading_draw(&d), DY_MARGIN * d.em);
    cr_expect_eq(d.n_items, 0);
}

Test(heading, is_cut_to_the_picture)
{
    view.width_px = 200;
    view.title = "A title that is far too long for a picture of this size, and then some";
    dy_draft d = sample_draft(board, &view, &arena, &err);
    dy_heading_draw(&d);
    dy_type type = { .size = d.items[0].size, .bold = true };
    cr_expect_leq(dy_draft_width(&d, type, d.items[0].text), 200 - 2 * DY_MARGIN * d.em);
}
