/* range_scene.h - range tests as a picture: the loss over lr, and above it, on the same axis, what is read from it.
 *
 * A row for each suggestion: its spread over the seeds as a bar, its median as a dot, from where a line leads down to its place
 * on the curve; and what it is beside it, so that no two labels can meet. What the curves and rows are, one test's rules or several tests beside each other,
 * is the caller's business.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/suggestions.h"
#include "view/scene.h"

typedef struct dy_range_row {
    const char *label; /* "valley"; its median is put behind it */
    const char *note;  /* at the right edge; NULL: none */
    dy_spread spread;  /* of no seed: the row says "none" */
    int32_t
        curve; /* it is read from; -1: none, it is where lr is too high, and what lies above it is shaded */
    int32_t colour; /* of dy_theme_run */
    bool strong;
} dy_range_row;

enum { DY_RANGE_ROWS = 32 };

typedef struct dy_range_plot {
    const dy_suggestions
        *curves; /* [n_curves] one in the colour of run 0, and the next ones' */
    int32_t n_curves;
    bool linear;              /* rates have equal differences, and so has the axis */
    const dy_range_row *rows; /* [n_rows] in any order */
    int32_t n_rows;
    const char *rows_name,
        *rows_note;         /* over the rows: "suggestions", "median and spread over 5 seeds" */
    const char *notes_name; /* over their notes; NULL: there are none */
    const char *loss_note;  /* beside "loss" */
    const dy_trace *traces; /* [n_traces] the runs: the heading says what they have in common */
    int32_t n_traces;
} dy_range_plot;

/* Everything the scene holds lives in `arena`. Of the view: sizes, scale, text, dark, title and measure count. A test without
 * a single update gives an empty figure. Fails when the view's numbers are out of range or memory is short. */
bool dy_range_scene_make(dy_scene *scene, dy_arena *arena, const dy_range_plot *plot,
                         const dy_view *view, dy_error *err);
