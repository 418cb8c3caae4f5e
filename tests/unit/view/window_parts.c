/* window_parts.c - what a window has around its panes: the bar, marks, what people put on panes, popups, help, signs.
 * SPDX-License-Identifier: MIT */
#include "fixture.h"
#include "view/annotate.h"
#include "view/bar.h"
#include "view/help.h"
#include "view/marks.h"
#include "view/popup.h"
#include "view/slider.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

TestSuite(window_parts, .init = fixture_open, .fini = fixture_close);

static dy_draft draft(void)
{
    return sample_draft(board, &view, &arena, &err);
}

static const dy_button BUTTONS[] = {
    { 1, DY_GLYPH_PAUSE, "pause", "space", false, false, false },
    { 2, DY_GLYPH_STOP, "stop", "x", false, false, true },
};

Test(window_parts, every_sign_has_a_shape_inside_its_square)
{
    for (dy_glyph glyph = DY_GLYPH_NONE; glyph < DY_GLYPHS; glyph++) {
        dy_draft d = draft();
        dy_glyph_draw(&d, glyph, (dy_point){ 100, 100 }, 20, 0xffU);
        cr_assert_eq(d.n_items > 0, glyph != DY_GLYPH_NONE, "sign %d", (int)glyph);
        for (int64_t i = 0; i < d.n_items; i++)
            for (int64_t k = 0; k < d.items[i].n; k++) {
                dy_point p = d.items[i].points[k];
                cr_assert(p.x >= 90 && p.x <= 110 && p.y >= 90 && p.y <= 110, "sign %d",
                          (int)glyph);
            }
    }
    dy_draft d = draft();
    dy_glyph_draw(&d, (dy_glyph)99, (dy_point){ 0, 0 }, 20, 0xffU);
    cr_expect_eq(d.n_items, 0);
}

Test(window_parts, status_and_buttons_share_a_row_where_it_is_wide)
{
    dy_bar bar = { "training", 1234, 9380, 2.63, 1530, 20, NULL, false };
    view.bar = &bar;
    view.buttons = BUTTONS;
    view.n_buttons = 2;
    view.width_px = 1200;
    dy_draft wide = draft();
    double one = dy_bar_height(&wide);
    dy_bar_draw(&wide, (dy_box){ 15, 500, 1170, one });
    static const char *const TEXTS[] = {
        "training",
        "update 1,234 of 9,380",
        "epoch 2.63",
        "1,530 updates/s, at most 20",
    };
    for (size_t i = 0; i < 4; i++)
        cr_expect_not_null(find_text(wide.items, wide.n_items, TEXTS[i]), "%s", TEXTS[i]);
    view.width_px = 300;
    dy_draft narrow = draft();
    cr_expect_gt(dy_bar_height(&narrow), 1.5 * one);
}

Test(window_parts, a_message_stays_when_the_rest_goes)
{
    dy_bar bar = { "failed", 12, 100, 0.5, 10, 0, "warm.lua:6: no such field", true };
    view.bar = &bar;
    view.width_px = 420;
    dy_draft d = draft();
    dy_bar_draw(&d, (dy_box){ 15, 500, 390, dy_bar_height(&d) });
    cr_expect_not_null(find_text(d.items, d.n_items, "failed"));
    const dy_item *message = find_text(d.items, d.n_items, "warm.lua");
    cr_assert_not_null(message);
    cr_expect_eq(message->colour, d.theme.alarm);
    cr_expect_null(find_text(d.items, d.n_items, "10"), "the rate");
}

Test(window_parts, the_bar_takes_any_numbers)
{
    dy_bar bar = { NULL, INT64_MIN, INT64_MAX, (double)INFINITY, (double)NAN, -1, "", false };
    view.bar = &bar;
    dy_draft d = draft();
    dy_bar_draw(&d, (dy_box){ 15, 500, 770, dy_bar_height(&d) });
    bar = (dy_bar){ "x\x1b[2J", INT64_MAX, 1, 1e300, 1e300, 1e300, "a\nb", false };
    dy_bar_draw(&d, (dy_box){ 15, 500, 770, dy_bar_height(&d) });
    cr_expect_not_null(find_text(d.items, d.n_items, "x\uFFFD[2J"));
}

Test(window_parts, a_caption_is_broken_into_lines)
{
    view.caption =
        "The constant rate is too large to settle: watch its loss stop falling while "
        "one cycle is still at its peak.";
    view.width_px = 500;
    dy_draft d = draft();
    double h = dy_bar_height(&d);
    dy_bar_draw(&d, (dy_box){ 15, 500, 470, h });
    int lines = count_kind(d.items, d.n_items, DY_ITEM_TEXT);
    cr_expect(lines >= 2 && lines <= 3, "%d", lines);
    view.caption = "short";
    dy_draft s = draft();
    cr_expect_lt(dy_bar_height(&s), h);
    view.caption =
        "Donaudampfschiffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
        "Donaudampfschiffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft";
    dy_draft w = draft();
    dy_bar_draw(&w, (dy_box){ 15, 500, 470, dy_bar_height(&w) });
    for (int64_t i = 0; i < w.n_items; i++)
        if (w.items[i].kind == DY_ITEM_TEXT)
            cr_expect_leq(
                dy_draft_width(&w, (dy_type){ .size = w.items[i].size }, w.items[i].text), 470);
}

/* A pane of updates 0 to 100 over 400 px, from 100. */
static dy_draft on_pane(void)
{
    dy_draft d = draft();
    d.panes = dy_draft_take(&d, 1, sizeof *d.panes);
    d.n_panes = 1;
    d.sight = (dy_sight){ 0, 100, 800 };
    d.panes[0] = (dy_pane){ .kind = DY_PANE_LR, .shown = true, .box = { 100, 50, 400, 200 } };
    d.panes[0].x = (dy_scale){ 0, 100, false, 100, 500 };
    d.panes[0].y = (dy_scale){ 0, 1, false, 250, 50 };
    return d;
}

Test(window_parts, marks_that_would_touch_are_one_with_their_number)
{
    dy_order edits[] = { { .act = DY_ACT_PAUSE, .step = 20, .run = -1 },
                         { .act = DY_ACT_BEND, .step = 21, .run = -1 },
                         { .act = DY_ACT_BEND, .step = 22, .run = -1 },
                         { .act = DY_ACT_STOP, .step = 80, .run = -1 },
                         { .act = DY_ACT_STOP, .step = 300, .run = -1 } };
    view.edits = edits;
    view.n_edits = 5;
    dy_draft d = on_pane();
    cr_expect_gt(dy_marks_height(&d), 0);
    dy_marks_draw(&d, &d.panes[0]);
    cr_expect_not_null(find_text(d.items, d.n_items, "3"));
    cr_expect_not_null(find_text(d.items, d.n_items, "stop"));
    cr_expect_eq(d.n_areas, 2, "what is out of sight is not there");
    view.n_edits = 0;
    cr_expect_eq(dy_marks_height(&d), 0);
}

Test(window_parts, sketches_and_guides)
{
    static const dy_point DRAWN[] = {
        { 10, 0.9 }, { 50, 0.5 }, { 40, 0.2 }, { 90, (double)NAN }, { 95, 0.1 }
    };
    dy_sketch sketch = { DY_PANE_LR, -1, DRAWN, 5, "mine" };
    dy_guide guides[] = { { DY_PANE_LR, true, 30, "here" },
                          { DY_PANE_LR, false, 0.5, "half" },
                          { DY_PANE_LR, true, 900, "elsewhere" } };
    view.sketches = &sketch;
    view.n_sketches = 1;
    view.guides = guides;
    view.n_guides = 3;
    dy_draft d = on_pane();
    dy_annotate_under(&d, 0);
    cr_expect_not_null(find_text(d.items, d.n_items, "here"));
    cr_expect_not_null(find_text(d.items, d.n_items, "half"));
    cr_expect_null(find_text(d.items, d.n_items, "elsewhere"));
    d.n_items = 0;
    dy_annotate_over(&d, 0);
    cr_assert_eq(d.items[0].kind, DY_ITEM_LINE);
    cr_expect_eq(d.items[0].n, 3, "what goes back, and what is no number, is left out");
    cr_expect_not_null(find_text(d.items, d.n_items, "mine"));
}

Test(window_parts, the_end_of_a_long_entry_is_seen)
{
    dy_entry entry = { "value", "0.1234567890123456789012345678901234567890123456789", 50, "",
                       false };
    view.entry = &entry;
    dy_draft d = draft();
    dy_popup_entry(&d, 600);
    cr_expect_null(find_text(d.items, d.n_items, "0.12"));
    bool seen = false;
    for (int64_t i = 0; i < d.n_items; i++)
        if (d.items[i].kind == DY_ITEM_TEXT) seen |= strstr(d.items[i].text, "456789") != NULL;
    cr_expect(seen);
    entry.cursor = -5;
    dy_popup_entry(&d, 600);
    entry.cursor = 1000;
    dy_popup_entry(&d, 600);
}

Test(window_parts, help_makes_more_columns_when_it_is_low)
{
    dy_help help[40];
    for (int i = 0; i < 40; i++)
        help[i] = i % 10 ? (dy_help){ "k", "mouse", "does something" }
                         : (dy_help){ NULL, NULL, "part" };
    view.help = help;
    view.n_help = 40;
    double right[2];
    for (int k = 0; k < 2; k++) {
        view.width_px = 1200;
        view.height_px = k ? 300 : 1000;
        dy_draft d = draft();
        dy_help_draw(&d);
        right[k] = 0;
        double left = 1e9;
        for (int64_t i = 0; i < d.n_items; i++) {
            if (d.items[i].kind != DY_ITEM_TEXT) continue;
            left = fmin(left, d.items[i].at.x);
            right[k] = fmax(right[k], d.items[i].at.x - left);
        }
        cr_expect_eq(count_kind(d.items, d.n_items, DY_ITEM_TEXT), 4 + 36 * 3);
    }
    cr_expect_gt(right[1], 1.5 * right[0]);
}

Test(window_parts, a_slider_goes_by_equal_factors)
{
    cr_expect_eq(dy_slider_value(0, 1000), 0);
    cr_expect_eq(dy_slider_value((double)NAN, 1000), 0);
    cr_expect_float_eq(dy_slider_value(1, 1000), 1000, 1e-9);
    for (double share = 0.05; share < 1; share += 0.05)
        cr_expect_float_eq(dy_slider_share(dy_slider_value(share, 1000), 1000), share, 1e-9);
    cr_expect_eq(dy_slider_share(1e300, 1000), 1);
    cr_expect_eq(dy_slider_share(-1, 1000), 0);
}
