/* args.h - a command's options: one table that the parser, --help and the man page's test all read.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"

#include <stdio.h>

typedef struct dy_option {
    const char *name;  /* without the dashes */
    const char *value; /* what its value is called, "FILE"; NULL: it takes none */
    const char *help;
} dy_option;

/* A command of the program. */
typedef struct dy_command {
    const char *name, *operands, *summary;
    const char *more; /* further lines of its help, or NULL */
    const dy_option
        *options; /* ends at a NULL name; --help is not in it, every command has it */
    int (*main)(int argc,
                char **argv); /* the words behind the command's name; returns the exit code */
} dy_command;

enum { DY_EXIT_DONE = 0, DY_EXIT_FAILED = 1, DY_EXIT_USAGE = 2, DY_EXIT_SIGNAL = 128 };

/* The words still to be read. */
typedef struct dy_args {
    const dy_command *command;
    int argc;
    char **argv;
    bool operands_only; /* "--" was seen */
} dy_args;

/* Reads the next word: an option of the command's table with its *value (--name VALUE or --name=VALUE), or an operand,
 * with *option NULL. *more is false at the end. Fails on an unknown option (naming the nearest), a missing
 * or an unwanted value. --help comes back as an option named "help". */
bool dy_args_next(dy_args *args, const dy_option **option, const char **value, bool *more,
                  dy_error *err);

/* A number behind an option. Fails unless it is all of the text and within least..most. */
bool dy_args_real(const char *option, const char *text, double least, double most, double *x,
                  dy_error *err);

void dy_command_help(const dy_command *command, FILE *out);
