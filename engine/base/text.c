/* text.c - see text.h.   SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <inttypes.h>
#include <math.h>
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
    int near = (int)(strlen(word) + 1) / 3;
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

/* Control characters, and those that turn the direction of writing for what follows. */
static bool commands_terminal(uint32_t code)
{
    if (code == '\n' || code == '\t') return false;
    return code < 32 || (code >= 127 && code < 160) || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

/* Bytes of the harmless character at `at`, or 0: a terminal would obey it, or it is no UTF-8, which a terminal may take
 * for something else. source: RFC 3629 */
static size_t harmless(const unsigned char *at, size_t n)
{
    static const uint32_t LEAST[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (at[0] < 0x80) return !commands_terminal(at[0]);
    if (at[0] < 0xc0 || at[0] > 0xf4) return 0;
    size_t size = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    if (size > n) return 0;
    uint32_t code = at[0] & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((at[i] & 0xc0) != 0x80) return 0;
        code = code << 6 | (at[i] & 0x3fu);
    }
    bool surrogate = code >= 0xd800 && code < 0xe000;
    if (code < LEAST[size] || code > 0x10ffff || surrogate) return 0;
    return commands_terminal(code) ? 0 : size;
}

void dy_print_safe(FILE *out, const char *text, size_t n)
{
    const unsigned char *at = (const unsigned char *)text;
    for (size_t i = 0; i < n;) {
        size_t size = harmless(at + i, n - i);
        if (size > 0)
            fwrite(at + i, 1, size, out);
        else
            fprintf(out, "\\%u", at[i]);
        i += size > 0 ? size : 1;
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
    while (n >= 1023.5 && unit < 6) { /* what would print as 1024 */
        n /= 1024;
        unit++;
    }
    snprintf(to, size, n < 9.95 && unit > 0 ? "%.1f %s" : "%.0f %s", n, UNITS[unit]);
    return to;
}

char *dy_format_time(char *to, size_t size, double s)
{
    if (!(s >= 9.95 && s < 1e15)) { /* nan, inf and what no clock shows included */
        snprintf(to, size, "%.2g s", s);
        return to;
    }
    long whole = (long)(s + 0.5);
    if (whole < 60)
        snprintf(to, size, "%ld s", whole);
    else if (whole < 3600)
        snprintf(to, size, "%ld:%02ld", whole / 60, whole % 60);
    else
        snprintf(to, size, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
    return to;
}

size_t dy_real_length(const char *text)
{
    static const char DIGITS[] = "0123456789";
    size_t whole = strspn(text, DIGITS), at = whole;
    if (text[at] == '.') at += 1 + strspn(text + at + 1, DIGITS);
    if (at == 0 || (whole == 0 && at == 1)) return 0;
    size_t sign =
        (text[at] == 'e' || text[at] == 'E') && (text[at + 1] == '+' || text[at + 1] == '-');
    size_t exponent =
        text[at] == 'e' || text[at] == 'E' ? strspn(text + at + 1 + sign, DIGITS) : 0;
    return exponent > 0 ? at + 1 + sign + exponent : at;
}

char *dy_format_real(char *to, size_t size, double x)
{
    if (fabs(x) < 1e15 && x == floor(x)) { /* one digit of 100 would be 1e+02 */
        snprintf(to, size, "%.0f", x);
        return to;
    }
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(to, size, "%.*g", digits, x);
        if (strtod(to, NULL) == x) break;
    }
    return to;
}

char *dy_format_loss(char *to, size_t size, double x)
{
    double size_of = x < 0 ? -x : x;
    bool plain = x == 0 || (size_of >= 1e-3 && size_of < 1e6);
    snprintf(to, size, plain ? "%.4f" : "%.2g", x);
    return to;
}
