/* digest.h - SHA-256 of what is added piece by piece; nettle is behind it and nowhere else.
 *
 * Numbers are added as little-endian bytes and texts with their length, so that what is added decides the digest, and not
 * the machine, nor where one piece ends and the next begins.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { DY_DIGEST_BYTES = 32 };

/* In the making; starts with dy_digest_init. */
typedef struct dy_digest {
    _Alignas(16) unsigned char state[128]; /* nettle's */
} dy_digest;

void dy_digest_init(dy_digest *digest);
void dy_digest_bytes(dy_digest *digest, const void *bytes, size_t n); /* as they are */
void dy_digest_whole(dy_digest *digest, int64_t value);
void dy_digest_real(dy_digest *digest, double value);
void dy_digest_text(dy_digest *digest, const char *text);

/* What it comes to; starts it anew. */
void dy_digest_end(dy_digest *digest, uint8_t sum[DY_DIGEST_BYTES]);

/* The first n bytes as 2 n digits; fills to[2 n + 1]. */
void dy_digest_hex(const uint8_t sum[DY_DIGEST_BYTES], int n, char *to);
