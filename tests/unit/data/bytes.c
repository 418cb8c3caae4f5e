/* Files that are not there, are none, or cannot be held.   SPDX-License-Identifier: MIT */
#include "data/bytes.h"

#include "help.h"

#include <criterion/criterion.h>
#include <string.h>
#include <sys/stat.h>

TestSuite(bytes, .init = help_make_folder, .fini = help_remove_folder);

static void read_fails(const char *file, int64_t limit, const char *says)
{
    dy_error err = { "" };
    dy_bytes bytes;
    dy_arena arena = dy_arena_make(limit);
    cr_assert_not(dy_bytes_read(&bytes, &arena, file, &err), "%s", file);
    help_says(&err, file);
    help_says(&err, says);
    dy_arena_close(&arena);
}

Test(bytes, plain_and_packed_are_the_same)
{
    help_buffer text = { .n = 0 };
    for (int i = 0; i < 100; i++) help_put(&text, "some text ", 10);
    help_buffer packed = help_gzip(&text), twice = packed;
    help_put(&twice, packed.at, packed.n); /* two members */

    const struct {
        const help_buffer *file;
        int64_t n;
    } cases[] = { { &text, 1000 }, { &packed, 1000 }, { &twice, 2000 } };

    for (int i = 0; i < 3; i++) {
        dy_error err;
        dy_bytes bytes;
        dy_arena arena = dy_arena_make(0);
        const char *file = help_write("file", cases[i].file->at, cases[i].file->n);
        cr_assert(dy_bytes_read(&bytes, &arena, file, &err), "%s", err.text);
        cr_assert_eq(bytes.n, cases[i].n);
        for (int64_t k = 0; k < bytes.n; k += 1000)
            cr_assert_eq(memcmp(bytes.at + k, text.at, 1000), 0);
        cr_assert_eq(bytes.at[bytes.n], 0);
        dy_arena_close(&arena);
    }
}

Test(bytes, an_empty_file_is_empty)
{
    dy_error err;
    dy_bytes bytes;
    dy_arena arena = dy_arena_make(0);
    cr_assert(dy_bytes_read(&bytes, &arena, help_write_text("empty", ""), &err));
    cr_assert_eq(bytes.n, 0);
    dy_arena_close(&arena);
}

Test(bytes, what_is_no_file)
{
    read_fails(help_path("missing"), 0, "No such file");
    read_fails(help_path(""), 0, "is a folder; want a file");
    read_fails("/dev/zero", 0, "is not a regular file");
    cr_assert(mkfifo(help_path("pipe"), 0600) == 0);
    read_fails(help_path("pipe"), 0, "is not a regular file");
    cr_assert_not(dy_bytes_exist(help_path("")));
    cr_assert_not(dy_bytes_exist(help_path("missing")));
    cr_assert(dy_bytes_exist(help_write_text("file", "x")));
}

Test(bytes, the_limit_holds_for_packed_files_too)
{
    help_buffer zeros = { .n = 8000 };
    help_buffer packed = help_gzip(&zeros);
    cr_assert_lt(packed.n, 200);
    read_fails(help_write("bomb", packed.at, packed.n), 4096, "out of memory: 7.8 KB wanted");
    read_fails(help_write("plain", zeros.at, zeros.n), 4096, "out of memory");
}
