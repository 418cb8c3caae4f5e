/* run_options.h - what `derny run` was asked for.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/bounds.h"
#include "lua/script.h"

enum { DY_SETTINGS_MAX = 64 };

typedef struct dy_run_options {
    bool help;
    const char *script;
    const char *csv, *json, *plot; /* files to write, or NULL */
    dy_bounds bounds;
    bool quiet, has_seed;
    uint64_t seed;
    dy_setting settings[DY_SETTINGS_MAX]; /* their names point into words of their own */
    char names[DY_SETTINGS_MAX][64];
    int n_settings;
} dy_run_options;

extern const dy_option DY_RUN_OPTIONS[];

/* Reads the command line. Fails when it is not one. */
bool dy_run_options_read(dy_run_options *options, dy_args *args, dy_error *err);
