/* zip.c - see zip.h. An archive is read from its end: there lies the directory, whose word on sizes is taken, because
 * the headers before the entries may leave them out.   SPDX-License-Identifier: MIT */
#include "data/zip.h"

#include "base/flate.h"

#include <stdio.h>
#include <string.h>

enum {
    END_BYTES = 22, /* the record at the archive's end, without its comment */
    ENTRY_BYTES = 46,
    LOCAL_BYTES = 30,
    COMMENT_MOST = 0xffff,
    STORED = 0,
    DEFLATED = 8,
    RATIO_MOST = 1032, /* deflate packs no better: a larger claim is a lie */
};

static const uint8_t END_MARK[4] = { 'P', 'K', 5, 6 };
static const uint8_t ENTRY_MARK[4] = { 'P', 'K', 1, 2 };
static const uint8_t LOCAL_MARK[4] = { 'P', 'K', 3, 4 };

typedef struct entry {
    const char *name; /* [n_name], not closed by a 0 */
    int64_t n_name;
    int flags, method;
    uint32_t crc;
    int64_t packed, size; /* bytes */
    int64_t local;        /* where its header lies */
} entry;

/* The directory as far as it has been read. */
typedef struct directory {
    dy_bytes archive;
    int64_t at, end;
} directory;

static int u16(const uint8_t *at)
{
    return at[0] | at[1] << 8;
}

static uint32_t u32(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static bool open_directory(directory *d, dy_bytes archive, dy_error *err)
{
    int64_t least = archive.n - END_BYTES - COMMENT_MOST, at = archive.n - END_BYTES;
    while (at >= 0 && at >= least && memcmp(archive.at + at, END_MARK, sizeof END_MARK) != 0)
        at--;
    if (at < 0 || at < least)
        return dy_fail(err, "has no directory at its end: it is cut short, or no .npz file");
    int64_t size = u32(archive.at + at + 12), from = u32(archive.at + at + 16);
    if (size == UINT32_MAX || from == UINT32_MAX)
        return dy_fail(err, "an archive of 4 GB or more; want a smaller one, or .npy files");
    if (from > at || size > at - from)
        return dy_fail(err, "its directory lies outside of the file");
    *d = (directory){ archive, from, from + size };
    return true;
}

/* The next entry; *end: there is none. */
static bool next_entry(directory *d, entry *e, bool *end, dy_error *err)
{
    *end = d->at == d->end;
    if (*end) return true;
    const uint8_t *at = d->archive.at + d->at;
    if (d->end - d->at < ENTRY_BYTES || memcmp(at, ENTRY_MARK, sizeof ENTRY_MARK) != 0)
        return dy_fail(err, "its directory is damaged");
    int64_t n_name = u16(at + 28), whole = ENTRY_BYTES + n_name + u16(at + 30) + u16(at + 32);
    if (whole > d->end - d->at) return dy_fail(err, "its directory is damaged");
    *e = (entry){ .name = (const char *)at + ENTRY_BYTES,
                  .n_name = n_name,
                  .flags = u16(at + 8),
                  .method = u16(at + 10),
                  .crc = u32(at + 16),
                  .packed = u32(at + 20),
                  .size = u32(at + 24),
                  .local = u32(at + 42) };
    d->at += whole;
    return true;
}

/* "x" names the entry "x.npy", as in numpy. */
static bool is_named(const entry *e, const char *name)
{
    size_t n = strlen(name), have = (size_t)e->n_name;
    if (have < n || memcmp(e->name, name, n) != 0) return false;
    return have == n || (have == n + 4 && memcmp(e->name + n, ".npy", 4) == 0);
}

static bool no_such(directory d, const char *name, dy_error *err)
{
    char list[256] = "";
    size_t used = 0;
    entry e;
    bool end = false;
    while (next_entry(&d, &e, &end, err) && !end && used < sizeof list) {
        int n = (int)e.n_name;
        if (n > 4 && memcmp(e.name + n - 4, ".npy", 4) == 0) n -= 4;
        int wrote =
            snprintf(list + used, sizeof list - used, "%s%.*s", used ? ", " : "", n, e.name);
        used += wrote > 0 ? (size_t)wrote : 0;
    }
    return dy_fail(err, "has no array '%s'; it has %s", name, used ? list : "none at all");
}

static bool check_entry(const entry *e, dy_error *err)
{
    if (e->flags & 1) return dy_fail(err, "is encrypted");
    if (e->method != STORED && e->method != DEFLATED)
        return dy_fail(err, "is packed by method %d; want stored or deflated", e->method);
    if (e->packed == UINT32_MAX || e->size == UINT32_MAX)
        return dy_fail(err, "is 4 GB or more; want a smaller array, or an .npy file");
    if (e->method == STORED && e->packed != e->size)
        return dy_fail(err, "is stored, but its two sizes differ");
    if (e->size / RATIO_MOST > e->packed)
        return dy_fail(err, "claims %lld bytes, more than its %lld packed bytes can give",
                       (long long)e->size, (long long)e->packed);
    return true;
}

/* Where the packed bytes are: behind a second header with lengths of its own. */
static bool find_packed(const entry *e, dy_bytes archive, dy_bytes *packed, dy_error *err)
{
    const uint8_t *at = archive.at + e->local;
    if (e->local > archive.n - LOCAL_BYTES || memcmp(at, LOCAL_MARK, sizeof LOCAL_MARK) != 0)
        return dy_fail(err, "its header is not where the directory says");
    int64_t from = e->local + LOCAL_BYTES + u16(at + 26) + u16(at + 28);
    if (from > archive.n || e->packed > archive.n - from)
        return dy_fail(err, "reaches past the end of the file");
    *packed = (dy_bytes){ archive.at + from, e->packed };
    return true;
}

static bool unpack(dy_bytes *content, dy_arena *arena, dy_bytes archive, const entry *e,
                   dy_error *err)
{
    dy_bytes packed;
    if (!check_entry(e, err) || !find_packed(e, archive, &packed, err)) return false;
    uint8_t *to = dy_arena_take(arena, e->size + 1, 1, err);
    if (!to) return false;
    if (e->method == STORED)
        memcpy(to, packed.at, (size_t)e->size);
    else if (!dy_deflate_unpack(to, e->size, packed, err))
        return false;
    if (dy_crc32(to, e->size) != e->crc)
        return dy_fail(err, "its checksum is wrong: the file is damaged");
    *content = (dy_bytes){ to, e->size };
    return true;
}

bool dy_zip_read(dy_bytes *content, dy_arena *arena, dy_bytes archive, const char *name,
                 dy_error *err)
{
    directory all, d;
    if (!open_directory(&all, archive, err)) return false;
    d = all;
    for (;;) {
        entry e;
        bool end;
        if (!next_entry(&d, &e, &end, err)) return false;
        if (end) return no_such(all, name, err);
        if (is_named(&e, name))
            return unpack(content, arena, archive, &e, err) ||
                   dy_fail_in(err, "array '%s'", name);
    }
}
