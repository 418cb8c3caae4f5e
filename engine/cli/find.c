/* find.c - `derny find`: the range test of the first run that a script would train.
 *
 * SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/find_options.h"
#include "cli/run.h"

static int find_main(int argc, char **argv)
{
    dy_error err;
    dy_find_options options;
    dy_args args = { .command = &DY_COMMAND_FIND, .argc = argc, .argv = argv };
    if (!dy_find_options_read(&options, &args, &err)) {
        fprintf(stderr, "derny find: %s\n", err.text);
        return DY_EXIT_USAGE;
    }
    if (!options.run.help) return dy_run_desk(&options.run, NULL);
    dy_command_help(&DY_COMMAND_FIND, stdout);
    return DY_EXIT_DONE;
}

const dy_command DY_COMMAND_FIND = {
    .name = "find",
    .operands = "SCRIPT [options]",
    .summary =
        "Finds an lr for the first run of a script by a range test, in place of training it.",
    .more = "The test takes the run's data, model, batch, optimizer and seed, and ends the "
            "script. A "
            "script that calls\nderny.find_lr first has that test made, and shown. Exit code: "
            "as of "
            "derny run.",
    .options = DY_FIND_OPTIONS,
    .main = find_main,
};
