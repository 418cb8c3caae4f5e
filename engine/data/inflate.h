/* inflate.h - gzip and deflate, from memory to memory. An internal header of data/; zlib is behind it and nowhere else.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/bytes.h"

/* Whether these first two bytes are a gzip file's. */
bool dy_gzip_begins(const uint8_t head[2]);

/* Unpacks all members of a gzip file, checksums compared. Fails when it is damaged or cut short, something else follows, or
 * memory is short. Sizes the file claims are not trusted. */
bool dy_gzip_unpack(dy_bytes *bytes, dy_arena *arena, dy_bytes packed, dy_error *err);

/* Unpacks a raw deflate stream that has to fill to [n] exactly. */
bool dy_deflate_unpack(uint8_t *to, int64_t n, dy_bytes packed, dy_error *err);

uint32_t dy_crc32(const uint8_t *at, int64_t n);
