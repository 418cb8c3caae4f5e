/* files.h - data sets from files: IDX, CSV, NPY and NPZ, and the two well-known ones by name.
 *
 * Each fills *data, which the caller closes, through dy_dataset_check. `limit` bounds the memory the
 * data set takes, and by itself what reading takes meanwhile (bytes, 0: none), so that a file whose header lies
 * cannot eat the machine. Messages name the file, and line or offset.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/dataset.h"

typedef struct dy_idx_spec {
    const char *train_images, *train_labels; /* gzip or not, seen from the content */
    const char *test_images, *test_labels;   /* both NULL: no test split */
} dy_idx_spec;

/* Bytes scaled by 1/255. Labels decide the number of classes. */
bool dy_idx_read(dy_dataset *data, const dy_idx_spec *spec, int64_t limit, dy_error *err);

/* "mnist" or "fashion-mnist", its four files looked for in $DERNY_DATA/NAME, $XDG_DATA_HOME/derny/NAME and
 * ~/.local/share/derny/NAME. Fails when they are in none: says where it looked and how to get them. */
bool dy_known_read(dy_dataset *data, const char *name, int64_t limit, dy_error *err);

typedef struct dy_csv_spec {
    const char *file;
    const char
        *target;   /* a column's name, or its number from 1 as text; NULL: the last column */
    bool regress;  /* targets are numbers; otherwise classes: whole numbers or words, sorted */
    double test;   /* the fraction held out, 0 for none */
    uint64_t seed; /* of that choice */
} dy_csv_spec;

/* Comma separated, a header line if no cell of its first line is a number, quotes as in RFC 4180, CRLF or LF, gzip or
 * not. Fails on a ragged line or a field that is no number, with its line and column. */
bool dy_csv_read(dy_dataset *data, const dy_csv_spec *spec, int64_t limit, dy_error *err);

typedef struct dy_npz_spec {
    const char *file; /* an .npz, its arrays named below; or NULL: the names are .npy files */
    const char *x,
        *y; /* [rows x ...] u8, f4 or f8, and [rows] integers or [rows x ...] floats */
    const char *x_test, *y_test; /* or NULL */
} dy_npz_spec;

/* NPY format 1.0 to 3.0, little endian, C order; NPZ stored or deflated (zlib).
 * source: NEP 1, https://numpy.org/neps/nep-0001-npy-format.html; PKWARE APPNOTE for the container */
bool dy_npz_read(dy_dataset *data, const dy_npz_spec *spec, int64_t limit, dy_error *err);
