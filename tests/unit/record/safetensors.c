/* safetensors.c - named tensors in files: there and back, as others write them, torn, damaged and hostile.
 *
 * SPDX-License-Identifier: MIT */
#include "record/safetensors.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64], path[96];
static dy_arena arena;

static void set_up(void)
{
    strcpy(folder, "/tmp/derny-safetensors-XXXXXX");
    cr_assert(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/w.safetensors", folder);
    arena = dy_arena_make(0);
}

static void clear_up(void)
{
    unlink(path);
    cr_expect_eq(rmdir(folder), 0, "something is left behind");
    dy_arena_close(&arena);
}

TestSuite(safetensors, .init = set_up, .fini = clear_up);

/* A layer, a number by itself, one that is not finite, an empty one; and two texts. */
static dy_safetensors sample(void)
{
    static float weight[] = { 1, -2.5F, 3e-38F, 4, 5, 0 }, bias[] = { 0.1F, (float)NAN },
                 step[] = { 7 };
    static dy_named_tensor tensors[] = { { "0.weight", 2, { 2, 3 }, weight },
                                         { "0.bias", 1, { 2 }, bias },
                                         { "empty", 2, { 0, 5 }, NULL },
                                         { "step", 0, { 0 }, step } };
    static dy_named_text texts[] = { { "model", "3-2 relu" }, { "n\"ame", "\xc3\xa9\n" } };
    return (dy_safetensors){ .tensors = tensors, .texts = texts, .n = 4, .n_texts = 2 };
}

static void write_sample(void)
{
    dy_error err;
    dy_safetensors what = sample();
    cr_assert(dy_safetensors_write(path, &what, &err), "%s", err.text);
}

static char *read_file(size_t *n)
{
    static char bytes[4096];
    FILE *file = fopen(path, "rb");
    cr_assert(file);
    *n = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    return bytes;
}

static void write_file(const void *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");
    cr_assert(file && fwrite(bytes, 1, n, file) == n);
    fclose(file);
}

/* The same tensors, bit for bit. */
static bool same(const dy_safetensors *a, const dy_safetensors *b)
{
    if (a->n != b->n) return false;
    for (int64_t i = 0; i < a->n; i++) {
        const dy_named_tensor *x = &a->tensors[i], *y = &b->tensors[i];
        size_t bytes = (size_t)dy_named_tensor_size(x) * sizeof(float);
        if (strcmp(x->name, y->name) != 0 || x->n_dims != y->n_dims ||
            memcmp(x->dims, y->dims, (size_t)x->n_dims * sizeof *x->dims) != 0 ||
            (bytes > 0 && memcmp(x->at, y->at, bytes) != 0))
            return false;
    }
    return true;
}

Test(safetensors, what_was_written_is_read_back_bit_for_bit)
{
    dy_safetensors what = sample(), back;
    dy_error err;
    write_sample();
    cr_assert(dy_safetensors_read(&back, &arena, path, &err), "%s", err.text);
    cr_expect(same(&what, &back));
    cr_expect(back.signed_content);
    cr_expect_eq(back.n_texts, 2);
    cr_expect_str_eq(dy_safetensors_text(&back, "n\"ame"), "\xc3\xa9\n");
    cr_expect_null(dy_safetensors_text(&back, "derny.sha256"));
    cr_expect_eq(dy_safetensors_find(&back, "0.bias")->at[0], 0.1F);
    cr_expect_null(dy_safetensors_find(&back, "0.gamma"));
    size_t n;
    const unsigned char *bytes = (const unsigned char *)read_file(&n);
    size_t len = bytes[0] + 256U * bytes[1];
    cr_expect((8 + len) % 8 == 0 && n == 8 + len + 9 * sizeof(float), "aligned, and no more");
}

/* A file of these bytes of header and so many of numbers. */
static void write_header(const char *header, size_t bytes)
{
    char file[2048] = { 0 };
    size_t len = strlen(header);
    file[0] = (char)(len % 256);
    file[1] = (char)(len / 256);
    memcpy(file + 8, header, len);
    write_file(file, 8 + len + bytes);
}

Test(safetensors, a_file_of_others_needs_no_order_no_blanks_and_no_digest)
{
    dy_safetensors back;
    dy_error err;
    write_header("{\"b\":{\"shape\":[2],\"data_offsets\":[4,12],\"dtype\":\"F32\"},"
                 "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}",
                 12);
    cr_assert(dy_safetensors_read(&back, &arena, path, &err), "%s", err.text);
    cr_expect(back.n == 2 && back.n_texts == 0 && !back.signed_content);
    cr_expect_str_eq(back.tensors[0].name, "a");
    write_header("{}", 0);
    cr_expect(dy_safetensors_read(&back, &arena, path, &err) && back.n == 0);
}

#define ENTRY(dtype, shape, from, to)                                                          \
    "{\"dtype\":\"" dtype "\",\"shape\":" shape ",\"data_offsets\":[" from "," to "]}"

static const struct {
    const char *header;
    size_t bytes;
    const char *why;
} HOSTILE[] = {
    { "", 0, "does not begin with {" },
    { "[1]", 0, "does not begin with {" },
    { " {}", 0, "does not begin with {" },
    { "{\"a\":", 0, "no JSON" },
    { "{\"a\":" ENTRY("F32", "[1]", "0", "4") "} x", 4, "no JSON" },
    { "{\"a\":" ENTRY("F32", "[1]", "0", "4") ",\"a\":" ENTRY("F32", "[1]", "0", "4") "}", 4,
      "duplicate" },
    { "{\"a\":3}", 0, "tensor 'a': want dtype, shape and data_offsets" },
    { "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "want dtype, shape and data_offsets" },
    { "{\"a\":" ENTRY("BF16", "[2]", "0", "4") "}", 4, "its numbers are BF16; want F32" },
    { "{\"a\":" ENTRY("F32", "[-1]", "0", "4") "}", 4, "dimension 1" },
    { "{\"a\":" ENTRY("F32", "[1.0]", "0", "4") "}", 4, "dimension 1" },
    { "{\"a\":" ENTRY("F32", "3", "0", "4") "}", 4, "its shape is no list" },
    { "{\"a\":" ENTRY("F32", "[1,1,1,1,1,1,1,1,1]", "0", "4") "}", 4, "its shape is no list" },
    { "{\"a\":" ENTRY("F32", "[1099511627776,1099511627776]", "0", "4") "}", 4, "disagree" },
    { "{\"a\":" ENTRY("F32", "[2]", "0", "4") "}", 4, "disagree" },
    { "{\"a\":" ENTRY("F32", "[1]", "0", "5") "}", 5, "disagree" },
    { "{\"a\":" ENTRY("F32", "[1]", "4", "0") "}", 4, "not two places within" },
    { "{\"a\":" ENTRY("F32", "[2]", "0", "8") "}", 4, "not two places within the 4 bytes" },
    { "{\"a\":" ENTRY("F32", "[1]", "-4", "0") "}", 4, "not two places within" },
    { "{\"a\":" ENTRY("F32", "[1]", "0", "18446744073709551616") "}", 4, "no JSON" },
    { "{\"a\":" ENTRY("F32", "[1]", "0", "4") ",\"b\":" ENTRY("F32", "[1]", "0", "4") "}", 8,
      "tensor 'b' begins at byte 0; want 4" },
    { "{\"a\":" ENTRY("F32", "[1]", "4", "8") "}", 8, "tensor 'a' begins at byte 4; want 0" },
    { "{\"a\":" ENTRY("F32", "[1]", "0", "4") "}", 8, "take 4 bytes, but it has 8" },
    { "{\"__metadata__\":3}", 0, "__metadata__ is no object" },
    { "{\"__metadata__\":{\"a\":3}}", 0, "__metadata__: a is no text" },
    { "{\"__metadata__\":{\"derny.sha256\":\"00\"}}", 0, "damaged" },
    { "{\"a\\u0000b\":3}", 0, "no JSON" },
};

Test(safetensors, what_breaks_a_rule_of_the_format_is_refused_with_the_reason)
{
    for (size_t i = 0; i < sizeof HOSTILE / sizeof *HOSTILE; i++) {
        dy_safetensors back;
        dy_error err = { "" };
        write_header(HOSTILE[i].header, HOSTILE[i].bytes);
        cr_expect_not(dy_safetensors_read(&back, &arena, path, &err), "%s", HOSTILE[i].header);
        cr_expect(strstr(err.text, HOSTILE[i].why) || strstr(HOSTILE[i].why, "duplicate"),
                  "%s: %s", HOSTILE[i].header, err.text);
        cr_expect(strncmp(err.text, path, strlen(path)) == 0, "%s", err.text);
    }
}

Test(safetensors, a_header_that_lies_about_its_length_takes_no_memory)
{
    dy_safetensors back;
    dy_error err;
    arena = dy_arena_make(4096);
    write_file("\xff\xff\xff\xff\xff\xff\xff\x7f{}", 10);
    cr_expect_not(dy_safetensors_read(&back, &arena, path, &err));
    cr_expect(strstr(err.text, "cut short"), "%s", err.text);
    write_file("\x02", 1);
    cr_expect_not(dy_safetensors_read(&back, &arena, path, &err));
    cr_expect(strstr(err.text, "it has 1 bytes"), "%s", err.text);
    /* a long header, sparse on the disk */
    FILE *file = fopen(path, "wb");
    cr_assert(file && fwrite("\0\0\0\x02\0\0\0\0", 1, 8, file) == 8);
    cr_assert(ftruncate(fileno(file), 8 + (1 << 25)) == 0);
    fclose(file);
    cr_expect_not(dy_safetensors_read(&back, &arena, path, &err));
    cr_expect(strstr(err.text, "want at most 16777216"), "%s", err.text);
    cr_expect_not(dy_safetensors_read(&back, &arena, folder, &err));
    cr_expect(strstr(err.text, "not a file"), "%s", err.text);
}

Test(safetensors, cut_anywhere_it_is_refused)
{
    size_t n;
    dy_error err;
    dy_safetensors back;
    write_sample();
    char whole[4096];
    const char *bytes = read_file(&n);
    memcpy(whole, bytes, n);
    for (size_t len = 0; len < n; len++) {
        write_file(whole, len);
        cr_expect_not(dy_safetensors_read(&back, &arena, path, &err), "%zu bytes", len);
    }
}

/* A flipped bit is noticed, or is one that changes nothing of the tensors (a blank, the name of the digest). */
Test(safetensors, a_flipped_bit_never_gives_other_tensors)
{
    size_t n;
    dy_error err;
    dy_safetensors what = sample(), back;
    write_sample();
    char whole[4096];
    const char *bytes = read_file(&n);
    memcpy(whole, bytes, n);
    int refused = 0;
    for (size_t bit = 0; bit < 8 * n; bit++) {
        whole[bit / 8] = (char)(whole[bit / 8] ^ 1 << bit % 8);
        write_file(whole, n);
        whole[bit / 8] = (char)(whole[bit / 8] ^ 1 << bit % 8);
        bool read = dy_safetensors_read(&back, &arena, path, &err);
        cr_expect(!read || same(&what, &back), "bit %zu", bit);
        refused += !read;
    }
    cr_expect(refused > (int)(7 * n), "%d of %zu", refused, 8 * n);
}

Test(safetensors, what_cannot_be_written_leaves_what_was_there)
{
    dy_safetensors what = sample(), back;
    dy_named_tensor twice[] = { what.tensors[0], what.tensors[0] };
    dy_named_tensor foreign = { "\xff", 0, { 0 }, what.tensors[3].at };
    dy_error err;
    write_sample();
    dy_safetensors bad = { .tensors = twice, .n = 2 };
    cr_expect_not(dy_safetensors_write(path, &bad, &err));
    cr_expect(strstr(err.text, "comes twice"), "%s", err.text);
    bad = (dy_safetensors){ .tensors = &foreign, .n = 1 };
    cr_expect_not(dy_safetensors_write(path, &bad, &err));
    cr_assert(dy_safetensors_read(&back, &arena, path, &err), "%s", err.text);
    cr_expect(same(&what, &back));
    cr_expect_not(dy_safetensors_write("/nowhere/w.safetensors", &what, &err));
    cr_expect(strstr(err.text, "/nowhere/w.safetensors"), "%s", err.text);
}

Test(safetensors, short_memory_is_an_error)
{
    dy_safetensors back;
    dy_error err;
    write_sample();
    bool read = false;
    for (int64_t n = 1; !read; n++) {
        dy_arena_fail_at(n, false);
        read = dy_safetensors_read(&back, &arena, path, &err);
        dy_arena_fail_at(0, false);
        cr_expect(read || strstr(err.text, path), "%s", err.text);
    }
}
