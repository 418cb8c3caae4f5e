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

/* Leaves in what was chosen. Returns how many traces are left. */
static int32_t choose_runs(const dy_plot *plot, dy_trace *traces, int32_t n)
{
    int32_t left = 0;
    if (plot->runs) {
        for (int32_t i = 0; i < n; i++) /* both rise */
            if (left < plot->n_runs && traces[i].run.index == plot->runs[left])
                traces[left++] = traces[i];
        for (int32_t i = 0; i < left; i++) traces[i].colour = i;
        return left;
    }
    left = leave_out_asides(traces, n);
    return plot->most > 0 && plot->most < left ? plot->most : left;
}

/* Fills panes[], top to bottom; returns how many. */
static int32_t choose_panes(const dy_plot *plot, dy_pane_spec panes[4])
{
    int32_t n = 0;
    panes[n++] = (dy_pane_spec){ .kind = DY_PANE_LR };
    if (plot->effective) panes[n++] = (dy_pane_spec){ .kind = DY_PANE_RATE };
    panes[n++] = (dy_pane_spec){ .kind = DY_PANE_MOMENTUM };
    if (!plot->schedules_only) panes[n++] = (dy_pane_spec){ .kind = DY_PANE_LOSS };
    return n;
}

bool dy_plot_board(const dy_board *board, const dy_plot *plot, const char *path, dy_error *err)
{
    static const double WITHOUT_LOSS_PX = 450, RATE_PX = 150;
    dy_arena arena = dy_arena_make(0);
    dy_view view = dy_view_defaults();
    dy_pane_spec panes[4];
    dy_trace *traces;
    int32_t n;
    dy_scene scene;
    view.measure = dy_paint_measure;
    view.panes = panes;
    view.n_panes = choose_panes(plot, panes);
    if (plot->schedules_only) view.height_px = WITHOUT_LOSS_PX;
    if (plot->effective) view.height_px += RATE_PX;
    bool ok = dy_traces_read(&traces, &n, board, &arena, err);
    if (ok) n = choose_runs(plot, traces, n);
    ok = ok && dy_scene_make(&scene, &arena, traces, n, &view, err) &&
         dy_paint_file(&scene, path, err);
    dy_arena_close(&arena);
    return ok;
}
