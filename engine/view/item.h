/* item.h - what a scene is made of: lines, bands, texts, markers and images, one by one.
 *
 * Coordinates are logical pixels from the top left. Plain data: scene.h fills it, paint.h draws it.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/outline.h"

typedef struct dy_box {
    double x, y, w, h; /* x, y: top left */
} dy_box;

bool dy_box_has(const dy_box *box, dy_point at);

typedef uint32_t dy_colour; /* 0xRRGGBBAA */

typedef enum dy_item_kind {
    DY_ITEM_LINE,  /* through points[n] */
    DY_ITEM_AREA,  /* filled, around points[n] */
    DY_ITEM_BAND,  /* the same, of the kind that dy_outline_band makes */
    DY_ITEM_PLATE, /* `box`, filled, its corners rounded by `size` */
    DY_ITEM_FRAME, /* its outline, a hairline */
    DY_ITEM_TEXT,  /* its baseline at `at` */
    DY_ITEM_DOT,   /* a disc with a rim in the colour of the paper */
    DY_ITEM_RING,  /* the other way round */
    DY_ITEM_CROSS, /* where a run diverged */
    DY_ITEM_IMAGE, /* pixels[rows][columns], spread over `box` */
} dy_item_kind;

typedef enum dy_dash { DY_SOLID, DY_DASHED, DY_DOTTED } dy_dash;

typedef enum dy_anchor { DY_LEFT, DY_CENTRE, DY_RIGHT } dy_anchor;

/* One thing to paint. */
typedef struct dy_item {
    dy_item_kind kind;
    dy_colour colour;
    int32_t run;  /* whose it is: an index into the traces; -1: nobody's */
    int32_t pane; /* cut to that pane's box; -1: not cut */
    double
        size; /* line: width; text: height of its em; dot, ring, cross, a plate's corners: radius */
    dy_point at;
    const dy_point *points; /* [n] */
    int64_t n;
    dy_dash dash;
    dy_anchor anchor;
    bool bold;
    bool rising; /* a line: x never falls along it */
    const char *text;
    dy_box box;
    const uint32_t *pixels; /* [rows][columns], 0xAARRGGBB, opaque */
    int32_t columns, rows;
    bool smooth; /* an image: between pixels, too */
} dy_item;
