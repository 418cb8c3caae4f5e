/* special.h - e^x and its relatives, for loops that a compiler turns into vector code.
 *
 * Without branches or calls, and in plain IEEE operations, so that every build gives the same bits and none depends on
 * a C library. NaN goes in and comes out. Errors are measured in tests/unit/learn/special.c.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>

/* e^x = scale (1 + rest) with scale a power of two, so that e^x - 1 can be had without cancellation. */
typedef struct dy_exp_parts {
    float scale, rest;
} dy_exp_parts;

static const float DY_EXP_LEAST =
    -87.0F; /* e^x is subnormal just below; taken as 0 from here on */

/* For x <= 0 (or hardly above). x = k ln 2 + r with |r| <= ln 2 / 2, ln 2 in two parts so that r is exact to a rounding; then
 * Taylor's series of e^r - 1 to r^7, whose remainder is below 5e-9. Adding 1.5 2^23 rounds to a whole number and leaves it in
 * the low bits. source: W. Cody and W. Waite, Software Manual for the Elementary Functions, 1980 */
static inline dy_exp_parts dy_exp_split(float x)
{
    const float shift = 12582912.0F; /* 1.5 * 2^23 */
    const uint32_t shift_bits = 0x4B400000U;
    x = x < DY_EXP_LEAST ? DY_EXP_LEAST : x;
    float shifted = x * 1.44269504F + shift;
    float k = shifted - shift;
    float r = (x - k * 0.693359375F) - k * -2.12194440e-4F;
    float tail = 1.0F / 720 + r * (1.0F / 5040);
    tail = 1.0F / 24 + r * (1.0F / 120 + r * tail);
    tail = 0.5F + r * (1.0F / 6 + r * tail);
    uint32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits - shift_bits + 127U) << 23;
    dy_exp_parts parts = { .rest = r + r * r * tail };
    memcpy(&parts.scale, &bits, sizeof bits);
    return parts;
}

/* e^x for x <= 0. */
static inline float dy_exp_down(float x)
{
    dy_exp_parts parts = dy_exp_split(x);
    return x < DY_EXP_LEAST ? 0.0F : parts.scale + parts.scale * parts.rest;
}

/* e^x - 1 for x <= 0, exact near 0 too. */
static inline float dy_expm1_down(float x)
{
    dy_exp_parts parts = dy_exp_split(x);
    return parts.scale * parts.rest + (parts.scale - 1.0F);
}

static inline float dy_tanh(float x)
{
    float t = dy_expm1_down(-2.0F * fabsf(x));
    return copysignf(t / (2.0F + t), x);
}

static inline float dy_sigmoid(float x)
{
    float e = dy_exp_down(-fabsf(x));
    return (x >= 0.0F ? 1.0F : e) / (1.0F + e);
}

/* The standard normal distribution function, from a Chebyshev fit of erfc.
 * source: W. Press et al., Numerical Recipes in C, 1992, section 6.2 (error below 1.2e-7) */
static inline float dy_normal_below(float x)
{
    float z = fabsf(x) * 0.707106781F;
    float t = 1.0F / (1.0F + 0.5F * z);
    float p = -0.82215223F + t * 0.17087277F;
    p = -1.13520398F + t * (1.48851587F + t * p);
    p = -0.18628806F + t * (0.27886807F + t * p);
    p = 0.37409196F + t * (0.09678418F + t * p);
    p = -1.26551223F + t * (1.00002368F + t * p);
    float tail = 0.5F * t * dy_exp_down(p - z * z);
    return x >= 0.0F ? 1.0F - tail : tail;
}

/* Its derivative, the bell curve. */
static inline float dy_normal_density(float x)
{
    return 0.398942280F * dy_exp_down(-0.5F * x * x);
}
