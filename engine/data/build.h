/* build.h - what the readers and makers of data sets share. An internal header of data/.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/dataset.h"

/* scale[j] = scale and shift[j] = 0 for every input. */
bool dy_build_scale(dy_dataset *data, float scale, dy_error *err);

/* Names the data set after a file: without its folder and its last extension (two, if the last is .gz). */
void dy_build_name(dy_dataset *data, const char *file);

/* One more than the greatest label, or than 1. */
int64_t dy_build_classes(const int32_t *labels, int64_t rows);

/* Which rows are held out: slot[i] is row i's place, the training rows' from 0 and then the others', each kind in the order
 * it has. The held-out rows are a random `fraction`, a function of `seed`, at least one on each side; none if it
 * is 0. Fails when rows < 2, the fraction is not in 0..1, or memory is short; `scratch` pays. */
bool dy_build_slots(int32_t **slot, int64_t *n_train, dy_arena *scratch, int64_t rows,
                    double fraction, uint64_t seed, dy_error *err);

/* Makes the first n_train of `all` the training rows, the rest the test rows. Copies nothing. */
void dy_build_parts(dy_dataset *data, const dy_split *all, int64_t n_train);

/* What every reader and maker ends with: if `ok` and the check passes, *made becomes *data. Otherwise *made is closed,
 * and *data as it was. What the check finds wrong is said to be in `file`, if that is not NULL. */
bool dy_build_end(dy_dataset *data, dy_dataset *made, bool ok, const char *file, dy_error *err);
