/* text.c - suggestions, safe printing and numbers, by tables.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const char *const FIELDS[] = { "lr",    "momentum", "batch",    "epochs",
                                      "steps", "schedule", "max_lr",   "pct_start",
                                      "seed",  "name",     "momentum2" };

Test(text, nearest_word)
{
    static const struct {
        const char *word, *want;
    } CASES[] = {
        { "momentun", "momentum" }, /* one letter wrong */
        { "momentum", "momentum" }, /* the word itself, though another begins with it */
        { "mometnum", "momentum" }, /* two neighbours swapped count once */
        { "momntum", "momentum" },  /* one left out */
        { "batchs", "batch" },      /* one too many */
        { "sched", "schedule" },    /* the beginning of one */
        { "batch_size", "batch" },  /* one is its beginning */
        { "epoch", "epochs" },      /* nearer than "batch" */
        { "rl", "lr" },             /* short words too */
        { "maxlr", "max_lr" },
        { "pc", NULL }, /* two letters are too little of a beginning */
        { "colour", NULL },
        { "xyz", NULL },
        { "xtepy", "steps" }, /* two of five letters differ */
        { "xtexy", NULL },    /* three do */
        { "x", NULL },        /* every letter differs */
        { "", NULL },
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *got = dy_nearest(CASES[i].word, FIELDS, (int)COUNT(FIELDS));
        cr_assert_eq(got == NULL, CASES[i].want == NULL, "%s: %s", CASES[i].word,
                     got ? got : "nothing");
        if (got) cr_assert_str_eq(got, CASES[i].want);
    }
}

Test(text, nearest_of_none)
{
    cr_assert_null(dy_nearest("lr", FIELDS, 0));
}

/* A stranger's word may be of any length, and so may ours. */
Test(text, nearest_to_long_words)
{
    char word[200], longer[300];
    memset(word, 'x', sizeof word);
    memset(longer, 'x', sizeof longer);
    for (size_t n = 50; n < sizeof word; n++) {
        word[n - 1] = 'x';
        word[n] = '\0';
        longer[n + 1] = '\0';
        const char *const words[] = { "steps", longer };
        const char *got = dy_nearest(word, words, 2);
        if (n + 1 < 64) cr_assert_eq((const void *)got, (const void *)longer);
        cr_assert_null(dy_nearest(word, FIELDS, (int)COUNT(FIELDS)));
        longer[n + 1] = 'x';
    }
}

static void prints_as(const char *text, size_t n, const char *want)
{
    char *got;
    size_t size;
    FILE *out = open_memstream(&got, &size);
    dy_print_safe(out, text, n);
    fclose(out);
    cr_assert_str_eq(got, want);
    cr_assert_eq(size, strlen(want));
    free(got);
}

Test(text, print_safe)
{
    static const struct {
        const char *text, *want;
    } CASES[] = {
        { "", "" },
        { "lr\t0.1\n", "lr\t0.1\n" },
        { "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x9a\xb2",
          "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x9a\xb2" },
        { "\xc2\xa0\xdf\xbf\xe0\xa0\x80\xef\xbf\xbd\xf0\x90\x80\x80\xf4\x8f\xbf\xbf",
          "\xc2\xa0\xdf\xbf\xe0\xa0\x80\xef\xbf\xbd\xf0\x90\x80\x80\xf4\x8f\xbf\xbf" },
        { "\x1b[31mred\a\r\x7f", "\\27[31mred\\7\\13\\127" },
        { "\xc2\x9b[31m", "\\194\\155[31m" },           /* CSI as U+009B */
        { "\x9b[31m", "\\155[31m" },                    /* CSI as one byte */
        { "\xe2\x80\xae.lua", "\\226\\128\\174.lua" },  /* right to left from here */
        { "\xe2\x81\xa6x", "\\226\\129\\166x" },        /* an isolate */
        { "\xc0\x9b", "\\192\\155" },                   /* overlong, two bytes */
        { "\xe0\x82\x9b", "\\224\\130\\155" },          /* overlong, three */
        { "\xf0\x80\x82\x9b", "\\240\\128\\130\\155" }, /* overlong, four */
        { "\xed\xa0\x80", "\\237\\160\\128" },          /* a surrogate */
        { "\xf4\x90\x80\x80", "\\244\\144\\128\\128" }, /* past U+10FFFF */
        { "\xff\xfe", "\\255\\254" },
        { "\xc3(", "\\195(" },        /* broken off by another character */
        { "\xe2\x82", "\\226\\130" }, /* broken off by the end */
        { "\xc2\x1b[m", "\\194\\27[m" },
    };

    for (size_t i = 0; i < COUNT(CASES); i++)
        prints_as(CASES[i].text, strlen(CASES[i].text), CASES[i].want);
    prints_as("a\0b", 3, "a\\0b");
    prints_as("caf\xc3\xa9", 4, "caf\\195");
}

/* Whatever comes in: what goes out has no control character but tab and newline, and no lone high byte. */
Test(text, print_safe_of_every_pair_of_bytes)
{
    for (int first = 0; first < 256; first++) {
        for (int second = 0; second < 256; second++) {
            char text[] = { (char)first, (char)second }, got[32] = "";
            FILE *out = fmemopen(got, sizeof got, "w");
            dy_print_safe(out, text, 2);
            fclose(out);
            for (const char *c = got; *c; c++) {
                unsigned char at = (unsigned char)*c, next = (unsigned char)c[1];
                bool letter = at >= 32 && at < 127;
                bool pair = at >= 0xc2 && at < 0xe0 && next >= (at == 0xc2 ? 0xa0 : 0x80);
                cr_assert(letter || at == '\n' || at == '\t' || pair, "%d %d", first, second);
                if (pair) c++;
            }
        }
    }
}

Test(text, format_count)
{
    static const struct {
        int64_t n;
        const char *want;
    } CASES[] = {
        { 0, "0" },
        { 7, "7" },
        { 999, "999" },
        { 1000, "1,000" },
        { 101770, "101,770" },
        { 1000000, "1,000,000" },
        { -1, "-1" },
        { -999, "-999" },
        { -1000, "-1,000" },
        { INT64_MAX, "9,223,372,036,854,775,807" },
        { INT64_MIN, "-9,223,372,036,854,775,808" },
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        char to[32];
        cr_assert_eq((void *)dy_format_count(to, sizeof to, CASES[i].n), (void *)to);
        cr_assert_str_eq(to, CASES[i].want);
    }
}

Test(text, format_bytes)
{
    static const struct {
        double n;
        const char *want;
    } CASES[] = {
        { 0, "0 bytes" },
        { 9, "9 bytes" },
        { 1023, "1023 bytes" },
        { 1024, "1.0 KB" },
        { 10000, "9.8 KB" },
        { 10230, "10 KB" }, /* 9.99: not 10.0 */
        { 70000, "68 KB" },
        { 1048575, "1.0 MB" }, /* not 1024 KB */
        { 256.0 * (1 << 20), "256 MB" },
        { 0x1p63, "8.0 EB" },
        { 0x1p73, "8192 EB" },
        { -4, "-4 bytes" },
        { (double)NAN, "nan bytes" },
        { (double)INFINITY, "inf EB" },
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        char to[32];
        cr_assert_str_eq(dy_format_bytes(to, sizeof to, CASES[i].n), CASES[i].want);
    }
}

Test(text, format_time)
{
    static const struct {
        double s;
        const char *want;
    } CASES[] = {
        { 0, "0 s" },
        { 0.0042, "0.0042 s" },
        { 0.52, "0.52 s" },
        { 9.94, "9.9 s" },
        { 9.96, "10 s" },
        { 12.3, "12 s" },
        { 59.4, "59 s" },
        { 59.6, "1:00" }, /* not 60 s */
        { 187, "3:07" },
        { 3599.4, "59:59" },
        { 3599.6, "1:00:00" }, /* not 60:00 */
        { 3731, "1:02:11" },
        { 360000, "100:00:00" },
        { -3, "-3 s" },
        { 1e300, "1e+300 s" },
        { -1e300, "-1e+300 s" },
        { (double)NAN, "nan s" },
        { (double)INFINITY, "inf s" },
        { (double)-INFINITY, "-inf s" },
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        char to[32];
        cr_assert_str_eq(dy_format_time(to, sizeof to, CASES[i].s), CASES[i].want);
    }
}

Test(text, format_loss)
{
    static const struct {
        double x;
        const char *want;
    } CASES[] = { { 0, "0.0000" },        { 0.20314, "0.2031" }, { 12345.67, "12345.6700" },
                  { 3.21e-7, "3.2e-07" }, { -2e9, "-2e+09" },    { 0.00099, "0.00099" } };

    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char to[32];
        cr_assert_str_eq(dy_format_loss(to, sizeof to, CASES[i].x), CASES[i].want, "%s", to);
    }
}

Test(text, format_real)
{
    static const struct {
        double x;
        const char *want;
    } CASES[] = {
        { 0, "0" },
        { -0.0, "-0" },
        { 0.1, "0.1" },
        { 0.004, "0.004" },
        { 1.0 / 3, "0.3333333333333333" },
        { 0.1 + 0.2, "0.30000000000000004" },
        { (double)0.1f, "0.10000000149011612" },
        { 1e-5, "1e-05" },
        { 100, "100" },
        { -30000, "-30000" },
        { 1200.5, "1200.5" },
        { 1e15, "1e+15" },
        { 123456789, "123456789" },
        { DBL_MAX, "1.7976931348623157e+308" },
        { 0x1p-1074, "5e-324" },
        { (double)NAN, "nan" },
        { (double)-INFINITY, "-inf" },
    };

    for (size_t i = 0; i < COUNT(CASES); i++) {
        char to[32];
        cr_assert_str_eq(dy_format_real(to, sizeof to, CASES[i].x), CASES[i].want);
    }
}

/* Numbers that do not fit are cut and end all the same; the bytes behind them stay. */
Test(text, short_room)
{
    for (size_t size = 0; size < 12; size++) {
        char to[4][16];
        memset(to, '#', sizeof to);
        dy_format_count(to[0], size, -1234567);
        dy_format_bytes(to[1], size, 256.0 * (1 << 20));
        dy_format_time(to[2], size, 3731);
        if (size > 0) dy_format_real(to[3], size, -1.0 / 3);
        for (int i = 0; i < 4; i++) {
            if (size > 0) cr_assert_lt(strnlen(to[i], sizeof to[i]), size);
            for (size_t k = size; k < sizeof to[i]; k++) cr_assert_eq(to[i][k], '#');
        }
    }
}

static const struct {
    const char *text;
    size_t length;
} REALS[] = {
    { "", 0 },      { ".", 0 },        { "x", 0 },       { "-1", 0 },  { "nan", 0 },
    { "inf", 0 },   { "12", 2 },       { "12.", 3 },     { ".5", 2 },  { "1.5.2", 3 },
    { "0x10", 1 },  { "1e5", 3 },      { "1e", 1 },      { "1e+", 1 }, { "1e-07 ", 5 },
    { "1E+3x", 4 }, { "5 epochs", 1 }, { "5epochs", 1 }, { "30%", 2 }, { ".e5", 0 },
};

Test(text, real_length)
{
    for (size_t i = 0; i < sizeof REALS / sizeof *REALS; i++)
        cr_expect(dy_real_length(REALS[i].text) == REALS[i].length, "'%s': %zu", REALS[i].text,
                  dy_real_length(REALS[i].text));
}
