/* Which order classes get.   SPDX-License-Identifier: MIT */
#include "data/classes.h"

#include "help.h"

#include <criterion/criterion.h>
#include <string.h>

enum { N = 4 };

static bool sort(const char *const *words, int32_t *labels, int64_t *n, dy_error *err)
{
    dy_cell cells[N];
    for (int i = 0; i < N; i++)
        cells[i] = (dy_cell){ .file = "t",
                              .at = words[i],
                              .n = (int64_t)strlen(words[i]),
                              .line = i + 1,
                              .column = 2 };
    dy_arena scratch = dy_arena_make(0);
    bool ok = dy_classes_sort(labels, n, cells, N, &scratch, err);
    dy_arena_close(&scratch);
    return ok;
}

Test(classes, numbers_by_value_words_by_letters)
{
    static const struct {
        const char *words[N];
        int64_t n;
        int32_t labels[N];
    } cases[] = {
        { { "10", "9", "10", "-1" }, 3, { 2, 1, 2, 0 } },
        { { "1", "1.0", " 1", "2" }, 2, { 0, 0, 0, 1 } },
        { { "b", "a", "ab", "b" }, 3, { 2, 0, 1, 2 } },
        { { "10", "9", "x", "0.5" }, 4, { 1, 2, 3, 0 } },
        { { "", "x", "", "x" }, 2, { 0, 1, 0, 1 } },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dy_error err;
        int32_t labels[N];
        int64_t n;
        cr_assert(sort(cases[i].words, labels, &n, &err), "%s", err.text);
        cr_assert_eq(n, cases[i].n, "case %zu", i);
        cr_assert_eq(memcmp(labels, cases[i].labels, sizeof labels), 0, "case %zu", i);
    }
}

Test(classes, numbers_with_a_fraction_are_none)
{
    dy_error err;
    int32_t labels[N];
    int64_t n;
    cr_assert_not(sort((const char *const[]){ "1", "2", "2.5", "3" }, labels, &n, &err));
    help_says(&err, "t:3: column 2: '2.5' is no class, which is a whole number or a word");
    help_says(&err, "ask for a regression");
    cr_assert_not(sort((const char *const[]){ "1", "2", "nan", "3" }, labels, &n, &err));
    help_says(&err, "'nan' is no class");
}
