/* theme.h - the colours of a picture, on white paper and on a dark screen.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/item.h"

typedef struct dy_theme {
    dy_colour paper;
    dy_colour ink;   /* titles and names */
    dy_colour quiet; /* labels */
    dy_colour axis, grid;
    dy_colour alarm;     /* the word "diverged" */
    dy_colour card, rim; /* what lies over the rest, and its edge */
    dy_colour lit;       /* what is in effect */
    dy_colour press;     /* a button under the pointer */
} dy_theme;

dy_theme dy_theme_make(bool dark);

/* The colour of run i, for any i >= 0: seven that people with colour-blindness tell apart, and from the eighth on the
 * same again in another dash. source: M. Okabe and K. Ito, "Color Universal Design", 2008, without yellow, which
 * white paper swallows; lightened where the paper is dark */
dy_colour dy_theme_run(bool dark, int32_t i);
dy_dash dy_theme_dash(int32_t i);

/* The same colour, with this share of its opacity. */
dy_colour dy_faded(dy_colour colour, double share);
