/* digest.c - known sums, and that pieces don't run into each other.   SPDX-License-Identifier: MIT */
#include "base/digest.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *ended(dy_digest *digest)
{
    static char hex[2][2 * DY_DIGEST_BYTES + 1];
    static int next;
    uint8_t sum[DY_DIGEST_BYTES];
    dy_digest_end(digest, sum);
    dy_digest_hex(sum, DY_DIGEST_BYTES, hex[next ^= 1]);
    return hex[next];
}

/* source: FIPS 180-2, appendix B */
Test(digest, is_sha_256)
{
    dy_digest d;
    dy_digest_init(&d);
    cr_expect_str_eq(ended(&d),
                     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    dy_digest_bytes(&d, "a", 1);
    dy_digest_bytes(&d, "bc", 2);
    cr_expect_str_eq(ended(&d),
                     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

Test(digest, pieces_do_not_run_into_each_other)
{
    dy_digest a, b;
    dy_digest_init(&a);
    dy_digest_init(&b);
    dy_digest_text(&a, "ab");
    dy_digest_text(&a, "c");
    dy_digest_text(&b, "a");
    dy_digest_text(&b, "bc");
    cr_expect_str_neq(ended(&a), ended(&b));
}

Test(digest, numbers_count_by_their_bits)
{
    dy_digest a, b;
    dy_digest_init(&a);
    dy_digest_init(&b);
    dy_digest_real(&a, 0.1);
    dy_digest_real(&b, 0.1 + 1e-19);
    cr_expect_str_eq(ended(&a), ended(&b), "the same double");
    dy_digest_real(&a, 0.0);
    dy_digest_real(&b, -0.0);
    cr_expect_str_neq(ended(&a), ended(&b));
}
