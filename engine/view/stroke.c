/* stroke.c - see stroke.h.   SPDX-License-Identifier: MIT */
#include "view/stroke.h"

#include <math.h>
#include <string.h>

/* The first point at x or behind it. */
static int32_t from_x(const dy_stroke_line *s, double x)
{
    int32_t i = 0;
    while (i < s->n && s->points[i].x < x) i++;
    return i;
}

/* Takes out the points from..to, both included. */
static void erase(dy_stroke_line *s, double from, double to)
{
    int32_t i = from_x(s, from), k = i;
    while (k < s->n && s->points[k].x <= to) k++;
    memmove(&s->points[i], &s->points[k], (size_t)(s->n - k) * sizeof *s->points);
    s->n -= k - i;
}

static void put(dy_stroke_line *s, dy_point at)
{
    if (s->n == DY_STROKE_POINTS) return;
    int32_t i = from_x(s, at.x);
    memmove(&s->points[i + 1], &s->points[i], (size_t)(s->n - i) * sizeof *s->points);
    s->points[i] = at;
    s->n++;
}

void dy_stroke_to(dy_stroke_line *s, dy_point at)
{
    dy_point from = s->going ? s->last : at;
    erase(s, fmin(from.x, at.x), fmax(from.x, at.x));
    if (from.x != at.x) put(s, from);
    put(s, at);
    s->going = true;
    s->last = at;
}

void dy_stroke_lift(dy_stroke_line *s)
{
    s->going = false;
}

bool dy_stroke_at(const dy_stroke_line *s, double x, double *y)
{
    if (s->n == 0 || x < s->points[0].x || x > s->points[s->n - 1].x) return false;
    int32_t i = from_x(s, x);
    if (i == 0) i = 1;
    if (s->n == 1) {
        *y = s->points[0].y;
        return true;
    }
    dy_point a = s->points[i - 1], b = s->points[i];
    *y = a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x);
    return true;
}
