/* plot.c - see plot.h.   SPDX-License-Identifier: MIT */
#include "cli/plot.h"

#include "view/paint.h"

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
    bool ok =
        dy_traces_read(&traces, &n, board, &arena, err) &&
        dy_scene_make(&scene, &arena, traces, most > 0 && most < n ? most : n, &view, err) &&
        dy_paint_file(&scene, path, err);
    dy_arena_close(&arena);
    return ok;
}
