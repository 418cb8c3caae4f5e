/* look.c - what is chosen to be seen.   SPDX-License-Identifier: MIT */
#include "view/look.h"

#include <criterion/criterion.h>
#include <math.h>

static const double WHOLE = 1000;

static void expect_sight(const dy_look *look, double from, double to)
{
    cr_expect(fabs(look->from - from) < 1e-9 && fabs(look->to - to) < 1e-9,
              "%g to %g; want %g to %g", look->from, look->to, from, to);
}

Test(look, zooms_about_an_update)
{
    dy_look look = dy_look_defaults();
    dy_look_zoom(&look, 300, 0.5, WHOLE);
    expect_sight(&look, 150, 650); /* 300 stays at three tenths */
    dy_look_zoom(&look, 300, 2, WHOLE);
    expect_sight(&look, 0, 0); /* all again */
    dy_look_zoom(&look, 1000, 0.1, WHOLE);
    expect_sight(&look, 900, 1000);
    dy_look_zoom(&look, 950, 1e-9, WHOLE);
    cr_expect_eq(look.to - look.from, 8, "the narrowest");
    dy_look_zoom(&look, 950, 1e9, WHOLE);
    expect_sight(&look, 0, 0);
}

Test(look, a_short_run_cannot_be_zoomed_out_of)
{
    dy_look look = dy_look_defaults();
    dy_look_zoom(&look, 1, 0.5, 3);
    expect_sight(&look, 0, 0);
}

Test(look, pans_within_what_there_is)
{
    dy_look look = dy_look_defaults();
    dy_look_pan(&look, 1, WHOLE);
    expect_sight(&look, 0, 0);
    look.from = 400, look.to = 500;
    dy_look_pan(&look, 0.5, WHOLE);
    expect_sight(&look, 450, 550);
    dy_look_pan(&look, -100, WHOLE);
    expect_sight(&look, 0, 100);
    dy_look_pan(&look, 100, WHOLE);
    expect_sight(&look, 900, 1000);
    dy_look_fit(&look);
    expect_sight(&look, 0, 0);
}

Test(look, follows_the_newest)
{
    dy_look look = dy_look_defaults();
    cr_expect_not(dy_look_keep_up(&look, 500, WHOLE), "not asked to");
    dy_look_follow(&look, 500, WHOLE);
    cr_expect(look.follow);
    cr_expect_eq(look.to - look.from, 200);
    cr_expect(look.from < 500 && look.to > 500);
    double from = look.from;
    cr_expect(dy_look_keep_up(&look, 510, WHOLE));
    cr_expect(fabs(look.from - from - 10) < 1e-9);
    dy_look_keep_up(&look, 1000, WHOLE);
    expect_sight(&look, 800, 1000);
    cr_expect_not(dy_look_keep_up(&look, 1000, WHOLE), "nothing moved");
    dy_look_pan(&look, -0.5, WHOLE);
    cr_expect_not(look.follow, "a person moved it");
    dy_look_follow(&look, 1000, WHOLE);
    dy_look_follow(&look, 1000, WHOLE);
    cr_expect_not(look.follow);
}

Test(look, smooths_in_steps)
{
    dy_look look = dy_look_defaults();
    dy_look_smooth(&look, 40, 1);
    cr_expect_eq(look.smoothing, 60);
    dy_look_smooth(&look, 60, -1);
    cr_expect_eq(look.smoothing, 40);
    dy_look_smooth(&look, 1, -1);
    cr_expect_eq(look.smoothing, 0, "as it is");
    dy_look_smooth(&look, 0, 1);
    cr_expect_eq(look.smoothing, 1.5);
    dy_look_smooth(&look, 1e9, 1);
    cr_expect_eq(look.smoothing, 1e6);
}

Test(look, hides_and_sees_alone)
{
    dy_look look = dy_look_defaults();
    dy_look_toggle(&look, 2);
    cr_expect(dy_look_sees(&look, 1) && !dy_look_sees(&look, 2));
    dy_look_solo(&look, 2);
    cr_expect(!dy_look_sees(&look, 1) && dy_look_sees(&look, 2), "alone, though it was hidden");
    dy_look_solo(&look, 2);
    cr_expect(dy_look_sees(&look, 1) && dy_look_sees(&look, 2));
    dy_look_toggle(&look, DY_LOOK_RUNS + 5);
    dy_look_toggle(&look, -1);
    cr_expect(dy_look_sees(&look, DY_LOOK_RUNS + 5), "too many to be hidden");
}

Test(look, turns_and_keeps_axes)
{
    dy_pane_spec specs[DY_PANE_KINDS];
    dy_look look = dy_look_defaults();
    dy_look_turn_axis(&look, DY_PANE_LOSS, false);
    cr_assert_eq(dy_look_panes(&look, specs), 4);
    cr_expect(specs[2].kind == DY_PANE_LOSS && specs[2].y == DY_AXIS_LOG);
    dy_look_turn_axis(&look, DY_PANE_LOSS, true);
    dy_look_keep_axis(&look, DY_PANE_LR, 1, 3, true);
    look.on[DY_PANE_MOMENTUM] = false;
    look.on[DY_PANE_RATE] = true;
    cr_assert_eq(dy_look_panes(&look, specs), 4);
    cr_expect(specs[0].lo == 1 && specs[0].hi == 3 && specs[0].y == DY_AXIS_LOG);
    cr_expect_eq(specs[1].kind, DY_PANE_RATE);
    cr_expect_eq(specs[2].y, DY_AXIS_LINEAR);
}

Test(look, the_crosshair_stays_within)
{
    dy_look look = dy_look_defaults();
    dy_look_step(&look, 10, 999);
    cr_expect(look.hovered && look.hover == 10);
    dy_look_step(&look, -100, 999);
    cr_expect_eq(look.hover, 0);
    dy_look_step(&look, 1e9, 999);
    cr_expect_eq(look.hover, 999);
}
