/* script_text.c - see script_text.h.   SPDX-License-Identifier: MIT */
#include "cli/script_text.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_MOST = 1 << 24 };

const char *dy_script_text(dy_arena *arena, const char *path)
{
    dy_error err;
    FILE *in = fopen(path, "r");
    if (!in) return NULL;
    char *text = dy_arena_reserve(arena, TEXT_MOST, 1, &err);
    size_t n = text ? fread(text, 1, TEXT_MOST - 1, in) : 0;
    bool whole = text && !ferror(in) && feof(in) && !memchr(text, '\0', n);
    fclose(in);
    if (!whole) return NULL;
    text[n] = '\0';
    return text;
}
