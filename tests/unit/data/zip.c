/* Archives that are damaged or lie.   SPDX-License-Identifier: MIT */
#include "data/zip.h"

#include "help.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const NAME[] = { "a.npy" };

static bool read_entry(help_buffer *archive, const char *name, dy_error *err)
{
    dy_bytes content;
    dy_arena arena = dy_arena_make(1 << 20);
    bool ok = dy_zip_read(&content, &arena, (dy_bytes){ archive->at, archive->n }, name, err);
    if (ok) cr_assert_eq(memcmp(content.at, "content", 7), 0);
    dy_arena_close(&arena);
    return ok;
}

static help_buffer make(bool deflated)
{
    help_buffer content = { .at = "content", .n = 7 };
    return help_zip(NAME, &content, 1, deflated);
}

/* Where the only line of the directory begins. */
static int64_t directory_of(const help_buffer *archive)
{
    return archive->n - 22 - 46 - 5;
}

Test(zip, names_with_and_without_ending)
{
    dy_error err;
    for (int deflated = 0; deflated < 2; deflated++) {
        help_buffer archive = make(deflated);
        cr_assert(read_entry(&archive, "a", &err), "%s", err.text);
        cr_assert(read_entry(&archive, "a.npy", &err), "%s", err.text);
        cr_assert_not(read_entry(&archive, "a.np", &err));
        help_says(&err, "has no array 'a.np'; it has a");
    }
}

Test(zip, a_comment_at_the_end_is_passed_over)
{
    dy_error err;
    help_buffer archive = make(true);
    help_put(&archive, "a comment", 9);
    cr_assert(read_entry(&archive, "a", &err), "%s", err.text);
}

Test(zip, lies)
{
    static const struct {
        int at; /* in the line of the directory */
        int bytes;
        uint64_t value;
        bool deflated;
        const char *says;
    } cases[] = {
        { 8, 2, 1, false, "array 'a': is encrypted" },
        { 10, 2, 12, false, "is packed by method 12; want stored or deflated" },
        { 24, 4, 8, false, "is stored, but its two sizes differ" },
        { 24, 4, 8, true, "7 bytes; it should have 8" },
        { 24, 4, 6, true, "more than the 6 bytes it should have" },
        { 24, 4, 4000000000, true, "claims 4000000000 bytes, more than its" },
        { 24, 4, 0xffffffff, true, "is 4 GB or more" },
        { 20, 4, 2, true, "cut short" },
        { 20, 4, 1000000, true, "reaches past the end of the file" },
        { 16, 4, 0, true, "its checksum is wrong" },
        { 42, 4, 3, true, "its header is not where the directory says" },
        { 42, 4, 0xfffffff0, true, "its header is not where the directory says" },
        { 28, 2, 60000, true, "its directory is damaged" },
        { 0, 1, 'x', true, "its directory is damaged" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dy_error err = { "" };
        help_buffer archive = make(cases[i].deflated), value = { .n = 0 };
        help_put_number(&value, cases[i].value, cases[i].bytes, false);
        memcpy(archive.at + directory_of(&archive) + cases[i].at, value.at, (size_t)value.n);
        cr_assert_not(read_entry(&archive, "a", &err), "case %zu", i);
        help_says(&err, cases[i].says);
    }
}

Test(zip, what_is_none)
{
    dy_error err;
    help_buffer archive = make(true), empty = { .n = 0 };
    cr_assert_not(read_entry(&empty, "a", &err));
    help_says(&err, "has no directory at its end");
    for (int64_t n = 0; n < 22; n++) {
        help_buffer cut = archive;
        cut.n -= 1 + n;
        cr_assert_not(read_entry(&cut, "a", &err));
        help_says(&err, "has no directory at its end: it is cut short, or no .npz file");
    }
    memset(archive.at + archive.n - 6, 0xee, 4);
    cr_assert_not(read_entry(&archive, "a", &err));
    help_says(&err, "its directory lies outside of the file");
}
