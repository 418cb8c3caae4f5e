/* ease.c - see ease.h.   SPDX-License-Identifier: MIT */
#include "schedule/ease.h"

#include <math.h>
#include <stddef.h>

static const double HALF_PI = 1.5707963267948966;

static const double TANH_MOST = 300; /* exp(2 x) is a number up to here */

const char *const DY_EASE_NAMES[] = {
    [DY_EASE_HOLD] = "hold",
    [DY_EASE_LINEAR] = "linear",
    [DY_EASE_COSINE] = "cosine",
    [DY_EASE_EXP] = "exp",
    [DY_EASE_POLY] = "poly",
    [DY_EASE_POWER] = "power",
    [DY_EASE_SINE_OUT] = "sine_out",
    [DY_EASE_SINE_IN] = "sine_in",
    [DY_EASE_RATIONAL] = "rational",
    [DY_EASE_TANH] = "tanh",
    [DY_EASES] = NULL,
};

const dy_ease_form DY_EASE_FORMS[DY_EASES] = {
    [DY_EASE_POLY] = { 1, { "power" } },
    [DY_EASE_POWER] = { 1, { "power" } },
    [DY_EASE_RATIONAL] = { 1, { "beta" } },
    [DY_EASE_TANH] = { 2, { "lower", "upper" } },
};

double dy_ease_number(dy_ease ease, int i)
{
    return i == 0 ? ease.x : ease.y;
}

static bool check_tanh(dy_ease ease, dy_error *err)
{
    if (!(fabs(ease.x) <= TANH_MOST && fabs(ease.y) <= TANH_MOST))
        return dy_fail(err, "tanh from %g to %g; want numbers of at most %g in size", ease.x,
                       ease.y, TANH_MOST);
    if (exp(2 * ease.x) < exp(2 * ease.y)) return true;
    return dy_fail(err, "tanh from %g to %g; want lower below upper", ease.x, ease.y);
}

bool dy_ease_check(dy_ease ease, double a, double b, dy_error *err)
{
    if ((int)ease.kind < 0 || ease.kind >= DY_EASES)
        return dy_fail(err, "ease %d; want 0 to %d", (int)ease.kind, DY_EASES - 1);
    double ratio = b / a;
    if (ease.kind == DY_EASE_EXP && !(ratio > 0 && isfinite(ratio) && isfinite(1 / ratio)))
        return dy_fail(err, "exp from %g to %g; want both of one sign and neither 0", a, b);
    if (ease.kind == DY_EASE_TANH) return check_tanh(ease, err);
    if (DY_EASE_FORMS[ease.kind].n == 0 || (ease.x > 0 && isfinite(ease.x))) return true;
    return dy_fail(err, "%s with %s %g; want a number, more than 0", DY_EASE_NAMES[ease.kind],
                   DY_EASE_FORMS[ease.kind].names[0], isnan(ease.x) ? (double)NAN : ease.x);
}

/* sin x for 0 <= x <= pi / 4, within a unit in the last place, by fdlibm's polynomial: without the branches of a sine for
 * every x, which a step in no order does not let the processor foresee. */
static double sine(double x)
{
    double z = x * x;
    double tail = 2.75573137070700676789e-06 +
                  z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10);
    tail = 8.33333333332248946124e-03 + z * (-1.98412698298579493134e-04 + z * tail);
    return x + z * x * (-1.66666666666666324348e-01 + z * tail);
}

/* (1 - cos(pi p)) / 2 is sin(pi p / 2)^2. Measured from the nearer end, it keeps all its digits at the bottom of a deep
 * descent, where 1 + cos would lose them. */
static double cosine(double a, double b, double p)
{
    const double ends[] = { a, b };
    double left = 1 - p;
    bool nearer_b = p > 0.5;
    double s = sine(HALF_PI * (p < left ? p : left)), from = ends[nearer_b];
    return from + (ends[!nearer_b] - from) * (s * s);
}

/* tanh v is 1 - 2 / (1 + exp(2 v)), and a quotient of differences of such needs no subtraction of nearly equal numbers but
 * of the exponentials themselves. What is left of the way, as the cosine's, keeps its digits at the bottom. */
static double tanh_left(double lower, double upper, double p)
{
    double low = exp(2 * lower), high = exp(2 * upper),
           here = exp(2 * (lower + (upper - lower) * p));
    return (high - here) / (1 + here) * ((1 + low) / (high - low));
}

/* Quicker than pow, which keeps all digits of what is small, too. */
double dy_ease_power(double p, double x)
{
    if (x == 1) return p;
    if (x == 2) return p * p;
    return x == 0.5 ? sqrt(p) : exp2(x * log2(p));
}

/* From the greater of the two, so that rounding is small against both. */
static double exponential(double a, double b, double p)
{
    bool grows = fabs(b) > fabs(a);
    return grows ? b * dy_ease_power(a / b, 1 - p) : a * dy_ease_power(b / a, p);
}

static double between(double a, double b, double value)
{
    double least = a < b ? a : b;
    double most = a > b ? a : b;
    value = value > least ? value : least;
    return value < most ? value : most;
}

double dy_ease_at(dy_ease ease, double a, double b, double p)
{
    double value = a, left = 1 - p;
    if (p >= 1) return b;
    if (!(p > 0)) return a;
    switch (ease.kind) {
    case DY_EASE_HOLD: return a;
    case DY_EASE_LINEAR: value = a + (b - a) * p; break;
    case DY_EASE_COSINE: value = cosine(a, b, p); break;
    case DY_EASE_EXP: value = exponential(a, b, p); break;
    case DY_EASE_POLY: value = b + (a - b) * dy_ease_power(left, ease.x); break;
    case DY_EASE_POWER: value = a + (b - a) * dy_ease_power(p, ease.x); break;
    case DY_EASE_SINE_OUT: value = a + (b - a) * sin(HALF_PI * p); break;
    case DY_EASE_SINE_IN: value = b + (a - b) * sin(HALF_PI * left); break;
    case DY_EASE_RATIONAL: value = b + (a - b) * (left / (ease.x + (1 - ease.x) * left)); break;
    case DY_EASE_TANH: value = b + (a - b) * tanh_left(ease.x, ease.y, p); break;
    case DY_EASES: break;
    }
    return between(a, b, value); /* rounding may not carry it past an end */
}
