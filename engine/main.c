/* main.c - the table of commands.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "cli/commands.h"

#include <string.h>

static void print_usage(FILE *out)
{
    fputs("usage: derny COMMAND ...\n\nThe workbench for learning-rate schedules.\n\n", out);
    for (const dy_command *const *command = DY_COMMANDS; *command; command++)
        fprintf(out, "  derny %-8s %-24s  %s\n", (*command)->name, (*command)->operands,
                (*command)->summary);
    fputs("\n  derny COMMAND --help      what it takes\n"
          "  derny --version           which one this is\n",
          out);
}

static int unknown_command(const char *word)
{
    const char *names[16];
    int n = 0;
    for (const dy_command *const *command = DY_COMMANDS; *command && n < 16; command++)
        names[n++] = (*command)->name;
    const char *nearest = dy_nearest(word, names, n);
    fprintf(stderr, "derny: no command '%s'", word);
    if (nearest) fprintf(stderr, " (did you mean '%s'?)", nearest);
    fputs("; see derny --help\n", stderr);
    return DY_EXIT_USAGE;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_usage(stderr);
        return DY_EXIT_USAGE;
    }
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        print_usage(stdout);
        return DY_EXIT_DONE;
    }
    if (strcmp(word, "--version") == 0) {
        puts("derny " DY_VERSION);
        return DY_EXIT_DONE;
    }
    for (const dy_command *const *command = DY_COMMANDS; *command; command++)
        if (strcmp(word, (*command)->name) == 0) return (*command)->main(argc - 2, argv + 2);
    return unknown_command(word);
}
