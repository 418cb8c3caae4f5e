/* find_options.h - what `derny find` was asked for.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/run_options.h"

typedef struct dy_find_options {
    dy_run_options run;
    dy_find_wish wish;
} dy_find_options;

extern const dy_option DY_FIND_OPTIONS[];

/* Reads the command line. Fails when it is not one. */
bool dy_find_options_read(dy_find_options *options, dy_args *args, dy_error *err);
