/* commands.c - see commands.h.   SPDX-License-Identifier: MIT */
#include "cli/commands.h"

const dy_command *const DY_COMMANDS[] = {
    &DY_COMMAND_RUN,
    &DY_COMMAND_PLAN,
    &DY_COMMAND_FIND,
    &DY_COMMAND_SCHEDULE,
#ifdef DY_STORE
    &DY_COMMAND_RUNS,
    &DY_COMMAND_FORGET,
    &DY_COMMAND_MERGE,
#endif
    NULL,
};
