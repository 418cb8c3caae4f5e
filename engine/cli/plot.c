/* plot.c - see plot.h.   SPDX-License-Identifier: MIT */
#include "cli/plot.h"

#include "view/paint.h"

/* A run that stands for itself, or branched off from one that does. */
static bool belongs(const dy_trace *trace)
{
    return !trace->run.card->aside || trace->run.card->branched;
}

/* Leaves out what was only tried, unless there is nothing else. Returns how many traces are left. */
static int32_t leave_out_asides(dy_trace *traces, int32_t n)
{
    int32_t left = 0;
    for (int32_t i = 0; i < n; i++) left += belongs(&traces[i]);
    if (left == 0) return n;
    left = 0;
    for (int32_t i = 0; i < n; i++)
        if (belongs(&traces[i])) traces[left++] = traces[i];
    return left;
}

bool dy_plot_board(const dy_board *board, int32_t most, double height_px, const char *path,
                   dy_error *err)
{
    dy_arena arena = dy_arena_make(0);
    dy_view view = dy_view_defaults();
    dy_trace *traces;
    int32_t n;
    dy_scene scene;
    view.measure = dy_paint_measure;
    if (height_px > 0) view.height_px = height_px;
    bool ok = dy_traces_read(&traces, &n, board, &arena, err);
    if (ok) n = leave_out_asides(traces, n);
    ok = ok &&
         dy_scene_make(&scene, &arena, traces, most > 0 && most < n ? most : n, &view, err) &&
         dy_paint_file(&scene, path, err);
    dy_arena_close(&arena);
    return ok;
}
