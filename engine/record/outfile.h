/* outfile.h - a file that appears whole or not at all.
 *
 * It is written beside its place under a temporary name and renamed when complete, so a reader never sees half of it and
 * a full disk does not cost what was there before. "-" is standard output, which is simply written.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"

#include <stdio.h>

typedef struct dy_outfile {
    FILE *file;      /* NULL: closed */
    char path[4096]; /* where it is to be; "-": standard output */
    char temporary[4112];
} dy_outfile;

/* Every open one is ended with either keep or drop. Fails when the folder cannot be written; says why. */
bool dy_outfile_open(dy_outfile *out, const char *path, dy_error *err);

/* Puts the file in its place. Fails when anything written so far could not be (nothing is left behind then). */
bool dy_outfile_keep(dy_outfile *out, dy_error *err);

/* The same, and it has reached the disk: whatever happens to the machine from here on, the file is whole, the old one or the new. */
bool dy_outfile_keep_safe(dy_outfile *out, dy_error *err);

/* Removes what was written. A closed one is fine. */
void dy_outfile_drop(dy_outfile *out);
