/* run_lab.h - the lab's side of `derny run`: one script, in the child process.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/run_options.h"
#include "lab/lab.h"

#include <limits.h>

/* Where data files are looked for, and what the lab may read. */
typedef struct dy_run_folders {
    char script[PATH_MAX];   /* the script's own */
    char data[2][PATH_MAX];  /* $DERNY_DATA; $XDG_DATA_HOME/derny or ~/.local/share/derny */
    const char *list[4];     /* those of data that are named, NULL-terminated */
    const char *readable[6]; /* all of them, for the walls */
} dy_run_folders;

/* Fails when the script cannot be read; says why. */
bool dy_run_folders_find(dy_run_folders *folders, const char *script, dy_error *err);

typedef struct dy_run_job {
    dy_run_options *options;
    const dy_run_folders *folders;
    const char *text;      /* of the script, as kept; NULL: not known */
    bool watched;          /* see dy_lab */
    dy_crew *crew;         /* for its sweeps */
    const dy_known *known; /* [n_known] points that need not be trained */
    int64_t n_known;
} dy_run_job;

/* A dy_lab_main; `argument` is a dy_run_job. 0: the script ran; 1: it did not, and a message says why. */
int dy_run_lab(dy_lab *lab, void *argument);
