/* digits.h - numbers as text, as C's %.*g writes them, for files of millions.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stdbool.h>

/* A number with its text, kept: neighbours are often equal. Starts as { 0 }. */
typedef struct dy_digits {
    double value;
    bool known;
    char text[32];
} dy_digits;

/* `precision` significant digits, at most 17 (which read back as the same double), without trailing zeros; "nan" has no
 * sign. The same `precision` in all calls of one dy_digits. Returns its text. */
const char *dy_digits_write(dy_digits *d, int precision, double value);
