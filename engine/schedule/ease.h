/* ease.h - how a curve travels from one keyframe to the next.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include <stdbool.h>

/* Of the way p from 0 to 1 between the values a and b: */
typedef enum dy_ease_kind {
    DY_EASE_HOLD,   /* a until p = 1 */
    DY_EASE_LINEAR, /* a + (b - a) p */
    DY_EASE_COSINE, /* a + (b - a) (1 - cos(pi p)) / 2 */
    DY_EASE_EXP,    /* a (b / a)^p: equal factors in equal times; both of one sign, neither 0 */
    DY_EASE_POLY,   /* b + (a - b) (1 - p)^power: steep first for power > 1 */
    DY_EASES,
} dy_ease_kind;

typedef struct dy_ease {
    dy_ease_kind kind;
    double power; /* of DY_EASE_POLY, > 0 */
} dy_ease;

/* "hold", "linear", "cosine", "exp", "poly": the names scripts use. NULL-terminated */
extern const char *const DY_EASE_NAMES[];

/* The value at p, 0 <= p <= 1; exactly a at 0, and exactly b at 1. Total for checked values. */
double dy_ease_at(dy_ease ease, double a, double b, double p);
