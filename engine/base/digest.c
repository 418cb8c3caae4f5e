/* digest.c - see digest.h.   SPDX-License-Identifier: MIT */
#include "base/digest.h"

#include <nettle/sha2.h>
#include <string.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof((dy_digest *)0)->state, "it has room");
_Static_assert(DY_DIGEST_BYTES == SHA256_DIGEST_SIZE, "it is whole");

static struct sha256_ctx *context(dy_digest *digest)
{
    return (struct sha256_ctx *)(void *)digest->state;
}

void dy_digest_init(dy_digest *digest)
{
    sha256_init(context(digest));
}

void dy_digest_bytes(dy_digest *digest, const void *bytes, size_t n)
{
    if (n > 0) sha256_update(context(digest), n, bytes);
}

void dy_digest_whole(dy_digest *digest, int64_t value)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)((uint64_t)value >> 8 * i);
    dy_digest_bytes(digest, bytes, sizeof bytes);
}

void dy_digest_real(dy_digest *digest, double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    dy_digest_whole(digest, bits);
}

void dy_digest_text(dy_digest *digest, const char *text)
{
    size_t n = strlen(text);
    dy_digest_whole(digest, (int64_t)n);
    dy_digest_bytes(digest, text, n);
}

void dy_digest_end(dy_digest *digest, uint8_t sum[DY_DIGEST_BYTES])
{
    sha256_digest(context(digest), DY_DIGEST_BYTES, sum);
}

void dy_digest_hex(const uint8_t sum[DY_DIGEST_BYTES], int n, char *to)
{
    static const char DIGITS[] = "0123456789abcdef";
    for (int i = 0; i < n; i++) {
        *to++ = DIGITS[sum[i] >> 4];
        *to++ = DIGITS[sum[i] & 15];
    }
    *to = '\0';
}
