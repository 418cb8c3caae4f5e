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
    DY_ITEM_PLATE, /* `box`, filled, its corners rounded by `size` */
    DY_ITEM_FRAME, /* its outline, a hairline */
    DY_ITEM_TEXT,  /* its baseline at `at` */
    DY_ITEM_DOT,   /* a disc with a rim in the colour of the paper */
    DY_ITEM_RING,  /* the other way round */
    DY_ITEM_CROSS, /* where a run diverged */
    DY_ITEM_GLYPH, /* a sign around `at` */
    DY_ITEM_IMAGE, /* pixels[rows][columns], spread over `box` */
} dy_item_kind;

typedef enum dy_dash { DY_SOLID, DY_DASHED, DY_DOTTED } dy_dash;

typedef enum dy_anchor { DY_LEFT, DY_CENTRE, DY_RIGHT } dy_anchor;

/* Signs of buttons and marks. */
typedef enum dy_glyph {
    DY_GLYPH_NONE,
    DY_GLYPH_PLAY,
    DY_GLYPH_PAUSE,
    DY_GLYPH_STEP,  /* one update */
    DY_GLYPH_EPOCH, /* one epoch */
    DY_GLYPH_STOP,
    DY_GLYPH_SLOWER,
    DY_GLYPH_FASTER,
    DY_GLYPH_BEND, /* a schedule that was changed */
    DY_GLYPH_DRAW, /* by hand */
    DY_GLYPH_UNDO,
    DY_GLYPH_REWIND,
    DY_GLYPH_FORK,
    DY_GLYPH_COOL,
    DY_GLYPH_RELOAD,
    DY_GLYPH_NOTE,
    DY_GLYPH_RECORD,
    DY_GLYPH_CAMERA,
    DY_GLYPH_PANES,
    DY_GLYPH_RACE, /* a leaderboard */
    DY_GLYPH_FIT,
    DY_GLYPH_FOLLOW,
    DY_GLYPH_PREDICT,
    DY_GLYPH_THEME,
    DY_GLYPH_LARGE, /* full screen, large type */
    DY_GLYPH_HELP,
    DY_GLYPH_FLAG, /* past a target */
    DY_GLYPH_STAR, /* a bet */
    DY_GLYPHS,
} dy_glyph;

/* One thing to paint. */
typedef struct dy_item {
    dy_item_kind kind;
    dy_colour colour;
    int32_t run;  /* whose it is: an index into the traces; -1: nobody's */
    int32_t pane; /* cut to that pane's box; -1: not cut */
    double size;  /* line: width; text: height of its em; dot, ring, cross, glyph: radius */
    dy_point at;
    const dy_point *points; /* [n] */
    int64_t n;
    dy_dash dash;
    dy_anchor anchor;
    bool bold;
    const char *text;
    dy_glyph glyph;
    dy_box box;
    const uint32_t *pixels; /* [rows][columns], 0xAARRGGBB, opaque */
    int32_t columns, rows;
    bool smooth; /* an image: between pixels, too */
} dy_item;
