/* bounds.h - what every command that runs a script bounds it by: --patience and --memory.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/args.h"

#include <stdint.h>

typedef struct dy_bounds {
    double patience_s; /* 0: without end */
    int64_t memory;    /* bytes of the script's own heap */
} dy_bounds;

/* The rows of an option table. */
#define DY_BOUND_OPTIONS                                                                       \
    { "patience", "S", "stop a script that hangs for S seconds (default 10; 0: never)" },      \
    {                                                                                          \
        "memory", "MB", "the most that the script's own data may take (default 256)"           \
    }

/* 10 s, 256 MB. */
dy_bounds dy_bounds_defaults(void);

/* *mine is whether the option is one of them. Fails when it is and its value will not do. */
bool dy_bounds_read(dy_bounds *bounds, const char *name, const char *value, bool *mine,
                    dy_error *err);

/* Address space for a lab that needs `engine` bytes beside the script's heap, whose small blocks have a region of their own. */
int64_t dy_bounds_space(const dy_bounds *bounds, int64_t engine);
