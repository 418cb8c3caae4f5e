/* view.h - what a picture is asked to show: which panes and updates, and what stands around and over them.
 *
 * Everything here is borrowed by dy_scene_make for the call. All zero but the sizes is a plain picture; what is NULL, or
 * has a count of 0, is not there.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/glyph.h"
#include "view/ranking.h"

typedef enum dy_pane_kind {
    DY_PANE_LR, /* the first three as their channels */
    DY_PANE_MOMENTUM,
    DY_PANE_LOSS,
    DY_PANE_RATE,     /* that acts: lr / (1 - momentum) */
    DY_PANE_ACCURACY, /* held-out, in % */
    DY_PANE_GRADIENT, /* its norm */
    DY_PANE_RATIO,    /* of an update's size to that of the weights */
    DY_PANE_LOOP,     /* the loss against lr: a cycle's goes round */
    DY_PANE_PLANE,    /* what a network makes of the plane */
    DY_PANE_WEIGHTS,  /* its first layer's */
    DY_PANE_KINDS,
} dy_pane_kind;

/* "learning rate", "momentum", ... */
const char *dy_pane_name(dy_pane_kind kind);

/* Whether its x are updates; the other kinds stand by themselves. */
bool dy_pane_over_updates(dy_pane_kind kind);

typedef enum dy_axis_kind { DY_AXIS_AUTO, DY_AXIS_LINEAR, DY_AXIS_LOG } dy_axis_kind;

typedef struct dy_pane_spec {
    dy_pane_kind kind;
    double share; /* of the height, against the others'; 0: as is usual for the kind */
    dy_axis_kind y;
    dy_axis_kind x; /* of a LOOP */
    double lo, hi;  /* of y, where lo < hi; else as the curves ask */
} dy_pane_spec;

/* A keyframe that can be taken hold of. */
typedef struct dy_handle {
    dy_channel channel; /* DY_LR or DY_MOMENTUM */
    int32_t run;        /* a trace */
    double step, value;
    bool lit; /* held, or under the pointer */
} dy_handle;

/* A line drawn by hand: a tail being bent, or the loss as somebody expects it. */
typedef struct dy_sketch {
    dy_pane_kind pane;
    int32_t run;            /* in its colour; -1: nobody's */
    const dy_point *points; /* [n], updates and values */
    int64_t n;
    const char *label; /* at its end: "prediction: 83 points" */
} dy_sketch;

/* A straight line across a pane, with a word. */
typedef struct dy_guide {
    dy_pane_kind pane;
    bool upright; /* at an update, or of a LOOP an lr; else at a value */
    double at;
    const char *label;
} dy_guide;

/* A button, or a row of a menu. */
typedef struct dy_button {
    int32_t id; /* what dy_hit says of it */
    dy_glyph glyph;
    const char *label, *key; /* "pause", "space" */
    bool off;                /* cannot be pressed now */
    bool lit;                /* is in effect */
    bool apart;              /* begins a group */
} dy_button;

typedef struct dy_menu {
    dy_point at;           /* the corner it opens from */
    const dy_button *rows; /* [n] */
    int32_t n;
} dy_menu;

/* A field for typing. */
typedef struct dy_entry {
    const char *prompt; /* "learning rate at update 1,200" */
    const char *text;
    int32_t cursor;   /* characters before it */
    const char *hint; /* beneath: what is wanted, or what is wrong */
    bool alarm;       /* it is wrong */
} dy_entry;

/* A line of the help: a heading where `keys` is NULL. */
typedef struct dy_help {
    const char *keys, *mouse, *does; /* "space", "the button", "pause, go on" */
} dy_help;

/* The lowest line: how the training stands. */
typedef struct dy_bar {
    const char *state;   /* "training", "paused", "done" */
    int64_t step, steps; /* updates made, of so many; steps 0: nothing trains */
    double epoch;        /* NaN: none */
    double rate;         /* updates a second; NaN: not known */
    double limit;        /* what it is held to; 0: nothing */
    const char *message;
    bool alarm; /* the message is an error */
} dy_bar;

/* The width of a text in pixels. */
typedef double dy_measure_fn(void *self, const char *text, double em_px, bool bold);

typedef struct dy_view {
    double width_px, height_px;
    double scale;     /* device pixels in one of these */
    double text_px;   /* height of the em; 0: by the picture's size */
    int64_t from, to; /* the updates in sight; to <= from: all */
    /* top to bottom; LOOP, PLANE and WEIGHTS stand beside the others. n_panes 0: lr, momentum and loss. A pane
     * with nothing to show is left out; where that goes for all, those over updates wait for it. Of each kind one */
    const dy_pane_spec *panes;
    int32_t n_panes;
    double
        smoothing; /* of the loss: see outline.h, in updates; 0: none; < 0: by the updates in sight */
    bool slider; /* with a handle to change it by */
    bool dark;
    const char *title;      /* NULL: the run's name where there is one run, else none */
    dy_measure_fn *measure; /* NULL: an estimate, the same on every machine */
    void *measure_self;

    const int32_t *order; /* [n_order] traces: the legend's rows; NULL: as they are */
    int32_t n_order;
    const char *ordered_by;    /* "loss": stands over them */
    const dy_ranking *ranking; /* NULL: a legend; else a leaderboard */
    const double *row_at;      /* [traces] where each one's row is now, in rows from the top;
                                  NULL: where its rank puts it */
    int32_t bet;               /* 1 + the trace that is bet on; 0: none */

    const dy_order *edits; /* [n_edits], on the axis; `run` as on the board */
    int64_t n_edits;
    const dy_handle *handles;
    int32_t n_handles;
    const dy_sketch *sketches;
    int32_t n_sketches;
    const dy_guide *guides;
    int32_t n_guides;
    const dy_portrait *plane, *weights;
    const dy_example *examples; /* in the plane */
    int64_t n_examples;

    bool hovered; /* `hover` is an update whose values are shown */
    int64_t hover;
    bool pointed; /* there is a pointer, and it is at: */
    dy_point pointer;
    const dy_bar *bar;
    const dy_button *buttons;
    int32_t n_buttons;
    const char *caption;
    const dy_menu *menu;
    const dy_entry *entry;
    const dy_help *help; /* over everything */
    int32_t n_help;
} dy_view;

/* 800 x 600 at 2, everything in sight, axes and smoothing automatic, light. */
dy_view dy_view_defaults(void);

/* The sizes a picture may have: below the least there is no room for three panes. */
enum { DY_VIEW_LEAST_PX = 200, DY_VIEW_MOST_PX = 16384 };

/* Fails when a number is out of range; says which. */
bool dy_view_check(const dy_view *view, int32_t n_traces, dy_error *err);
