/* text.c - see text.h.   SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 63 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Edits (insert, delete, replace, swap neighbours) that turn a into b; words past WORD_MAX are far from all. */
static int distance(const char *a, const char *b)
{
    int row[WORD_MAX + 2][WORD_MAX + 2];
    int n = (int)strnlen(a, WORD_MAX + 1);
    int m = (int)strnlen(b, WORD_MAX + 1);
    if (n > WORD_MAX || m > WORD_MAX) return WORD_MAX;
    for (int i = 0; i <= n; i++) row[i][0] = i;
    for (int j = 0; j <= m; j++) row[0][j] = j;
    for (int i = 1; i <= n; i++) {
        for (int j = 1; j <= m; j++) {
            int cost = a[i - 1] != b[j - 1];
            int d =
                least(least(row[i - 1][j] + 1, row[i][j - 1] + 1), row[i - 1][j - 1] + cost);
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            row[i][j] = swapped ? least(d, row[i - 2][j - 2] + 1) : d;
        }
    }
    return row[n][m];
}

static bool begins(const char *word, const char *with)
{
    size_t n = strlen(with);
    return n >= 3 && strncmp(word, with, n) == 0;
}

const char *dy_nearest(const char *word, const char *const *words, int n)
{
    const char *best = NULL;
    int best_at = WORD_MAX;
    int near = 1 + (int)(strlen(word) / 3);
    for (int i = 0; i < n; i++) {
        int d = distance(word, words[i]);
        if (d > near && (begins(word, words[i]) || begins(words[i], word))) d = near;
        if (d <= near && d < best_at) {
            best = words[i];
            best_at = d;
        }
    }
    return best;
}

void dy_print_safe(FILE *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        bool control = (c < 32 && c != '\n' && c != '\t') || c == 127;
        /* U+0080 to U+009F are control characters too, two bytes each in UTF-8 */
        bool control_2 = c == 0xc2 && i + 1 < n && (unsigned char)text[i + 1] < 0xa0;
        if (control || control_2)
            fprintf(out, "\\%u", c);
        else
            fputc(c, out);
    }
}

char *dy_format_count(char *to, size_t size, int64_t n)
{
    char digits[24];
    int len =
        snprintf(digits, sizeof digits, "%" PRIu64, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
    size_t used = 0;
    if (n < 0 && used + 1 < size) to[used++] = '-';
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && used + 1 < size) to[used++] = ',';
        if (used + 1 < size) to[used++] = digits[i];
    }
    if (size > 0) to[used] = '\0';
    return to;
}

char *dy_format_bytes(char *to, size_t size, double n)
{
    static const char *const UNITS[] = { "bytes", "KB", "MB", "GB", "TB", "PB", "EB" };
    int unit = 0;
    while (n >= 1024 && unit < 6) {
        n /= 1024;
        unit++;
    }
    snprintf(to, size, n < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", n, UNITS[unit]);
    return to;
}

char *dy_format_time(char *to, size_t size, double s)
{
    long whole = (long)(s + 0.5);
    if (s < 9.95)
        snprintf(to, size, "%.2g s", s);
    else if (whole < 60)
        snprintf(to, size, "%ld s", whole);
    else if (whole < 3600)
        snprintf(to, size, "%ld:%02ld", whole / 60, whole % 60);
    else
        snprintf(to, size, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
    return to;
}

char *dy_format_real(char *to, size_t size, double x)
{
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(to, size, "%.*g", digits, x);
        if (strtod(to, NULL) == x) break;
    }
    return to;
}
