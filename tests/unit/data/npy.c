/* NumPy's format: what is read, and headers that are wrong or lie.   SPDX-License-Identifier: MIT */
#include "data/npy.h"

#include "help.h"

#include <criterion/criterion.h>
#include <string.h>

static bool parse(dy_npy *array, help_buffer *file, dy_error *err)
{
    return dy_npy_parse(array, (dy_bytes){ file->at, file->n }, err);
}

Test(npy, every_kind_of_number)
{
    static const struct {
        const char *descr;
        uint8_t bytes[8];
        int size;
        double value;
    } cases[] = {
        { "|u1", { 200 }, 1, 200 },
        { "|i1", { 0xff }, 1, -1 },
        { "<u2", { 0x34, 0x12 }, 2, 0x1234 },
        { "<i2", { 0xfe, 0xff }, 2, -2 },
        { "<i4", { 0, 0, 0, 0x80 }, 4, -2147483648.0 },
        { "<u4", { 0, 0, 0, 0x80 }, 4, 2147483648.0 },
        { "<i8", { 3, 0, 0, 0, 0, 0, 0, 0 }, 8, 3 },
        { "<u8", { 0, 0, 0, 0, 0, 0, 0, 0x80 }, 8, 0x1p63 },
        { "<f4", { 0, 0, 0xc0, 0xbf }, 4, -1.5 },
        { "<f8", { 0, 0, 0, 0, 0, 0, 0xe0, 0x3f }, 8, 0.5 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dy_error err;
        dy_npy array;
        help_buffer file =
            help_npy(cases[i].descr, "False", "(1,)", cases[i].bytes, cases[i].size);
        cr_assert(parse(&array, &file, &err), "%s: %s", cases[i].descr, err.text);
        cr_assert_eq(dy_npy_real(&array, 0), cases[i].value, "%s", cases[i].descr);
    }
}

Test(npy, shapes)
{
    static const struct {
        const char *shape;
        int rank;
        int64_t n;
    } cases[] = {
        { "()", 0, 1 }, { "(6,)", 1, 6 }, { "(2, 3)", 2, 6 }, { "(1, 2, 3,)", 3, 6 }
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dy_error err;
        dy_npy array;
        help_buffer file = help_npy("|u1", "False", cases[i].shape, "abcdef", cases[i].n);
        cr_assert(parse(&array, &file, &err), "%s: %s", cases[i].shape, err.text);
        cr_assert_eq(array.rank, cases[i].rank);
        cr_assert_eq(array.n, cases[i].n);
    }
}

Test(npy, refusals)
{
    static const struct {
        const char *descr, *order, *shape;
        int64_t bytes;
        const char *says;
    } cases[] = {
        { ">f4", "False", "(1,)", 4, "elements of type '>f4'; want bytes, integers, float32" },
        { "<f2", "False", "(1,)", 2, "elements of type '<f2'" },
        { "<c8", "False", "(1,)", 8, "elements of type '<c8'" },
        { "<U5", "False", "(1,)", 20, "elements of type '<U5'" },
        { "|O", "False", "(1,)", 8, "elements of type '|O'" },
        { "", "False", "(1,)", 8, "elements of type ''" },
        { "<f4", "True", "(1,)", 4, "in Fortran order; want C order" },
        { "<f4", "None", "(1,)", 4, "neither True nor False" },
        { "<f4", "False", "(2,)", 4, "its header promises more elements than the 4 bytes" },
        { "<f4", "False", "(1,)", 8, "its header promises 4 bytes of elements; 8 follow" },
        { "<f4", "False", "(0, 3)", 0, "dimension 1 is empty" },
        { "<f4", "False", "(999999999999, 999999999999)", 4, "promises more elements" },
        { "<f4", "False", "(99999999999999999999,)", 4,
          "a size that is no number, or too large" },
        { "<f4", "False", "(1,1,1,1,1,1,1,1,1)", 4, "more than 8 dimensions" },
        { "<f4", "False", "(1", 4, "a size that is no number" },
        { "<f4", "False", "(1 1)", 4, "its header's shape is not closed" },
        { "<f4", "False", "3", 4, "its header's shape is no tuple" },
        { "<f4", "False", "(1,), 'more': 1", 4, "a key 'more'; want descr" },
    };

    uint8_t zeros[64] = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dy_error err = { "" };
        dy_npy array;
        help_buffer file =
            help_npy(cases[i].descr, cases[i].order, cases[i].shape, zeros, cases[i].bytes);
        cr_assert_not(parse(&array, &file, &err), "case %zu", i);
        help_says(&err, cases[i].says);
    }
}

Test(npy, what_is_none)
{
    dy_error err;
    dy_npy array;
    help_buffer file = help_npy("|u1", "False", "(4,)", "abcd", 4), bad = file;
    bad.at[0] = 'N';
    cr_assert_not(parse(&array, &bad, &err));
    help_says(&err, "does not begin as an .npy file does");
    bad = file;
    bad.at[6] = 4;
    cr_assert_not(parse(&array, &bad, &err));
    help_says(&err, "format version 4; want 1, 2 or 3");
    bad = file;
    bad.n = 40;
    cr_assert_not(parse(&array, &bad, &err));
    help_says(&err, "ends in its header");
    bad = file;
    bad.n--;
    cr_assert_not(parse(&array, &bad, &err));
    help_says(&err, "promises more elements than the 3 bytes");
}

Test(npy, later_versions_have_longer_headers)
{
    dy_error err;
    dy_npy array;
    help_buffer one = help_npy("|u1", "False", "(4,)", "abcd", 4), two = { .n = 0 };
    help_put(&two, "\x93NUMPY\x02\x00", 8);
    help_put_number(&two, (uint64_t)one.at[8], 4, false);
    help_put(&two, one.at + 10, one.n - 10);
    cr_assert(parse(&array, &two, &err), "%s", err.text);
    cr_assert_eq(array.elements[3], 'd');
}
