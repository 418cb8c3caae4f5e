/* run_options.h - what `derny run` was asked for.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/bounds.h"
#include "lua/find_wish.h"
#include "lua/script.h"

enum { DY_SETTINGS_MAX = 64 };

typedef struct dy_run_options {
    bool help;
    const char *script;
    const char *text; /* of the script, when it begins; NULL: not known */
    const char *csv, *json, *plot, *weights; /* files to write, or NULL */
    const char *store;                       /* where runs are kept; NULL: the usual place */
    const char *record;                      /* what a person did, as a script; NULL: nowhere */
    int64_t snapshots;                       /* bytes for the past of each race */
    bool no_store;                           /* nowhere */
    const char *frames, *film;               /* of pictures taken every so often, or NULL */
    double frames_every_s;
    const char *trace; /* a file told what the window does, or NULL */
    int jobs;          /* labs that share a sweep; 0: one a processor */
    int shard, shards; /* part 1..shards of a sweep; shards 0: all of it */
    dy_bounds bounds;
    double scale; /* of the window; 0: the display's */
    bool quiet, no_window, hold, has_seed;
    uint64_t seed;
    dy_setting settings[DY_SETTINGS_MAX]; /* their names point into words of their own */
    char names[DY_SETTINGS_MAX][64];
    int n_settings;
    const dy_find_wish *find; /* a range test in place of the first run; NULL: none */
    bool plan;                /* nothing is trained */
} dy_run_options;

extern const dy_option DY_RUN_OPTIONS[];

/* The rows of an option table that every command which runs a script has. */
#define DY_SCRIPT_OPTIONS                                                                      \
    { "set", "NAME=VALUE", "what derny.option(NAME) gives the script; may be repeated" },      \
        { "seed", "N", "the seed of runs that set none of their own (default 0)" },            \
        DY_BOUND_OPTIONS

/* The same of those that keep what was run. */
#define DY_KEEP_OPTIONS                                                                        \
    { "store", "FILE",                                                                         \
      "keep the runs in this store (default: derny/derny.db in "                               \
      "$XDG_DATA_HOME)" },                                                                     \
    {                                                                                          \
        "no-store", NULL, "keep no runs"                                                       \
    }

/* An option of another command's own: *taken is whether it is one. Fails when it is and its value will not do. */
typedef bool dy_own_option(void *self, const char *name, const char *value, bool *taken,
                           dy_error *err);

/* Reads the command line; `own` is asked of each option first, if it is not NULL. Fails when it is not one. */
bool dy_run_options_read(dy_run_options *options, dy_args *args, dy_own_option *own, void *self,
                         dy_error *err);
