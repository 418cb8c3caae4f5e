/* legend.c - the legend.   SPDX-License-Identifier: MIT */
#include "view/legend.h"

#include "fixture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

TestSuite(legend, .init = fixture_open, .fini = fixture_close);

static void add_runs(int n)
{
    for (int i = 0; i < n; i++) {
        char name[64];
        snprintf(name, sizeof name, "run %d with a rather long name, max_lr = 0.%d", i, i);
        sample_done(sample_run(board, name, 20, 20), 0.9 + i / 1000.0);
    }
}

Test(legend, one_run_needs_none)
{
    add_runs(1);
    dy_draft d = sample_draft(board, &view, &arena, &err);
    cr_expect_eq(dy_legend_make(&d, 700, 500, 500).h, 0);
}

Test(legend, beside_in_a_wide_picture_above_in_a_tall_one)
{
    add_runs(3);
    dy_draft d = sample_draft(board, &view, &arena, &err);
    dy_legend wide = dy_legend_make(&d, 700, 500, 500);
    cr_expect(wide.beside && wide.w <= 0.34 * 700, "%g", wide.w);
    dy_legend tall = dy_legend_make(&d, 400, 700, 700);
    cr_expect(!tall.beside && tall.h > 0 && tall.w <= 400);
}

/* All that is drawn stays inside what was laid out, and rows do not touch. */
static void check_inside(const dy_draft *d, const dy_legend *legend, dy_point at)
{
    for (int64_t i = 0; i < d->n_items; i++) {
        const dy_item *item = &d->items[i];
        if (item->kind != DY_ITEM_TEXT) continue;
        double width = dy_draft_width(d, (dy_type){ .size = item->size }, item->text);
        double left = item->anchor == DY_RIGHT ? item->at.x - width : item->at.x;
        cr_assert_geq(left, at.x - 0.01, "%s", item->text);
        cr_assert_leq(left + width, at.x + legend->w + 0.01, "%s", item->text);
        cr_assert_leq(item->at.y, at.y + legend->h, "%s", item->text);
    }
}

Test(legend, stays_inside)
{
    add_runs(40);
    for (int i = 0; i < 2; i++) {
        dy_draft d = sample_draft(board, &view, &arena, &err);
        dy_legend legend = dy_legend_make(&d, i ? 700 : 300, i ? 400 : 500, i ? 400 : 500);
        cr_expect_eq(legend.entries + legend.rest, 40);
        cr_expect_gt(legend.rest, 0, "40 rows do not fit");
        dy_legend_draw(&d, &legend, (dy_point){ 50, 60 });
        check_inside(&d, &legend, (dy_point){ 50, 60 });
        char more[32];
        snprintf(more, sizeof more, "and %d more", legend.rest);
        cr_expect_not_null(find_text(d.items, d.n_items, more));
    }
}

Test(legend, says_how_it_ended)
{
    add_runs(1);
    sample_diverged(sample_run(board, "bad", 20, 10));
    dy_draft d = sample_draft(board, &view, &arena, &err);
    dy_legend legend = dy_legend_make(&d, 700, 500, 500);
    dy_legend_draw(&d, &legend, (dy_point){ 0, 0 });
    cr_expect_not_null(find_text(d.items, d.n_items, "90.00 %"));
    const dy_item *bad = find_text(d.items, d.n_items, "diverged");
    cr_assert_not_null(bad);
    cr_expect_eq(bad->colour, d.theme.alarm);
    cr_expect_not_null(find_text(d.items, d.n_items, "test accuracy"));
}

Test(legend, hidden_runs_are_left_out_and_colours_stay)
{
    add_runs(3);
    dy_draft d = sample_draft(board, &view, &arena, &err);
    ((dy_trace *)d.traces)[0].show = DY_HIDDEN;
    dy_legend legend = dy_legend_make(&d, 700, 500, 500);
    cr_expect_eq(legend.entries, 2);
    dy_legend_draw(&d, &legend, (dy_point){ 0, 0 });
    cr_expect_null(find_text(d.items, d.n_items, "run 0"));
    for (int64_t i = 0; i < d.n_items; i++)
        if (d.items[i].kind == DY_ITEM_LINE)
            cr_expect_eq(d.items[i].colour,
                         dy_theme_run(false, d.traces[d.items[i].run].colour));
}
