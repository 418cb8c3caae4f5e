/* values.c - the table of all runs at one update.   SPDX-License-Identifier: MIT */
#include "view/values.h"

#include "fixture.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(values, .init = fixture_open, .fini = fixture_close);

static const dy_pane_spec SPECS[] = { { .kind = DY_PANE_LR }, { .kind = DY_PANE_LOSS } };

static dy_draft draw(int64_t step, double w, double h, dy_values *values)
{
    dy_draft d = sample_draft(board, &view, &arena, &err);
    sample_read(&d, SPECS, 2);
    d.panes[0].shown = d.panes[1].shown = true;
    cr_assert(dy_values_make(&d, values, step, w, h));
    dy_values_draw(&d, values, (dy_point){ 100, 100 });
    return d;
}

static void add(const char *name, double lr)
{
    dy_card card = { .steps = 100, .epoch_steps = 10 };
    dy_run_view run;
    snprintf(card.name, sizeof card.name, "%s", name);
    cr_assert(dy_board_add(board, &card, 4, &run, &err));
    for (int i = 0; i < 50; i++) dy_tape_push(run.tape, (dy_sample){ lr, 0.9, 0.5F });
}

Test(values, stand_under_each_other_with_equally_many_digits)
{
    add("a", 0.1);
    add("b", 0.0125);
    dy_values v;
    dy_draft d = draw(20, 500, 500, &v);
    cr_assert_eq(v.n_runs, 2);
    cr_assert_eq(v.n_columns, 2);
    const dy_item *first = find_text(d.items, d.n_items, "0.1000");
    const dy_item *second = find_text(d.items, d.n_items, "0.0125");
    cr_assert(first && second);
    cr_expect_eq(first->at.x, second->at.x);
    cr_expect_eq(first->anchor, DY_RIGHT);
    cr_expect_lt(first->at.y, second->at.y);
    cr_expect_not_null(find_text(d.items, d.n_items, "update 20"));
    cr_expect_not_null(find_text(d.items, d.n_items, "loss"));
}

Test(values, far_apart_have_powers_of_ten)
{
    add("a", 1);
    add("b", 1e-9);
    dy_values v;
    dy_draft d = draw(20, 500, 500, &v);
    cr_expect_not_null(find_text(d.items, d.n_items, "1e-09"));
    cr_expect_not_null(find_text(d.items, d.n_items, "1"));
}

Test(values, a_column_without_values_is_left_out)
{
    add("a", 0.1);
    dy_values v;
    dy_draft d = draw(70, 500, 500, &v);
    cr_expect_eq(v.n_columns, 0);
    cr_expect_eq(v.n_runs, 0);
    cr_expect_null(find_text(d.items, d.n_items, "lr"));
}

Test(values, the_table_keeps_to_its_room)
{
    for (int i = 0; i < 12; i++) {
        char name[64];
        snprintf(name, sizeof name, "run %d of a dozen with long names", i);
        add(name, 0.1 + i);
    }
    for (double size = 120; size < 600; size += 60) {
        dy_values v;
        dy_draft d = draw(20, size, size, &v);
        cr_expect_leq(v.w, size + 0.01);
        cr_expect_leq(v.h, size + 0.01);
        cr_expect_eq(v.n_runs + v.rest, 12);
        for (int64_t i = 0; i < d.n_items; i++) {
            const dy_item *item = &d.items[i];
            if (item->kind != DY_ITEM_TEXT) continue;
            double w =
                dy_draft_width(&d, (dy_type){ item->size, 0, DY_LEFT, item->bold }, item->text);
            double left = item->anchor == DY_RIGHT ? item->at.x - w : item->at.x;
            cr_assert(left >= 100 && left + w <= 100 + v.w + 0.01 && item->at.y <= 100 + v.h,
                      "%s", item->text);
        }
    }
}

Test(values, rows_follow_the_legend)
{
    add("a", 0.1);
    add("b", 0.2);
    static const int32_t ORDER[] = { 1, 0, 1, 1 };
    view.order = ORDER;
    view.n_order = 4; /* twice the same does no harm */
    dy_values v;
    draw(20, 500, 500, &v);
    cr_expect_eq(v.runs[0], 1);
    cr_expect_leq(v.n_runs, 2);
}
