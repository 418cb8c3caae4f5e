/* known.c - dy_known_read: where MNIST and Fashion-MNIST may lie. Fetches nothing.   SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "data/bytes.h"
#include "data/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDERS = 3, FILES = 4, PATH_BYTES = 1024 };

static const char *const NAMES[] = { "mnist", "fashion-mnist" };
static const char *const TITLES[] = { "MNIST", "Fashion-MNIST" };

enum { KNOWN = sizeof NAMES / sizeof NAMES[0] };

static const char *const FILE_NAMES[FILES] = {
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
};

typedef char path_text[PATH_BYTES];

typedef struct places {
    int n;
    path_text folders[FOLDERS];
} places;

/* A folder whose variable is unset or empty is none; one too long to be written down can't be looked in. */
static void add_place(places *to, const char *variable, const char *below, const char *name)
{
    const char *root = getenv(variable);
    if (!root || !*root) return;
    int n = snprintf(to->folders[to->n], PATH_BYTES, "%s%s/%s", root, below, name);
    if (n > 0 && n < PATH_BYTES) to->n++;
}

static void list_places(places *to, const char *name)
{
    to->n = 0;
    add_place(to, "DERNY_DATA", "", name);
    add_place(to, "XDG_DATA_HOME", "/derny", name);
    add_place(to, "HOME", "/.local/share/derny", name);
}

/* Writes the file's path, packed or not, and returns whether it is there; if not, the path is the packed one. */
static bool find_file(path_text to, const char *folder, const char *file)
{
    static const char *const endings[] = { "", ".gz" };
    for (int i = 0; i < 2; i++) {
        int n = snprintf(to, PATH_BYTES, "%s/%s%s", folder, file, endings[i]);
        if (n > 0 && n < PATH_BYTES && dy_bytes_exist(to)) return true;
    }
    return false;
}

static bool nowhere(const places *looked, const char *name, dy_error *err)
{
    char list[sizeof err->text] = "";
    size_t used = 0;
    for (int i = 0; i < looked->n && used < sizeof list; i++) {
        int n = snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "",
                         looked->folders[i]);
        used += n > 0 ? (size_t)n : 0;
    }
    /* what to do comes before the list, which may be cut */
    return dy_fail(
        err,
        "%s is not here: run scripts/fetch-data, or set DERNY_DATA to the folder that "
        "holds %s/; looked in %s",
        name, name, looked->n > 0 ? list : "no folder, as DERNY_DATA and HOME are unset");
}

static int index_of(const char *name)
{
    for (int i = 0; i < KNOWN; i++)
        if (strcmp(name, NAMES[i]) == 0) return i;
    return -1;
}

static bool unknown(const char *name, dy_error *err)
{
    const char *near = dy_nearest(name, NAMES, KNOWN);
    if (near) return dy_fail(err, "unknown data set '%s' (did you mean '%s'?)", name, near);
    return dy_fail(err, "unknown data set '%s'; want %s or %s", name, NAMES[0], NAMES[1]);
}

bool dy_known_read(dy_dataset *data, const char *name, int64_t limit, dy_error *err)
{
    int known = index_of(name);
    if (known < 0) return unknown(name, err);
    places looked;
    path_text files[FILES];
    list_places(&looked, name);
    for (int i = 0; i < looked.n; i++) {
        if (!find_file(files[0], looked.folders[i], FILE_NAMES[0])) continue;
        for (int k = 1; k < FILES; k++) find_file(files[k], looked.folders[i], FILE_NAMES[k]);
        dy_idx_spec spec = { files[0], files[1], files[2], files[3] };
        if (!dy_idx_read(data, &spec, limit, err)) return false;
        snprintf(data->name, sizeof data->name, "%s", TITLES[known]);
        return true;
    }
    return nowhere(&looked, name, err);
}
