/* axis.c - where the axes of a picture lie.   SPDX-License-Identifier: MIT */
#include "view/axis.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <math.h>

static dy_arena arena;
static dy_error err;
static dy_view view;
static dy_draft draft;

static void setup(void)
{
    arena = dy_arena_make(0);
    view = dy_view_defaults();
    draft = (dy_draft){ .view = &view, .em = 10, .arena = &arena, .err = &err };
}

static void teardown(void)
{
    dy_arena_close(&arena);
}

TestSuite(axis, .init = setup, .fini = teardown);

/* A pane whose values go from 0 to 1 and whose updates from 0 to `updates`. */
static dy_pane make_pane(double updates, double width)
{
    dy_pane pane = { .box = { 100, 50, width, 200 } };
    pane.y = (dy_scale){ .lo = 0, .hi = 1, .from_px = 250, .to_px = 50 };
    pane.x = (dy_scale){ .lo = 0, .hi = updates, .from_px = 100, .to_px = 100 + width };
    dy_axis_choose(&draft, &pane);
    return pane;
}

Test(axis, values_stand_beside_their_lines)
{
    dy_pane pane = make_pane(100, 600);
    pane.kind = DY_PANE_LOSS;
    dy_axis_pane(&draft, &pane);
    dy_axis_heading(&draft, &pane, "a note", 700);
    const dy_item *label = find_text(draft.items, draft.n_items, "0.5");
    if (!label) label = find_text(draft.items, draft.n_items, "0.4");
    cr_assert_not_null(label);
    cr_expect_eq(label->anchor, DY_RIGHT);
    cr_expect_lt(label->at.x, 100);
    cr_expect_float_eq(label->at.y, label->text[2] == '5' ? 150 : 170, 5, "centred: %g",
                       label->at.y);
    const dy_item *heading = find_text(draft.items, draft.n_items, "loss");
    const dy_item *note = find_text(draft.items, draft.n_items, "a note");
    cr_assert(heading && note);
    cr_expect_eq(heading->at.x, 100, "aligned with the data");
    cr_expect_eq(heading->at.y, note->at.y);
    cr_expect_gt(note->at.x, 100 + dy_draft_width(&draft, (dy_type){ .size = 10 }, "loss"));
}

Test(axis, labels_of_updates_never_touch)
{
    for (double width = 60; width < 1500; width *= 1.3)
        for (double updates = 1; updates < 1e9; updates *= 7) {
            draft.n_items = 0;
            dy_pane pane = make_pane(updates, width);
            dy_axis_updates(&draft, &pane, 0);
            double end = -1;
            for (int64_t i = 0; i < draft.n_items; i++) {
                const dy_item *item = &draft.items[i];
                if (item->kind != DY_ITEM_TEXT || item->anchor != DY_CENTRE) continue;
                double half =
                    dy_draft_width(&draft, (dy_type){ .size = item->size }, item->text) / 2;
                cr_assert(item->at.x - half > end, "%g px, %g updates: %s", width, updates,
                          item->text);
                end = item->at.x + half;
            }
        }
}

Test(axis, epochs_have_a_row_and_lines)
{
    dy_pane panes[DY_CHANNELS];
    for (int p = 0; p < DY_CHANNELS; p++) panes[p] = make_pane(1407, 600);
    for (int p = 0; p < DY_CHANNELS; p++) panes[p].shown = true;
    draft.panes = panes;
    draft.n_panes = DY_CHANNELS;
    draft.epoch_steps = 469;
    dy_axis_epochs(&draft);
    cr_expect_eq(count_kind(draft.items, draft.n_items, DY_ITEM_LINE), 3 * DY_CHANNELS);
    cr_expect_float_eq(draft.items[0].points[0].x, 300, 1, "a third of the way");
    dy_axis_updates(&draft, &panes[2], 0);
    cr_expect_not_null(find_text(draft.items, draft.n_items, "epoch"));
    double deep = dy_axis_depth(&draft);
    draft.epoch_steps = 0;
    cr_expect_gt(deep, dy_axis_depth(&draft));
}

Test(axis, wide_labels_need_more_room)
{
    dy_pane narrow = make_pane(100, 600);
    dy_pane wide = make_pane(100, 600);
    wide.y = (dy_scale){ .lo = 0.9991, .hi = 0.9992, .from_px = 250, .to_px = 50 };
    dy_axis_choose(&draft, &wide);
    cr_expect_gt(dy_axis_room(&draft, &wide), dy_axis_room(&draft, &narrow));
}
