/* draft.c - adding items to a scene.   SPDX-License-Identifier: MIT */
#include "sample.h"

#include <criterion/criterion.h>
#include <string.h>

static dy_view view;
static dy_arena arena;
static dy_error err;

static dy_draft make(void)
{
    view = dy_view_defaults();
    arena = dy_arena_make(0);
    return (dy_draft){ .view = &view, .em = 10, .arena = &arena, .err = &err };
}

Test(draft, items_keep_their_order_as_the_list_grows)
{
    dy_draft d = make();
    for (int i = 0; i < 1000; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        dy_draft_text(&d, (dy_point){ i, 0 }, (dy_type){ .size = 10 }, text);
    }
    cr_assert_eq(d.n_items, 1000);
    cr_expect_str_eq(d.items[999].text, "999");
    cr_expect_str_eq(d.items[3].text, "3");
    cr_expect_eq(d.items[3].run, -1);
    cr_expect_eq(d.items[3].pane, -1);
    dy_arena_close(&arena);
}

Test(draft, after_a_failure_nothing_is_taken)
{
    dy_draft d = make();
    dy_arena_fail_at(1, false);
    dy_draft_text(&d, (dy_point){ 0, 0 }, (dy_type){ .size = 10 }, "a");
    dy_draft_text(&d, (dy_point){ 0, 0 }, (dy_type){ .size = 10 }, "b");
    cr_expect(d.failed);
    cr_expect_eq(d.n_items, 0);
    cr_expect(strstr(err.text, "out of memory"), "%s", err.text);
    dy_arena_close(&arena);
}

Test(draft, rules_lie_on_the_middle_of_device_pixels)
{
    dy_draft d = make();
    dy_draft_rule(&d, (dy_point){ 10.3, 20.7 }, (dy_point){ 90, 20.7 }, 0xffU, DY_SOLID);
    const dy_item *rule = &d.items[0];
    cr_expect_eq(rule->points[0].y, 20.75, "at two device pixels each");
    cr_expect_eq(rule->points[0].y, rule->points[1].y);
    cr_expect_eq(rule->size, 0.5, "one device pixel, got %g", rule->size);
    dy_arena_close(&arena);
}

Test(draft, fit_shortens_until_it_fits)
{
    dy_draft d = make();
    dy_type type = { .size = 10 };
    char to[100];
    const char *name = "one cycle, max_lr = 0.2, pct_start = 0.3";
    cr_expect_str_eq(dy_draft_fit(&d, type, name, 1000, to, sizeof to), name);
    for (double width = 20; width < 300; width += 20)
        cr_expect_leq(
            dy_draft_width(&d, type, dy_draft_fit(&d, type, name, width, to, sizeof to)),
            width);
    cr_expect_eq(strncmp(to, "one", 3), 0);
    cr_expect_str_eq(to + strlen(to) - 3, "0.3");
    dy_arena_close(&arena);
}

static double measure_20(void *self, const char *text, double em_px, bool bold)
{
    (void)text;
    return *(double *)self + em_px + (bold ? 1 : 0);
}

Test(draft, the_views_measure_is_asked)
{
    dy_draft d = make();
    double self = 7;
    view.measure = measure_20;
    view.measure_self = &self;
    cr_expect_eq(dy_draft_width(&d, (dy_type){ .size = 10, .bold = true }, "x"), 18);
    dy_arena_close(&arena);
}
