/* input.c - typed text as keys.   SPDX-License-Identifier: MIT */
#include "view/input.h"

#include <criterion/criterion.h>

Test(input, text_is_a_key_unless_it_comes_by_one)
{
    cr_expect_eq(dy_key_typed("?"), '?');
    cr_expect_eq(dy_key_typed("0"), '0');
    cr_expect_eq(dy_key_typed("\xc3\xa9"), 0xe9);
    cr_expect_eq(dy_key_typed("+-"), '+');
    static const char *const none[] = { "",     " ",   "a", "Z", "\t", "\x7f", "\xe2\x82\xac",
                                        "\xc3", "\xff" };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        cr_expect_eq(dy_key_typed(none[i]), 0, "case %zu", i);
    cr_expect(dy_key_is_plain('q') && dy_key_is_plain(' ') && !dy_key_is_plain('Q'));
}
