/* arena.c - the arena's promises: zeroed, aligned, apart, bounded, and failing on demand.
 *
 * SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>

enum { ALIGN = 64 };

static bool all_zero(const unsigned char *at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (at[i]) return false;
    return true;
}

/* What fails must say how much was wanted and leave the count of bytes alone. */
static void refuses(dy_arena *arena, int64_t count, size_t size, const char *message)
{
    dy_error err = { "untouched" };
    int64_t before = arena->bytes;
    cr_assert_null(dy_arena_take(arena, count, size, &err));
    cr_assert_str_eq(err.text, message);
    cr_assert_eq(arena->bytes, before);
}

Test(arena, takes_are_zeroed_aligned_and_apart)
{
    static const int64_t COUNTS[] = { 1, 3, 63, 64, 65, 1000, 40000, 65536, 70000, 1 };

    enum { N = sizeof COUNTS / sizeof *COUNTS };

    dy_arena arena = dy_arena_make(0);
    dy_error err;
    unsigned char *taken[N];
    for (int i = 0; i < N; i++) {
        taken[i] = dy_arena_take(&arena, COUNTS[i], 1, &err);
        cr_assert_not_null(taken[i]);
        cr_assert_eq((uintptr_t)taken[i] % ALIGN, 0);
        cr_assert(all_zero(taken[i], (size_t)COUNTS[i]), "take %d is not zeroed", i);
        memset(taken[i], i + 1, (size_t)COUNTS[i]);
    }
    for (int i = 0; i < N; i++)
        for (int64_t k = 0; k < COUNTS[i]; k++)
            cr_assert_eq(taken[i][k], i + 1, "take %d was overwritten at %d", i, (int)k);
    dy_arena_close(&arena);
}

Test(arena, memory_used_before_comes_back_zeroed)
{
    dy_arena arena = dy_arena_make(0);
    dy_error err;
    for (int round = 0; round < 3; round++) {
        unsigned char *at = dy_arena_take(&arena, 5000, 1, &err);
        cr_assert(all_zero(at, 5000));
        memset(at, 0xa5, 5000);
        dy_arena_close(&arena);
    }
}

Test(arena, bytes_count_whole_lines)
{
    dy_arena arena = dy_arena_make(0);
    dy_error err;
    cr_assert_eq(arena.bytes, 0);
    dy_arena_take(&arena, 1, 1, &err);
    cr_assert_eq(arena.bytes, 64);
    dy_arena_take(&arena, 9, 8, &err);
    cr_assert_eq(arena.bytes, 64 + 128);
    dy_arena_take(&arena, 100000, 4, &err);
    cr_assert_eq(arena.bytes, 64 + 128 + 400000);
    dy_arena_close(&arena);
    cr_assert_eq(arena.bytes, 0);
}

Test(arena, nothing_can_be_taken)
{
    dy_arena arena = dy_arena_make(0);
    dy_error err;
    cr_assert_not_null(dy_arena_take(&arena, 0, 8, &err));
    cr_assert_not_null(dy_arena_copy(&arena, NULL, 0, 8, &err));
    cr_assert_eq(arena.bytes, 0);
    dy_arena_close(&arena);
}

Test(arena, limit_is_exact)
{
    dy_arena arena = dy_arena_make(256);
    dy_error err;
    cr_assert_not_null(dy_arena_take(&arena, 3, 64, &err));
    refuses(&arena, 65, 1, "out of memory: 65 bytes wanted");
    cr_assert_not_null(dy_arena_take(&arena, 64, 1, &err));
    refuses(&arena, 1, 1, "out of memory: 1 bytes wanted");
    dy_arena_close(&arena);
    cr_assert_not_null(dy_arena_take(&arena, 256, 1, &err), "a closed arena has room again");
    refuses(&arena, 1, 1, "out of memory: 1 bytes wanted");
    dy_arena_close(&arena);
}

Test(arena, impossible_sizes_are_refused)
{
    dy_arena arena = dy_arena_make(0);
    refuses(&arena, -1, 4, "out of memory: -4 bytes wanted");
    refuses(&arena, INT64_MAX, 1, "out of memory: 8.0 EB wanted");
    refuses(&arena, INT64_MAX, SIZE_MAX, "out of memory: 147573952589676412928 EB wanted");
    refuses(&arena, INT64_MAX / 8, 8, "out of memory: 8.0 EB wanted");
    refuses(&arena, 3, SIZE_MAX / 2, "out of memory: 24 EB wanted");
    dy_arena_close(&arena);
}

Test(arena, copies_are_equal_and_independent)
{
    dy_arena arena = dy_arena_make(0);
    dy_error err;
    double from[] = { 1.5, -2.5, 0x1p-1074 };
    double *to = dy_arena_copy(&arena, from, 3, sizeof *from, &err);
    cr_assert_not_null(to);
    cr_assert_eq(memcmp(to, from, sizeof from), 0);
    from[0] = 0;
    cr_assert_eq(to[0], 1.5);
    dy_arena_close(&arena);
}

Test(arena, texts_end)
{
    static const char *const TEXTS[] = { "", "a",
                                         "gr\xc3\xb6\xc3\x9f"
                                         "e",
                                         "one cycle on MNIST" };
    dy_arena arena = dy_arena_make(0);
    dy_error err;
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        char *text = dy_arena_text(&arena, TEXTS[i], &err);
        cr_assert_neq((const void *)text, (const void *)TEXTS[i]);
        cr_assert_str_eq(text, TEXTS[i]);
    }
    dy_arena_close(&arena);
}

Test(arena, copies_fail_as_takes_do)
{
    dy_arena arena = dy_arena_make(64);
    dy_error err;
    char bytes[100] = { 0 };
    cr_assert_null(dy_arena_copy(&arena, bytes, 100, 1, &err));
    cr_assert_str_eq(err.text, "out of memory: 100 bytes wanted");
    cr_assert_null(dy_arena_copy(&arena, bytes, -1, 1, &err));
    memset(bytes, 'x', sizeof bytes - 1);
    cr_assert_null(dy_arena_text(&arena, bytes, &err));
    cr_assert_str_eq(err.text, "out of memory: 100 bytes wanted");
    cr_assert_eq(arena.bytes, 0);
    dy_arena_close(&arena);
}

Test(arena, sealed_take_ends_the_program, .signal = SIGABRT)
{
    dy_arena arena = dy_arena_make(0);
    dy_error err;
    dy_arena_seal(&arena);
    dy_arena_take(&arena, 1, 1, &err);
}

Test(arena, close_unseals)
{
    dy_arena arena = dy_arena_make(0);
    dy_error err;
    dy_arena_seal(&arena);
    dy_arena_close(&arena);
    cr_assert_not_null(dy_arena_take(&arena, 1, 1, &err));
    dy_arena_close(&arena);
    dy_arena_close(&arena);
}

Test(arena, nth_take_fails_once)
{
    for (int nth = 1; nth <= 5; nth++) {
        dy_arena arena = dy_arena_make(0);
        dy_error err;
        dy_arena_fail_at(nth, false);
        for (int i = 1; i <= 6; i++) {
            void *at = dy_arena_take(&arena, 70000, 1, &err);
            cr_assert_eq(at == NULL, i == nth, "take %d with the fault at %d", i, nth);
        }
        cr_assert_str_eq(err.text, "out of memory: 68 KB wanted");
        dy_arena_close(&arena);
    }
}

Test(arena, nth_take_and_all_after_fail)
{
    dy_arena one = dy_arena_make(0);
    dy_arena other = dy_arena_make(0);
    dy_error err;
    dy_arena_fail_at(3, true);
    for (int i = 1; i <= 6; i++) {
        void *at = dy_arena_take(i % 2 ? &one : &other, 1, 1, &err);
        cr_assert_eq(at == NULL, i >= 3, "take %d", i);
    }
    dy_arena_fail_at(0, false);
    cr_assert_not_null(dy_arena_take(&one, 1, 1, &err));
    dy_arena_close(&one);
    dy_arena_close(&other);
}
