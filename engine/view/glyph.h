/* glyph.h - signs for buttons and marks, made of lines and areas, as no face has them all.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/item.h"

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

struct dy_draft;

/* Adds a sign to a scene, `size` wide and high. DY_GLYPH_NONE adds nothing. */
void dy_glyph_draw(struct dy_draft *draft, dy_glyph glyph, dy_point middle, double size,
                   dy_colour colour);
