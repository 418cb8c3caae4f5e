/* raster.h - long curves onto pixels: as fast as a window needs them, as smooth as a general painter draws them.
 *
 * What it makes use of is that along a curve over updates x never falls: each column of pixels is crossed once, so a
 * stroke is one interval of it, and there is nothing to sort. Everything else is paint.h's.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/item.h"

/* Pixels of a caller's: 32 bits each, 0xAARRGGBB in the machine's byte order. [height x stride / 4] */
typedef struct dy_pixels {
    unsigned char *bytes;
    int width, height, stride; /* stride: bytes from one row to the next */
} dy_pixels;

typedef struct dy_brush {
    const dy_pixels *pixels; /* opaque */
    double scale;            /* pixels to one unit of the points */
    dy_box cut;              /* nothing is painted outside; in units of the points */
    dy_colour colour;
} dy_brush;

/* A line `width` wide with round joins and ends. points[n].x never falls, and all are finite. */
void dy_raster_line(const dy_brush *brush, const dy_point *points, int64_t n, double width);

/* What lies between an upper edge, the first n / 2 points, from left to right, and a lower one below the same x, the rest,
 * from right to left. */
void dy_raster_band(const dy_brush *brush, const dy_point *points, int64_t n);
