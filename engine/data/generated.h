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

/* Points in the plane (blobs: in `inputs` dimensions), `rows` of them, a fifth held out. */
typedef struct dy_points_spec {
    int64_t rows, classes, inputs;
    double noise;
    double turns; /* of a spiral's arm */
    double test;  /* the fraction held out */
    uint64_t seed;
} dy_points_spec;

dy_points_spec dy_points_defaults(void);
bool dy_spirals_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err);
bool dy_moons_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err);
bool dy_circles_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err);
bool dy_blobs_make(dy_dataset *data, const dy_points_spec *spec, dy_error *err);

/* A regression whose mean squared error, for a linear model without hidden layer, is a quadratic bowl with
 * the condition number asked for, exactly: curvatures from 1/condition to 1, geometric between. Without noise the least loss is 0.
 * For seeing what momentum and too large an lr do. */
typedef struct dy_bowl_spec {
    int64_t inputs, rows;
    double condition, noise;
    uint64_t seed;
} dy_bowl_spec;

dy_bowl_spec dy_bowl_defaults(void);
bool dy_bowl_make(dy_dataset *data, const dy_bowl_spec *spec, dy_error *err);
