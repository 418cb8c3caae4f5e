/* live_save.c - pictures in files.   SPDX-License-Identifier: MIT */
#include "view/live_inside.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES_MOST = 100000 };

static const char *const SUFFIXES[] = { ".png", ".svg", ".pdf" };

enum { KINDS = sizeof SUFFIXES / sizeof *SUFFIXES };

/* The script's name without folders and suffix. */
static void base_name(const char *script, char *to, size_t size)
{
    const char *slash = strrchr(script, '/');
    snprintf(to, size, "%s", slash ? slash + 1 : script);
    char *dot = strrchr(to, '.');
    if (dot && dot != to) *dot = '\0';
}

static bool is_free(const char *base, int number)
{
    char path[160];
    for (int i = 0; i < KINDS; i++) {
        snprintf(path, sizeof path, "%s-%d%s", base, number, SUFFIXES[i]);
        if (access(path, F_OK) == 0) return false;
    }
    return true;
}

static bool write_all(const dy_scene *scene, const char *base, int number, dy_error *err)
{
    char path[160];
    for (int i = 0; i < KINDS; i++) {
        snprintf(path, sizeof path, "%s-%d%s", base, number, SUFFIXES[i]);
        if (!dy_paint_file(scene, path, err)) return false;
    }
    return true;
}

void dy_live_save(dy_live *l)
{
    dy_error err;
    char base[120];
    double width, height, scale;
    dy_shown shown = { .arena = dy_arena_make(0) };
    base_name(l->spec.script, base, sizeof base);
    int number = 1;
    while (number < PICTURES_MOST && !is_free(base, number)) number++;
    dy_window_size(l->window, &width, &height, &scale);
    bool ok = dy_live_compose(l, &shown, fmax(width, DY_VIEW_LEAST_PX),
                              fmax(height, DY_VIEW_LEAST_PX), fmax(scale, 2), true, &err) &&
              write_all(&shown.scene, base, number, &err);
    dy_arena_close(&shown.arena);
    if (ok)
        dy_live_note(l, false, "saved as %s-%d.png, .svg and .pdf", base, number);
    else
        dy_live_note(l, true, "%s", err.text);
}
