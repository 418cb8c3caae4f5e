/* classes.h - the labels of a column whose cells name classes. An internal header of data/.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/cells.h"

/* labels[i] [n] becomes the place of cell i's class among all there are: sorted as numbers if each is a whole
 * number, otherwise as texts, byte by byte. Fails when all are numbers, but not all
 * of them whole: that is a regression, and the message says so. */
bool dy_classes_sort(int32_t *labels, int64_t *n_classes, const dy_cell *cells, int64_t n,
                     dy_arena *scratch, dy_error *err);
