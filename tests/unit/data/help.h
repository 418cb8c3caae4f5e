/* help.h - what the tests of data/ share: files of their own in a folder of their own, and small data sets.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/bytes.h"
#include "data/dataset.h"

/* A fresh folder; remade by each call, removed by help_remove_folder. A test's .init and .fini. */
void help_make_folder(void);
void help_remove_folder(void);

/* The path of a file in that folder; good for the next 15 calls. */
const char *help_path(const char *name);

/* Writes a file in the folder and returns its path. */
const char *help_write(const char *name, const void *content, int64_t n);
const char *help_write_text(const char *name, const char *text);

/* A growing text of bytes, for making files: large enough for these tests, and asserts so. */
typedef struct help_buffer {
    uint8_t at[8192];
    int64_t n;
} help_buffer;

void help_put(help_buffer *to, const void *bytes, int64_t n);
void help_put_number(help_buffer *to, uint64_t value, int bytes, bool big_endian);

/* The content packed: as a gzip file, or as raw deflate. */
help_buffer help_gzip(const help_buffer *content);
help_buffer help_deflate(const help_buffer *content);

/* An IDX file: u8, these sizes, elements 0, 1, 2, ... mod `below`. */
help_buffer help_idx(int rank, const int64_t *sizes, int below);

/* An NPY file of format 1.0. */
help_buffer help_npy(const char *descr, const char *order, const char *shape,
                     const void *elements, int64_t bytes);

/* A zip archive of `count` entries, deflated or stored. */
help_buffer help_zip(const char *const *names, const help_buffer *contents, int count,
                     bool deflated);

/* Calls `read` on a file of every length below the content's, and with each of its bytes changed in four ways. `read` must
 * return; whether it succeeds is its own affair. */
void help_mutate(const help_buffer *content, const char *name, void (*read)(const char *file));

/* Bytes b [rows x inputs] and labels i mod classes, scale and shift as given for all columns; arrays are the arena's. */
dy_dataset help_bytes_set(int64_t rows, int64_t inputs, float scale, float shift);

/* Asserts that `err` contains `text`, printing both. */
void help_says(const dy_error *err, const char *text);
