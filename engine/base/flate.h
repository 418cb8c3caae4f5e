/* flate.h - gzip and deflate, from memory to memory; zlib is behind it and nowhere else.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"

typedef struct dy_bytes {
    uint8_t *at; /* [n] */
    int64_t n;
} dy_bytes;

/* Whether these first two bytes are a gzip file's. */
bool dy_gzip_begins(const uint8_t head[2]);

/* Unpacks all members of a gzip file, checksums compared. Fails when it is damaged or cut short, something else follows, or
 * memory is short. Sizes the file claims are not trusted. */
bool dy_gzip_unpack(dy_bytes *bytes, dy_arena *arena, dy_bytes packed, dy_error *err);

/* Unpacks a raw deflate stream that has to fill to [n] exactly. */
bool dy_deflate_unpack(uint8_t *to, int64_t n, dy_bytes packed, dy_error *err);

uint32_t dy_crc32(const uint8_t *at, int64_t n);

/* The bytes as a raw deflate stream, packed for speed rather than size. owns: `arena`. Fails when memory is short. */
bool dy_deflate_pack(dy_bytes *packed, dy_arena *arena, dy_bytes bytes, dy_error *err);
