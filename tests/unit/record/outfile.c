/* outfile.c - files that appear whole or not at all.   SPDX-License-Identifier: MIT */
#include "record/outfile.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static void make_folder(void)
{
    strcpy(folder, "/tmp/derny-outfile-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
}

static void remove_folder(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/file", folder);
    unlink(path);
    cr_expect_eq(rmdir(folder), 0, "nothing is left behind");
}

static const char *inside(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static const char *content(const char *path)
{
    static char text[64];
    FILE *in = fopen(path, "r");
    if (!in) return "(none)";
    size_t n = fread(text, 1, sizeof text - 1, in);
    text[n] = '\0';
    fclose(in);
    return text;
}

TestSuite(outfile, .init = make_folder, .fini = remove_folder);

Test(outfile, appears_when_kept)
{
    dy_outfile out;
    dy_error err;
    const char *path = inside("file");
    cr_assert(dy_outfile_open(&out, path, &err), "%s", err.text);
    fputs("new", out.file);
    cr_expect_str_eq(content(path), "(none)");
    cr_assert(dy_outfile_keep(&out, &err), "%s", err.text);
    cr_expect_str_eq(content(path), "new");
    dy_outfile_drop(&out); /* closed: fine */
    struct stat st;
    mode_t mask = umask(0);
    cr_assert_eq(stat(path, &st), 0);
    cr_expect_eq(st.st_mode & 0777, 0666 & ~mask, "as an ordinary new file");
}

Test(outfile, what_was_there_stays_until_then)
{
    dy_outfile out;
    dy_error err;
    const char *path = inside("file");
    FILE *old = fopen(path, "w");
    fputs("old", old);
    fclose(old);
    cr_assert(dy_outfile_open(&out, path, &err));
    fputs("new", out.file);
    fflush(out.file);
    cr_expect_str_eq(content(path), "old");
    dy_outfile_drop(&out);
    cr_expect_str_eq(content(path), "old");
}

Test(outfile, failures_name_the_file_and_the_reason)
{
    dy_outfile out;
    dy_error err;
    cr_expect_not(dy_outfile_open(&out, inside("no/such/folder"), &err));
    cr_expect(strstr(err.text, "no/such/folder: No such file"), "%s", err.text);
    cr_expect_not(dy_outfile_open(&out, folder, &err));
    cr_expect(strstr(err.text, "Is a directory"), "%s", err.text);
    char *path = malloc(9001);
    memset(path, 'a', 9000);
    path[9000] = '\0';
    cr_expect_not(dy_outfile_open(&out, path, &err));
    cr_expect(strstr(err.text, "9000 bytes"), "%s", err.text);
    free(path);
}

Test(outfile, a_write_that_failed_keeps_nothing)
{
    dy_outfile out;
    dy_error err;
    cr_assert(dy_outfile_open(&out, inside("file"), &err));
    FILE *full = fopen("/dev/full", "w"); /* every write to it fails: no space */
    cr_assert_not_null(full);
    fclose(out.file);
    out.file = full;
    fputs("text", out.file);
    cr_expect_not(dy_outfile_keep(&out, &err));
    cr_expect(strstr(err.text, "No space left"), "%s", err.text);
    cr_expect_str_eq(content(inside("file")), "(none)");
}
