/* run.h - a script run under the desk's eyes: what `derny run` and `derny find` share.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/run_options.h"

/* Runs the script and shows and writes what the options ask for. Returns the exit code. */
int dy_run_desk(dy_run_options *options);
