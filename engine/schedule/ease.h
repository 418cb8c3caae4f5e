/* ease.h - how a curve travels from one keyframe to the next.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/error.h"

/* Of the way p from 0 to 1 between the values a and b; x and y are the ease's own numbers: */
typedef enum dy_ease_kind {
    DY_EASE_HOLD,   /* a until p = 1 */
    DY_EASE_LINEAR, /* a + (b - a) p */
    DY_EASE_COSINE, /* a + (b - a) (1 - cos(pi p)) / 2 */
    DY_EASE_EXP,    /* a (b / a)^p: equal factors in equal times; both of one sign, neither 0 */
    DY_EASE_POLY,   /* b + (a - b) (1 - p)^x: steep first for x > 1; 0 < x */
    DY_EASE_POWER,  /* a + (b - a) p^x: steep first for x < 1; 0 < x */
    DY_EASE_SINE_OUT, /* a + (b - a) sin(pi p / 2): steep first */
    DY_EASE_SINE_IN,  /* a + (b - a) (1 - cos(pi p / 2)): steep last */
    DY_EASE_RATIONAL, /* b + (a - b) (1 - p) / (x + (1 - x) (1 - p)): steep last for x < 1; 0 < x */
    DY_EASE_TANH, /* a + (b - a) (tanh(x + (y - x) p) - tanh x) / (tanh y - tanh x); x < y */
    DY_EASES,
} dy_ease_kind;

typedef struct dy_ease {
    dy_ease_kind kind;
    double x, y; /* what the kind has no use for is 0 */
} dy_ease;

/* "hold", "linear", "cosine" ...: the names scripts use. NULL-terminated */
extern const char *const DY_EASE_NAMES[];

/* What x and y are called, as many as the kind has. */
typedef struct dy_ease_form {
    int n;
    const char *names[2];
} dy_ease_form;

extern const dy_ease_form DY_EASE_FORMS[DY_EASES];

/* The ease's number i, from 0: x, then y. */
double dy_ease_number(dy_ease ease, int i);

/* Whether one may travel so from a to b, both finite. Fails when the kind or its numbers are none that dy_ease_at can use. */
bool dy_ease_check(dy_ease ease, double a, double b, dy_error *err);

/* p^x for 0 <= p <= 1, 0 < x: of 1, within a unit in its last place. */
double dy_ease_power(double p, double x);

/* The value at p, 0 <= p <= 1; exactly a at 0, and exactly b at 1. Total for checked values. */
double dy_ease_at(dy_ease ease, double a, double b, double p);
