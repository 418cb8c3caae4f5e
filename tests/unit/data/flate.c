/* Damaged gzip and deflate.   SPDX-License-Identifier: MIT */
#include "base/flate.h"

#include "help.h"

#include <criterion/criterion.h>

static help_buffer packed_text(void)
{
    help_buffer text = { .n = 0 };
    for (uint32_t i = 0; i < 40; i++) help_put_number(&text, i * i * 2654435761u, 4, true);
    return help_gzip(&text);
}

static bool unpack(const help_buffer *file, int64_t n, dy_error *err)
{
    help_buffer copy = *file;
    dy_bytes bytes;
    dy_arena arena = dy_arena_make(1 << 20);
    bool ok = dy_gzip_unpack(&bytes, &arena, (dy_bytes){ copy.at, n }, err);
    dy_arena_close(&arena);
    return ok;
}

Test(flate, cut_anywhere_is_cut_short)
{
    dy_error err;
    help_buffer file = packed_text();
    cr_assert(unpack(&file, file.n, &err), "%s", err.text);
    for (int64_t n = 2; n < file.n; n++) {
        cr_assert_not(unpack(&file, n, &err), "%d bytes", (int)n);
        help_says(&err, "the packed data end too soon; the file is cut short");
    }
}

Test(flate, a_wrong_checksum_is_damage)
{
    dy_error err;
    help_buffer file = packed_text();
    file.at[file.n - 7] ^= 1;
    cr_assert_not(unpack(&file, file.n, &err));
    help_says(&err, "the packed data are damaged (incorrect data check)");
}

Test(flate, a_lie_about_the_size_is_damage)
{
    static const uint8_t claims[] = { 0, 1, 100, 255 };
    for (int i = 0; i < 4; i++) {
        dy_error err;
        help_buffer file = packed_text();
        file.at[file.n - 4] = claims[i];
        cr_assert_not(unpack(&file, file.n, &err));
        help_says(&err, "damaged (incorrect length check)");
    }
}

Test(flate, nothing_may_follow)
{
    dy_error err;
    help_buffer file = packed_text();
    help_put(&file, "more", 4);
    cr_assert_not(unpack(&file, file.n, &err));
    help_says(&err, "4 bytes follow the end of the packed data");
}

Test(flate, deflate_fills_exactly)
{
    dy_error err;
    uint8_t to[64];
    help_buffer text = { .n = 50 }, packed = help_deflate(&text);
    dy_bytes in = { packed.at, packed.n };
    cr_assert(dy_deflate_unpack(to, 50, in, &err), "%s", err.text);
    cr_assert_not(dy_deflate_unpack(to, 49, in, &err));
    help_says(&err, "more than the 49 bytes it should have");
    cr_assert_not(dy_deflate_unpack(to, 51, in, &err));
    help_says(&err, "50 bytes; it should have 51");
    in.n--;
    cr_assert_not(dy_deflate_unpack(to, 50, in, &err));
    help_says(&err, "cut short");
}

Test(flate, checksum_as_published)
{
    cr_assert_eq(dy_crc32((const uint8_t *)"123456789", 9), 0xcbf43926u);
}

Test(flate, what_is_packed_unpacks)
{
    dy_error err;
    dy_arena arena = dy_arena_make(0);
    uint8_t bytes[5000], back[sizeof bytes];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * i / 100);
    for (int64_t n = 0; n <= (int64_t)sizeof bytes; n = 3 * n + 1) {
        dy_bytes packed;
        cr_assert(dy_deflate_pack(&packed, &arena, (dy_bytes){ bytes, n }, &err), "%s",
                  err.text);
        cr_assert(dy_deflate_unpack(back, n, packed, &err), "%s", err.text);
        cr_expect_arr_eq(back, bytes, (size_t)n);
    }
    dy_arena_close(&arena);
}
