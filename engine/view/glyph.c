/* glyph.c - see glyph.h. Each sign is a line of shapes in a square of 100.   SPDX-License-Identifier: MIT */
#include "view/glyph.h"

#include "view/draft.h"

#include <math.h>
#include <stdlib.h>

enum { POINTS = 64 }; /* in a shape, at most */

static const double PEN = 9; /* width of lines, in hundredths of the square */

/* f: an area, l: a line, through x y x y ...; d: a disc, o: a circle, x y radius; a: an arc, p: its pie, x y radius and the
 * angles of its ends in degrees, clockwise from the right. */
static const char *const SHAPES[DY_GLYPHS] = {
    [DY_GLYPH_PLAY] = "f 28 16 84 50 28 84",
    [DY_GLYPH_PAUSE] = "f 25 18 42 18 42 82 25 82 f 58 18 75 18 75 82 58 82",
    [DY_GLYPH_STEP] = "f 20 18 64 50 20 82 f 68 18 82 18 82 82 68 82",
    [DY_GLYPH_EPOCH] = "f 8 22 42 50 8 78 f 42 22 76 50 42 78 f 80 20 92 20 92 80 80 80",
    [DY_GLYPH_STOP] = "f 22 22 78 22 78 78 22 78",
    [DY_GLYPH_SLOWER] = "f 48 22 14 50 48 78 f 84 22 50 50 84 78",
    [DY_GLYPH_FASTER] = "f 16 22 50 50 16 78 f 52 22 86 50 52 78",
    [DY_GLYPH_BEND] = "l 8 80 30 76 50 50 70 24 92 20 d 50 50 15",
    [DY_GLYPH_DRAW] = "f 12 88 20 62 66 16 84 34 38 80",
    [DY_GLYPH_UNDO] = "a 50 56 28 215 450 f 8 40 46 26 34 62",
    [DY_GLYPH_REWIND] = "f 82 18 38 50 82 82 f 18 18 32 18 32 82 18 82",
    [DY_GLYPH_FORK] = "l 8 50 40 50 66 22 84 22 l 40 50 66 78 84 78 d 84 22 11 d 84 78 11",
    [DY_GLYPH_COOL] = "l 50 10 50 90 l 15 30 85 70 l 15 70 85 30",
    [DY_GLYPH_RELOAD] = "a 50 52 30 -20 250 f 66 20 94 48 58 52",
    [DY_GLYPH_NOTE] = "l 12 20 88 20 88 64 48 64 30 84 30 64 12 64 12 20",
    [DY_GLYPH_RECORD] = "d 50 50 30",
    [DY_GLYPH_CAMERA] = "l 10 32 30 32 38 20 62 20 70 32 90 32 90 80 10 80 10 32 o 50 55 14",
    [DY_GLYPH_PANES] = "l 14 16 86 16 86 84 14 84 14 16 l 14 38 86 38 l 14 58 86 58",
    [DY_GLYPH_RACE] =
        "f 10 54 34 54 34 86 10 86 f 38 24 62 24 62 86 38 86 f 66 66 90 66 90 86 66 86",
    [DY_GLYPH_FIT] =
        "l 14 36 14 14 36 14 l 64 14 86 14 86 36 l 86 64 86 86 64 86 l 36 86 14 86 14 64",
    [DY_GLYPH_FOLLOW] = "l 8 50 60 50 f 50 26 82 50 50 74 l 90 16 90 84",
    [DY_GLYPH_PREDICT] = "l 10 16 18 36 l 26 50 36 62 l 46 70 58 76 l 70 80 90 82",
    [DY_GLYPH_THEME] = "o 50 50 34 p 50 50 34 90 270",
    [DY_GLYPH_LARGE] = "l 18 86 50 14 82 86 l 31 60 69 60",
    [DY_GLYPH_HELP] = "a 50 34 20 180 410 l 61 51 50 62 50 70 d 50 87 7",
    [DY_GLYPH_FLAG] = "l 22 10 22 92 f 22 12 86 32 22 54",
    [DY_GLYPH_STAR] = "f 50 8 62 38 94 40 69 60 78 92 50 74 22 92 31 60 6 40 38 38",
};

typedef struct pen {
    dy_draft *draft;
    dy_point corner;
    double unit;
    dy_colour colour;
    dy_point points[POINTS];
    int n;
} pen;

static void put(pen *p, double x, double y)
{
    if (p->n == POINTS) return;
    p->points[p->n++] = (dy_point){ p->corner.x + x * p->unit, p->corner.y + y * p->unit };
}

/* Reads numbers up to the next letter; returns how many. */
static int read_numbers(const char **text, double *numbers, int most)
{
    int n = 0;
    while (n < most) {
        char *end;
        double number = strtod(*text, &end);
        if (end == *text) return n;
        numbers[n++] = number;
        *text = end;
    }
    return n;
}

static void put_arc(pen *p, const double *arc, double from, double to)
{
    enum { PARTS = 24 };

    for (int i = 0; i <= PARTS; i++) {
        double angle = (from + (to - from) * i / PARTS) * M_PI / 180;
        put(p, arc[0] + arc[2] * cos(angle), arc[1] + arc[2] * sin(angle));
    }
}

static void draw_shape(pen *p, char kind, const double *numbers, int n)
{
    bool filled = kind == 'f' || kind == 'd' || kind == 'p';
    p->n = 0;
    if (kind == 'f' || kind == 'l')
        for (int i = 0; i + 1 < n; i += 2) put(p, numbers[i], numbers[i + 1]);
    else if (kind == 'a' || kind == 'p')
        put_arc(p, numbers, numbers[3], numbers[4]);
    else
        put_arc(p, numbers, 0, 360);
    if (filled)
        dy_draft_fill(p->draft, p->points, p->n, p->colour);
    else
        dy_draft_stroke(p->draft, p->points, p->n, PEN * p->unit, p->colour);
}

void dy_glyph_draw(dy_draft *draft, dy_glyph glyph, dy_point middle, double size,
                   dy_colour colour)
{
    const char *text = (uint32_t)glyph < DY_GLYPHS ? SHAPES[glyph] : NULL;
    pen p = { .draft = draft, .unit = size / 100, .colour = colour };
    p.corner = (dy_point){ middle.x - size / 2, middle.y - size / 2 };
    while (text && *text) {
        double numbers[2 * POINTS] = { 0 };
        char kind = *text++;
        if (kind == ' ') continue;
        int n = read_numbers(&text, numbers, 2 * POINTS);
        draw_shape(&p, kind, numbers, n);
    }
}
