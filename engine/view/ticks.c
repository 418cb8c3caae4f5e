/* ticks.c - see ticks.h.   SPDX-License-Identifier: MIT */
#include "view/ticks.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LABEL = sizeof((dy_tick *)0)->label };

/* Distances are compared with this much room for rounding, in steps. */
static const double SLACK = 1e-6;

static dy_tick *add(dy_ticks *ticks, double at)
{
    if (ticks->n == DY_TICKS_MAX) return NULL;
    dy_tick *tick = &ticks->tick[ticks->n++];
    *tick = (dy_tick){ .at = at };
    return tick;
}

/* "5×10⁻⁶", and "10⁻⁶" where the factor reads "1" and need not be shown. */
static void label_power(char *to, const char *factor, int exponent)
{
    static const char *const RAISED[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
    char digits[12];
    snprintf(digits, sizeof digits, "%d", exponent < 0 ? -exponent : exponent);
    int used =
        snprintf(to, LABEL, "%s%s10%s", factor, factor[0] ? "×" : "", exponent < 0 ? "⁻" : "");
    for (const char *digit = digits; *digit && used < LABEL; digit++)
        used += snprintf(to + used, (size_t)(LABEL - used), "%s", RAISED[*digit - '0']);
}

static void label_count(char *to, double value, bool short_form)
{
    if (!short_form)
        dy_format_count(to, LABEL, (int64_t)value);
    else if (fabs(value) >= 1e6)
        snprintf(to, LABEL, "%.6gM", value / 1e6);
    else
        snprintf(to, LABEL, "%.6gk", value / 1e3);
}

/* Digits after the point that tell multiples of `step` apart. */
static int decimals(double step)
{
    return (int)fmax(0, -floor(log10(step) + SLACK));
}

static void label_linear(dy_ticks *ticks, double step, bool whole)
{
    double most = 0;
    for (int i = 0; i < ticks->n; i++) most = fmax(most, fabs(ticks->tick[i].at));
    int exponent = most > 0 ? (int)floor(log10(most) + SLACK) : 0;
    bool power = !whole && (exponent < -3 || exponent > 5);
    for (int i = 0; i < ticks->n; i++) {
        dy_tick *tick = &ticks->tick[i];
        char factor[16];
        if (tick->at == 0)
            snprintf(tick->label, LABEL, "0");
        else if (whole)
            label_count(tick->label, tick->at, most >= 1e5 && fmod(step, 100) == 0);
        else if (power) {
            double unit = pow(10, exponent);
            snprintf(factor, sizeof factor, "%.*f", decimals(step / unit), tick->at / unit);
            label_power(tick->label, factor, exponent);
        } else {
            snprintf(tick->label, LABEL, "%.*f", decimals(step), tick->at);
        }
    }
}

static double count_between(double lo, double hi, double step)
{
    return floor(hi / step + SLACK) - ceil(lo / step - SLACK) + 1;
}

/* The step with the best of: about as many ticks as wanted, and round. */
static double best_step(double lo, double hi, double wanted, bool whole)
{
    static const struct {
        double factor, ugly;
    } ROUND[] = { { 1, 0 }, { 2, 0.05 }, { 5, 0.05 } };

    double first = floor(log10((hi - lo) / fmax(wanted, 1))) - 1;
    double best = 0;
    double best_cost = INFINITY;
    for (int power = 0; power < 4; power++) {
        double unit = pow(10, first + power);
        for (int i = 0; i < 3; i++) {
            double step = ROUND[i].factor * unit;
            if (whole && step < 1) continue;
            double n = count_between(lo, hi, step);
            if (n < 1 || n > DY_TICKS_MAX) continue;
            double cost = fabs(log2(n / wanted)) + ROUND[i].ugly + (n < 2 ? 2 : 0);
            if (cost < best_cost) {
                best = step;
                best_cost = cost;
            }
        }
    }
    return best > 0 ? best : hi - lo;
}

void dy_ticks_linear(dy_ticks *ticks, double lo, double hi, double wanted, bool whole)
{
    ticks->n = 0;
    double step = best_step(lo, hi, fmax(wanted, 2), whole);
    double first = ceil(lo / step - SLACK);
    int n = (int)fmin(count_between(lo, hi, step), DY_TICKS_MAX);
    for (int i = 0; i < n; i++) {
        double at = (first + i) * step;
        add(ticks, at == 0 ? 0 : at); /* no -0 */
    }
    label_linear(ticks, step, whole);
}

/* factor * 10^exponent as one digit and a power of ten, or written out where that is short. */
static void label_decade(char *to, int factor, int exponent, bool power)
{
    char digit[4];
    snprintf(digit, sizeof digit, "%d", factor);
    if (power)
        label_power(to, factor == 1 ? "" : digit, exponent);
    else
        snprintf(to, LABEL, "%.*f", exponent < 0 ? -exponent : 0, factor * pow(10, exponent));
}

typedef struct decades {
    int first, last; /* exponents, reaching past both ends */
    int every;       /* one of so many is labelled */
    bool power;      /* labels are powers */
    bool fine;       /* 2 and 5 are labelled too */
} decades;

/* How many labels there would be. */
static int count_labels(double lo, double hi, bool fine)
{
    int n = 0;
    for (int e = (int)floor(log10(lo)) - 1; e <= (int)ceil(log10(hi)); e++)
        for (int factor = 1; factor <= (fine ? 5 : 1); factor += factor == 1 ? 1 : 3) {
            double at = factor * pow(10, e);
            if (at >= lo * (1 - SLACK) && at <= hi * (1 + SLACK)) n++;
        }
    return n;
}

/* How many powers of ten between lo and hi have an exponent that `every` divides. */
static int count_every(double lo, double hi, int every)
{
    int n = 0;
    for (int e = (int)ceil(log10(lo) - SLACK); e <= (int)floor(log10(hi) + SLACK); e++)
        n += e % every == 0;
    return n;
}

static void mark_decade(dy_ticks *ticks, const decades *d, int exponent, double lo, double hi)
{
    bool labelled = exponent % d->every == 0;
    for (int factor = 1; factor < 10; factor++) {
        double at = factor * pow(10, exponent);
        if (at < lo * (1 - SLACK) || at > hi * (1 + SLACK)) continue;
        if (factor > 1 && d->every > 1) return; /* decades this close have no room between */
        dy_tick *tick = add(ticks, at);
        bool major = factor == 1 || (d->fine && (factor == 2 || factor == 5));
        if (tick && labelled && major) label_decade(tick->label, factor, exponent, d->power);
    }
}

void dy_ticks_log(dy_ticks *ticks, double lo, double hi, double wanted)
{
    int whole_decades = count_labels(lo, hi, false);
    if (whole_decades < 2 && count_labels(lo, hi, true) < 2) {
        dy_ticks_linear(ticks, lo, hi, wanted, false);
        return;
    }
    decades d = {
        .first = (int)floor(log10(lo)) - 1,
        .last = (int)ceil(log10(hi)),
        .every = (int)fmax(1, ceil(whole_decades / fmax(wanted, 2))),
    };
    while (d.every > 1 && count_every(lo, hi, d.every) < 2) d.every--;
    d.power = ceil(log10(lo)) < -4 || d.last > 5;
    d.fine = whole_decades < 2 || (!d.power && count_labels(lo, hi, true) <= wanted);
    /* more decades than there is room for, even one tick each: those between labels go */
    int skip = whole_decades > DY_TICKS_MAX / 2 ? d.every : 1;
    ticks->n = 0;
    for (int e = d.first; e <= d.last; e++)
        if (e % skip == 0) mark_decade(ticks, &d, e, lo, hi);
}
