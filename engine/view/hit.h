/* hit.h - what lies under a point of a scene.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/item.h"

typedef enum dy_hit_kind {
    DY_HIT_NOTHING,
    DY_HIT_PANE,    /* the data of one */
    DY_HIT_VALUES,  /* the labels beside it: its y axis */
    DY_HIT_HEADING, /* its name */
    DY_HIT_UPDATES, /* the labels under the panes: their common axis */
    DY_HIT_ACROSS,  /* those under a LOOP */
    DY_HIT_ROW,     /* of the legend or the leaderboard; index: the trace */
    DY_HIT_ROWS,    /* the words over those rows */
    DY_HIT_HANDLE,  /* index: as in the view */
    DY_HIT_EDIT,    /* a mark on the axis; index: of the view's edits */
    DY_HIT_NOTE,    /* the same; index: of the marks of `run` */
    DY_HIT_BUTTON,  /* index: its id */
    DY_HIT_MENU,    /* index: the row's id */
    DY_HIT_SLIDER,  /* value: the smoothing that the point stands for */
    DY_HIT_ENTRY,
    DY_HIT_OVER, /* something that lies over the rest and has nothing to press here */
} dy_hit_kind;

typedef struct dy_hit {
    dy_hit_kind kind;
    int32_t index;
    int32_t pane; /* of the scene; -1: none */
    int32_t
        run; /* of PANE: the trace whose curve is at most an em away; of ROW, HANDLE, EDIT, NOTE: the trace; -1: none */
    double update,
        value; /* of PANE: what the point stands for (of a LOOP update is an lr); of EDIT, NOTE, HANDLE: where it is */
} dy_hit;

/* One thing that can be hit; later ones lie over earlier ones. */
typedef struct dy_area {
    dy_box box;
    dy_hit hit;
} dy_area;
