/* scene.h - runs as a picture, in numbers: lines, texts and markers, in the order they are painted.
 *
 * Pure: the same tapes and view give the same scene, tested without a pixel. paint.h draws it. Curves of any length
 * cost O(pixels), from the tape's ranges. Coordinates are logical pixels from the top left; how many device pixels one
 * of them is (`scale`) matters to paint.h, and here only to where hairlines fall.
 * Not a drawing library: it knows panes over one axis of updates, and what a person needs around them.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/hit.h"
#include "view/scale.h"
#include "view/ticks.h"
#include "view/trace.h"
#include "view/view.h"

typedef struct dy_pane {
    dy_pane_kind kind;
    bool shown;    /* false: no run has a value of it, and its box is empty */
    dy_box box;    /* of the data, without labels */
    double gutter; /* of them, at its left */
    dy_scale x, y;
    dy_ticks ticks; /* of y */
} dy_pane;

typedef struct dy_scene {
    double width_px, height_px, scale;
    dy_colour paper;
    const dy_item *items; /* [n_items] */
    int64_t n_items;
    const dy_area *areas; /* [n_areas] */
    int64_t n_areas;
    const dy_pane *panes; /* [n_panes], as the view has them */
    int32_t n_panes;
    double smoothing;   /* in effect */
    double reach;       /* how near to a curve is on it */
    dy_box slider;      /* of the smoothing: what its handle moves along; empty: none */
    double slider_most; /* the smoothing at its right end */
} dy_scene;

/* Everything the scene holds lives in `arena` (a frame's). No traces make an empty
 * figure. Fails when the view's numbers are out of range or memory is short. */
bool dy_scene_make(dy_scene *scene, dy_arena *arena, const dy_trace *traces, int32_t n,
                   const dy_view *view, dy_error *err);

/* What is under a point, all in all; near a handle it is the handle. */
dy_hit dy_scene_hit(const dy_scene *scene, dy_point at);

/* The pane of that kind; NULL: not shown. */
const dy_pane *dy_scene_pane(const dy_scene *scene, dy_pane_kind kind);

/* What a pane makes of any point, outside of it as well: for dragging. */
dy_hit dy_pane_hit(const dy_scene *scene, int32_t pane, dy_point at);

/* The smoothing that a slider held at x stands for. */
double dy_scene_slide(const dy_scene *scene, double x);
