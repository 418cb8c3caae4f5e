/* curves.c - tapes as polylines.   SPDX-License-Identifier: MIT */
#include "view/curves.h"

#include "fixture.h"

#include <criterion/criterion.h>

TestSuite(curves, .init = fixture_open, .fini = fixture_close);

/* All runs in a pane of 400 x 200 px at 100, 50 for this channel. */
static dy_draft draw(dy_channel channel, double smoothing)
{
    dy_draft d = sample_draft(board, &view, &arena, &err);
    dy_pane_spec spec = { .kind = (dy_pane_kind)channel };
    view.smoothing = smoothing;
    sample_read(&d, &spec, 1);
    dy_pane *pane = &d.panes[0];
    pane->box = (dy_box){ 100, 50, 400, 200 };
    pane->y.from_px = 250;
    pane->y.to_px = 50;
    pane->x.from_px = 100;
    pane->x.to_px = 500;
    dy_curves_draw(&d, 0);
    return d;
}

Test(curves, a_line_from_edge_to_edge)
{
    sample_done(sample_run(board, "run", 100, 100), 0.5);
    dy_draft d = draw(DY_LR, 0);
    cr_assert_eq(d.n_items, 1);
    const dy_item *line = &d.items[0];
    cr_assert_eq(line->n, 2, "what lies on a straight line is left out");
    cr_expect_eq(line->points[0].x, 100);
    cr_expect_float_eq(line->points[1].x, 100 + 4 * 99, 1e-9);
    cr_expect_lt(line->points[0].y, line->points[1].y, "lr falls, pixels grow downwards");
    cr_expect_eq(line->pane, 0);
    cr_expect_eq(line->run, 0);
}

Test(curves, the_raw_loss_is_faint_and_beneath)
{
    sample_done(sample_run(board, "run", 100, 100), 0.5);
    dy_draft d = draw(DY_LOSS, 5);
    cr_assert_eq(d.n_items, 2);
    cr_expect_lt(d.items[0].colour & 0xffU, 0x80U);
    cr_expect_lt(d.items[0].size, d.items[1].size);
    cr_expect_eq(d.items[1].colour & 0xffU, 0xffU);
}

Test(curves, few_samples_are_dots)
{
    sample_done(sample_run(board, "run", 5, 5), 0.5);
    dy_draft d = draw(DY_LOSS, 0);
    cr_expect_eq(count_kind(d.items, d.n_items, DY_ITEM_DOT), 5);
}

Test(curves, scores_are_dots_and_the_last_is_always_there)
{
    dy_run_view run = sample_run(board, "run", 100, 100);
    for (int i = 90; i <= 100; i++) sample_score(board, run, i, 0.3);
    sample_done(run, 0.5);
    dy_draft d = draw(DY_LOSS, 5);
    int dots = count_kind(d.items, d.n_items, DY_ITEM_DOT);
    cr_expect(dots > 1 && dots < 11, "%d of 11 are drawn", dots);
    double right = 0;
    for (int64_t i = 0; i < d.n_items; i++)
        if (d.items[i].kind == DY_ITEM_DOT && d.items[i].at.x > right) right = d.items[i].at.x;
    cr_expect_float_eq(right, 500, 1e-9);
}

Test(curves, a_cross_where_it_diverged)
{
    sample_diverged(sample_run(board, "run", 100, 60));
    sample_done(sample_run(board, "other", 100, 100), 0.5);
    dy_draft d = draw(DY_LOSS, 5);
    cr_assert_eq(count_kind(d.items, d.n_items, DY_ITEM_CROSS), 1);
    for (int64_t i = 0; i < d.n_items; i++) {
        if (d.items[i].kind != DY_ITEM_CROSS) continue;
        cr_expect_float_eq(d.items[i].at.x, 100 + 4 * 59, 1e-9, "%g", d.items[i].at.x);
        cr_expect(d.items[i].at.y >= 50 && d.items[i].at.y <= 250);
        cr_expect_eq(d.items[i].run, 0);
    }
}
