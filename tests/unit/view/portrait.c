/* portrait.c - pictures of networks.   SPDX-License-Identifier: MIT */
#include "view/portrait.h"

#include "fixture.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(portrait, .init = fixture_open, .fini = fixture_close);

static dy_portrait portrait;

/* Drawn into a pane of 300 x 200. */
static dy_draft draw(dy_portrait_kind kind)
{
    static dy_pane_spec spec;
    bool plane = kind == DY_PORTRAIT_PLANE;
    spec = (dy_pane_spec){ .kind = plane ? DY_PANE_PLANE : DY_PANE_WEIGHTS };
    portrait.kind = kind;
    view.plane = view.weights = &portrait;
    dy_draft d = sample_draft(board, &view, &arena, &err);
    sample_read(&d, &spec, 1);
    d.panes[0].box = (dy_box){ 50, 60, 300, 200 };
    dy_portrait_draw(&d, 0);
    return d;
}

Test(portrait, a_class_has_its_colour_the_surer_the_stronger)
{
    static const unsigned char PIXELS[] = { 0, 255, 1, 255, 0, 0, 1, 128 };
    portrait = (dy_portrait){ .width = 2, .height = 2, .tiles = 1 };
    memcpy(portrait.pixels, PIXELS, sizeof PIXELS);
    dy_draft d = draw(DY_PORTRAIT_PLANE);
    cr_assert_eq(d.n_items, 1);
    const dy_item *image = &d.items[0];
    cr_assert_eq(image->kind, DY_ITEM_IMAGE);
    cr_expect(image->columns == 2 && image->rows == 2);
    cr_expect_eq(image->pixels[0] >> 24, 0xffU);
    cr_expect_gt(image->pixels[0] & 0xffU, image->pixels[0] >> 16 & 0xffU, "blue");
    cr_expect_gt(image->pixels[1] >> 16 & 0xffU, image->pixels[1] & 0xffU, "vermilion");
    cr_expect_gt(image->pixels[2] >> 16 & 0xffU, image->pixels[0] >> 16 & 0xffU, "paler");
    cr_expect_eq(image->box.w, image->box.h, "its own shape");
    cr_expect_eq(image->box.h, 200);
}

Test(portrait, one_output_has_two_colours_with_paper_between)
{
    static const unsigned char PIXELS[] = { 255, 0, 255, 128, 255, 255, 255, 64 };
    portrait = (dy_portrait){ .width = 2, .height = 2, .tiles = 1 };
    memcpy(portrait.pixels, PIXELS, sizeof PIXELS);
    dy_draft d = draw(DY_PORTRAIT_PLANE);
    const uint32_t *pixels = d.items[0].pixels;
    cr_expect_gt(pixels[0] & 0xffU, pixels[0] >> 16 & 0xffU);
    cr_expect_gt(pixels[2] >> 16 & 0xffU, pixels[2] & 0xffU);
    cr_expect_gt(pixels[1] & 0xffU, 0xf0U, "nearly white");
}

Test(portrait, examples_lie_at_their_coordinates)
{
    static const dy_example EXAMPLES[] = {
        { 0, 0, 0, false },
        { 1, 1, 1, true },
        { 5, 5, 1, false },
        { -1, -1, -1, false },
    };
    portrait = (dy_portrait){
        .width = 4, .height = 4, .tiles = 1, .from = { -2, -2 }, .to = { 2, 2 }
    };
    view.examples = EXAMPLES;
    view.n_examples = 4;
    dy_draft d = draw(DY_PORTRAIT_PLANE);
    cr_assert_eq(d.n_items, 4, "the image and what is inside of it");
    cr_expect_eq(d.items[1].kind, DY_ITEM_DOT);
    cr_expect_eq(d.items[1].at.x, 50 + 100);
    cr_expect_eq(d.items[1].at.y, 60 + 100);
    cr_expect_eq(d.items[2].kind, DY_ITEM_RING, "held out");
    cr_expect_eq(d.items[2].at.x, 50 + 150);
    cr_expect_eq(d.items[2].at.y, 60 + 50, "up is up");
}

Test(portrait, tiles_stand_in_rows)
{
    portrait = (dy_portrait){ .width = 3, .height = 2, .tiles = 5 };
    memset(portrait.pixels, 128, sizeof portrait.pixels);
    portrait.pixels[0] = 255;
    portrait.pixels[2 * (3 * 2 * 4)] = 1; /* the first of the fifth tile */
    dy_draft d = draw(DY_PORTRAIT_WEIGHTS);
    const dy_item *image = &d.items[0];
    cr_assert_eq(image->kind, DY_ITEM_IMAGE);
    int32_t columns = (image->columns + 1) / 4;
    cr_expect_geq(columns * ((image->rows + 1) / 3), 5);
    cr_expect_gt(image->pixels[0] >> 16 & 0xffU, image->pixels[0] & 0xffU, "positive");
    ptrdiff_t fifth = (ptrdiff_t)(4 / columns) * 3 * image->columns + 4 % columns * 4;
    cr_expect_gt(image->pixels[fifth] & 0xffU, image->pixels[fifth] >> 16 & 0xffU, "negative");
    cr_expect_eq(image->pixels[3], 0xffffffffU, "paper between");
    cr_expect_not(image->smooth);
}

Test(portrait, what_is_no_picture_is_not_drawn)
{
    static const int32_t SIZES[][3] = {
        { 0, 1, 1 },         { 1, -1, 1 },
        { 1, 1, 0 },         { 1 << 30, 1 << 30, 1 },
        { 1024, 1024, 1 },   { 512, 512, INT32_MAX },
        { INT32_MAX, 1, 1 }, { 1, 1, INT32_MAX },
    };
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        portrait =
            (dy_portrait){ .width = SIZES[i][0], .height = SIZES[i][1], .tiles = SIZES[i][2] };
        cr_expect_eq(draw(DY_PORTRAIT_PLANE).n_items, 0, "%zu", i);
        cr_expect_eq(draw(DY_PORTRAIT_WEIGHTS).n_items, 0, "%zu", i);
    }
    portrait = (dy_portrait){ .width = 2, .height = 2, .tiles = 1 };
    dy_draft d = draw(DY_PORTRAIT_WEIGHTS);
    portrait.kind = DY_PORTRAIT_PLANE;
    d.n_items = 0;
    dy_portrait_draw(&d, 0);
    cr_expect_eq(d.n_items, 0, "of another kind");
}
