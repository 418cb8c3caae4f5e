/* schedule_options.h - what `derny schedule` was asked for.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/bounds.h"

#include <stdint.h>

enum { DY_EXPRESSIONS_MAX = 64 };

typedef struct dy_schedule_options {
    bool help, list, csv, json, effective;
    double momentum;           /* the optimizer's own; NaN: not said */
    const char *plot, *metric; /* files, or NULL */
    int64_t steps, epoch_steps;
    dy_bounds bounds;
    const char *operand[DY_EXPRESSIONS_MAX]; /* expressions; with help, a schedule's name */
    int n_operands;
} dy_schedule_options;

extern const dy_option DY_SCHEDULE_OPTIONS[];

/* Reads the command line. Fails when it is not one. */
bool dy_schedule_options_read(dy_schedule_options *options, dy_args *args, dy_error *err);
