/* args.c - see args.h.   SPDX-License-Identifier: MIT */
#include "cli/args.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const dy_option HELP = { "help", NULL, "print this help" };

enum { OPTIONS_MAX = 32 };

static const dy_option *find(const dy_command *command, const char *name, size_t len)
{
    for (const dy_option *option = command->options; option->name; option++)
        if (strlen(option->name) == len && memcmp(option->name, name, len) == 0) return option;
    return len == 4 && memcmp(name, "help", 4) == 0 ? &HELP : NULL;
}

static bool unknown(const dy_command *command, const char *word, size_t len, dy_error *err)
{
    char name[64];
    const char *names[OPTIONS_MAX];
    int n = 0;
    for (const dy_option *option = command->options; option->name && n < OPTIONS_MAX; option++)
        names[n++] = option->name;
    snprintf(name, sizeof name, "%.*s", (int)len, word);
    const char *nearest = dy_nearest(name, names, n);
    if (nearest) return dy_fail(err, "unknown option --%s (did you mean --%s?)", name, nearest);
    return dy_fail(err, "unknown option --%s; see derny %s --help", name, command->name);
}

bool dy_args_next(dy_args *args, const dy_option **option, const char **value, bool *more,
                  dy_error *err)
{
    *option = NULL;
    *value = NULL;
    *more = args->argc > 0;
    if (!*more) return true;
    const char *word = args->argv[0];
    args->argc--;
    args->argv++;
    if (!args->operands_only && strcmp(word, "--") == 0) {
        args->operands_only = true;
        return dy_args_next(args, option, value, more, err);
    }
    *value = word;
    if (args->operands_only || word[0] != '-' || word[1] == '\0') return true;
    if (strcmp(word, "-h") == 0) word = "--help";
    if (word[1] != '-')
        return dy_fail(err, "unknown option %s; see derny %s --help", word,
                       args->command->name);
    const char *equals = strchr(word, '=');
    size_t len = equals ? (size_t)(equals - word - 2) : strlen(word) - 2;
    *option = find(args->command, word + 2, len);
    if (!*option) return unknown(args->command, word + 2, len, err);
    *value = equals ? equals + 1 : NULL;
    if (!(*option)->value && equals)
        return dy_fail(err, "--%s takes no value", (*option)->name);
    if (!(*option)->value || equals) return true;
    if (args->argc == 0)
        return dy_fail(err, "--%s wants a value: --%s %s", (*option)->name, (*option)->name,
                       (*option)->value);
    *value = args->argv[0];
    args->argc--;
    args->argv++;
    return true;
}

bool dy_args_real(const char *option, const char *text, double least, double most, double *x,
                  dy_error *err)
{
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end || !(value >= least && value <= most))
        return dy_fail(err, "--%s is '%s'; want a number from %g to %g", option, text, least,
                       most);
    *x = value;
    return true;
}

static void print_option(const dy_option *option, FILE *out)
{
    char left[40];
    snprintf(left, sizeof left, "--%s%s%s", option->name, option->value ? " " : "",
             option->value ? option->value : "");
    fprintf(out, "  %-20s  %s\n", left, option->help);
}

void dy_command_help(const dy_command *command, FILE *out)
{
    fprintf(out, "usage: derny %s %s\n\n%s\n\n", command->name, command->operands,
            command->summary);
    for (const dy_option *option = command->options; option->name; option++)
        print_option(option, out);
    print_option(&HELP, out);
    if (command->more) fprintf(out, "\n%s\n", command->more);
}
