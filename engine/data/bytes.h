/* bytes.h - a stranger's file, whole and in memory. An internal header of data/.
 *
 * Not a stream: the readers look back and forth in it, and a data set has to fit in memory anyway.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/flate.h"

/* The content of a regular file with a 0 behind it, unpacked if it is gzip (seen from its first bytes). The packed form is held beside it
 * meanwhile, in memory of its own under the same limit. owns: `arena`. Fails when there is no such file, it is
 * not a regular one or cannot be read, the packed data are damaged, memory is short; says which file. */
bool dy_bytes_read(dy_bytes *bytes, dy_arena *arena, const char *file, dy_error *err);

/* Whether there is such a file and it is a regular one. */
bool dy_bytes_exist(const char *file);
