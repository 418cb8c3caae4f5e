/* npy.h - one NumPy array as it lies in memory. An internal header of data/.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/bytes.h"

enum { DY_NPY_RANK = 8 };

typedef struct dy_npy {
    char kind; /* 'f' float, 'i' integer, 'u' unsigned */
    int size;  /* of an element: 1, 2, 4, 8 bytes */
    int rank;
    int64_t sizes[DY_NPY_RANK];
    int64_t n; /* elements */
    const uint8_t
        *elements; /* [n * size], little endian, not aligned; borrowed from the file */
} dy_npy;

/* Fails when the header is not what numpy writes, lies about the size, or names a kind that is not above. */
bool dy_npy_parse(dy_npy *array, dy_bytes file, dy_error *err);

/* Element i; an integer beyond 2^53 is rounded by the first of these. */
double dy_npy_real(const dy_npy *array, int64_t i);
bool dy_npy_integer(const dy_npy *array, int64_t i, int64_t *value); /* false: past INT64_MAX */
