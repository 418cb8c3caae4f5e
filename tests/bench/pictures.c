/* pictures.c - scenes of every kind as PNG files, for a designer's eye: made-up runs, what a window shows of them.
 *
 * pictures DIR
 *
 * SPDX-License-Identifier: MIT */
#include "made_up.h"
#include "view/paint.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static dy_error err;
static dy_board *board;
static dy_arena arena;
static dy_trace *traces;
static int32_t n;
static const char *folder;

static void must(bool ok)
{
    if (ok) return;
    fprintf(stderr, "pictures: %s\n", err.text);
    exit(1);
}

static void open_board(void)
{
    must(dy_board_open(&board, (size_t)64 << 20, &err));
    arena = dy_arena_make(0);
}

static void close_board(void)
{
    dy_arena_close(&arena);
    dy_board_close(board);
}

static void read_traces(void)
{
    must(dy_traces_read(&traces, &n, board, &arena, &err));
    for (int32_t i = 0; i < n; i++) {
        int r = traces[i].run.card->lane;
        traces[i].plan[DY_LR] = made_up_plan(&arena, r, DY_LR);
        traces[i].plan[DY_MOMENTUM] = made_up_plan(&arena, r, DY_MOMENTUM);
    }
}

/* ---- views ---- */

static const dy_button BUTTONS[] = {
    { 1, DY_GLYPH_PAUSE, "pause", "space", false, false, false },
    { 2, DY_GLYPH_STEP, "one update", "n", false, false, false },
    { 3, DY_GLYPH_EPOCH, "one epoch", "e", false, false, false },
    { 4, DY_GLYPH_SLOWER, "slower", "[", false, false, true },
    { 5, DY_GLYPH_FASTER, "faster", "]", false, false, false },
    { 6, DY_GLYPH_STOP, "stop", "x", false, false, false },
    { 7, DY_GLYPH_BEND, "bend the schedule", "b", false, true, true },
    { 8, DY_GLYPH_DRAW, "draw by hand", "d", false, false, false },
    { 9, DY_GLYPH_UNDO, "undo", "u", true, false, false },
    { 10, DY_GLYPH_REWIND, "rewind", "r", false, false, true },
    { 11, DY_GLYPH_FORK, "fork", "f", false, false, false },
    { 12, DY_GLYPH_COOL, "what if it cooled down now?", "c", false, false, false },
    { 13, DY_GLYPH_RELOAD, "reload", "l", false, false, false },
    { 14, DY_GLYPH_FIT, "fit", "0", false, false, true },
    { 15, DY_GLYPH_FOLLOW, "follow", "w", false, true, false },
    { 16, DY_GLYPH_PANES, "panes", "p", false, false, false },
    { 17, DY_GLYPH_RACE, "leaderboard", "a", false, false, false },
    { 18, DY_GLYPH_PREDICT, "predict", "g", false, false, false },
    { 19, DY_GLYPH_CAMERA, "save a picture", "s", false, false, true },
    { 20, DY_GLYPH_RECORD, "record", "R", false, false, false },
    { 21, DY_GLYPH_THEME, "light, dark", "t", false, false, false },
    { 22, DY_GLYPH_LARGE, "large", "F11", false, false, false },
    { 23, DY_GLYPH_HELP, "help", "?", false, false, false },
};

static const dy_bar BAR = { "training", 3600, MADE_UP_STEPS, 7.68, 1530, 0, "", false };

static dy_view window_view(double w, double h)
{
    dy_view view = dy_view_defaults();
    view.width_px = w;
    view.height_px = h;
    view.scale = 1;
    view.measure = dy_paint_measure;
    view.slider = true;
    view.bar = &BAR;
    view.buttons = BUTTONS;
    view.n_buttons = sizeof BUTTONS / sizeof *BUTTONS;
    return view;
}

static void save(const char *name, const dy_view *view)
{
    char path[400];
    dy_scene scene;
    snprintf(path, sizeof path, "%s/%s.png", folder, name);
    must(dy_scene_make(&scene, &arena, traces, n, view, &err) &&
         dy_paint_file(&scene, path, &err));
}

static void save_race(void)
{
    open_board();
    for (int r = 0; r < 6; r++) made_up_run(board, r, 3600, DY_RUNNING);
    read_traces();
    dy_view view = window_view(1280, 800);
    dy_ranking ranking;
    must(dy_ranking_make(&ranking, &arena, traces, n, DY_RANK_LOSS, 0.93, &err));
    view.ranking = &ranking;
    view.bet = 3;
    view.title = "Six schedules on MNIST";
    save("race", &view);
    view.dark = true;
    view.hovered = true;
    view.hover = 2000;
    view.caption = "The constant rate is too large to settle: watch its loss stop falling "
                   "while one cycle is still at its peak.";
    save("race-dark-hover", &view);
    view.width_px = 640;
    view.height_px = 400;
    save("race-640", &view);
    view = window_view(1280, 800);
    view.text_px = 22;
    view.ranking = &ranking;
    view.title = "Six schedules on MNIST";
    save("race-large", &view);
    view.text_px = 0;
    view.hovered = true;
    view.hover = 4500;
    view.pointed = true;
    view.pointer = (dy_point){ 1180, 772 };
    view.ranking = NULL;
    int32_t order[] = { 3, 0, 5, 4, 1, 2 };
    view.order = order;
    view.n_order = 6;
    view.ordered_by = "by loss";
    traces[1].show = DY_HIDDEN;
    save("race-legend", &view);
    close_board();
}

static void save_bend(void)
{
    open_board();
    dy_run_view run = made_up_run(board, 0, 3000, DY_RUNNING);
    made_up_branch(board, &run, 0, 2000, 2600, true, 0);
    read_traces();
    dy_view view = window_view(1280, 800);
    dy_handle handles[] = { { DY_LR, 0, 3000, made_up_lr(0, 0.5), false },
                            { DY_LR, 0, 4200, made_up_lr(0, 0.7), true },
                            { DY_LR, 0, 5400, made_up_lr(0, 0.9), false },
                            { DY_MOMENTUM, 0, 4800, 0.92, false } };
    dy_point drawn[] = {
        { 0, 2.2 }, { 800, 1.4 }, { 2000, 0.6 }, { 3500, 0.35 }, { 5900, 0.2 }
    };
    dy_sketch sketch = { DY_PANE_LOSS, -1, drawn, 5, "prediction: 71 points" };
    dy_order edits[] = { { .act = DY_ACT_PAUSE, .step = 700, .run = 0 },
                         { .act = DY_ACT_BEND, .step = 720, .run = 0 },
                         { .act = DY_ACT_BEND, .step = 1500, .run = 0, .channel = DY_MOMENTUM },
                         { .act = DY_ACT_COOL, .step = 2000, .count = 600, .run = 1 },
                         { .act = DY_ACT_STOP, .step = 2900, .run = 0 } };
    dy_mark note = { .step = 2200, .kind = DY_MARK_NOTE, .text = "the peak of the cycle" };
    dy_board_mark(board, 0, &note);
    traces[0].marks = dy_board_marks(board, 0);
    view.handles = handles;
    view.n_handles = 4;
    view.sketches = &sketch;
    view.n_sketches = 1;
    view.edits = edits;
    view.n_edits = 5;
    dy_entry entry = { "learning rate at update 4,200", "0.0 5", 3, "a number, 0 to 1e6",
                       true };
    view.entry = &entry;
    save("bend", &view);
    view.entry = NULL;
    dy_button rows[] = {
        { 1, DY_GLYPH_REWIND, "rewind all to update 2,000", "r", false, false, false },
        { 2, DY_GLYPH_FORK, "fork from update 2,000", "f", false, false, false },
        { 3, DY_GLYPH_NOTE, "note", "", true, false, true }
    };
    dy_menu menu = { { 500, 300 }, rows, 3 };
    view.menu = &menu;
    view.pointed = true;
    view.pointer = (dy_point){ 560, 315 };
    save("menu", &view);
    close_board();
}

static void save_fork(void)
{
    open_board();
    dy_run_view run = made_up_run(board, 0, 4200, DY_STOPPED);
    dy_run_view other = made_up_branch(board, &run, 2, 1800, 4200, false, 1);
    made_up_branch(board, &other, 4, 3000, 4200, false, 1);
    read_traces();
    dy_view view = window_view(1280, 800);
    dy_pane_spec panes[] = { { .kind = DY_PANE_LR },       { .kind = DY_PANE_RATE },
                             { .kind = DY_PANE_LOSS },     { .kind = DY_PANE_ACCURACY },
                             { .kind = DY_PANE_GRADIENT }, { .kind = DY_PANE_RATIO },
                             { .kind = DY_PANE_LOOP } };
    dy_order edits[] = {
        { .act = DY_ACT_FORK, .count = 1800, .run = 1, .lane = 1 },
        { .act = DY_ACT_REWIND, .count = 3000, .run = 2, .lane = DY_EVERY_LANE }
    };
    view.panes = panes;
    view.n_panes = 7;
    view.edits = edits;
    view.n_edits = 2;
    save("fork", &view);
    view.width_px = 640;
    view.height_px = 400;
    save("fork-640", &view);
    view.width_px = 600;
    view.height_px = 900;
    save("fork-tall", &view);
    close_board();
}

static dy_portrait plane, weights;

static void save_portraits(void)
{
    static dy_example examples[300];
    open_board();
    for (int r = 0; r < 3; r++) made_up_run(board, r, 3600, DY_RUNNING);
    read_traces();
    made_up_portraits(&plane, &weights);
    for (int i = 0; i < 300; i++) {
        double a = i * 0.05;
        examples[i] =
            (dy_example){ (float)(a / 16 * cos(a + (i % 2) * 3)),
                          (float)(a / 16 * sin(a + (i % 2) * 3)), i % 2, i % 10 == 0 };
    }
    dy_view view = window_view(1280, 800);
    dy_pane_spec panes[] = { { .kind = DY_PANE_LR },
                             { .kind = DY_PANE_MOMENTUM },
                             { .kind = DY_PANE_LOSS },
                             { .kind = DY_PANE_PLANE },
                             { .kind = DY_PANE_WEIGHTS } };
    view.panes = panes;
    view.n_panes = 5;
    view.plane = &plane;
    view.weights = &weights;
    view.examples = examples;
    view.n_examples = 300;
    save("portraits", &view);
    view.dark = true;
    save("portraits-dark", &view);
    dy_pane_spec one = { .kind = DY_PANE_LOOP };
    dy_guide guides[] = { { DY_PANE_LOOP, true, 0.05, "steepest" },
                          { DY_PANE_LOOP, true, 0.06, "minimum / 10" },
                          { DY_PANE_LOOP, false, 0.5, "half" } };
    view = window_view(800, 600);
    view.bar = NULL;
    view.n_buttons = 0;
    view.panes = &one;
    view.n_panes = 1;
    view.guides = guides;
    view.n_guides = 3;
    save("loop", &view);
    close_board();
}

static void save_many(void)
{
    open_board();
    for (int r = 0; r < 12; r++)
        made_up_run(board, r, r == 6 ? 900 : MADE_UP_STEPS, r == 6 ? DY_DIVERGED : DY_DONE);
    read_traces();
    dy_view view = window_view(1280, 800);
    view.hovered = true;
    view.hover = 3000;
    save("many-hover", &view);
    view.hovered = false;
    static const dy_help HELP[] = {
        { NULL, NULL, "training" },
        { "space", "button", "pause, go on" },
        { "n", "button", "one update" },
        { "e", "button", "one epoch" },
        { "[ ]", "buttons", "slower, faster" },
        { "x", "button", "stop" },
        { NULL, NULL, "the schedule" },
        { "b", "drag a handle", "bend: move keyframes of what is to come" },
        { "d", "draw", "a tail by hand" },
        { "enter", "double-click", "type a value" },
        { "u", "button", "undo" },
        { "m", "", "lr or momentum" },
        { NULL, NULL, "time" },
        { "r", "click a past update", "rewind" },
        { "f", "the same", "fork" },
        { "c", "button", "what if it cooled down now?" },
        { NULL, NULL, "what is seen" },
        { "arrows", "drag", "move along" },
        { "+ -", "wheel", "zoom" },
        { "0", "double-click", "all of it" },
        { "w", "button", "follow" },
        { "p", "button", "panes" },
        { "1 - 9", "click a name", "show, hide a run" },
        { "shift 1 - 9", "shift click", "only that run" },
        { "t", "button", "light, dark" },
        { "F11", "button", "full screen, large letters" },
        { "s", "button", "save a picture" },
        { "?", "button", "this help" },
        { "q", "", "close" },
    };
    view.help = HELP;
    view.n_help = sizeof HELP / sizeof *HELP;
    save("help", &view);
    view.width_px = 640;
    view.height_px = 400;
    save("help-640", &view);
    view = window_view(640, 400);
    view.n_buttons = 0;
    view.bar = NULL;
    save("many-640", &view);
    close_board();
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: pictures DIR\n");
        return 2;
    }
    folder = argv[1];
    save_race();
    save_bend();
    save_fork();
    save_portraits();
    save_many();
}
