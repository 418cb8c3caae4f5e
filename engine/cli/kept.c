/* kept.c - see kept.h.   SPDX-License-Identifier: MIT */
#include "cli/kept.h"

#include <string.h>

static bool read_option(dy_kept *kept, const char *name, const char *value, dy_error *err)
{
    double limit;
    if (strcmp(name, "help") == 0) kept->help = true;
    if (strcmp(name, "store") == 0) kept->store = value;
    if (strcmp(name, "where") == 0) kept->query.where = value;
    if (strcmp(name, "sort") == 0) kept->query.sort = value;
    if (strcmp(name, "reverse") == 0) kept->query.falling = true;
    if (strcmp(name, "csv") == 0) kept->csv = value;
    if (strcmp(name, "limit") != 0) return true;
    if (!dy_args_real(name, value, 1, 1e9, &limit, err)) return false;
    kept->query.limit = (int64_t)limit;
    return true;
}

static bool read_word(dy_kept *kept, const char *word, int most, dy_error *err)
{
    if (kept->n_words == most)
        return most == 0
                   ? dy_fail(err, "'%.60s' is one word too many", word)
                   : dy_fail(err, "'%.60s' is one word too many; want at most %d", word, most);
    kept->words[kept->n_words++] = word;
    return true;
}

bool dy_kept_read(dy_kept *kept, dy_args *args, int least, int most, dy_error *err)
{
    *kept = (dy_kept){ 0 };
    DY_ASSERT(most <= (int)(sizeof kept->words / sizeof *kept->words));
    for (;;) {
        const dy_option *option;
        const char *value;
        bool more;
        if (!dy_args_next(args, &option, &value, &more, err)) return false;
        if (!more) break;
        if (option ? !read_option(kept, option->name, value, err)
                   : !read_word(kept, value, most, err))
            return false;
    }
    if (kept->n_words >= least || kept->help) return true;
    return dy_fail(err, "want %s", args->command->operands);
}

bool dy_kept_open(const dy_kept *kept, bool writing, dy_store **store, dy_error *err)
{
    char usual[4096];
    const char *path = kept->store;
    if (!path && !dy_store_path(usual, sizeof usual, err)) return false;
    if (!path) path = usual;
    if (!path[0]) return dy_fail(err, "DERNY_STORE is none; name a store with --store FILE");
    return writing ? dy_store_open(store, path, err) : dy_store_view(store, path, err);
}

int dy_kept_main(const dy_command *command, int argc, char **argv, int least, int most,
                 bool writing, dy_kept_act *act)
{
    dy_error err;
    dy_kept kept;
    dy_store *store = NULL;
    dy_args args = { .command = command, .argc = argc, .argv = argv };
    if (!dy_kept_read(&kept, &args, least, most, &err)) {
        fprintf(stderr, "derny %s: %s\n", command->name, err.text);
        return DY_EXIT_USAGE;
    }
    if (kept.help) {
        dy_command_help(command, stdout);
        return DY_EXIT_DONE;
    }
    bool ok = dy_kept_open(&kept, writing, &store, &err) && act(&kept, store, &err);
    dy_store_close(store);
    if (!ok) fprintf(stderr, "derny %s: %s\n", command->name, err.text);
    return ok ? DY_EXIT_DONE : DY_EXIT_FAILED;
}
