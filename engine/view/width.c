/* width.c - see width.h.   SPDX-License-Identifier: MIT */
#include "view/width.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { BAD = 0xfffd };

typedef struct span {
    uint32_t first, last;
} span;

/* Nonspacing marks and joiners of the scripts and emoji that names are written in.
 * source: Unicode 15, general categories Mn and Me */
static const span ZERO[] = {
    { 0x0300, 0x036f }, { 0x0483, 0x0489 }, { 0x0591, 0x05bd }, { 0x0610, 0x061a },
    { 0x064b, 0x065f }, { 0x0900, 0x0902 }, { 0x093c, 0x093c }, { 0x0941, 0x0948 },
    { 0x0e34, 0x0e3a }, { 0x0e47, 0x0e4e }, { 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff },
    { 0x200b, 0x200d }, { 0x20d0, 0x20f0 }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f },
};

/* source: Unicode 15, EastAsianWidth.txt: W and F, in blocks */
static const span WIDE[] = {
    { 0x1100, 0x115f },   { 0x231a, 0x231b },   { 0x2614, 0x2615 },   { 0x26a1, 0x26a1 },
    { 0x2e80, 0x303e },   { 0x3041, 0x33ff },   { 0x3400, 0x4dbf },   { 0x4e00, 0xa4cf },
    { 0xa960, 0xa97f },   { 0xac00, 0xd7a3 },   { 0xf900, 0xfaff },   { 0xfe30, 0xfe6f },
    { 0xff00, 0xff60 },   { 0xffe0, 0xffe6 },   { 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff },
    { 0x1f900, 0x1f9ff }, { 0x1fa70, 0x1faff }, { 0x20000, 0x3fffd },
};

/* What a terminal or a line of text would obey: controls, line separators, changes of direction. */
static const span UNSAFE[] = {
    { 0x00, 0x1f },     { 0x7f, 0x9f },     { 0x061c, 0x061c }, { 0x200e, 0x200f },
    { 0x2028, 0x202e }, { 0x2066, 0x2069 }, { 0xfeff, 0xfeff },
};

static bool within(uint32_t c, const span *spans, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (c >= spans[i].first && c <= spans[i].last) return true;
    return false;
}

#define WITHIN(c, spans) within(c, spans, sizeof(spans) / sizeof((spans)[0]))

/* How many bytes follow a first byte; -1: it is no first byte. */
static int tail_bytes(unsigned char first)
{
    if (first < 0x80) return 0;
    if (first >= 0xc2 && first < 0xe0) return 1;
    if (first >= 0xe0 && first < 0xf0) return 2;
    return first >= 0xf0 && first < 0xf5 ? 3 : -1;
}

uint32_t dy_utf8_next(const char **text)
{
    static const uint32_t LEAST[] = { 0, 0x80, 0x800, 0x10000 };
    const unsigned char *at = (const unsigned char *)*text;
    if (!*at) return 0;
    (*text)++;
    int tail = tail_bytes(*at);
    if (tail < 0) return BAD;
    uint32_t c = tail == 0 ? *at : *at & (0x3fU >> tail);
    for (int i = 1; i <= tail; i++) {
        if ((at[i] & 0xc0) != 0x80) return BAD;
        c = c << 6 | (at[i] & 0x3f);
    }
    if (c < LEAST[tail] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return BAD;
    *text += tail;
    return c;
}

int64_t dy_utf8_count(const char *text)
{
    int64_t n = 0;
    while (dy_utf8_next(&text)) n++;
    return n;
}

int dy_width(const char *text)
{
    int columns = 0;
    for (uint32_t c = dy_utf8_next(&text); c; c = dy_utf8_next(&text))
        columns += WITHIN(c, ZERO) ? 0 : WITHIN(c, WIDE) ? 2 : 1;
    return columns;
}

char *dy_clean(char *to, size_t size, const char *text, size_t n)
{
    static const char SUBSTITUTE[] = "\xef\xbf\xbd";
    size_t used = 0;
    n = strnlen(text, n);
    for (size_t i = 0; i < n;) {
        char one[5] = { 0 }; /* a character that the end cuts is not read past it */
        memcpy(one, text + i, n - i < 4 ? n - i : 4);
        const char *at = one;
        uint32_t c = dy_utf8_next(&at);
        size_t bytes = (size_t)(at - one);
        bool bad = c == BAD || WITHIN(c, UNSAFE);
        size_t wanted = bad ? sizeof SUBSTITUTE - 1 : bytes;
        if (used + wanted >= size) break;
        memcpy(to + used, bad ? SUBSTITUTE : one, wanted);
        used += wanted;
        i += bytes;
    }
    to[used] = '\0';
    return to;
}

static const char *skip(const char *text, int64_t n)
{
    for (int64_t i = 0; i < n; i++) (void)dy_utf8_next(&text);
    return text;
}

char *dy_shorten(char *to, size_t size, const char *text, int64_t keep)
{
    int64_t n = dy_utf8_count(text);
    if (keep >= n) {
        snprintf(to, size, "%s", text);
        return to;
    }
    int64_t head = (keep + 1) / 2;
    const char *tail = skip(text, n - (keep - head));
    snprintf(to, size, "%.*s…%s", (int)(skip(text, head) - text), text, tail);
    return to;
}

char *dy_shorten_to(char *to, size_t size, const char *text, int columns)
{
    int64_t keep = dy_utf8_count(text);
    dy_shorten(to, size, text, keep);
    while (keep > 0 && dy_width(to) > columns) dy_shorten(to, size, text, --keep);
    if (dy_width(to) > columns) to[0] = '\0';
    return to;
}
