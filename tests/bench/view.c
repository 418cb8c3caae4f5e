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
        if (!dy_traces_read(&traces, &n, board, &arena, &err) ||
            !dy_scene_make(&scene, &arena, traces, n, view, &err))
            stop(&err);
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
    if (!dy_traces_read(&traces, &n, board, &arena, &err) ||
        !dy_scene_make(&scene, &arena, traces, n, view, &err) ||
        !dy_paint_file(&scene, path, &err))
        stop(&err);
    dy_arena_close(&arena);
}

int main(int argc, char **argv)
{
    dy_board *board = open_board();
    dy_pixels pixels = { .width = WIDTH, .height = HEIGHT, .stride = 4 * WIDTH };
    pixels.bytes = calloc(HEIGHT, (size_t)pixels.stride);
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
    if (argc > 1) save(board, &view, argv[1]);
    free(pixels.bytes);
    dy_board_close(board);
}
