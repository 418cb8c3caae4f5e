/* width.h - UTF-8 text that has to fit: how wide it is on a terminal, and how to shorten it.
 *
 * The widths are those common terminals use: 2 for East Asian wide characters and emoji, 0 for combining ones. Not the
 * C library's wcwidth, which depends on the locale.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stddef.h>
#include <stdint.h>

/* The character at *text, which is moved past it; U+FFFD for a byte that is no UTF-8; 0 at the end, where it stays. */
uint32_t dy_utf8_next(const char **text);

int64_t dy_utf8_count(const char *text); /* characters */

/* Columns on a terminal. */
int dy_width(const char *text);

/* At most `n` bytes of a stranger's text, up to its first zero byte, as valid UTF-8 of one line: control characters and
 * what reorders text become U+FFFD. Fills `to` (cut at a whole character if short) and returns it. */
char *dy_clean(char *to, size_t size, const char *text, size_t n);

/* The text with only `keep` of its characters, half from either end, around "…"; all of it where it has no more. Names
 * of runs often differ only in their last word. Fills `to` and returns it. */
char *dy_shorten(char *to, size_t size, const char *text, int64_t keep);

/* The same, to fit into `columns` of a terminal. */
char *dy_shorten_to(char *to, size_t size, const char *text, int columns);
