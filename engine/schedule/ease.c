/* ease.c - see ease.h.   SPDX-License-Identifier: MIT */
#include "schedule/ease.h"

#include <math.h>
#include <stddef.h>

static const double HALF_PI = 1.5707963267948966;

const char *const DY_EASE_NAMES[] = {
    [DY_EASE_HOLD] = "hold", [DY_EASE_LINEAR] = "linear", [DY_EASE_COSINE] = "cosine",
    [DY_EASE_EXP] = "exp",   [DY_EASE_POLY] = "poly",     [DY_EASES] = NULL,
};

/* (1 - cos(pi p)) / 2 is sin(pi p / 2)^2. Measured from the nearer end, it keeps all its digits at the bottom of a deep
 * descent, where 1 + cos would lose them. */
static double cosine(double a, double b, double p)
{
    bool nearer_b = p > 0.5;
    double s = sin(HALF_PI * (nearer_b ? 1 - p : p));
    return nearer_b ? b + (a - b) * (s * s) : a + (b - a) * (s * s);
}

static double between(double a, double b, double value)
{
    double least = a < b ? a : b;
    double most = a < b ? b : a;
    if (!(value > least)) return least;
    return value < most ? value : most;
}

double dy_ease_at(dy_ease ease, double a, double b, double p)
{
    double value = a;
    if (p >= 1) return b;
    if (!(p > 0)) return a;
    switch (ease.kind) {
    case DY_EASE_HOLD: return a;
    case DY_EASE_LINEAR: value = a + (b - a) * p; break;
    case DY_EASE_COSINE: value = cosine(a, b, p); break;
    case DY_EASE_EXP: value = a * pow(b / a, p); break;
    case DY_EASE_POLY: value = b + (a - b) * pow(1 - p, ease.power); break;
    case DY_EASES: break;
    }
    return between(a, b, value); /* rounding may not carry it past an end */
}
