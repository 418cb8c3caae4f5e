/* help.h - small data sets and matrices for the tests of learn/.   SPDX-License-Identifier: MIT */
#pragma once
#include "base/rng.h"
#include "learn/race.h"

/* Aborts the test with *err's text when a call failed that should not. */
void must(bool ok, const dy_error *err);

/* From the arena, filled with uniform numbers in [-size, size). */
dy_mat random_mat(dy_arena *arena, int64_t rows, int64_t cols, double size, dy_rng *rng);

/* What a data set is made of. Inputs are bytes, most of them 0, or floats. */
typedef struct toy {
    int64_t rows, test_rows, inputs, outputs;
    bool bytes, regress;
} toy;

dy_dataset toy_data(const toy *t);

/* A race on it: two layers, `hidden` relu units between, SGD. */
dy_race_spec toy_race(const dy_dataset *data, int64_t hidden, int64_t batch, int lanes);

/* Whether the lanes' weights are the same bits. */
bool same_weights(dy_race *a, int lane_a, dy_race *b, int lane_b, const dy_mlp_spec *model);

/* The difference in units of the last place of `truth` as a float. */
double ulps(double got, double truth);
