/* progress.h - the line on the terminal that says how training goes.
 *
 * On a terminal one line is redrawn in place, as wide as the terminal and no wider; anywhere else (a file, a pipe) a plain
 * line without control characters is printed once a second. It shows the run in hand, or of a race the run that is
 * best so far. Reads the board, writes nothing but its stream. The clock is the caller's (base/clock.h).
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"
#include "view/rate.h"

#include <stdio.h>

typedef struct dy_progress {
    FILE *out;
    bool terminal; /* redraw in place */
    bool colour;
    bool utf8;
    int columns;   /* of the terminal; 0: ask each time */
    bool drawn;    /* a line stands there now */
    bool started;  /* last_s means something */
    double last_s; /* when a line was last written */
    int32_t race;  /* the one that the rate is of */
    dy_rate rate;
    bool paused; /* the line says so */
} dy_progress;

/* Looks at the stream and the environment: NO_COLOR, TERM, and whether the locale is UTF-8. */
dy_progress dy_progress_make(FILE *out);

/* Draws the line if it is time to: ten times a second at most, elsewhere than on a terminal once. */
void dy_progress_draw(dy_progress *progress, const dy_board *board, double now_s);

/* Another line in its place, as often. */
void dy_progress_say(dy_progress *progress, const char *text, double now_s);

/* Clears the line away, so that other text can be printed; the next draw puts it back. Also the end. */
void dy_progress_erase(dy_progress *progress);
