/* hit.c - what lies under a point.   SPDX-License-Identifier: MIT */
#include "fixture.h"
#include "view/scene.h"

#include <criterion/criterion.h>

TestSuite(hit, .init = fixture_open, .fini = fixture_close);

static const dy_bar BAR = { "training", 50, 100, 5, 1000, 0, NULL, false };
static const dy_button BUTTONS[] = {
    { 7, DY_GLYPH_PAUSE, "pause", "space", false, false, false },
    { 9, DY_GLYPH_STOP, "stop", "x", false, false, true },
};

static dy_scene make(void)
{
    dy_trace *traces;
    int32_t n;
    dy_scene scene;
    cr_assert(dy_traces_read(&traces, &n, board, &arena, &err), "%s", err.text);
    cr_assert(dy_scene_make(&scene, &arena, traces, n, &view, &err), "%s", err.text);
    return scene;
}

static dy_scene make_window(void)
{
    sample_run(board, "a", 100, 50);
    sample_run(board, "b", 100, 50);
    view.bar = &BAR;
    view.buttons = BUTTONS;
    view.n_buttons = 2;
    view.slider = true;
    return make();
}

static dy_point middle(const dy_box *box)
{
    return (dy_point){ box->x + box->w / 2, box->y + box->h / 2 };
}

/* The first area of a kind. */
static const dy_area *area_of(const dy_scene *s, dy_hit_kind kind)
{
    for (int64_t i = 0; i < s->n_areas; i++)
        if (s->areas[i].hit.kind == kind) return &s->areas[i];
    cr_assert(false, "no area of kind %d", (int)kind);
    return NULL;
}

Test(hit, a_pane_says_update_and_value)
{
    dy_scene s = make_window();
    const dy_pane *lr = dy_scene_pane(&s, DY_PANE_LR);
    cr_assert_not_null(lr);
    dy_point at = { dy_scale_at(&lr->x, 70), dy_scale_at(&lr->y, 0.06) };
    dy_hit hit = dy_scene_hit(&s, at);
    cr_expect_eq(hit.kind, DY_HIT_PANE);
    cr_expect_eq(&s.panes[hit.pane], lr);
    cr_expect_float_eq(hit.update, 70, 1e-6);
    cr_expect_float_eq(hit.value, 0.06, 1e-6);
    cr_expect_eq(hit.run, -1, "no curve is near");
    at = (dy_point){ dy_scale_at(&lr->x, 30), dy_scale_at(&lr->y, 0.07) + 3 };
    cr_expect_geq(dy_scene_hit(&s, at).run, 0);
    dy_hit outside = dy_pane_hit(&s, hit.pane, (dy_point){ lr->box.x - 50, lr->box.y - 50 });
    cr_expect_lt(outside.update, 0);
    cr_expect_gt(outside.value, 0.1, "a drag may leave the pane");
}

Test(hit, what_stands_around_a_pane)
{
    dy_scene s = make_window();
    const dy_pane *lr = dy_scene_pane(&s, DY_PANE_LR);
    dy_point left = { lr->box.x - 5, lr->box.y + 10 };
    cr_expect_eq(dy_scene_hit(&s, left).kind, DY_HIT_VALUES);
    dy_point above = { lr->box.x + 5, lr->box.y - 8 };
    cr_expect_eq(dy_scene_hit(&s, above).kind, DY_HIT_HEADING);
    const dy_pane *loss = dy_scene_pane(&s, DY_PANE_LOSS);
    dy_point below = { dy_scale_at(&loss->x, 25), loss->box.y + loss->box.h + 5 };
    dy_hit hit = dy_scene_hit(&s, below);
    cr_expect_eq(hit.kind, DY_HIT_UPDATES);
    cr_expect_float_eq(hit.update, 25, 1e-6);
    cr_expect_eq(dy_scene_hit(&s, (dy_point){ 1, 1 }).kind, DY_HIT_NOTHING);
}

Test(hit, rows_buttons_and_the_slider)
{
    dy_scene s = make_window();
    dy_hit row = dy_scene_hit(&s, middle(&area_of(&s, DY_HIT_ROW)->box));
    cr_expect_eq(row.kind, DY_HIT_ROW);
    cr_expect_eq(row.index, 0);
    cr_expect_eq(dy_scene_hit(&s, middle(&area_of(&s, DY_HIT_ROWS)->box)).kind, DY_HIT_ROWS);
    cr_expect_eq(dy_scene_hit(&s, middle(&area_of(&s, DY_HIT_BUTTON)->box)).index, 7);
    cr_assert_gt(s.slider.w, 0);
    dy_point at = middle(&s.slider);
    dy_hit slider = dy_scene_hit(&s, at);
    cr_expect_eq(slider.kind, DY_HIT_SLIDER);
    cr_expect_gt(slider.value, 1);
    cr_expect_lt(slider.value, s.slider_most);
    cr_expect_eq(dy_scene_slide(&s, 0), 0, "pulled to the left: none");
    cr_expect_float_eq(dy_scene_slide(&s, 1e6), s.slider_most, 1e-6);
}

Test(hit, a_slider_comes_back_to_where_it_was_put)
{
    dy_scene s = make_window();
    view.smoothing = dy_scene_slide(&s, s.slider.x + 0.7 * s.slider.w);
    s = make();
    cr_expect_eq(s.smoothing, view.smoothing);
    cr_expect_float_eq(dy_scene_slide(&s, s.slider.x + 0.7 * s.slider.w), view.smoothing, 1e-6);
}

Test(hit, handles_lie_over_the_pane)
{
    dy_handle handles[] = { { DY_LR, 1, 70, 0.05, false }, { DY_MOMENTUM, 0, 80, 0.9, true } };
    view.handles = handles;
    view.n_handles = 2;
    dy_scene s = make_window();
    for (int i = 0; i < 2; i++) {
        const dy_pane *pane = dy_scene_pane(&s, i ? DY_PANE_MOMENTUM : DY_PANE_LR);
        dy_point at = { dy_scale_at(&pane->x, handles[i].step) + 5,
                        dy_scale_at(&pane->y, handles[i].value) - 5 };
        dy_hit hit = dy_scene_hit(&s, at);
        cr_expect_eq(hit.kind, DY_HIT_HANDLE);
        cr_expect_eq(hit.index, i);
        cr_expect_eq(hit.run, handles[i].run);
        cr_expect_eq(hit.update, handles[i].step);
    }
}

Test(hit, marks_say_which_they_are)
{
    dy_order edits[] = { { .act = DY_ACT_GO, .step = 10, .run = 0 },
                         { .act = DY_ACT_BEND, .step = 20, .run = 0 },
                         { .act = DY_ACT_FORK, .step = 50, .count = 60, .run = 1 } };
    view.edits = edits;
    view.n_edits = 3;
    dy_mark note = { .step = 90, .kind = DY_MARK_NOTE, .text = "look" };
    sample_run(board, "a", 100, 95);
    dy_board_mark(board, 0, &note);
    dy_scene s = make_window();
    dy_hit bend = dy_scene_hit(&s, middle(&area_of(&s, DY_HIT_EDIT)->box));
    cr_expect_eq(bend.index, 1, "going on leaves no mark");
    cr_expect_eq(bend.update, 20);
    dy_hit said = dy_scene_hit(&s, middle(&area_of(&s, DY_HIT_NOTE)->box));
    cr_expect_eq(said.run, 0);
    cr_expect_eq(said.index, 0);
    cr_expect_eq(said.update, 90);
    int marks = 0;
    for (int64_t i = 0; i < s.n_areas; i++)
        marks += s.areas[i].hit.kind == DY_HIT_EDIT && s.areas[i].hit.update == 60;
    cr_expect_eq(marks, 1, "a fork is where it branched off");
}

Test(hit, what_lies_over_the_rest_is_hit_first)
{
    static const dy_help HELP[] = { { "q", NULL, "close" } };
    static const dy_menu MENU = { { 200, 200 }, BUTTONS, 2 };
    view.menu = &MENU;
    dy_scene s = make_window();
    dy_hit row = dy_scene_hit(&s, middle(&area_of(&s, DY_HIT_MENU)->box));
    cr_expect_eq(row.index, 7);
    cr_expect_eq(dy_scene_hit(&s, (dy_point){ 201, 201 }).kind, DY_HIT_OVER, "its margin");
    view.help = HELP;
    view.n_help = 1;
    s = make();
    for (double x = 5; x < 800; x += 50)
        for (double y = 5; y < 600; y += 50)
            cr_assert_eq(dy_scene_hit(&s, (dy_point){ x, y }).kind, DY_HIT_OVER);
}

Test(hit, a_button_that_is_off_says_nothing_in_a_menu)
{
    static const dy_button ROWS[] = { { 3, DY_GLYPH_NONE, "undo", "u", true, false, false } };
    static const dy_menu MENU = { { 300, 300 }, ROWS, 1 };
    view.menu = &MENU;
    dy_scene s = make();
    for (int64_t i = 0; i < s.n_areas; i++) cr_expect_neq(s.areas[i].hit.kind, DY_HIT_MENU);
}
