/* paths.c - see paths.h.   SPDX-License-Identifier: MIT */
#include "lua/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool within(const char *path, const char *folder)
{
    char real[PATH_MAX];
    if (!realpath(folder, real)) return false;
    size_t n = strlen(real);
    return strncmp(path, real, n) == 0 && (path[n] == '/' || real[n - 1] == '/');
}

static bool allowed(const char *path, const dy_host *host)
{
    if (within(path, host->folder)) return true;
    for (const char *const *folder = host->data_folders; *folder; folder++)
        if (within(path, *folder)) return true;
    return false;
}

/* folder/name, without a "./" that nobody wrote. false: it isn't there. */
static bool join(dy_path *path, const char *folder, const char *name)
{
    bool bare = name[0] == '/' || strcmp(folder, ".") == 0;
    int n = snprintf(path->text, sizeof path->text, "%s%s%s", bare ? "" : folder,
                     bare ? "" : "/", name);
    return n > 0 && (size_t)n < sizeof path->text && access(path->text, F_OK) == 0;
}

bool dy_path_find(dy_path *path, const dy_host *host, const char *name, dy_error *err)
{
    char real[PATH_MAX];
    bool found = join(path, host->folder, name);
    for (const char *const *folder = host->data_folders; !found && *folder; folder++)
        found = join(path, *folder, name);
    if (found && realpath(path->text, real) && allowed(real, host)) return true;
    if (found)
        return dy_fail(
            err,
            "%s is neither beside the script nor in a data folder; a script reads no others",
            name);
    dy_fail(err, "%s: no such file in %s", name, host->folder);
    for (const char *const *folder = host->data_folders; *folder; folder++) {
        size_t used = strlen(err->text);
        snprintf(err->text + used, sizeof err->text - used, ", %s", *folder);
    }
    return false;
}
