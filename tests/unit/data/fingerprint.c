/* fingerprint.c - a data set's digest is its content's, not its name's nor its maker's.   SPDX-License-Identifier: MIT */
#include "data/generated.h"
#include "help.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect_same(const dy_dataset *a, const dy_dataset *b, bool same)
{
    uint8_t x[DY_DIGEST_BYTES], y[DY_DIGEST_BYTES];
    dy_dataset_digest(a, x);
    dy_dataset_digest(b, y);
    cr_expect_eq(memcmp(x, y, sizeof x) == 0, same);
}

Test(fingerprint, equal_content_is_equal_and_any_change_is_seen)
{
    dy_error err;
    dy_dataset a = help_bytes_set(30, 4, 0.5f, 0), b = help_bytes_set(30, 4, 0.5f, 0),
               scaled = help_bytes_set(30, 4, 0.25f, 0), shuffled, part, whole;
    strcpy(b.name, "another");
    expect_same(&a, &b, true);
    expect_same(&a, &scaled, false);
    cr_assert(dy_dataset_shuffle(&shuffled, &a, 1, &err), "%s", err.text);
    cr_assert(dy_dataset_subset(&part, &a, 29, 0, &err), "%s", err.text);
    cr_assert(dy_dataset_subset(&whole, &a, 30, 0, &err), "%s", err.text);
    expect_same(&a, &shuffled, false);
    expect_same(&a, &part, false);
    expect_same(&a, &whole, true);
    expect_same(&part, &part, true); /* the second time from memory */
    dy_dataset_close(&whole);
    dy_dataset_close(&part);
    dy_dataset_close(&shuffled);
    dy_dataset_close(&scaled);
    dy_dataset_close(&b);
    dy_dataset_close(&a);
}
