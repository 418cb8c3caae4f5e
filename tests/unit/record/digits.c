/* digits.c - numbers as text: what printf writes, to the last digit.   SPDX-License-Identifier: MIT */
#include "record/digits.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect_as_printf(double value, int precision)
{
    char want[40];
    dy_digits d = { 0 };
    snprintf(want, sizeof want, "%.*g", precision, value);
    cr_assert_str_eq(dy_digits_write(&d, precision, value), want, "%a", value);
    if (precision == 17 && isfinite(value)) cr_assert_eq(strtod(d.text, NULL), value);
}

Test(digits, particular_numbers)
{
    static const double VALUES[] = {
        0,
        -0.0,
        0.1,
        0.3,
        1.0 / 3,
        1,
        2,
        9,
        10,
        100,
        12345,
        1e15,
        1e16,
        1e17,
        1e-4,
        9.9999999999999991e-05,
        1e-5,
        0.5,
        0.25,
        0.125,
        1e-300,
        5e-324,
        1e300,
        99999999999999984.0,
        0.99999999999999989,
        9.9999999999999982,
        1.0000000000000002,
        123456789012345.68,
        1e14,
        -0.1,
        0.0001,
        0.00012345,
        0.001,
        4503599627370496.5,
        8e-7,
        999999999999999.9,
    };
    for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++) {
        expect_as_printf(VALUES[i], 17);
        expect_as_printf(VALUES[i], 9);
    }
    expect_as_printf((double)INFINITY, 17);
    expect_as_printf(-(double)INFINITY, 17);
}

/* Halves that lie exactly between two numbers of 17 digits go to the even one. */
Test(digits, ties)
{
    for (int64_t i = 1; i < 2000; i += 2)
        for (int bits = 1; bits < 52; bits++) {
            double value = ldexp((double)i, -bits);
            expect_as_printf(value, 17);
            expect_as_printf(1 + value, 17);
        }
}

Test(digits, any_number)
{
    uint64_t state = 1;
    for (int i = 0; i < 300000; i++) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        uint64_t mantissa = (state >> 11) | 1;
        expect_as_printf(ldexp((double)mantissa, (int)(state % 80) - 73 - 10), 17);
    }
}

Test(digits, powers_of_ten_and_their_neighbours)
{
    for (int p = -8; p <= 18; p++) {
        double value = pow(10, p);
        expect_as_printf(value, 17);
        expect_as_printf(nextafter(value, 0), 17);
        expect_as_printf(nextafter(value, INFINITY), 17);
    }
}

Test(digits, nan_has_no_sign)
{
    dy_digits d = { 0 };
    cr_expect_str_eq(dy_digits_write(&d, 17, -(double)NAN), "nan");
    cr_expect_str_eq(dy_digits_write(&d, 17, 0.5), "0.5");
    cr_expect_str_eq(dy_digits_write(&d, 17, NAN), "nan");
}

Test(digits, what_is_kept_is_the_number)
{
    dy_digits d = { 0 };
    cr_expect_str_eq(dy_digits_write(&d, 17, 0), "0");
    cr_expect_str_eq(dy_digits_write(&d, 17, -0.0), "-0");
    cr_expect_str_eq(dy_digits_write(&d, 17, 0), "0");
    cr_expect_str_eq(dy_digits_write(&d, 17, 0.1), "0.10000000000000001");
    cr_expect_str_eq(dy_digits_write(&d, 17, 0.1), "0.10000000000000001");
}
