/* embedded.h - the Lua half of the module, built into the program so that it needs no installed files.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stddef.h>

typedef struct dy_embedded {
    const char *name; /* as messages call it: "=derny/ranges.lua" */
    const char *text;
    size_t size;
} dy_embedded;

/* The files of scripts/derny in the order of their names; ends at a NULL name. */
extern const dy_embedded DY_EMBEDDED[];
