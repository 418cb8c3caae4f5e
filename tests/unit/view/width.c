/* width.c - the width of text on a terminal.   SPDX-License-Identifier: MIT */
#include "view/width.h"

#include <criterion/criterion.h>
#include <string.h>

Test(width, columns)
{
    static const struct {
        const char *text;
        int columns;
        int64_t characters;
    } CASES[] = {
        { "", 0, 0 },          { "lr", 2, 2 },
        { "0.1 × 0.9", 9, 9 }, { "学习", 4, 2 },
        { "e\u0301", 1, 2 },   { "🚲", 2, 1 },
        { "━─", 2, 2 },        { "\xff", 1, 1 },
        { "a\xc3", 2, 2 },     { "\xed\xa0\x80", 3, 3 }, /* a surrogate: three bad bytes */
        { "\xc0\xaf", 2, 2 },  { "\xf4\x90\x80\x80", 4, 4 },
    };

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        cr_expect_eq(dy_width(CASES[i].text), CASES[i].columns, "case %zu", i);
        cr_expect_eq(dy_utf8_count(CASES[i].text), CASES[i].characters, "case %zu", i);
    }
}

Test(width, strangers_text_is_made_harmless)
{
    char to[64];

    static const struct {
        const char *text, *clean;
    } CASES[] = {
        { "one cycle", "one cycle" },
        { "a\x1b[31mb", "a\uFFFD[31mb" },
        { "two\nlines", "two\uFFFDlines" },
        { "turn \u202e round", "turn \uFFFD round" },
        { "\xc2\x9b", "\uFFFD" }, /* a control character of two bytes */
        { "half \xe5\xad", "half \uFFFD\uFFFD" },
    };

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        cr_expect_str_eq(dy_clean(to, sizeof to, CASES[i].text, strlen(CASES[i].text)),
                         CASES[i].clean, "case %zu gave %s", i, to);
}

Test(width, clean_stops_at_n_and_at_the_room)
{
    char to[5];
    cr_expect_str_eq(dy_clean(to, sizeof to, "abcdef", 2), "ab");
    cr_expect_str_eq(dy_clean(to, sizeof to, "abcdef", 6), "abcd");
    cr_expect_str_eq(dy_clean(to, sizeof to, "学习", 6), "学",
                     "a character is whole or left out");
    cr_expect_str_eq(dy_clean(to, sizeof to, "学", 2), "\uFFFD", "not read past n");
}

Test(width, shortened_in_the_middle)
{
    char to[64];
    cr_expect_str_eq(dy_shorten(to, sizeof to, "pct_start = 0.3", 15), "pct_start = 0.3");
    cr_expect_str_eq(dy_shorten(to, sizeof to, "pct_start = 0.3", 7), "pct_…0.3");
    cr_expect_str_eq(dy_shorten(to, sizeof to, "学习率", 2), "学…率");
    cr_expect_str_eq(dy_shorten(to, sizeof to, "abc", 0), "…");
}

Test(width, shortened_to_columns)
{
    char to[64];
    cr_expect_str_eq(dy_shorten_to(to, sizeof to, "abcdefgh", 8), "abcdefgh");
    for (int columns = 0; columns < 9; columns++)
        cr_expect_leq(dy_width(dy_shorten_to(to, sizeof to, "学习率 0.1 × 2", columns)),
                      columns);
    cr_expect_str_eq(dy_shorten_to(to, sizeof to, "abcdefgh", 0), "");
}
