/* help.c - see help.h.   SPDX-License-Identifier: MIT */
#include "help.h"

#include <zlib.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];

void help_make_folder(void)
{
    strcpy(folder, "/tmp/derny-test-XXXXXX");
    cr_assert(mkdtemp(folder));
}

void help_remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    cr_assert(system(command) == 0);
}

const char *help_path(const char *name)
{
    static char paths[16][256];
    static int next;
    char *path = paths[next++ % 16];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

const char *help_write(const char *name, const void *content, int64_t n)
{
    const char *path = help_path(name);
    FILE *file = fopen(path, "wb");
    cr_assert(file, "%s", path);
    cr_assert(fwrite(content, 1, (size_t)n, file) == (size_t)n);
    fclose(file);
    return path;
}

const char *help_write_text(const char *name, const char *text)
{
    return help_write(name, text, (int64_t)strlen(text));
}

void help_put(help_buffer *to, const void *bytes, int64_t n)
{
    cr_assert(to->n + n <= (int64_t)sizeof to->at);
    if (n > 0) memcpy(to->at + to->n, bytes, (size_t)n);
    to->n += n;
}

void help_put_number(help_buffer *to, uint64_t value, int bytes, bool big_endian)
{
    for (int i = 0; i < bytes; i++) {
        uint8_t byte = (uint8_t)(value >> (8 * (big_endian ? bytes - 1 - i : i)));
        help_put(to, &byte, 1);
    }
}

static help_buffer pack(const help_buffer *content, int window)
{
    help_buffer packed = { .n = 0 };
    z_stream z = { 0 };
    cr_assert(deflateInit2(&z, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    uint8_t copy[sizeof content->at];
    memcpy(copy, content->at, sizeof copy);
    z.next_in = copy;
    z.avail_in = (uInt)content->n;
    z.next_out = packed.at;
    z.avail_out = sizeof packed.at;
    cr_assert(deflate(&z, Z_FINISH) == Z_STREAM_END);
    packed.n = (int64_t)z.total_out;
    deflateEnd(&z);
    return packed;
}

help_buffer help_gzip(const help_buffer *content)
{
    return pack(content, 15 + 16);
}

help_buffer help_deflate(const help_buffer *content)
{
    return pack(content, -15);
}

help_buffer help_idx(int rank, const int64_t *sizes, int below)
{
    help_buffer file = { .n = 0 };
    int64_t elements = 1;
    help_put_number(&file, 0x0800u + (unsigned)rank, 4, true);
    for (int i = 0; i < rank; i++) {
        help_put_number(&file, (uint64_t)sizes[i], 4, true);
        elements *= sizes[i];
    }
    for (int64_t i = 0; i < elements; i++)
        help_put_number(&file, (uint64_t)(i % below), 1, true);
    return file;
}

help_buffer help_npy(const char *descr, const char *order, const char *shape,
                     const void *elements, int64_t bytes)
{
    help_buffer file = { .n = 0 };
    char header[256];
    int n =
        snprintf(header, sizeof header, "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }",
                 descr, order, shape);
    int padded = (10 + n + 1 + 63) / 64 * 64 - 10;
    help_put(&file, "\x93NUMPY\x01\x00", 8);
    help_put_number(&file, (uint64_t)padded, 2, false);
    help_put(&file, header, n);
    for (int i = n; i < padded - 1; i++) help_put(&file, " ", 1);
    help_put(&file, "\n", 1);
    help_put(&file, elements, bytes);
    return file;
}

/* What the header of an entry and its line in the directory have in common. */
static void put_entry(help_buffer *to, const help_buffer *content, const help_buffer *packed,
                      const char *name, bool deflated)
{
    help_put_number(to, 20, 2, false);
    help_put_number(to, 0, 2, false);
    help_put_number(to, deflated ? 8 : 0, 2, false);
    help_put_number(to, 0, 4, false);
    help_put_number(to, crc32(0, content->at, (uInt)content->n), 4, false);
    help_put_number(to, (uint64_t)packed->n, 4, false);
    help_put_number(to, (uint64_t)content->n, 4, false);
    help_put_number(to, strlen(name), 2, false);
    help_put_number(to, 0, 2, false);
}

help_buffer help_zip(const char *const *names, const help_buffer *contents, int count,
                     bool deflated)
{
    help_buffer file = { .n = 0 }, directory = { .n = 0 };
    for (int i = 0; i < count; i++) {
        help_buffer packed = deflated ? help_deflate(&contents[i]) : contents[i];
        int64_t at = file.n, n_name = (int64_t)strlen(names[i]);
        help_put(&file, "PK\3\4", 4);
        put_entry(&file, &contents[i], &packed, names[i], deflated);
        help_put(&file, names[i], n_name);
        help_put(&file, packed.at, packed.n);
        help_put(&directory, "PK\1\2\24\0", 6);
        put_entry(&directory, &contents[i], &packed, names[i], deflated);
        help_put_number(&directory, 0, 8, false);
        help_put_number(&directory, 0, 2, false);
        help_put_number(&directory, (uint64_t)at, 4, false);
        help_put(&directory, names[i], n_name);
    }
    int64_t from = file.n;
    help_put(&file, directory.at, directory.n);
    help_put(&file, "PK\5\6\0\0\0\0", 8);
    help_put_number(&file, (uint64_t)count, 2, false);
    help_put_number(&file, (uint64_t)count, 2, false);
    help_put_number(&file, (uint64_t)directory.n, 4, false);
    help_put_number(&file, (uint64_t)from, 4, false);
    help_put_number(&file, 0, 2, false);
    return file;
}

void help_mutate(const help_buffer *content, const char *name, void (*read)(const char *file))
{
    static const uint8_t flips[] = { 0x01, 0x80, 0xff, 0x2c };
    for (int64_t n = 0; n < content->n; n++) read(help_write(name, content->at, n));
    help_buffer changed = *content;
    for (int64_t i = 0; i < content->n; i++) {
        for (size_t k = 0; k < sizeof flips; k++) {
            changed.at[i] = content->at[i] ^ flips[k];
            read(help_write(name, changed.at, changed.n));
        }
        changed.at[i] = content->at[i];
    }
}

dy_dataset help_bytes_set(int64_t rows, int64_t inputs, float scale, float shift)
{
    dy_error err;
    dy_dataset data = dy_dataset_make(0);
    uint8_t *bytes = dy_arena_take(&data.arena, rows * inputs, 1, &err);
    int32_t *labels = dy_arena_take(&data.arena, rows, sizeof *labels, &err);
    float *scales = dy_arena_take(&data.arena, inputs, sizeof *scales, &err);
    float *shifts = dy_arena_take(&data.arena, inputs, sizeof *shifts, &err);
    cr_assert(bytes && labels && scales && shifts, "%s", err.text);
    for (int64_t i = 0; i < rows * inputs; i++) bytes[i] = (uint8_t)(7 * i + 3);
    for (int64_t i = 0; i < rows; i++) labels[i] = (int32_t)(i % 3);
    for (int64_t j = 0; j < inputs; j++) {
        scales[j] = scale;
        shifts[j] = shift;
    }
    data.inputs = inputs;
    data.outputs = 3;
    data.scale = scales;
    data.shift = shifts;
    data.train = (dy_split){ .rows = rows, .bytes = bytes, .labels = labels };
    return data;
}

void help_says(const dy_error *err, const char *text)
{
    cr_assert(strstr(err->text, text), "'%s' does not say '%s'", err->text, text);
}
