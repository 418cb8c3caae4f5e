/* commands.h - every command of the program.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "cli/args.h"

extern const dy_command DY_COMMAND_RUN, DY_COMMAND_PLAN, DY_COMMAND_FIND, DY_COMMAND_SCHEDULE,
    DY_COMMAND_RUNS, DY_COMMAND_FORGET, DY_COMMAND_MERGE;

/* In the order of the help; ends at NULL. */
extern const dy_command *const DY_COMMANDS[];
