/* generated.h - data sets made from a seed: the same bits for the same seed, nothing to download.
 *
 * Each fills *data, which the caller closes. Fails when a count or a width is out of range, or memory is short.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/dataset.h"

/* Ten templates of twelve points: padded, moved, scaled, sheared, with correlated and white noise, then
 * sampled at 40 points. 4,000 + 1,000 examples by default.
 * source: S. Greydanus, "Scaling down deep learning", 2020, arXiv:2011.14439 and its published recipe */
typedef struct dy_mnist1d_spec {
    int64_t train, test;
    double scale_coeff, max_translation, corr_noise_scale, iid_noise_scale, shear_scale;
    int64_t padding_least, padding_most, inputs;
    uint64_t seed;
} dy_mnist1d_spec;

dy_mnist1d_spec dy_mnist1d_defaults(void);
bool dy_mnist1d_make(dy_dataset *data, const dy_mnist1d_spec *spec, dy_error *err);

/* Points in the plane (blobs: in `inputs` dimensions), `rows` of them, equally many of each class. Spirals and blobs may
 * have any number of classes, moons and circles have two. Defaults: 1,000 rows, 2 classes, noise 0.1, 1.5 turns, a
 * fifth held out. */
typedef struct dy_points_spec {
    int64_t rows, classes, inputs;
    double noise; /* standard deviation of what is added to each coordinate; of a blob */
    double turns; /* of a spiral's arm, from the centre to radius 1 */
    double test;  /* the fraction held out */
    uint64_t seed;
} dy_points_spec;

dy_points_spec dy_points_defaults(void);
bool dy_spirals_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err);
bool dy_moons_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err);
bool dy_circles_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err);
bool dy_blobs_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err);

/* A regression whose mean squared error, for a linear model without hidden layer, is a quadratic bowl with
 * the condition number asked for. The curvature (second derivative of the mean over all rows) along weight i is exactly
 * 2/condition * condition^(i/(inputs-1)), so from 2/condition to 2; along the bias, which is coupled to no weight, it is 2;
 * between weights it is 0. Plain gradient descent over all rows diverges at lr > 1, with momentum m at lr > 1 + m.
 * At weights 0 each direction has a loss of 1/2; the least loss is noise^2. A batch smaller than the set sees a bowl
 * that is bent otherwise, but has the same lowest point if noise is 0. No test rows.
 * For seeing what momentum and too large an lr do. */
typedef struct dy_bowl_spec {
    int64_t inputs, rows;
    double condition, noise;
    uint64_t seed;
} dy_bowl_spec;

dy_bowl_spec dy_bowl_defaults(void);
bool dy_bowl_make(dy_dataset *data, const dy_bowl_spec *spec, dy_error *err);
