/* commands.c - see commands.h.   SPDX-License-Identifier: MIT */
#include "cli/commands.h"

const dy_command *const DY_COMMANDS[] = { &DY_COMMAND_RUN, &DY_COMMAND_FIND,
                                          &DY_COMMAND_SCHEDULE, NULL };
