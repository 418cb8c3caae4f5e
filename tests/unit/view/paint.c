/* paint.c - scenes as pixels and files.   SPDX-License-Identifier: MIT */
#include "view/paint.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* fontconfig keeps its caches to the end of the process, behind pointers that the leak checker cannot follow. */
const char *__lsan_default_suppressions(void); /* NOLINT: the name is the sanitizer's */

const char *__lsan_default_suppressions(void) /* NOLINT */
{
    return "leak:libfontconfig\n";
}

static dy_arena arena;
static dy_error err;

/* A scene of 100 x 100 with one red rule across its middle. */
static dy_scene ruled(dy_item *item, const dy_point *points)
{
    *item = (dy_item){
        .kind = DY_ITEM_LINE,
        .colour = 0xff0000ffU,
        .run = -1,
        .pane = -1,
        .size = 4,
        .points = points,
        .n = 2,
    };
    static const dy_pane corner = { .shown = true };
    return (dy_scene){
        .panes = &corner,
        .n_panes = 1,
        .width_px = 100,
        .height_px = 100,
        .scale = 1,
        .paper = 0xffffffffU,
        .items = item,
        .n_items = 1,
    };
}

static const dy_point MIDDLE[] = { { 0, 50 }, { 100, 50 } };

Test(paint, pixels)
{
    dy_item item;
    dy_scene scene = ruled(&item, MIDDLE);
    uint32_t *bytes = calloc(100 * 100, sizeof *bytes);
    dy_pixels pixels = { (unsigned char *)bytes, 100, 100, 400 };
    cr_assert(dy_paint_pixels(&scene, &pixels, &err), "%s", err.text);
    cr_expect_eq(bytes[50 * 100 + 50], 0xffff0000U, "%08x", bytes[50 * 100 + 50]);
    cr_expect_eq(bytes[10 * 100 + 50], 0xffffffffU, "paper");
    item.pane = 0; /* cut to a pane without extent at the corner */
    cr_assert(dy_paint_pixels(&scene, &pixels, &err), "%s", err.text);
    cr_expect_eq(bytes[50 * 100 + 50], 0xffffffffU);
    pixels.stride = 3;
    cr_expect_not(dy_paint_pixels(&scene, &pixels, &err));
    cr_expect(strstr(err.text, "stride"), "%s", err.text);
    free(bytes);
}

Test(paint, measure_grows_with_text_and_size)
{
    double one = dy_paint_measure(NULL, "lr", 10, false);
    cr_expect_gt(one, 0);
    cr_expect_gt(dy_paint_measure(NULL, "lr lr", 10, false), one);
    cr_expect_float_eq(dy_paint_measure(NULL, "lr", 20, false), 2 * one, 0.1);
    cr_expect_eq(dy_paint_measure(NULL, "", 10, false), 0);
}

Test(paint, knows_three_kinds)
{
    cr_expect(dy_paint_knows("a.png", &err) && dy_paint_knows("a.SVG", &err) &&
              dy_paint_knows("dir.x/a.pdf", &err));
    static const char *const BAD[] = { "a.jpg", "a", ".png", "", "apng" };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        cr_expect_not(dy_paint_knows(BAD[i], &err), "%s", BAD[i]);
        cr_expect(strstr(err.text, "want a name ending in .png, .svg or .pdf"), "%s", err.text);
    }
}

static char *slurp(const char *path, size_t *n)
{
    FILE *in = fopen(path, "rb");
    char *bytes = calloc(1, 1 << 20);
    cr_assert(in && bytes);
    *n = fread(bytes, 1, 1 << 20, in);
    fclose(in);
    return bytes;
}

/* Cairo names a group of an SVG after a counter of its own: id="surface12". */
static void blank_ids(char *text)
{
    for (char *at = strstr(text, "surface"); at; at = strstr(at, "surface"))
        for (at += strlen("surface"); *at >= '0' && *at <= '9'; at++) *at = '#';
}

/* A whole picture of real runs, with texts and markers, painted twice. */
Test(paint, files_begin_as_they_should_and_are_the_same_twice)
{
    static const char *const SUFFIX[] = { "png", "svg", "pdf" };
    static const char *const MAGIC[] = { "\x89PNG", "<?xml", "%PDF" };
    dy_board *board = sample_board();
    arena = dy_arena_make(0);
    dy_run_view run = sample_run(board, "one × run", 100, 50);
    sample_score(board, run, 50, 0.5);
    sample_diverged(run);
    dy_trace *traces;
    int32_t n;
    dy_scene scene;
    dy_view view = dy_view_defaults();
    view.scale = 1;
    view.measure = dy_paint_measure;
    cr_assert(dy_traces_read(&traces, &n, board, &arena, &err));
    cr_assert(dy_scene_make(&scene, &arena, traces, n, &view, &err), "%s", err.text);
    for (int i = 0; i < 3; i++) {
        char path[64];
        size_t sizes[2];
        char *bytes[2];
        snprintf(path, sizeof path, "/tmp/derny-paint-%d.%s", (int)getpid(), SUFFIX[i]);
        for (int k = 0; k < 2; k++) {
            if (k > 0 && i == 2) sleep(1); /* a PDF would note the second it was made in */
            cr_assert(dy_paint_file(&scene, path, &err), "%s", err.text);
            bytes[k] = slurp(path, &sizes[k]);
            if (i == 1) blank_ids(bytes[k]);
        }
        cr_expect_eq(memcmp(bytes[0], MAGIC[i], 4), 0, "%s", SUFFIX[i]);
        cr_expect_gt(sizes[0], 1000);
        cr_expect(sizes[0] == sizes[1] && memcmp(bytes[0], bytes[1], sizes[0]) == 0, "%s",
                  SUFFIX[i]);
        free(bytes[0]);
        free(bytes[1]);
        unlink(path);
    }
    dy_arena_close(&arena);
    dy_board_close(board);
}

/* Fast strokes are as good as Cairo's own. */
Test(paint, strokes_look_the_same_either_way)
{
    dy_point points[90];
    for (int i = 0; i < 90; i++)
        points[i] = (dy_point){ 5 + i, 50 + 30 * sin(i / 6.0) + i * 37 % 4 };
    dy_item item;
    dy_scene scene = ruled(&item, points);
    item.n = 90;
    item.size = 1.7;
    item.colour = 0x000000ffU;
    uint32_t *bytes[2];
    for (int k = 0; k < 2; k++) {
        item.rising = k == 1;
        bytes[k] = calloc(200 * 200, sizeof *bytes[k]);
        dy_pixels pixels = { (unsigned char *)bytes[k], 200, 200, 800 };
        scene.scale = 2;
        cr_assert(dy_paint_pixels(&scene, &pixels, &err), "%s", err.text);
    }
    double off = 0;
    for (int i = 0; i < 200 * 200; i++) {
        if (i % 200 < 14 || i % 200 > 184) continue; /* ends are round here, square there */
        int apart = abs((int)(bytes[0][i] & 0xff) - (int)(bytes[1][i] & 0xff));
        cr_assert_lt(apart, 160, "at %d, %d", i % 200, i / 200);
        off += apart;
    }
    cr_expect_lt(off / (200 * 200), 1.5, "of 255 on average: %g", off / (200 * 200));
    free(bytes[0]);
    free(bytes[1]);
}

Test(paint, failures_name_the_file)
{
    dy_item item;
    dy_scene scene = ruled(&item, MIDDLE);
    cr_expect_not(dy_paint_file(&scene, "/no/such/a.png", &err));
    cr_expect_str_eq(err.text, "cannot write /no/such/a.png: No such file or directory");
    cr_expect_not(dy_paint_file(&scene, "/no/such/a.gif", &err));
    cr_expect(strstr(err.text, ".png, .svg or .pdf"), "%s", err.text);
}
