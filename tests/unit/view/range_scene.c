/* range_scene.c - range tests as a picture, in numbers.   SPDX-License-Identifier: MIT */
#include "view/range_scene.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { STEPS = 100, SEEDS = 3, RULES = 3 };

typedef struct fixture {
    double lr[STEPS], loss[SEEDS][STEPS];
    dy_suggestions says;
    dy_range_row rows[RULES];
    dy_range_plot plot;
    dy_view view;
    dy_arena arena;
    dy_scene scene;
} fixture;

/* A loss that falls from 2.3 to 1 around lr 0.01 and blows up past 1, and three suggestions, not in order. */
static fixture *make_fixture(void)
{
    static fixture f;
    dy_ramp ramps[SEEDS];
    dy_error err;
    memset(&f, 0, sizeof f);
    f.arena = dy_arena_make(0);
    for (int i = 0; i < STEPS; i++) f.lr[i] = pow(10, -6 + 7.0 * i / (STEPS - 1));
    for (int k = 0; k < SEEDS; k++) {
        for (int i = 0; i < STEPS; i++) {
            double d = log10(f.lr[i]) + 2 - 0.1 * k;
            f.loss[k][i] = 1.65 - 0.65 * tanh(2 * d) + (d > 2 ? 100 * (d - 2) : 0);
        }
        ramps[k] = (dy_ramp){ f.loss[k], STEPS, true };
    }
    cr_assert(dy_suggestions_make(&f.says, &f.arena, ramps, SEEDS, f.lr, STEPS, 0, &err));
    f.rows[0] = (dy_range_row){ .label = "diverges", .spread = f.says.divergence, .curve = -1 };
    f.rows[1] = (dy_range_row){ .label = "steepest",
                                .note = "57.00 %",
                                .spread = f.says.spread[DY_PICK_STEEPEST],
                                .colour = 2,
                                .strong = true };
    f.rows[2] = (dy_range_row){ .label = "slide", .spread = { NAN, NAN, NAN, 0 }, .colour = 3 };
    f.plot = (dy_range_plot){ .curves = &f.says,
                              .n_curves = 1,
                              .rows = f.rows,
                              .n_rows = RULES,
                              .rows_name = "suggestions",
                              .rows_note = "median and range",
                              .notes_name = "test accuracy",
                              .loss_note = "smoothed" };
    f.view = dy_view_defaults();
    return &f;
}

static void draw(fixture *f)
{
    dy_error err;
    cr_assert(dy_range_scene_make(&f->scene, &f->arena, &f->plot, &f->view, &err), "%s",
              err.text);
}

static const dy_item *text(const fixture *f, const char *words)
{
    const dy_item *found = find_text(f->scene.items, f->scene.n_items, words);
    cr_assert(found, "no '%s'", words);
    return found;
}

Test(range_scene, rows_are_in_the_order_of_their_rates_and_say_them)
{
    fixture *f = make_fixture();
    draw(f);
    char value[24];
    double steepest = text(f, "steepest")->at.y, diverges = text(f, "diverges")->at.y;
    cr_expect_lt(steepest, diverges);
    cr_expect_lt(diverges, text(f, "slide")->at.y, "without a rate it comes last");
    snprintf(value, sizeof value, "%.3g", f->rows[1].spread.median);
    cr_expect_eq(text(f, value)->at.y, steepest);
    cr_expect_eq(text(f, "57.00 %")->at.y, steepest);
    cr_expect(text(f, "steepest")->bold && !text(f, "diverges")->bold);
    cr_expect_eq(text(f, "none")->at.y, text(f, "slide")->at.y);
    dy_arena_close(&f->arena);
}

Test(range_scene, a_dot_stands_over_its_place_on_the_curve)
{
    fixture *f = make_fixture();
    draw(f);
    const dy_pane *pane = &f->scene.panes[0];
    double median = f->rows[1].spread.median, x = dy_scale_at(&pane->x, median);
    double y = dy_scale_at(&pane->y, dy_suggestions_at(&f->says, f->says.mean, median));
    int above = 0, on = 0;
    for (int64_t i = 0; i < f->scene.n_items; i++) {
        const dy_item *item = &f->scene.items[i];
        if (item->kind != DY_ITEM_DOT || item->at.x != x) continue;
        above += item->at.y < pane->box.y;
        on += item->at.y == y;
    }
    cr_expect_eq(above, 1);
    cr_expect_eq(on, 1);
    cr_expect_eq(count_kind(f->scene.items, f->scene.n_items, DY_ITEM_DOT), 3,
                 "one of the divergence, two of the steepest");
    dy_arena_close(&f->arena);
}

Test(range_scene, the_band_goes_round_the_seeds)
{
    fixture *f = make_fixture();
    draw(f);
    const dy_pane *pane = &f->scene.panes[0];
    int bands = 0;
    for (int64_t i = 0; i < f->scene.n_items; i++) {
        const dy_item *item = &f->scene.items[i];
        if (item->kind != DY_ITEM_AREA || item->n != 2 * STEPS) continue;
        const double *below = bands == 0 ? f->says.least : f->says.lower;
        const double *above = bands == 0 ? f->says.greatest : f->says.upper;
        cr_expect_eq(item->points[40].y, dy_scale_at(&pane->y, below[40]));
        cr_expect_eq(item->points[2 * STEPS - 1 - 40].y, dy_scale_at(&pane->y, above[40]));
        cr_expect_eq(item->points[40].x, dy_scale_at(&pane->x, f->lr[40]));
        bands++;
    }
    cr_expect_eq(bands, 2);
    dy_arena_close(&f->arena);
}

Test(range_scene, the_values_in_sight_hold_the_fall_and_not_the_whole_climb)
{
    fixture *f = make_fixture();
    draw(f);
    const dy_pane *pane = &f->scene.panes[0];
    cr_expect(pane->x.log && !pane->y.log);
    cr_expect(pane->x.lo == f->lr[0] && pane->x.hi == f->lr[STEPS - 1]);
    cr_expect(pane->y.lo < 1 && pane->y.hi > 2.3 && pane->y.hi < 4, "%g %g", pane->y.lo,
              pane->y.hi);
    f->plot.linear = true;
    draw(f);
    cr_expect_not(f->scene.panes[0].x.log);
    dy_arena_close(&f->arena);
}

Test(range_scene, a_loss_that_falls_by_decades_has_a_log_axis)
{
    fixture *f = make_fixture();
    for (int i = 0; i < STEPS; i++)
        f->says.mean[i] = f->says.least[i] = f->says.greatest[i] =
            i < 60 ? pow(10, -i / 10.0) : 1;
    draw(f);
    cr_expect(f->scene.panes[0].y.log);
    cr_expect(f->scene.panes[0].y.lo < 2e-6);
    dy_arena_close(&f->arena);
}

/* Where a text lies, by the same estimate that the scene was laid out with. */
static dy_box box_of(const fixture *f, const dy_item *item)
{
    dy_draft draft = { .view = &f->view };
    dy_type type = { item->size, 0, item->anchor, item->bold };
    double w = dy_draft_width(&draft, type, item->text);
    double left = item->anchor == DY_LEFT ? 0 : item->anchor == DY_RIGHT ? w : w / 2;
    return (dy_box){ item->at.x - left, item->at.y - 0.75 * item->size, w, 0.95 * item->size };
}

static bool meet(dy_box a, dy_box b)
{
    if (a.w <= 0 || b.w <= 0) return false; /* nothing is written there */
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/* However close the suggestions are, and whatever the size. */
Test(range_scene, no_two_texts_meet)
{
    static const double WIDTHS[] = { 640, 800, 1600 };
    fixture *f = make_fixture();
    for (int w = 0; w < 3; w++)
        for (int closeness = 0; closeness < 3; closeness++) {
            for (int i = 0; i < RULES; i++) {
                double at = (double[]){ 0.3, 1e-6, 9.9 }[closeness] * (1 + 1e-3 * i);
                f->rows[i].spread = (dy_spread){ at, at / 2, at * 2, SEEDS };
            }
            f->view.width_px = WIDTHS[w];
            draw(f);
            for (int64_t i = 0; i < f->scene.n_items; i++)
                for (int64_t j = 0; j < i; j++) {
                    const dy_item *a = &f->scene.items[i], *b = &f->scene.items[j];
                    if (a->kind != DY_ITEM_TEXT || b->kind != DY_ITEM_TEXT) continue;
                    cr_expect_not(meet(box_of(f, a), box_of(f, b)), "'%s' on '%s'", a->text,
                                  b->text);
                }
        }
    dy_arena_close(&f->arena);
}

Test(range_scene, a_test_without_an_update_is_an_empty_figure)
{
    fixture *f = make_fixture();
    f->says.n = 0;
    f->plot.n_rows = 0;
    draw(f);
    cr_expect_eq(count_kind(f->scene.items, f->scene.n_items, DY_ITEM_AREA), 0);
    text(f, "loss");
    text(f, "learning rate");
    dy_arena_close(&f->arena);
}

Test(range_scene, a_view_out_of_range_is_refused_and_short_memory_is_an_error)
{
    fixture *f = make_fixture();
    dy_error err;
    f->view.width_px = 10;
    cr_expect_not(dy_range_scene_make(&f->scene, &f->arena, &f->plot, &f->view, &err));
    cr_expect(strstr(err.text, "want 200"), "%s", err.text);
    f->view.width_px = 800;
    bool made = false;
    for (int64_t n = 1; !made; n++) {
        dy_arena_fail_at(n, true);
        made = dy_range_scene_make(&f->scene, &f->arena, &f->plot, &f->view, &err);
        dy_arena_fail_at(0, false);
    }
    dy_arena_close(&f->arena);
}
