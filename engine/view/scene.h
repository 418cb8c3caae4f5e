/* scene.h - runs as a picture, in numbers: lines, texts and markers, in the order they are painted.
 *
 * Pure: the same tapes and view give the same scene, tested without a pixel. paint.h draws it. Curves of any length
 * cost O(pixels), from the tape's ranges. Coordinates are logical pixels from the top left; how many device pixels one
 * of them is (`scale`) matters to paint.h, and here only to where hairlines fall.
 * Not a drawing library: it knows three panes over one axis of updates, and a legend.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "record/board.h"
#include "view/outline.h"
#include "view/ticks.h"

typedef struct dy_box {
    double x, y, w, h; /* x, y: top left */
} dy_box;

typedef uint32_t dy_colour; /* 0xRRGGBBAA */

typedef enum dy_item_kind {
    DY_ITEM_LINE,  /* through points[n] */
    DY_ITEM_TEXT,  /* its baseline at `at` */
    DY_ITEM_DOT,   /* a disc with a rim in the colour of the paper */
    DY_ITEM_CROSS, /* where a run diverged */
} dy_item_kind;

typedef enum dy_dash { DY_SOLID, DY_DASHED, DY_DOTTED } dy_dash;

typedef enum dy_anchor { DY_LEFT, DY_CENTRE, DY_RIGHT } dy_anchor;

/* One thing to paint. */
typedef struct dy_item {
    dy_item_kind kind;
    dy_colour colour;
    int32_t run;  /* whose it is: an index into the traces; -1: nobody's */
    int32_t pane; /* cut to that pane's box; -1: not cut */
    double size;  /* line: width; text: height of its em; dot and cross: radius */
    dy_point at;
    const dy_point *points; /* [n] */
    int64_t n;
    dy_dash dash;
    dy_anchor anchor;
    bool bold;
    const char *text;
} dy_item;

typedef enum dy_axis_kind { DY_AXIS_AUTO, DY_AXIS_LINEAR, DY_AXIS_LOG } dy_axis_kind;

/* Values against pixels; from_px is where `lo` is. */
typedef struct dy_scale {
    double lo, hi; /* lo < hi; above 0 where `log` */
    bool log;
    double from_px, to_px;
} dy_scale;

/* Total: every value has a finite place, at most one length of the scale outside it. */
double dy_scale_at(const dy_scale *scale, double value);

typedef struct dy_pane {
    dy_channel channel;
    bool shown; /* false: no run has a value of it, and its box is empty */
    dy_box box; /* of the data, without labels */
    dy_scale x, y;
    dy_ticks ticks; /* of y */
} dy_pane;

typedef enum dy_show { DY_SHOWN, DY_HIDDEN, DY_STRONG } dy_show;

/* A run as it is to be shown. Its colour is its place among the traces, so hiding one recolours none. */
typedef struct dy_trace {
    dy_run_view run;
    int64_t marks; /* how many of run.marks are final */
    dy_show show;  /* where one is DY_STRONG, the others step back */
} dy_trace;

/* The width of a text in pixels. */
typedef double dy_measure_fn(void *self, const char *text, double em_px, bool bold);

typedef struct dy_view {
    double width_px, height_px;
    double scale;     /* device pixels in one of these */
    double text_px;   /* height of the em; 0: by the picture's size */
    int64_t from, to; /* the updates in sight; to <= from: all */
    dy_axis_kind axis[DY_CHANNELS];
    double
        smoothing; /* of the loss: see outline.h, in updates; 0: none; < 0: by the updates in sight */
    bool dark;
    const char *title;      /* NULL: the run's name where there is one run, else none */
    dy_measure_fn *measure; /* NULL: an estimate, the same on every machine */
    void *measure_self;
} dy_view;

/* 800 x 600 at 2, everything in sight, axes and smoothing automatic, light. */
dy_view dy_view_defaults(void);

typedef struct dy_scene {
    double width_px, height_px, scale;
    dy_colour paper;
    const dy_item *items; /* [n_items] */
    int64_t n_items;
    dy_pane panes[DY_CHANNELS]; /* top to bottom */
} dy_scene;

/* The sizes a picture may have: below the least there is no room for three panes. */
enum { DY_VIEW_LEAST_PX = 200, DY_VIEW_MOST_PX = 16384 };

/* Every run of the board that is one, DY_SHOWN. Fails when memory is short. */
bool dy_traces_read(dy_trace **traces, int32_t *n, const dy_board *board, dy_arena *arena,
                    dy_error *err);

/* Everything the scene holds lives in `arena` (a frame's). No traces make an empty
 * figure. Fails when the view's numbers are out of range or memory is short. */
bool dy_scene_make(dy_scene *scene, dy_arena *arena, const dy_trace *traces, int32_t n,
                   const dy_view *view, dy_error *err);
