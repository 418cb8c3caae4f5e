/* paint.h - a scene as pixels, or as a file: PNG, SVG, PDF.
 *
 * The one user of Cairo. The face is the system's "sans-serif"; with the same fonts the same scene gives the same file,
 * but for an SVG's ids, which count what Cairo has drawn in this process.
 * Where a character is not in that face (CJK names, say), a box stands for it: Cairo's plain text knows one face a time.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/raster.h"
#include "view/scene.h"

/* A dy_measure_fn in the face that is painted with. `self` is unused. threads: the one that paints */
double dy_paint_measure(void *self, const char *text, double em_px, bool bold);

/* Whether a file of that name can be painted: it ends in .png, .svg or .pdf. */
bool dy_paint_knows(const char *path, dy_error *err);

/* Writes a picture; its kind is by the path's suffix. It appears whole or not at all (see outfile.h). A PNG has
 * scene->scale pixels to one of the scene's, an SVG and a PDF are in points of 1/72 inch. Fails on another suffix,
 * and when the file cannot be written; says why. */
bool dy_paint_file(const dy_scene *scene, const char *path, dy_error *err);

/* Paints over all of them, at scene->scale. Fails when Cairo does not take the stride or memory is short. */
bool dy_paint_pixels(const dy_scene *scene, const dy_pixels *pixels, dy_error *err);
