/* paths.h - the files that a script may name: beside it, or under a data folder, and nowhere else.
 *
 * The same promise is kept by the kernel where it has landlock (lab/sandbox.h); this is what gives the message.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lua/script.h"

#include <limits.h>

typedef struct dy_path {
    char text[PATH_MAX];
} dy_path;

/* Where the file `name` is: relative names are looked for in the script's folder and then in the data folders. Fails when
 * it is in none (says where it looked), or when links lead out of all of them. */
bool dy_path_find(dy_path *path, const dy_host *host, const char *name, dy_error *err);
