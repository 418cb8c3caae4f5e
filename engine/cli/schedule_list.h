/* schedule_list.h - the built-in schedules for people: all in a list, or one in full. All of it comes from the table of
 * recipes.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/schedule_options.h"

/* `derny schedule --list`; returns the exit code. */
int dy_schedule_list(const dy_schedule_options *options);

/* `derny schedule --help NAME`; returns the exit code. */
int dy_schedule_explain(const dy_schedule_options *options);
