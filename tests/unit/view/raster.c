/* raster.c - strokes and bands, pixel by pixel.   SPDX-License-Identifier: MIT */
#include "view/raster.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { W = 700, H = 100 };

static uint32_t bytes[H][W];
static const dy_pixels PIXELS = { (unsigned char *)bytes, W, H, sizeof bytes[0] };

static void blank(void)
{
    memset(bytes, 0xff, sizeof bytes);
}

TestSuite(raster, .init = blank);

static dy_brush brush_of(dy_colour colour)
{
    return (dy_brush){ .pixels = &PIXELS, .scale = 1, .cut = { 0, 0, W, H }, .colour = colour };
}

/* How much of a pixel black has covered, 0 to 1. */
static double covered(int x, int y)
{
    return 1 - (bytes[y][x] & 0xffU) / 255.0;
}

static double covered_all(void)
{
    double sum = 0;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) sum += covered(x, y);
    return sum;
}

static void line(const dy_point *points, int64_t n, double width)
{
    dy_brush brush = brush_of(0x000000ffU);
    dy_raster_line(&brush, points, n, width);
}

Test(raster, a_level_line_covers_what_it_should)
{
    static const dy_point POINTS[] = { { 10, 50.5 }, { 690, 50.5 } };
    line(POINTS, 2, 2);
    for (int x = 20; x < 680; x++) {
        cr_assert_float_eq(covered(x, 49), 0.5, 0.01);
        cr_assert_float_eq(covered(x, 50), 1, 0.01);
        cr_assert_float_eq(covered(x, 51), 0.5, 0.01);
        cr_assert_eq(covered(x, 48), 0);
        cr_assert_eq(covered(x, 52), 0);
    }
    cr_expect_eq(covered(5, 50), 0);
    cr_expect_eq(covered(695, 50), 0);
    cr_expect_eq(bytes[50][300] >> 24, 0xffU, "stays opaque");
}

Test(raster, a_slope_is_as_wide_as_a_level_line)
{
    static const struct {
        double dx, dy;
    } CASES[] = { { 60, 60 }, { 20, 80 }, { 600, 10 }, { 2, 90 }, { 0, 80 }, { 30, -70 } };

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        blank();
        double y = CASES[i].dy > 0 ? 5 : 85;
        dy_point points[] = { { 20, y }, { 20 + CASES[i].dx, y + CASES[i].dy } };
        line(points, 2, 3);
        double want = 3 * hypot(CASES[i].dx, CASES[i].dy) + M_PI * 1.5 * 1.5;
        cr_expect_float_eq(covered_all(), want, 0.02 * want, "%g, %g: %g, want %g", CASES[i].dx,
                           CASES[i].dy, covered_all(), want);
    }
}

Test(raster, one_point_is_a_disc)
{
    static const dy_point POINT = { 300.3, 40.6 };
    line(&POINT, 1, 10);
    cr_expect_float_eq(covered_all(), M_PI * 25, 1);
    line(&POINT, 0, 10);
}

Test(raster, overlapping_joins_are_painted_once)
{
    dy_point points[200];
    for (int i = 0; i < 200; i++) points[i] = (dy_point){ 50 + i / 4.0, 50 };
    dy_brush brush = brush_of(0x00000080U);
    dy_raster_line(&brush, points, 200, 6);
    for (int x = 55; x < 95; x++) cr_assert_float_eq(covered(x, 50), 0.5, 0.01);
}

Test(raster, tiles_leave_no_seams)
{
    dy_point points[700];
    for (int i = 0; i < 700; i++) points[i] = (dy_point){ i, 50 + 20 * sin(i * 2 * M_PI / 64) };
    line(points, 700, 2);
    for (int y = 0; y < H; y++)
        for (int x = 64; x < 192; x++) /* the same again 64 x 6 columns on, in another tile */
            cr_assert_lt(fabs(covered(x, y) - covered(x + 384, y)), 0.02, "%d, %d", x, y);
}

Test(raster, nothing_is_painted_outside_the_cut)
{
    static const dy_point POINTS[] = {
        { -1e6, -1e6 }, { 100, -500 }, { 101, 900 }, { 350, 20 }, { 1e6, 1e6 },
    };
    dy_brush brush = brush_of(0x000000ffU);
    brush.cut = (dy_box){ 50, 30, 400, 40 };
    dy_raster_line(&brush, POINTS, 5, 5);
    static const dy_point BAND[] = {
        { -1e6, -1e6 }, { 1e6, -1e6 }, { 1e6, 1e6 }, { -1e6, 1e6 }
    };
    dy_raster_band(&brush, BAND, 4);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            bool inside = x >= 50 && x < 450 && y >= 30 && y < 70;
            cr_assert_eq(covered(x, y), inside ? 1 : 0, "%d, %d", x, y);
        }
    brush.cut = (dy_box){ -1e9, -1e9, 2e9, 2e9 };
    dy_raster_line(&brush, POINTS, 5, 5); /* the sanitizer looks */
}

Test(raster, a_band_covers_what_lies_between)
{
    static const dy_point BAND[] = {
        { 100, 20.25 }, { 500, 20.25 }, { 500, 60.5 }, { 100, 60.5 }
    };
    dy_brush brush = brush_of(0x00000040U);
    dy_raster_band(&brush, BAND, 4);
    double ink = 64 / 255.0;
    cr_expect_float_eq(covered(300, 20), 0.75 * ink, 0.01);
    cr_expect_float_eq(covered(300, 40), ink, 0.01);
    cr_expect_float_eq(covered(300, 60), 0.5 * ink, 0.01);
    cr_expect_eq(covered(300, 19), 0);
    cr_expect_eq(covered(300, 61), 0);
    cr_expect_eq(covered(90, 40), 0);
    cr_expect_eq(covered(510, 40), 0);
    dy_raster_band(&brush, BAND, 2); /* no band at all */
}

Test(raster, a_sloping_band_is_a_trapezium)
{
    static const dy_point BAND[] = { { 100, 10 }, { 600, 60 }, { 600, 90 }, { 100, 90 } };
    dy_brush brush = brush_of(0x000000ffU);
    dy_raster_band(&brush, BAND, 4);
    cr_expect_float_eq(covered_all(), 500 * (80 + 30) / 2.0, 30);
    cr_expect_eq(covered(550, 50), 0);
    cr_expect_eq(covered(550, 70), 1);
}

Test(raster, points_are_scaled)
{
    static const dy_point POINTS[] = { { 50, 20 }, { 250, 20 } };
    dy_brush brush = brush_of(0x000000ffU);
    brush.scale = 2;
    dy_raster_line(&brush, POINTS, 2, 3);
    cr_expect_eq(covered(300, 37), 1);
    cr_expect_eq(covered(300, 42), 1);
    cr_expect_eq(covered(300, 36), 0);
    cr_expect_eq(covered(300, 43), 0);
}
