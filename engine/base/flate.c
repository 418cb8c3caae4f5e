/* flate.c - see flate.h.   SPDX-License-Identifier: MIT */
#include "base/flate.h"

#include <zlib.h>

enum {
    CHUNK = 1 << 30, /* zlib counts in unsigned int */
    SINK = 1 << 15,  /* where bytes go that are only counted */
    TRAILER = 18,    /* the smallest header and trailer of a gzip file */
    LIKELY_RATIO =
        16, /* up to this a claimed size is tried: images pack to a fifth, labels to a half */
    GZIP = 15 + 16, /* inflateInit2: the largest window, a gzip header and checksum */
    RAW = -15,      /* inflateInit2: the largest window, no header */
    MEM_LEVEL = 8,  /* deflateInit2: its own choice */
};

bool dy_gzip_begins(const uint8_t head[2])
{
    return head[0] == 0x1f && head[1] == 0x8b;
}

uint32_t dy_crc32(const uint8_t *at, int64_t n)
{
    uLong crc = crc32(0, NULL, 0);
    for (; n > 0; at += CHUNK, n -= CHUNK) crc = crc32(crc, at, (uInt)(n < CHUNK ? n : CHUNK));
    return (uint32_t)crc;
}

static bool open_stream(z_stream *z, int window, dy_error *err)
{
    *z = (z_stream){ 0 };
    return inflateInit2(z, window) == Z_OK || dy_fail(err, "out of memory: zlib");
}

/* One stream from *in to *out, both moved on by what was used. Returns Z_STREAM_END, Z_BUF_ERROR (one of the two
 * is used up), or what is wrong. */
static int unpack_stream(z_stream *z, dy_bytes *in, dy_bytes *out)
{
    int rc = Z_OK;
    while (rc == Z_OK) {
        uInt n_in = (uInt)(in->n < CHUNK ? in->n : CHUNK);
        uInt n_out = (uInt)(out->n < CHUNK ? out->n : CHUNK);
        z->next_in = in->at;
        z->avail_in = n_in;
        z->next_out = out->at;
        z->avail_out = n_out;
        rc = inflate(z, Z_NO_FLUSH);
        in->n -= n_in - z->avail_in;
        in->at += n_in - z->avail_in;
        out->n -= n_out - z->avail_out;
        out->at += n_out - z->avail_out;
    }
    return rc;
}

static bool explain(int rc, const z_stream *z, int64_t left, dy_error *err)
{
    if (rc == Z_BUF_ERROR && left == 0)
        return dy_fail(err, "the packed data end too soon; the file is cut short");
    return dy_fail(err, "the packed data are damaged (%s)", z->msg ? z->msg : zError(rc));
}

/* All members, one behind the other. *full: the room was used up first; nothing is wrong so far. */
static bool unpack_members(z_stream *z, dy_bytes *in, dy_bytes *out, bool *full, dy_error *err)
{
    *full = false;
    for (;;) {
        int rc = unpack_stream(z, in, out);
        *full = rc == Z_BUF_ERROR && out->n == 0 && in->n > 0;
        if (*full) return true;
        if (rc != Z_STREAM_END) return explain(rc, z, in->n, err);
        if (in->n == 0) return true;
        if (in->n < 2 || !dy_gzip_begins(in->at))
            return dy_fail(err, "%lld bytes follow the end of the packed data",
                           (long long)in->n);
        inflateReset(z);
    }
}

/* Unpacks into `room` bytes at `to`; *got is how many there were. */
static bool fill(uint8_t *to, int64_t room, dy_bytes packed, int64_t *got, bool *full,
                 dy_error *err)
{
    z_stream z;
    dy_bytes out;
    out.at = to;
    out.n = room;
    if (!open_stream(&z, GZIP, err)) return false;
    bool ok = unpack_members(&z, &packed, &out, full, err);
    inflateEnd(&z);
    *got = room - out.n;
    return ok;
}

/* How many bytes there are, by unpacking them to nowhere. */
static bool count(dy_bytes packed, int64_t *n, dy_error *err)
{
    uint8_t sink[SINK];
    z_stream z;
    bool full = true, ok = true;
    if (!open_stream(&z, GZIP, err)) return false;
    *n = 0;
    while (ok && full) {
        dy_bytes out = { sink, SINK };
        ok = unpack_members(&z, &packed, &out, &full, err);
        *n += SINK - out.n;
    }
    inflateEnd(&z);
    return ok;
}

/* The size in the trailer, if it is likely; -1 if not. It is right for a whole file of one member below 4 GB. */
static int64_t claimed(dy_bytes packed)
{
    if (packed.n < TRAILER) return -1;
    const uint8_t *last = packed.at + packed.n - 4;
    int64_t n = last[0] | last[1] << 8 | last[2] << 16 | (int64_t)last[3] << 24;
    return n <= LIKELY_RATIO * packed.n ? n : -1;
}

bool dy_gzip_unpack(dy_bytes *bytes, dy_arena *arena, dy_bytes packed, dy_error *err)
{
    int64_t room = claimed(packed), got = 0;
    bool full = true;
    uint8_t *to = NULL;
    if (room >= 0) {
        if (!(to = dy_arena_take(arena, room + 1, 1, err)) ||
            !fill(to, room, packed, &got, &full, err))
            return false;
    }
    if (full) {
        if (!count(packed, &room, err) || !(to = dy_arena_take(arena, room + 1, 1, err)) ||
            !fill(to, room, packed, &got, &full, err))
            return false;
    }
    *bytes = (dy_bytes){ to, got };
    return true;
}

bool dy_deflate_unpack(uint8_t *to, int64_t n, dy_bytes packed, dy_error *err)
{
    z_stream z;
    dy_bytes out;
    out.at = to;
    out.n = n;
    if (!open_stream(&z, RAW, err)) return false;
    int rc = unpack_stream(&z, &packed, &out);
    bool ok;
    if (rc == Z_BUF_ERROR && out.n == 0 && packed.n > 0)
        ok = dy_fail(err, "more than the %lld bytes it should have", (long long)n);
    else if (rc != Z_STREAM_END)
        ok = explain(rc, &z, packed.n, err);
    else
        ok = out.n == 0 || dy_fail(err, "%lld bytes; it should have %lld",
                                   (long long)(n - out.n), (long long)n);
    inflateEnd(&z);
    return ok;
}

bool dy_deflate_pack(dy_bytes *packed, dy_arena *arena, dy_bytes bytes, dy_error *err)
{
    z_stream z = { 0 };
    if (bytes.n > CHUNK)
        return dy_fail(err, "%lld bytes to pack at once; want at most 2^30",
                       (long long)bytes.n);
    if (deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, RAW, MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        return dy_fail(err, "out of memory: zlib");
    uLong room = deflateBound(&z, (uLong)bytes.n);
    uint8_t *to = dy_arena_take(arena, (int64_t)room, 1, err);
    z.next_in = bytes.at;
    z.avail_in = (uInt)bytes.n;
    z.next_out = to;
    z.avail_out = (uInt)room;
    bool ok = to && deflate(&z, Z_FINISH) == Z_STREAM_END;
    DY_ASSERT(ok || !to); /* the bound is one */
    *packed = (dy_bytes){ to, (int64_t)z.total_out };
    deflateEnd(&z);
    return ok;
}
