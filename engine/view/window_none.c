/* window_none.c - window.h in a build without SDL: open fails, so nobody has a window to call the rest with.
 *
 * SPDX-License-Identifier: MIT */
#include "view/window.h"

bool dy_window_wanted(void)
{
    return false;
}

bool dy_window_open(dy_window **window, const char *title, double width_px, double height_px,
                    double scale, dy_error *err)
{
    (void)window, (void)title, (void)width_px, (void)height_px, (void)scale;
    return dy_fail(err, "this Derny was built without its window");
}

void dy_window_close(dy_window *window)
{
    DY_ASSERT(!window);
}

bool dy_window_next(dy_window *window, dy_input *input)
{
    (void)window, (void)input;
    return false;
}

void dy_window_size(const dy_window *window, double *width_px, double *height_px, double *scale)
{
    (void)window;
    *width_px = *height_px = *scale = 1;
}

bool dy_window_pixels(dy_window *window, dy_pixels *pixels, dy_error *err)
{
    (void)window, (void)pixels;
    return dy_fail(err, "there is no window");
}

bool dy_window_show(dy_window *window, dy_error *err)
{
    (void)window;
    return dy_fail(err, "there is no window");
}

void dy_window_title(dy_window *window, const char *title)
{
    (void)window, (void)title;
}

void dy_window_icon(dy_window *window, const dy_pixels *pixels)
{
    (void)window, (void)pixels;
}

bool dy_window_full(dy_window *window, bool full)
{
    (void)window, (void)full;
    return false;
}

void dy_window_cursor(dy_window *window, dy_cursor cursor)
{
    (void)window, (void)cursor;
}
