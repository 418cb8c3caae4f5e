/* window.h - a window as a thin device: pixels out, what a person does in.
 *
 * The one user of SDL; in a build without it there is no window, and open says so. It knows nothing of what it
 * shows. One window a process.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/input.h"
#include "view/paint.h"

typedef struct dy_window dy_window;

/* A window of that many logical pixels, or what the screen has room for. `scale`: device pixels to one of them; 0: as the
 * display asks for. Fails where there is no display; says why. threads: the one that opened it */
bool dy_window_open(dy_window **window, const char *title, double width_px, double height_px,
                    double scale, dy_error *err);
void dy_window_close(dy_window *window); /* NULL is fine */

/* Whether this process has been given a display to open windows on. */
bool dy_window_wanted(void);

/* The next thing the person did. false: nothing more; never waits. */
bool dy_window_next(dy_window *window, dy_input *input);

/* Its size in logical pixels, and how many device pixels one of them is. */
void dy_window_size(const dy_window *window, double *width_px, double *height_px,
                    double *scale);

/* The pixels to be painted over, good until the next call of dy_window_next; dy_window_show puts them on the screen. */
bool dy_window_pixels(dy_window *window, dy_pixels *pixels, dy_error *err);
bool dy_window_show(dy_window *window, dy_error *err);

void dy_window_title(dy_window *window, const char *title);
void dy_window_icon(dy_window *window, const dy_pixels *pixels);
bool dy_window_full(dy_window *window, bool full); /* false: the display cannot */

typedef enum dy_cursor {
    DY_CURSOR_ARROW,
    DY_CURSOR_HAND,  /* over what can be clicked */
    DY_CURSOR_CROSS, /* over curves */
    DY_CURSOR_MOVE,  /* over what can be dragged */
    DY_CURSORS,
} dy_cursor;

void dy_window_cursor(dy_window *window, dy_cursor cursor);
