/* paint.c - see paint.h. It decides nothing: what is where is the scene's.   SPDX-License-Identifier: MIT */
#include "view/paint.h"

#include "record/outfile.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>

#include <math.h>
#include <string.h>
#include <strings.h>

/* ---- text ---- */

static void set_face(cairo_t *cr, double em_px, bool bold)
{
    cairo_select_font_face(cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, em_px);
    cairo_font_options_t *options = cairo_font_options_create();
    /* without hints a text is as wide in a window as on paper */
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(cr, options);
    cairo_font_options_destroy(options);
}

static double text_width(cairo_t *cr, const char *text)
{
    cairo_text_extents_t extents;
    cairo_text_extents(cr, text, &extents);
    return extents.x_advance;
}

double dy_paint_measure(void *self, const char *text, double em_px, bool bold)
{
    (void)self;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *cr = cairo_create(surface);
    set_face(cr, em_px, bold);
    double width = text_width(cr, text);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return width;
}

/* ---- items ---- */

static void set_colour(cairo_t *cr, dy_colour c)
{
    cairo_set_source_rgba(cr, (double)(c >> 24) / 255, (double)(c >> 16 & 0xff) / 255,
                          (double)(c >> 8 & 0xff) / 255, (double)(c & 0xff) / 255);
}

static void set_dash(cairo_t *cr, const dy_item *item)
{
    double dashes[] = { 4 * item->size, 2.2 * item->size };
    double dots[] = { 0.1 * item->size, 2.2 * item->size };
    if (item->dash == DY_DASHED)
        cairo_set_dash(cr, dashes, 2, 0);
    else if (item->dash == DY_DOTTED)
        cairo_set_dash(cr, dots, 2, 0);
    else
        cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_cap(cr,
                       item->dash == DY_DOTTED ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
}

static void paint_line(cairo_t *cr, const dy_item *item)
{
    cairo_new_path(cr);
    for (int64_t i = 0; i < item->n; i++)
        cairo_line_to(cr, item->points[i].x, item->points[i].y);
    cairo_set_line_width(cr, item->size);
    set_dash(cr, item);
    cairo_stroke(cr);
}

static void paint_text(cairo_t *cr, const dy_item *item)
{
    set_face(cr, item->size, item->bold);
    double width = item->anchor == DY_LEFT ? 0 : text_width(cr, item->text);
    double before = item->anchor == DY_RIGHT    ? width
                    : item->anchor == DY_CENTRE ? width / 2
                                                : 0;
    cairo_move_to(cr, item->at.x - before, item->at.y);
    cairo_show_text(cr, item->text);
}

static void paint_area(cairo_t *cr, const dy_item *item)
{
    cairo_new_path(cr);
    for (int64_t i = 0; i < item->n; i++)
        cairo_line_to(cr, item->points[i].x, item->points[i].y);
    cairo_fill(cr);
}

static void round_path(cairo_t *cr, const dy_box *b, double r)
{
    r = fmin(r, fmin(b->w, b->h) / 2);
    cairo_new_path(cr);
    cairo_arc(cr, b->x + b->w - r, b->y + r, r, -M_PI / 2, 0);
    cairo_arc(cr, b->x + b->w - r, b->y + b->h - r, r, 0, M_PI / 2);
    cairo_arc(cr, b->x + r, b->y + b->h - r, r, M_PI / 2, M_PI);
    cairo_arc(cr, b->x + r, b->y + r, r, M_PI, 3 * M_PI / 2);
    cairo_close_path(cr);
}

static void paint_plate(cairo_t *cr, const dy_item *item)
{
    round_path(cr, &item->box, item->size);
    cairo_fill(cr);
}

static void paint_image(cairo_t *cr, const dy_item *item)
{
    const dy_box *b = &item->box;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, item->columns, item->rows);
    unsigned char *to = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int32_t y = 0; to && y < item->rows; y++)
        memcpy(to + (ptrdiff_t)y * stride, item->pixels + (ptrdiff_t)y * item->columns,
               (size_t)item->columns * sizeof *item->pixels);
    cairo_surface_mark_dirty(surface);
    cairo_translate(cr, b->x, b->y);
    cairo_scale(cr, b->w / item->columns, b->h / item->rows);
    cairo_set_source_surface(cr, surface, 0, 0);
    cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
    cairo_pattern_set_filter(cairo_get_source(cr),
                             item->smooth ? CAIRO_FILTER_BILINEAR : CAIRO_FILTER_NEAREST);
    cairo_rectangle(cr, 0, 0, item->columns, item->rows);
    cairo_fill(cr);
    cairo_surface_destroy(surface);
}

static void paint_dot(cairo_t *cr, const dy_item *item, dy_colour paper)
{
    cairo_new_path(cr);
    cairo_arc(cr, item->at.x, item->at.y, item->size * 1.35, 0, 2 * M_PI);
    set_colour(cr, paper);
    cairo_fill(cr);
    cairo_arc(cr, item->at.x, item->at.y, item->size, 0, 2 * M_PI);
    set_colour(cr, item->colour);
    cairo_fill(cr);
}

static void paint_cross(cairo_t *cr, const dy_item *item, dy_colour paper)
{
    double r = item->size;
    cairo_new_path(cr);
    cairo_move_to(cr, item->at.x - r, item->at.y - r);
    cairo_line_to(cr, item->at.x + r, item->at.y + r);
    cairo_move_to(cr, item->at.x - r, item->at.y + r);
    cairo_line_to(cr, item->at.x + r, item->at.y - r);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cr, r);
    set_colour(cr, paper);
    cairo_stroke_preserve(cr);
    cairo_set_line_width(cr, r * 0.5);
    set_colour(cr, item->colour);
    cairo_stroke(cr);
}

/* A little outside the pane a line at its edge keeps its width. */
static void clip_to(cairo_t *cr, const dy_box *box)
{
    cairo_rectangle(cr, box->x - 2, box->y - 2, box->w + 4, box->h + 4);
    cairo_clip(cr);
}

static void paint_item(cairo_t *cr, const dy_scene *scene, const dy_item *item)
{
    cairo_save(cr);
    if (item->pane >= 0) clip_to(cr, &scene->panes[item->pane].box);
    set_colour(cr, item->colour);
    switch (item->kind) {
    case DY_ITEM_LINE: paint_line(cr, item); break;
    case DY_ITEM_AREA: paint_area(cr, item); break;
    case DY_ITEM_PLATE:
    case DY_ITEM_FRAME: paint_plate(cr, item); break;
    case DY_ITEM_RING: paint_dot(cr, item, scene->paper); break;
    case DY_ITEM_GLYPH: break;
    case DY_ITEM_IMAGE: paint_image(cr, item); break;
    case DY_ITEM_TEXT: paint_text(cr, item); break;
    case DY_ITEM_DOT: paint_dot(cr, item, scene->paper); break;
    case DY_ITEM_CROSS: paint_cross(cr, item, scene->paper); break;
    }
    cairo_restore(cr);
}

/* All of a scene on a surface, which stays the caller's. */
static cairo_status_t paint(const dy_scene *scene, cairo_surface_t *surface, double scale)
{
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, scale, scale);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    set_colour(cr, scene->paper);
    cairo_paint(cr);
    for (int64_t i = 0; i < scene->n_items; i++) paint_item(cr, scene, &scene->items[i]);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    return status;
}

/* ---- targets ---- */

bool dy_paint_pixels(const dy_scene *scene, const dy_pixels *pixels, dy_error *err)
{
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        pixels->bytes, CAIRO_FORMAT_ARGB32, pixels->width, pixels->height, pixels->stride);
    cairo_status_t status = paint(scene, surface, scene->scale);
    cairo_surface_flush(surface);
    cairo_surface_destroy(surface);
    if (status == CAIRO_STATUS_SUCCESS) return true;
    return dy_fail(err, "painting %d x %d pixels: %s", pixels->width, pixels->height,
                   cairo_status_to_string(status));
}

/* Where Cairo's bytes go. */
static cairo_status_t write_bytes(void *file, const unsigned char *bytes, unsigned int n)
{
    return fwrite(bytes, 1, n, file) == n ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static cairo_status_t paint_png(const dy_scene *scene, FILE *file)
{
    int width = (int)ceil(scene->width_px * scene->scale);
    int height = (int)ceil(scene->height_px * scene->scale);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_status_t status = paint(scene, surface, scene->scale);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, write_bytes, file);
    cairo_surface_destroy(surface);
    return status;
}

/* A surface of a format made of strokes and letters: it writes itself as it is finished. */
static cairo_status_t paint_paper(const dy_scene *scene, cairo_surface_t *surface)
{
    cairo_status_t status = paint(scene, surface, 1);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

static cairo_status_t paint_svg(const dy_scene *scene, FILE *file)
{
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(
        write_bytes, file, scene->width_px, scene->height_px);
    return paint_paper(scene, surface);
}

static cairo_status_t paint_pdf(const dy_scene *scene, FILE *file)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        write_bytes, file, scene->width_px, scene->height_px);
    /* without this the file would hold the time of day, and never be the same twice */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
    return paint_paper(scene, surface);
}

typedef cairo_status_t paint_fn(const dy_scene *scene, FILE *file);

static const struct {
    const char *suffix;
    paint_fn *paint;
} KINDS[] = { { ".png", paint_png }, { ".svg", paint_svg }, { ".pdf", paint_pdf } };

static paint_fn *painter(const char *path, dy_error *err)
{
    size_t n = strlen(path);
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        size_t m = strlen(KINDS[i].suffix);
        if (n > m && strcasecmp(path + n - m, KINDS[i].suffix) == 0) return KINDS[i].paint;
    }
    dy_fail(err, "cannot paint %s: want a name ending in .png, .svg or .pdf", path);
    return NULL;
}

bool dy_paint_knows(const char *path, dy_error *err)
{
    return painter(path, err) != NULL;
}

bool dy_paint_file(const dy_scene *scene, const char *path, dy_error *err)
{
    dy_outfile out;
    paint_fn *paint_kind = painter(path, err);
    if (!paint_kind || !dy_outfile_open(&out, path, err)) return false;
    cairo_status_t status = paint_kind(scene, out.file);
    /* a full disk is said better by the file itself */
    if (status == CAIRO_STATUS_SUCCESS || status == CAIRO_STATUS_WRITE_ERROR)
        return dy_outfile_keep(&out, err);
    dy_outfile_drop(&out);
    return dy_fail(err, "cannot paint %s: %s", path, cairo_status_to_string(status));
}
