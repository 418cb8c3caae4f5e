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

enum { RULER_PX = 128 };

static cairo_font_options_t *text_options(void)
{
    cairo_font_options_t *options = cairo_font_options_create();
    /* without hints a text is as wide in a window as on paper */
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    return options;
}

/* The face, kept for good: to find it costs as much as a hundred texts. */
static cairo_font_face_t *face_of(bool bold)
{
    static cairo_font_face_t *faces[2];
    if (!faces[bold])
        faces[bold] = cairo_toy_font_face_create("sans-serif", CAIRO_FONT_SLANT_NORMAL,
                                                 bold ? CAIRO_FONT_WEIGHT_BOLD
                                                      : CAIRO_FONT_WEIGHT_NORMAL);
    return faces[bold];
}

/* The face at a size that widths are taken at; they grow as the size does. */
static cairo_scaled_font_t *ruler(bool bold)
{
    static cairo_scaled_font_t *rulers[2];
    if (rulers[bold]) return rulers[bold];
    cairo_matrix_t size;
    cairo_matrix_t none;
    cairo_matrix_init_scale(&size, RULER_PX, RULER_PX);
    cairo_matrix_init_identity(&none);
    cairo_font_options_t *options = text_options();
    rulers[bold] = cairo_scaled_font_create(face_of(bold), &size, &none, options);
    cairo_font_options_destroy(options);
    return rulers[bold];
}

double dy_paint_measure(void *self, const char *text, double em_px, bool bold)
{
    (void)self;
    cairo_text_extents_t extents;
    cairo_scaled_font_text_extents(ruler(bold), text, &extents);
    return extents.x_advance * em_px / RULER_PX;
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
    double width = item->anchor == DY_LEFT
                       ? 0
                       : dy_paint_measure(NULL, item->text, item->size, item->bold);
    double before = item->anchor == DY_RIGHT    ? width
                    : item->anchor == DY_CENTRE ? width / 2
                                                : 0;
    cairo_set_font_face(cr, face_of(item->bold));
    cairo_set_font_size(cr, item->size);
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

static void paint_frame(cairo_t *cr, const dy_item *item, double scale)
{
    double half = 0.5 / scale; /* of a pixel: the line lies within the box */
    dy_box inner = item->box;
    inner.x += half;
    inner.y += half;
    inner.w -= 2 * half;
    inner.h -= 2 * half;
    round_path(cr, &inner, item->size);
    cairo_set_line_width(cr, 2 * half);
    cairo_stroke(cr);
}

/* A disc of one colour in a wider one of the other. */
static void paint_dot(cairo_t *cr, const dy_item *item, dy_colour rim, double rim_width,
                      dy_colour inside)
{
    cairo_new_path(cr);
    cairo_arc(cr, item->at.x, item->at.y, item->size * (1 + rim_width), 0, 2 * M_PI);
    set_colour(cr, rim);
    cairo_fill(cr);
    cairo_arc(cr, item->at.x, item->at.y, item->size, 0, 2 * M_PI);
    set_colour(cr, inside);
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

/* Where a scene goes to. */
typedef struct target {
    cairo_surface_t *surface;
    const dy_pixels *pixels; /* of the surface; NULL: it keeps shapes, not pixels */
    double scale;
    cairo_t *cr;
    const dy_scene *scene;
} target;

/* A little outside the pane a line at its edge keeps its width. */
static dy_box cut_of(const dy_scene *scene, const dy_item *item)
{
    if (item->pane < 0) return (dy_box){ 0, 0, scene->width_px, scene->height_px };
    dy_box box = scene->panes[item->pane].box;
    return (dy_box){ box.x - 2, box.y - 2, box.w + 4, box.h + 4 };
}

/* What raster.h can do faster. */
static bool raster_item(const target *t, const dy_item *item)
{
    bool line = item->kind == DY_ITEM_LINE && item->rising && item->dash == DY_SOLID;
    if (!t->pixels || !(line || item->kind == DY_ITEM_BAND)) return false;
    dy_brush brush = {
        .pixels = t->pixels,
        .scale = t->scale,
        .cut = cut_of(t->scene, item),
        .colour = item->colour,
    };
    cairo_surface_flush(t->surface);
    if (line)
        dy_raster_line(&brush, item->points, item->n, item->size);
    else
        dy_raster_band(&brush, item->points, item->n);
    cairo_surface_mark_dirty(t->surface);
    return true;
}

static void paint_item(const target *t, const dy_item *item)
{
    dy_colour paper = t->scene->paper;
    cairo_t *cr = t->cr;
    if (raster_item(t, item)) return;
    cairo_save(cr);
    if (item->pane >= 0) {
        dy_box cut = cut_of(t->scene, item);
        cairo_rectangle(cr, cut.x, cut.y, cut.w, cut.h);
        cairo_clip(cr);
    }
    set_colour(cr, item->colour);
    switch (item->kind) {
    case DY_ITEM_LINE: paint_line(cr, item); break;
    case DY_ITEM_AREA:
    case DY_ITEM_BAND: paint_area(cr, item); break;
    case DY_ITEM_PLATE: paint_plate(cr, item); break;
    case DY_ITEM_FRAME: paint_frame(cr, item, t->scale); break;
    case DY_ITEM_TEXT: paint_text(cr, item); break;
    case DY_ITEM_DOT: paint_dot(cr, item, paper, 0.35, item->colour); break;
    case DY_ITEM_RING: paint_dot(cr, item, item->colour, 0.4, paper); break;
    case DY_ITEM_CROSS: paint_cross(cr, item, paper); break;
    case DY_ITEM_IMAGE: paint_image(cr, item); break;
    }
    cairo_restore(cr);
}

/* All of a scene on the target's surface, which stays the caller's. */
static cairo_status_t paint(const dy_scene *scene, target t)
{
    t.scene = scene;
    t.cr = cairo_create(t.surface);
    cairo_scale(t.cr, t.scale, t.scale);
    cairo_set_line_join(t.cr, CAIRO_LINE_JOIN_ROUND);
    cairo_font_options_t *options = text_options();
    cairo_set_font_options(t.cr, options);
    cairo_font_options_destroy(options);
    set_colour(t.cr, scene->paper);
    cairo_paint(t.cr);
    for (int64_t i = 0; i < scene->n_items; i++) paint_item(&t, &scene->items[i]);
    cairo_status_t status = cairo_status(t.cr);
    cairo_destroy(t.cr);
    return status;
}

/* ---- targets ---- */

static cairo_status_t paint_surface(const dy_scene *scene, cairo_surface_t *surface,
                                    const dy_pixels *pixels)
{
    cairo_status_t status = cairo_surface_status(surface);
    if (status != CAIRO_STATUS_SUCCESS) return status;
    status =
        paint(scene, (target){ .surface = surface, .pixels = pixels, .scale = scene->scale });
    cairo_surface_flush(surface);
    return status;
}

bool dy_paint_pixels(const dy_scene *scene, const dy_pixels *pixels, dy_error *err)
{
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        pixels->bytes, CAIRO_FORMAT_ARGB32, pixels->width, pixels->height, pixels->stride);
    cairo_status_t status = paint_surface(scene, surface, pixels);
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
    dy_pixels pixels = {
        .bytes = cairo_image_surface_get_data(surface),
        .width = width,
        .height = height,
        .stride = cairo_image_surface_get_stride(surface),
    };
    cairo_status_t status = paint_surface(scene, surface, &pixels);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, write_bytes, file);
    cairo_surface_destroy(surface);
    return status;
}

/* A surface of a format made of strokes and letters: it writes itself as it is finished. */
static cairo_status_t paint_paper(const dy_scene *scene, cairo_surface_t *surface)
{
    cairo_status_t status = paint(scene, (target){ .surface = surface, .scale = 1 });
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
