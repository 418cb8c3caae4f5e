/* raster.c - see raster.h. Columns are worked on in tiles that fit on the stack.   SPDX-License-Identifier: MIT */
#include "view/raster.h"

#include "base/clones.h"

#include <float.h>
#include <math.h>

enum {
    TILE = 256,  /* columns */
    SAMPLES = 4, /* of a line in a column */
};

/* The columns from..to-1 and rows of the picture that may be painted. */
typedef struct window {
    int from, to, top, bottom;
} window;

static int clamp(double x, int least, int most)
{
    return (int)fmax(least, fmin(x, most)); /* NaN: least */
}

/* Not fminf and fmaxf, which are calls. Neither is NaN. */
static inline float less(float a, float b)
{
    return a < b ? a : b;
}

static inline float more(float a, float b)
{
    return a > b ? a : b;
}

static window window_of(const dy_brush *b)
{
    const dy_box *cut = &b->cut;
    return (window){
        .from = clamp(floor(cut->x * b->scale + 0.5), 0, b->pixels->width),
        .to = clamp(floor((cut->x + cut->w) * b->scale + 0.5), 0, b->pixels->width),
        .top = clamp(floor(cut->y * b->scale + 0.5), 0, b->pixels->height),
        .bottom = clamp(floor((cut->y + cut->h) * b->scale + 0.5), 0, b->pixels->height),
    };
}

static uint32_t *row_of(const dy_pixels *pixels, int y)
{
    return (uint32_t *)(void *)(pixels->bytes + (ptrdiff_t)y * pixels->stride);
}

/* `share` of 256 of the colour over an opaque pixel. */
static inline uint32_t blend(uint32_t under, uint32_t over, uint32_t share)
{
    uint32_t keep = 256 - share;
    uint32_t rb = (under & 0xff00ffU) * keep + (over & 0xff00ffU) * share + 0x800080U;
    uint32_t g = (under >> 8 & 0xffU) * keep + (over >> 8 & 0xffU) * share + 0x80U;
    return 0xff000000U | (rb >> 8 & 0xff00ffU) | (g & 0xff00U);
}

/* ---- lines ---- */

/* The interval of each sample's column that the stroke covers; top > bottom: none. */
typedef struct strip {
    double left; /* where the first sample's column begins */
    int n;
    float top[TILE * SAMPLES], bottom[TILE * SAMPLES];
} strip;

static double sample_x(const strip *s, int i)
{
    return s->left + (i + 0.5) / SAMPLES;
}

/* The samples first..last are those between two x. */
static void samples_between(const strip *s, double from, double to, int *first, int *last)
{
    *first = clamp(ceil((from - s->left) * SAMPLES - 0.5), 0, s->n);
    *last = clamp(floor((to - s->left) * SAMPLES - 0.5), -1, s->n - 1);
}

static void cover(strip *s, int i, double top, double bottom)
{
    s->top[i] = less(s->top[i], (float)top);
    s->bottom[i] = more(s->bottom[i], (float)bottom);
}

static void cover_disc(strip *s, dy_point at, double r)
{
    int first;
    int last;
    samples_between(s, at.x - r, at.x + r, &first, &last);
    for (int i = first; i <= last; i++) {
        double apart = sample_x(s, i) - at.x;
        double half = sqrt(fmax(0, r * r - apart * apart));
        cover(s, i, at.y - half, at.y + half);
    }
}

/* One long edge of a segment's rectangle; its short edges lie within the discs at its ends. */
static void cover_edge(strip *s, dy_point from, dy_point to)
{
    int first;
    int last;
    samples_between(s, from.x, to.x, &first, &last);
    double slope = (to.y - from.y) / (to.x - from.x);
    for (int i = first; i <= last; i++) {
        double y = from.y + slope * (sample_x(s, i) - from.x);
        cover(s, i, y, y);
    }
}

static void cover_segment(strip *s, dy_point from, dy_point to, double r)
{
    double dx = to.x - from.x;
    double dy = to.y - from.y;
    double length = sqrt(dx * dx + dy * dy);
    cover_disc(s, to, r);
    if (dx < 1e-6) return;
    double ox = -dy / length * r;
    double oy = dx / length * r;
    cover_edge(s, (dy_point){ from.x + ox, from.y + oy }, (dy_point){ to.x + ox, to.y + oy });
    cover_edge(s, (dy_point){ from.x - ox, from.y - oy }, (dy_point){ to.x - ox, to.y - oy });
}

/* How much of a pixel's height is covered, summed over the samples. */
static float covered_at(const float *top, const float *bottom, float y)
{
    float covered = 0;
    for (int i = 0; i < SAMPLES; i++) {
        float in = less(bottom[i], y + 1) - more(top[i], y);
        covered += in > 0 ? in : 0;
    }
    return covered;
}

/* The rows that a column's samples touch, and those that all of them cover whole. */
typedef struct reach {
    int from, to, full_from, full_to;
} reach;

static reach reach_of(const float *top, const float *bottom, const window *w)
{
    float highest = top[0];
    float lowest = bottom[0];
    float full_top = top[0];
    float full_bottom = bottom[0];
    for (int i = 1; i < SAMPLES; i++) {
        highest = less(highest, top[i]);
        lowest = more(lowest, bottom[i]);
        full_top = more(full_top, top[i]);
        full_bottom = less(full_bottom, bottom[i]);
    }
    reach r = {
        .from = clamp(floor((double)highest), w->top, w->bottom),
        .to = clamp(ceil((double)lowest), w->top, w->bottom),
    };
    r.full_from = clamp(ceil((double)full_top), r.from, r.to);
    r.full_to = clamp(floor((double)full_bottom), r.full_from, r.to);
    return r;
}

static void paint_column(const dy_brush *b, const strip *s, int column, const window *w)
{
    const float *top = s->top + (ptrdiff_t)column * SAMPLES;
    const float *bottom = s->bottom + (ptrdiff_t)column * SAMPLES;
    reach r = reach_of(top, bottom, w);
    float alpha = (float)(b->colour & 0xffU) * (256.0F / 255 / SAMPLES);
    uint32_t full = (uint32_t)(SAMPLES * alpha + 0.5F);
    for (int y = r.from; y < r.to; y++) {
        bool inside = y >= r.full_from && y < r.full_to;
        uint32_t share =
            inside ? full : (uint32_t)(covered_at(top, bottom, (float)y) * alpha + 0.5F);
        uint32_t *pixel = row_of(b->pixels, y) + (int)s->left + column;
        *pixel = blend(*pixel, b->colour >> 8, share);
    }
}

static dy_point scaled(const dy_brush *b, dy_point p)
{
    return (dy_point){ p.x * b->scale, p.y * b->scale };
}

/* The first point that has to do with what is right of x. */
static int64_t first_near(const dy_brush *b, const dy_point *points, int64_t n, double x)
{
    int64_t from = 0;
    int64_t to = n;
    while (from < to) {
        int64_t middle = from + (to - from) / 2;
        if (points[middle].x * b->scale < x)
            from = middle + 1;
        else
            to = middle;
    }
    return from > 0 ? from - 1 : 0;
}

static void line_tile(const dy_brush *b, const dy_point *points, int64_t n, double r,
                      const window *w)
{
    strip s = { .left = w->from, .n = (w->to - w->from) * SAMPLES };
    for (int i = 0; i < s.n; i++) {
        s.top[i] = FLT_MAX;
        s.bottom[i] = -FLT_MAX;
    }
    int64_t i = first_near(b, points, n, w->from - r);
    dy_point before = scaled(b, points[i]);
    cover_disc(&s, before, r);
    for (i++; i < n && before.x < w->to + r; i++) {
        dy_point at = scaled(b, points[i]);
        cover_segment(&s, before, at, r);
        before = at;
    }
    for (int column = 0; column < w->to - w->from; column++) paint_column(b, &s, column, w);
}

void dy_raster_line(const dy_brush *brush, const dy_point *points, int64_t n, double width)
{
    window all = window_of(brush);
    double r = width * brush->scale / 2;
    if (n == 0) return;
    int first = clamp(floor(points[0].x * brush->scale - r), all.from, all.to);
    int end = clamp(ceil(points[n - 1].x * brush->scale + r), all.from, all.to);
    for (int from = first; from < end; from += TILE) {
        window tile = { from, clamp(from + TILE, from, end), all.top, all.bottom };
        line_tile(brush, points, n, r, &tile);
    }
}

/* ---- bands ---- */

/* Each column's interval, between the points either side of its middle. */
typedef struct edges {
    float top[TILE], bottom[TILE];
} edges;

static void read_edges(const dy_brush *b, const dy_point *points, int64_t n, const window *w,
                       edges *e)
{
    int64_t half = n / 2;
    int64_t at = first_near(b, points, half, w->from);
    for (int c = 0; c < w->to - w->from; c++) {
        double x = (w->from + c + 0.5) / b->scale;
        while (at + 2 < half && points[at + 1].x < x) at++;
        const dy_point *p = &points[at];
        const dy_point *q = &points[n - 1 - at];
        double step = p[1].x - p[0].x;
        double share = step > 0 ? fmax(0, fmin((x - p[0].x) / step, 1)) : 0;
        e->top[c] = (float)((p[0].y + share * (p[1].y - p[0].y)) * b->scale);
        e->bottom[c] = (float)((q[0].y + share * (q[-1].y - q[0].y)) * b->scale);
    }
}

DY_CLONES
static void paint_row(uint32_t *row, const edges *e, int n, float y, uint32_t colour,
                      float alpha)
{
    for (int c = 0; c < n; c++) {
        float upper = e->top[c] > y ? e->top[c] : y;
        float lower = e->bottom[c] < y + 1 ? e->bottom[c] : y + 1;
        float covered = lower > upper ? lower - upper : 0;
        uint32_t share = (uint32_t)(int32_t)(covered * alpha + 0.5F);
        uint32_t keep = 256 - share;
        uint32_t rb = (row[c] & 0xff00ffU) * keep + (colour & 0xff00ffU) * share + 0x800080U;
        uint32_t g = (row[c] >> 8 & 0xffU) * keep + (colour >> 8 & 0xffU) * share + 0x80U;
        row[c] = 0xff000000U | (rb >> 8 & 0xff00ffU) | (g & 0xff00U);
    }
}

static void band_tile(const dy_brush *b, const dy_point *points, int64_t n, const window *w)
{
    edges e = { .top = { 0 } };
    int columns = w->to - w->from;
    read_edges(b, points, n, w, &e);
    float top = FLT_MAX;
    float bottom = -FLT_MAX;
    for (int c = 0; c < columns; c++) {
        top = less(top, e.top[c]);
        bottom = more(bottom, e.bottom[c]);
    }
    int from = clamp(floor((double)top), w->top, w->bottom);
    int to = clamp(ceil((double)bottom), w->top, w->bottom);
    float alpha = (float)(b->colour & 0xffU) * (256.0F / 255);
    for (int y = from; y < to; y++)
        paint_row(row_of(b->pixels, y) + w->from, &e, columns, (float)y, b->colour >> 8, alpha);
}

void dy_raster_band(const dy_brush *brush, const dy_point *points, int64_t n)
{
    window all = window_of(brush);
    if (n < 4) return;
    int first = clamp(floor(points[0].x * brush->scale + 0.5), all.from, all.to);
    int end = clamp(floor(points[n / 2 - 1].x * brush->scale + 0.5), all.from, all.to);
    for (int from = first; from < end; from += TILE) {
        window tile = { from, clamp(from + TILE, from, end), all.top, all.bottom };
        band_tile(brush, points, n, &tile);
    }
}
