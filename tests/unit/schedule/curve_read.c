/* curve_read.c - what is printed reads back as the same curve; what is no curve is refused where it stops being one.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/curve_read.h"

#include "random_curve.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static dy_arena arena;
static dy_error err;

static void setup(void)
{
    arena = dy_arena_make(0);
}

static void teardown(void)
{
    dy_arena_close(&arena);
}

TestSuite(curve_read, .init = setup, .fini = teardown);

static char *printed(const dy_curve *curve)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    dy_curve_print(curve, out);
    fclose(out);
    char *own = dy_arena_text(&arena, text, &err);
    free(text);
    cr_assert(own);
    return own;
}

Test(curve_read, any_curve_reads_back_as_itself)
{
    dy_rng rng = dy_rng_make(7, "curves");
    for (int i = 0; i < 2000; i++) {
        dy_curve curve = random_curve(&rng, &arena), again;
        const char *text = printed(&curve);
        cr_assert(dy_curve_read(&again, &arena, text, &err), "%s: %s", text, err.text);
        cr_expect_str_eq(printed(&again), text);
        for (double step = 0; step < 3000; step = step * 1.4 + 1) {
            double want = dy_curve_at(&curve, step), got = dy_curve_at(&again, step);
            cr_assert(memcmp(&want, &got, sizeof want) == 0, "%s at %g", text, step);
        }
        dy_arena_close(&arena);
    }
}

Test(curve_read, blanks_and_lines_are_free)
{
    dy_curve curve;
    cr_assert(dy_curve_read(&curve, &arena, " keys 0 : 1 ,\n 10: 2 cosine|scale 2  1 ", &err),
              "%s", err.text);
    cr_expect(dy_curve_at(&curve, 5) == 4);
}

Test(curve_read, what_is_no_curve_is_refused)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        { "", "ends where keys" },
        { "keyz 0:1", "'keyz 0:1' in a curve; want keys" },
        { "keys", "ends where a step" },
        { "keys 0", "ends where ':'" },
        { "keys 0:", "ends where a value" },
        { "keys 0:x", "'x' in a curve; want a value" },
        { "keys 0:1,", "ends where a step" },
        { "keys 0:1, 0:2, 0:3", "step" },
        { "keys 0:1, 5:2 cosy", "'cosy' in a curve; want an ease" },
        { "keys 0:1, 5:2 poly", "ends where power" },
        { "keys 0:1, 5:nan", "'nan' in a curve" },
        { "keys 0:1, 5:1e200", "1e+200" },
        { "keys 0:1 | scale 2", "ends where plus" },
        { "keys 0:1 | sum", "sum stands after 1 curves; it is made of 2" },
        { "scale 2 1", "stands after 0 curves" },
        { "keys 0:1 | keys 0:2", "" },
        { "keys 0:1 ; keys", "'; keys' in a curve; want '|' or the end" },
        { "decay 1 -1 1", "" },
        { "decay 1 0.5 1 stairs", "want '|' or the end" },
        { "samples 1, 2,", "ends where a sample" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dy_curve curve;
        err.text[0] = '\0';
        cr_expect_not(dy_curve_read(&curve, &arena, rows[i].text, &err), "%s", rows[i].text);
        cr_expect(err.text[0] && strstr(err.text, rows[i].message), "%s: %s", rows[i].text,
                  err.text);
    }
}

Test(curve_read, any_text_is_read_or_refused)
{
    static const char *const WORDS[] = { "keys",      " ",     "0:1",   ",",    "|",
                                         "samples",   "3",     "scale", "sum",  "decay",
                                         "staircase", "1e300", ":",     "poly", "-",
                                         "join",      "repeat" };
    dy_rng rng = dy_rng_make(8, "texts");
    for (int i = 0; i < 20000; i++) {
        char text[200] = "keys 0:1";
        for (int64_t n = dy_rng_below(&rng, 12); n > 0; n--)
            strcat(text, WORDS[dy_rng_below(&rng, sizeof WORDS / sizeof *WORDS)]);
        dy_curve curve;
        if (dy_curve_read(&curve, &arena, text, &err)) dy_curve_at(&curve, 3);
        dy_arena_close(&arena);
    }
}
