/* scene.c - whole scenes as numbers.   SPDX-License-Identifier: MIT */
#include "view/scene.h"

#include "fixture.h"
#include "texts.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

TestSuite(scene, .init = fixture_open, .fini = fixture_close);

static dy_scene make(void)
{
    dy_trace *traces;
    int32_t n;
    dy_scene scene;
    cr_assert(dy_traces_read(&traces, &n, board, &arena, &err), "%s", err.text);
    cr_assert(dy_scene_make(&scene, &arena, traces, n, &view, &err), "%s", err.text);
    return scene;
}

static void add_runs(int n)
{
    for (int i = 0; i < n; i++) {
        char name[64];
        snprintf(name, sizeof name, "run %d with a rather long name, max_lr = 0.%d", i, i);
        dy_run_view run = sample_run(board, name, 200, 200 - 5 * i);
        sample_score(board, run, 100, 0.4);
        sample_done(run, 0.9);
    }
}

Test(scene, scale_at)
{
    dy_scale linear = { .lo = 0, .hi = 2, .from_px = 300, .to_px = 100 };
    cr_expect_eq(dy_scale_at(&linear, 0), 300);
    cr_expect_eq(dy_scale_at(&linear, 1), 200);
    cr_expect_eq(dy_scale_at(&linear, 1e300), -100, "one length outside at most");
    cr_expect_eq(dy_scale_at(&linear, -(double)INFINITY), 500);
    cr_expect(isfinite(dy_scale_at(&linear, (double)NAN)));
    dy_scale log = { .lo = 0.01, .hi = 1, .log = true, .from_px = 0, .to_px = 100 };
    cr_expect_float_eq(dy_scale_at(&log, 0.1), 50, 1e-9);
    cr_expect_eq(dy_scale_at(&log, 0), -100);
    cr_expect_eq(dy_scale_at(&log, -3), -100);
}

Test(scene, panes_are_aligned_and_apart)
{
    add_runs(3);
    dy_scene s = make();
    for (int p = 0; p < DY_CHANNELS; p++) {
        const dy_box *box = &s.panes[p].box;
        cr_expect_eq(box->x, s.panes[0].box.x);
        cr_expect_eq(box->w, s.panes[0].box.w);
        cr_expect_gt(box->h, 50);
        cr_expect_leq(box->x + box->w, 800);
        cr_expect_leq(box->y + box->h, 600);
        if (p > 0) cr_expect_gt(box->y, s.panes[p - 1].box.y + s.panes[p - 1].box.h);
    }
    cr_expect_gt(s.panes[2].box.h, s.panes[0].box.h, "the loss has the most room");
    cr_expect_eq(s.panes[0].x.lo, 0);
    cr_expect_eq(s.panes[0].x.hi, 200);
}

Test(scene, no_text_lies_on_another)
{
    static const double SIZES[][2] = {
        { 640, 400 }, { 800, 600 }, { 400, 700 }, { 2400, 1600 }, { 1000, 300 },
    };
    view.title = "Twelve runs";
    for (int n = 0; n <= 12; n += 3) {
        if (n > 0) add_runs(3);
        for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
            view.width_px = SIZES[i][0];
            view.height_px = SIZES[i][1];
            for (int kind = DY_AXIS_AUTO; kind <= DY_AXIS_LOG; kind++) {
                dy_pane_spec panes[3];
                for (int c = 0; c < 3; c++)
                    panes[c] =
                        (dy_pane_spec){ .kind = (dy_pane_kind)c, .y = (dy_axis_kind)kind };
                view.panes = panes;
                view.n_panes = 3;
                dy_scene s = make();
                check_texts(&s, &view);
            }
        }
    }
}

Test(scene, the_same_input_gives_the_same_scene)
{
    add_runs(4);
    dy_scene a = make();
    dy_scene b = make();
    cr_assert_eq(a.n_items, b.n_items);
    for (int64_t i = 0; i < a.n_items; i++) {
        cr_assert_eq(a.items[i].kind, b.items[i].kind);
        cr_assert_eq(a.items[i].n, b.items[i].n);
        if (a.items[i].n > 0)
            cr_assert_arr_eq(a.items[i].points, b.items[i].points,
                             (size_t)a.items[i].n * sizeof(dy_point));
        if (a.items[i].text) cr_assert_str_eq(a.items[i].text, b.items[i].text);
    }
}

Test(scene, costs_pixels_not_updates)
{
    sample_done(sample_run(board, "long", 1000000, 1000000), 0.5);
    dy_scene s = make();
    int64_t points = 0;
    for (int64_t i = 0; i < s.n_items; i++) points += s.items[i].n;
    cr_expect_lt(points, 20 * 800, "%ld points", (long)points);
}

Test(scene, bad_views_are_refused)
{
    static const struct {
        double w, h, scale, text;
        int64_t from, to;
        const char *says;
    } CASES[] = {
        { 100, 600, 1, 0, 0, 0, "100 x 600 pixels; want 200 to 16384" },
        { 800, NAN, 1, 0, 0, 0, "pixels; want" },
        { 800, 600, 0, 0, 0, 0, "scale is 0" },
        { 800, 600, 1, -1, 0, 0, "text of -1" },
        { 800, 600, 1, 0, -5, 5, "updates -5 to 5" },
    };

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        dy_scene scene;
        view = (dy_view){
            .width_px = CASES[i].w,
            .height_px = CASES[i].h,
            .scale = CASES[i].scale,
            .text_px = CASES[i].text,
            .from = CASES[i].from,
            .to = CASES[i].to,
        };
        cr_expect_not(dy_scene_make(&scene, &arena, NULL, 0, &view, &err), "case %zu", i);
        cr_expect(strstr(err.text, CASES[i].says), "case %zu: %s", i, err.text);
    }
}

Test(scene, every_failing_allocation_is_reported)
{
    add_runs(2);
    dy_trace *traces;
    int32_t n;
    cr_assert(dy_traces_read(&traces, &n, board, &arena, &err));
    bool made = false;
    int64_t nth = 1;
    for (; !made && nth < 10000; nth++) {
        dy_arena frame = dy_arena_make(0);
        dy_scene scene = { 0 };
        err.text[0] = '\0';
        dy_arena_fail_at(nth, false);
        made = dy_scene_make(&scene, &frame, traces, n, &view, &err);
        dy_arena_fail_at(0, false);
        if (!made) cr_assert(strstr(err.text, "out of memory"), "%ld: %s", (long)nth, err.text);
        if (!made) cr_assert_eq(scene.n_items, 0, "nothing changed");
        dy_arena_close(&frame);
    }
    cr_expect_gt(nth, 20);
    cr_expect(made);
    dy_arena_fail_at(1, false);
    cr_expect_not(dy_traces_read(&traces, &n, board, &arena, &err));
}

Test(scene, a_channel_without_values_has_no_pane)
{
    dy_run_view run;
    dy_card card = { .name = "a plan", .steps = 100, .epoch_steps = 10 };
    cr_assert(dy_board_add(board, &card, 0, &run, &err), "%s", err.text);
    for (int i = 0; i < 100; i++) dy_tape_push(run.tape, (dy_sample){ 0.1, 0.9, NAN });
    dy_scene s = make();
    cr_expect(s.panes[DY_LR].shown && s.panes[DY_MOMENTUM].shown);
    cr_expect_not(s.panes[DY_LOSS].shown);
    cr_expect_eq(s.panes[DY_LOSS].box.h, 0);
    cr_expect_not(find_text(s.items, s.n_items, "loss"));
    cr_expect(find_text(s.items, s.n_items, "momentum"));
    double bottom = s.panes[DY_MOMENTUM].box.y + s.panes[DY_MOMENTUM].box.h;
    const dy_item *row = find_text(s.items, s.n_items, "update");
    cr_assert(row);
    cr_expect(row->at.y > bottom && row->at.y < view.height_px,
              "steps lie under the last pane");
    cr_expect_gt(bottom, 0.8 * view.height_px, "which has the room that is left");
}

Test(scene, without_any_value_there_are_all_panes)
{
    dy_scene s = make();
    for (int p = 0; p < DY_CHANNELS; p++) cr_expect(s.panes[p].shown && s.panes[p].box.h > 0);
    static const dy_pane_spec SPECS[] = { { .kind = DY_PANE_LOSS }, { .kind = DY_PANE_PLANE } };
    view.panes = SPECS;
    view.n_panes = 2;
    s = make();
    cr_expect(s.panes[0].shown && !s.panes[1].shown,
              "of what there is no picture, there is none");
}
