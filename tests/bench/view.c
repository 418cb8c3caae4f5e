/* view.c - how long a frame of the window takes: the scene and its painting apart, 8 runs of 10^6 updates at 1280 x 800.
 *
 * view           the table, milliseconds: the least of many frames, which is what the machine can do between its other work
 * view FILE.png  the same, and the last frame as a picture
 *
 * SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "view/paint.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 8, UPDATES = 1000000, FRAMES = 60, WIDTH = 1280, HEIGHT = 800 };

static void stop(const dy_error *err)
{
    fprintf(stderr, "view: %s\n", err->text);
    exit(1);
}

/* One cycle with a peak of its own, and a loss that falls with it. */
static void fill(dy_run_view run, int r, dy_rng *rng)
{
    for (int64_t i = 0; i < UPDATES; i++) {
        double p = (double)i / UPDATES;
        double wave = 0.5 - 0.5 * cos(2 * M_PI * fmin(p / 0.6, 1));
        double noise = dy_rng_uniform(rng) + dy_rng_uniform(rng) - 1;
        dy_tape_push(run.tape,
                     (dy_sample){
                         .lr = 0.01 * (r + 1) * (0.04 + wave),
                         .momentum = 0.95 - 0.1 * wave,
                         .loss = (float)((0.1 + 2 * exp(-(4 + r) * p)) * (1 + 0.5 * noise)),
                     });
    }
}

static dy_board *open_board(void)
{
    dy_board *board;
    dy_error err;
    dy_rng rng = dy_rng_make(1, "bench");
    if (!dy_board_open(&board, (size_t)512 << 20, &err)) stop(&err);
    for (int r = 0; r < RUNS; r++) {
        dy_card card = { .steps = 2 * UPDATES, .epoch_steps = 50000, .lane = r };
        dy_run_view run;
        snprintf(card.name, sizeof card.name, "max_lr = %.2f", 0.01 * (r + 1));
        if (!dy_board_add(board, &card, 64, &run, &err)) stop(&err);
        fill(run, r, &rng);
    }
    return board;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double least(double *values)
{
    qsort(values, FRAMES, sizeof *values, by_value);
    return values[0];
}

/* Of the processor, milliseconds: the other work of the machine does not count. */
static double now_ms(void)
{
    return 1e3 * (double)clock() / CLOCKS_PER_SEC;
}

static dy_curve plans[2]; /* of every run, lr and momentum */

static void make_plans(dy_arena *arena)
{
    static const dy_key KEYS[] = { { 0, 0.01, { .kind = DY_EASE_HOLD } },
                                   { UPDATES, 0.5, { .kind = DY_EASE_COSINE } },
                                   { 2 * UPDATES, 0, { .kind = DY_EASE_COSINE } } };
    dy_error err;
    if (!dy_curve_keys(&plans[0], arena, KEYS, 3, &err) ||
        !dy_curve_constant(&plans[1], arena, 0.9, &err))
        stop(&err);
}

static void read_traces(const dy_board *board, dy_arena *arena, dy_trace **traces, int32_t *n)
{
    dy_error err;
    if (!dy_traces_read(traces, n, board, arena, &err)) stop(&err);
    for (int32_t i = 0; i < *n; i++) {
        (*traces)[i].plan[DY_LR] = &plans[0];
        (*traces)[i].plan[DY_MOMENTUM] = &plans[1];
    }
}

/* Frames as the window makes them: each in an arena of its own, onto the same pixels. */
static void time_frames(const char *what, const dy_board *board, const dy_view *view,
                        const dy_pixels *pixels)
{
    double scene_ms[FRAMES];
    double paint_ms[FRAMES];
    int64_t items = 0;
    for (int f = 0; f < FRAMES; f++) {
        dy_error err;
        dy_arena arena = dy_arena_make(0);
        dy_trace *traces;
        int32_t n;
        dy_scene scene;
        double began_ms = now_ms();
        read_traces(board, &arena, &traces, &n);
        if (!dy_scene_make(&scene, &arena, traces, n, view, &err)) stop(&err);
        double made_ms = now_ms();
        if (!dy_paint_pixels(&scene, pixels, &err)) stop(&err);
        paint_ms[f] = now_ms() - made_ms;
        scene_ms[f] = made_ms - began_ms;
        items = scene.n_items;
        dy_arena_close(&arena);
    }
    double scene = least(scene_ms);
    double paint = least(paint_ms);
    printf("%-28s %8.2f %8.2f %8.2f %8ld\n", what, scene, paint, scene + paint, (long)items);
}

static void save(const dy_board *board, const dy_view *view, const char *path)
{
    dy_error err;
    dy_arena arena = dy_arena_make(0);
    dy_trace *traces;
    int32_t n;
    dy_scene scene;
    read_traces(board, &arena, &traces, &n);
    if (!dy_scene_make(&scene, &arena, traces, n, view, &err) ||
        !dy_paint_file(&scene, path, &err))
        stop(&err);
    dy_arena_close(&arena);
}

/* All that a window has around the panes, in a race. */
static void time_window(const dy_board *board, dy_view view, const dy_pixels *pixels)
{
    static const dy_bar BAR = { "training", UPDATES, 2 * UPDATES, 20, 1530, 0, "", false };
    static dy_button buttons[20];
    dy_arena arena = dy_arena_make(0);
    dy_error err;
    dy_trace *traces;
    int32_t n;
    dy_ranking ranking;
    for (int i = 0; i < 20; i++)
        buttons[i] = (dy_button){ .id = i, .glyph = (dy_glyph)(i + 1), .label = "a button" };
    read_traces(board, &arena, &traces, &n);
    double began_ms = now_ms();
    if (!dy_ranking_make(&ranking, &arena, traces, n, DY_RANK_LOSS, 0.9, &err)) stop(&err);
    double ranked_ms = now_ms() - began_ms;
    view.ranking = &ranking;
    view.bar = &BAR;
    view.buttons = buttons;
    view.n_buttons = 20;
    view.slider = true;
    time_frames("a window with a race", board, &view, pixels);
    view.hovered = view.pointed = true;
    view.hover = UPDATES / 2;
    view.pointer = (dy_point){ 400, 500 };
    time_frames("and the values at an update", board, &view, pixels);
    printf("%-28s %8.2f\n", "the ranking", ranked_ms);
    dy_arena_close(&arena);
}

int main(int argc, char **argv)
{
    dy_board *board = open_board();
    dy_arena arena = dy_arena_make(0);
    make_plans(&arena);
    dy_pixels pixels = { .width = WIDTH, .height = HEIGHT, .stride = 4 * WIDTH };
    dy_pixels dense = { .width = 2 * WIDTH, .height = 2 * HEIGHT, .stride = 8 * WIDTH };
    pixels.bytes = dense.bytes = calloc(2 * HEIGHT, (size_t)dense.stride);
    if (!pixels.bytes) return 1;
    dy_view view = dy_view_defaults();
    view.width_px = WIDTH;
    view.height_px = HEIGHT;
    view.scale = 1;
    view.measure = dy_paint_measure;
    printf("%-28s %8s %8s %8s %8s\n", "ms", "scene", "paint", "both", "items");
    time_frames("8 runs of 10^6", board, &view, &pixels);
    view.to = UPDATES;
    time_frames("the first half", board, &view, &pixels);
    view.from = UPDATES / 2;
    view.to = view.from + 5000;
    time_frames("5,000 updates of them", board, &view, &pixels);
    view.from = view.to = 0;
    time_window(board, view, &pixels);
    view.scale = 2;
    time_frames("8 runs, two pixels to one", board, &view, &dense);
    view.scale = 1;
    if (argc > 1) save(board, &view, argv[1]);
    free(pixels.bytes);
    dy_arena_close(&arena);
    dy_board_close(board);
}
