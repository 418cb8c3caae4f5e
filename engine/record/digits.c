/* digits.c - see digits.h.
 *
 * A double m 2^e with 17 digits is m 5^k 2^(e + k), rounded: where 5^k has at most 64 bits the product is exact in 128,
 * so that the rounding is, too. Every other number goes through printf.
 *
 * SPDX-License-Identifier: MIT */
#include "record/digits.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

enum { DIGITS = 17, POWERS = 28 };

static const uint64_t LEAST = 10000000000000000U; /* of 17 digits */

/* 5^27 is the last below 2^64. */
static uint64_t power_of_5(int k)
{
    uint64_t power = 1;
    for (; k > 0; k--) power *= 5;
    return power;
}

/* value * 10^k as a whole number, half to even; 0 where that cannot be had exactly this way. */
static uint64_t scaled(uint64_t mantissa, int exponent, int k)
{
    int shift = -(exponent + k);
    if (k < 0 || k >= POWERS || shift < 1 || shift > 120) return 0;
    wide product = (wide)mantissa * power_of_5(k);
    wide whole = product >> shift;
    wide rest = product - (whole << shift);
    wide half = (wide)1 << (shift - 1);
    if (whole > (wide)LEAST * 10) return UINT64_MAX;
    return (uint64_t)whole + (rest > half || (rest == half && (whole & 1)));
}

/* The digits of a number in text[17], and the power of ten of the first; false: not this way. */
static bool find_digits(double value, char *text, int *power)
{
    int exponent;
    double share = frexp(value, &exponent); /* 0.5 <= share < 1 */
    uint64_t mantissa = (uint64_t)ldexp(share, 53);
    int first = (int)floor((exponent - 1) * 0.30103); /* or one more */
    uint64_t digits = scaled(mantissa, exponent - 53, DIGITS - 1 - first);
    if (digits >= LEAST * 10) digits = scaled(mantissa, exponent - 53, DIGITS - 1 - ++first);
    if (digits < LEAST || digits >= LEAST * 10) return false;
    for (int i = DIGITS - 1; i >= 0; i--) {
        text[i] = (char)('0' + digits % 10);
        digits /= 10;
    }
    *power = first;
    return true;
}

/* Lays the digits out as %g does: plain from 1e-4 on. */
static bool write_17(double value, char *to)
{
    char digits[DIGITS];
    int power;
    if (!(value >= 1e-4 && value < 1e15) || !find_digits(value, digits, &power)) return false;
    int n = DIGITS;
    while (n > 1 && digits[n - 1] == '0') n--;
    if (power < 0) {
        memcpy(to, "0.000", 5);
        to += 1 - power; /* "0." and -power - 1 zeros */
        memcpy(to, digits, (size_t)n);
        to[n] = '\0';
        return true;
    }
    int whole = power + 1;
    memcpy(to, digits, (size_t)whole);
    to += whole;
    if (n > whole) {
        *to++ = '.';
        memcpy(to, digits + whole, (size_t)(n - whole));
        to += n - whole;
    }
    *to = '\0';
    return true;
}

const char *dy_digits_write(dy_digits *d, int precision, double value)
{
    bool same_sign = !signbit(d->value) == !signbit(value); /* 0 and -0 differ */
    if (d->known && d->value == value && same_sign) return d->text;
    if (isnan(value))
        memcpy(d->text, "nan", 4); /* printf would give its sign, too */
    else if (precision != DIGITS || !write_17(value, d->text))
        snprintf(d->text, sizeof d->text, "%.*g", precision, value);
    d->value = value;
    d->known = true;
    return d->text;
}
