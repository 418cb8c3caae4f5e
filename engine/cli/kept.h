/* kept.h - what the commands on kept runs share: which store, which runs, in what order.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/args.h"
#include "record/store.h"

typedef struct dy_kept {
    bool help;
    const char *store;     /* --store FILE; NULL: the usual one */
    dy_query query;        /* of --where, --sort, --reverse and --limit */
    const char *csv;       /* --csv: a file, "-" for standard output; NULL: a table */
    const char *words[16]; /* the operands */
    int n_words;
} dy_kept;

/* The rows of an option table. */
#define DY_KEPT_STORE                                                                          \
    {                                                                                          \
        "store", "FILE", "the store (default: derny/derny.db in $XDG_DATA_HOME)"               \
    }
#define DY_KEPT_WHERE                                                                          \
    {                                                                                          \
        "where", "COND", "only these runs, as in 'max_lr > 0.1 AND status = \"done\"'"         \
    }

/* Reads a command line of `least` to `most` operands. Fails when it is not one. */
bool dy_kept_read(dy_kept *kept, dy_args *args, int least, int most, dy_error *err);

/* Opens the store that was named, or the usual one; `writing` makes one where there is none. */
bool dy_kept_open(const dy_kept *kept, bool writing, dy_store **store, dy_error *err);

/* The main of a command: reads the line, opens the store, calls `act`, prints what went wrong. */
typedef bool dy_kept_act(const dy_kept *kept, dy_store *store, dy_error *err);
int dy_kept_main(const dy_command *command, int argc, char **argv, int least, int most,
                 bool writing, dy_kept_act *act);
