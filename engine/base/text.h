/* text.h - words and numbers for people: suggestions, counts, sizes, times, digits.
 *
 * For building longer texts use open_memstream.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The one of `words` that `word` was most likely meant to be, or NULL if none is near: about a third of its letters differ
 * at most (Damerau-Levenshtein), or one begins with the other. */
const char *dy_nearest(const char *word, const char *const *words, int n);

/* Writes `n` bytes of a stranger's text: printable UTF-8, tab and newline as they are, every byte of anything else as
 * \27, so that nobody's terminal obeys a script. */
void dy_print_safe(FILE *out, const char *text, size_t n);

/* How long the number is that `text` begins with: digits with at most a point among them, an exponent; no sign. 0: there is
 * none; "nan" and "0x10" are none, or end early. */
size_t dy_real_length(const char *text);

/* Each of these fills `to` (cut if short) and returns it. */
char *dy_format_count(char *to, size_t size, int64_t n); /* 101,770 */
char *dy_format_bytes(char *to, size_t size, double n);  /* 256 MB; 1 MB = 2^20 bytes */
char *dy_format_time(char *to, size_t size, double s);   /* 0.52 s, 12 s, 3:07, 1:02:11 */
char *dy_format_real(char *to, size_t size,
                     double x); /* the fewest digits that read back as x */
char *dy_format_loss(char *to, size_t size,
                     double x); /* 0.2031; 3.2e-07 and 1.2e+08 where four places say little */
