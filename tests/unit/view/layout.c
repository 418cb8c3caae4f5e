/* layout.c - where panes go.   SPDX-License-Identifier: MIT */
#include "view/layout.h"

#include "fixture.h"

#include <criterion/criterion.h>

TestSuite(layout, .init = fixture_open, .fini = fixture_close);

/* A draft of which all these panes are shown. */
static dy_draft take(const dy_pane_spec *specs, int32_t n)
{
    dy_draft d = sample_draft(board, &view, &arena, &err);
    view.panes = specs;
    view.n_panes = n;
    cr_assert(dy_layout_take(&d));
    for (int32_t p = 0; p < d.n_panes; p++) {
        d.panes[p].shown = true;
        d.panes[p].y = (dy_scale){ .lo = 0, .hi = 1 };
        d.panes[p].x = (dy_scale){ .lo = 0, .hi = 100 };
    }
    return d;
}

Test(layout, shares_of_the_height)
{
    static const dy_pane_spec SPECS[] = {
        { .kind = DY_PANE_LOSS, .share = 3 },
        { .kind = DY_PANE_LR, .share = 1 },
        { .kind = DY_PANE_ACCURACY, .share = 1 },
    };
    dy_draft d = take(SPECS, 3);
    dy_layout_stack(&d, (dy_box){ 10, 20, 500, 700 }, 50);
    cr_expect_gt(d.panes[0].box.h, 2 * d.panes[1].box.h);
    cr_expect_eq(d.panes[1].box.h, d.panes[2].box.h);
    cr_expect_lt(d.panes[0].box.y, d.panes[1].box.y, "in their order");
    cr_expect_float_eq(d.panes[2].box.y + d.panes[2].box.h, 20 + 700 - 50, 0.01);
    for (int p = 0; p < 3; p++) {
        cr_expect_eq(d.panes[p].box.x, 10 + d.panes[p].gutter);
        cr_expect_float_eq(d.panes[p].box.x + d.panes[p].box.w, 510, 0.01);
        cr_expect_gt(d.panes[p].ticks.n, 0);
    }
}

Test(layout, what_has_no_room_is_not_shown_the_smallest_share_first)
{
    dy_pane_spec specs[7];
    for (int p = 0; p < 7; p++) specs[p] = (dy_pane_spec){ .kind = (dy_pane_kind)p };
    dy_draft d = take(specs, 7);
    dy_layout_stack(&d, (dy_box){ 0, 0, 400, 160 }, 20);
    cr_expect_lt(dy_layout_count(&d, true), 7);
    cr_expect(d.panes[DY_PANE_LOSS].shown);
    cr_expect_not(d.panes[DY_PANE_MOMENTUM].shown);
    for (int p = 0; p < 7; p++)
        if (d.panes[p].shown) cr_expect_geq(d.panes[p].box.h, 2 * d.em - 0.01);
    dy_layout_stack(&d, (dy_box){ 0, 0, 1, 1 }, 20);
    cr_expect_eq(dy_layout_count(&d, true), 1, "one is left whatever the room");
}

Test(layout, a_grid_follows_the_shape_of_the_room)
{
    static const dy_pane_spec SPECS[] = {
        { .kind = DY_PANE_LOOP },
        { .kind = DY_PANE_PLANE },
        { .kind = DY_PANE_WEIGHTS },
    };
    dy_draft d = take(SPECS, 3);
    dy_layout_grid(&d, (dy_box){ 0, 0, 200, 700 });
    cr_expect_eq(dy_layout_count(&d, false), 3);
    cr_expect_lt(d.panes[0].box.y, d.panes[1].box.y, "a column");
    cr_expect_lt(d.panes[1].box.y, d.panes[2].box.y);
    dy_layout_grid(&d, (dy_box){ 0, 0, 900, 250 });
    cr_expect_eq(d.panes[1].box.y, d.panes[2].box.y, "a row");
    cr_expect_lt(d.panes[0].box.x + d.panes[0].box.w, d.panes[1].box.x);
    dy_layout_grid(&d, (dy_box){ 0, 0, 900, 30 });
    cr_expect_eq(dy_layout_count(&d, false), 0, "no room");
}
