/* portrait.c - see portrait.h.   SPDX-License-Identifier: MIT */
#include "view/portrait.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    VALUE = 255,    /* in place of a class: one output, its value follows */
    EXAMPLES = 600, /* drawn, at most */
    NAME = 64 * 3 + 1,
};

static const double INK = 0.62; /* of a class's colour where the network is sure */

static const dy_portrait *portrait_of(const dy_draft *draft, dy_pane_kind kind)
{
    return kind == DY_PANE_PLANE ? draft->view->plane : draft->view->weights;
}

/* What a stranger wrote there has to be a picture that lies inside its bytes. */
static bool is_sound(const dy_portrait *p, dy_portrait_kind kind)
{
    if (!p || p->kind != kind || p->width < 1 || p->height < 1 || p->tiles < 1) return false;
    int64_t room = DY_PORTRAIT_BYTES / 2;
    if (p->width > room || p->height > room / p->width) return false;
    return p->tiles <= room / ((int64_t)p->width * p->height);
}

/* ---- colours ---- */

/* `share` of one colour over another, opaque. */
static uint32_t mixed(dy_colour under, dy_colour over, double share)
{
    uint32_t mix = 0xff;
    for (int shift = 24; shift > 0; shift -= 8) {
        double a = under >> shift & 0xff;
        double b = over >> shift & 0xff;
        mix = mix << 8 | (uint32_t)lround(a + share * (b - a));
    }
    return mix;
}

static uint32_t plane_colour(const dy_draft *draft, unsigned char first, unsigned char second)
{
    dy_colour paper = draft->theme.paper;
    bool dark = draft->view->dark;
    if (first != VALUE)
        return mixed(paper, dy_theme_run(dark, first), INK * (0.15 + 0.85 * second / 255.0));
    double value = second / 127.5 - 1; /* low and high are the palette's first two */
    return mixed(paper, dy_theme_run(dark, value < 0 ? 0 : 1), INK * fabs(value));
}

/* Negative and positive weights, as the same two colours. */
static uint32_t weight_colour(const dy_draft *draft, unsigned char level)
{
    double value = fmax(-1, (level - 128) / 127.0);
    return mixed(draft->theme.paper, dy_theme_run(draft->view->dark, value < 0 ? 0 : 1),
                 fabs(value));
}

/* ---- the plane ---- */

static void add_image(dy_draft *draft, int32_t pane, dy_box box, const uint32_t *pixels,
                      int32_t columns, int32_t rows, bool smooth)
{
    dy_draft_add(draft, &(dy_item){
                            .kind = DY_ITEM_IMAGE,
                            .run = -1,
                            .pane = pane,
                            .box = box,
                            .pixels = pixels,
                            .columns = columns,
                            .rows = rows,
                            .smooth = smooth,
                        });
}

/* Examples of each class in its colour; those held out are open. */
static void draw_examples(dy_draft *draft, int32_t pane, const dy_portrait *p)
{
    const dy_box *box = &draft->panes[pane].box;
    int64_t n = draft->view->n_examples;
    int64_t every = n / EXAMPLES + 1;
    dy_scale x = { p->from[0], p->to[0], false, box->x, box->x + box->w };
    dy_scale y = { p->from[1], p->to[1], false, box->y + box->h, box->y };
    if (!(x.lo < x.hi) || !(y.lo < y.hi)) return;
    for (int64_t i = 0; i < n; i += every) {
        const dy_example *example = &draft->view->examples[i];
        dy_point at = { dy_scale_at(&x, (double)example->x),
                        dy_scale_at(&y, (double)example->y) };
        if (!dy_box_has(box, at)) continue;
        bool known = example->class >= 0;
        dy_colour colour =
            known ? dy_theme_run(draft->view->dark, example->class) : draft->theme.ink;
        dy_draft_add(draft, &(dy_item){
                                .kind = example->held_out ? DY_ITEM_RING : DY_ITEM_DOT,
                                .colour = colour,
                                .run = -1,
                                .pane = pane,
                                .size = 0.17 * draft->em,
                                .at = at,
                            });
    }
}

/* The largest box of the plane's shape in a pane. */
static dy_box shaped(const dy_box *box, double width, double height)
{
    double scale = fmin(box->w / width, box->h / height);
    return (dy_box){ box->x, box->y, width * scale, height * scale };
}

static void draw_plane(dy_draft *draft, int32_t pane, const dy_portrait *p)
{
    int64_t n = (int64_t)p->width * p->height;
    uint32_t *pixels = dy_draft_take(draft, n, sizeof *pixels);
    if (!pixels) return;
    for (int64_t i = 0; i < n; i++)
        pixels[i] = plane_colour(draft, p->pixels[2 * i], p->pixels[2 * i + 1]);
    dy_pane *placed = &draft->panes[pane];
    placed->box = shaped(&placed->box, p->width, p->height);
    add_image(draft, pane, placed->box, pixels, p->width, p->height, true);
    draw_examples(draft, pane, p);
}

/* ---- weights ---- */

/* How many tiles stand side by side so that all are as large as can be. */
static int32_t columns_for(const dy_portrait *p, const dy_box *box)
{
    int32_t best = 1;
    double best_scale = 0;
    for (int32_t columns = 1; columns <= p->tiles; columns++) {
        int32_t rows = (p->tiles + columns - 1) / columns;
        double scale =
            fmin(box->w / (columns * (p->width + 1.0)), box->h / (rows * (p->height + 1.0)));
        if (scale > best_scale) best = columns;
        best_scale = fmax(best_scale, scale);
    }
    return best;
}

/* Copies one tile to its place among the others, a pixel of paper between them. */
static void copy_tile(const dy_draft *draft, const dy_portrait *p, int32_t tile, uint32_t *to,
                      int32_t stride)
{
    const unsigned char *from = p->pixels + (ptrdiff_t)2 * tile * p->width * p->height;
    for (int32_t y = 0; y < p->height; y++)
        for (int32_t x = 0; x < p->width; x++)
            to[(ptrdiff_t)y * stride + x] =
                weight_colour(draft, from[2 * ((ptrdiff_t)y * p->width + x)]);
}

static void draw_weights(dy_draft *draft, int32_t pane, const dy_portrait *p)
{
    const dy_box *box = &draft->panes[pane].box;
    int32_t columns = columns_for(p, box);
    int32_t rows = (p->tiles + columns - 1) / columns;
    int32_t width = columns * (p->width + 1) - 1;
    int32_t height = rows * (p->height + 1) - 1;
    uint32_t *pixels = dy_draft_take(draft, (int64_t)width * height, sizeof *pixels);
    if (!pixels) return;
    uint32_t paper = mixed(draft->theme.paper, draft->theme.paper, 0);
    for (int64_t i = 0; i < (int64_t)width * height; i++) pixels[i] = paper;
    for (int32_t t = 0; t < p->tiles; t++) {
        ptrdiff_t row = (ptrdiff_t)(t / columns) * (p->height + 1);
        ptrdiff_t column = (ptrdiff_t)(t % columns) * (p->width + 1);
        copy_tile(draft, p, t, pixels + row * width + column, width);
    }
    add_image(draft, pane, shaped(box, width, height), pixels, width, height, false);
}

void dy_portrait_draw(dy_draft *draft, int32_t pane)
{
    dy_pane_kind kind = draft->panes[pane].kind;
    const dy_portrait *p = portrait_of(draft, kind);
    if (kind == DY_PANE_PLANE && is_sound(p, DY_PORTRAIT_PLANE)) draw_plane(draft, pane, p);
    if (kind == DY_PANE_WEIGHTS && is_sound(p, DY_PORTRAIT_WEIGHTS))
        draw_weights(draft, pane, p);
}

char *dy_portrait_note(const dy_draft *draft, dy_pane_kind kind, char *to, size_t size)
{
    const dy_portrait *p = portrait_of(draft, kind);
    char count[32];
    char name[NAME] = "";
    to[0] = '\0';
    if (!p) return to;
    for (int32_t i = 0; i < draft->n && draft->n > 1; i++)
        if (draft->traces[i].run.index == p->run)
            dy_draft_name(&draft->traces[i], name, sizeof name);
    dy_format_count(count, sizeof count, p->step);
    snprintf(to, size, "update %s%s%s", count, name[0] ? "  ·  " : "", name);
    return to;
}
