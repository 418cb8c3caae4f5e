/* curve_fit.c - see curve_fit.h.
 *
 * The curve is sampled, and cut where it jumps and where it turns; a piece that no ease fits is cut in two where it is
 * worst, as Douglas and Peucker do with lines.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/curve_fit.h"

#include <math.h>
#include <string.h>

enum { SAMPLES_MOST = 4096 };

typedef struct fit {
    const dy_curve *curve;
    int32_t n;           /* samples */
    double *step;        /* [n] rising */
    double *value;       /* [n] */
    bool *cut;           /* [n] there is a keyframe */
    double least, range; /* of the values */
    double lenient;      /* 1, or more where keyframes must be saved */
} fit;

static bool sample(fit *f, dy_arena *arena, int64_t from, int64_t to)
{
    dy_error err;
    int64_t steps = to - from;
    f->n = (int32_t)(steps < SAMPLES_MOST ? steps : SAMPLES_MOST) + 1;
    f->step = dy_arena_take(arena, f->n, sizeof *f->step, &err);
    f->value = dy_arena_take(arena, f->n, sizeof *f->value, &err);
    f->cut = dy_arena_take(arena, f->n, sizeof *f->cut, &err);
    if (!f->step || !f->value || !f->cut) return false;
    double least = (double)INFINITY, most = -(double)INFINITY;
    for (int32_t i = 0; i < f->n; i++) {
        f->step[i] = (double)from + floor((double)steps * i / (f->n - 1));
        f->value[i] = dy_curve_at(f->curve, f->step[i]);
        least = fmin(least, f->value[i]);
        most = fmax(most, f->value[i]);
    }
    f->least = least;
    f->range = most - least;
    return true;
}

/* --- where to cut ------------------------------------------------------------------------------------------------- */

static double rise(const fit *f, int32_t i)
{
    return i < 0 || i >= f->n - 1 ? 0 : f->value[i + 1] - f->value[i];
}

/* What the values before a step tend to, as a parabola through three of them does; no further than values go. */
static double limit(const fit *f, double step)
{
    double x[3];
    for (int i = 0; i < 3; i++) x[i] = dy_curve_at(f->curve, fmax(step - 1 - i, f->step[0]));
    return fmax(f->least, fmin(3 * x[0] - 3 * x[1] + x[2], f->least + f->range));
}

/* Moves the samples around a jump to the step at which it happens: what it jumps from, and to. */
static void narrow(fit *f, int32_t i)
{
    double lo = f->step[i], hi = f->step[i + 1];
    while (hi - lo > 1) {
        double mid = floor((lo + hi) / 2);
        double value = dy_curve_at(f->curve, mid);
        bool after = fabs(value - f->value[i]) > fabs(f->value[i + 1] - value);
        *(after ? &hi : &lo) = mid;
    }
    f->value[i] = limit(f, hi);
    f->value[i + 1] = dy_curve_at(f->curve, hi);
    f->step[i] = f->step[i + 1] = hi;
}

static void cut_jumps(fit *f)
{
    for (int32_t i = 1; i < f->n - 1; i++) {
        double beside = fmax(fabs(rise(f, i - 1)), fabs(rise(f, i + 1)));
        if (fabs(rise(f, i)) <= 6 * beside + 1e-3 * f->range) continue;
        narrow(f, i);
        f->cut[i] = f->cut[i + 1] = true;
    }
}

static int sign(const fit *f, int32_t i)
{
    double x = rise(f, i);
    return fabs(x) < 1e-9 * f->range ? 0 : x > 0 ? 1 : -1;
}

/* Moves a sample to the extreme that lies between its neighbours. */
static void climb(fit *f, int32_t i)
{
    int up = sign(f, i - 1);
    double lo = f->step[i - 1], hi = f->step[i + 1];
    while (hi - lo > 2) {
        double third = floor((hi - lo) / 3);
        double a = dy_curve_at(f->curve, lo + third), b = dy_curve_at(f->curve, hi - third);
        *(up * (a - b) > 0 ? &hi : &lo) += up * (a - b) > 0 ? -fmax(third, 1) : fmax(third, 1);
    }
    f->step[i] = lo + 1;
    f->value[i] = dy_curve_at(f->curve, f->step[i]);
}

static void cut_turns(fit *f)
{
    f->cut[0] = f->cut[f->n - 1] = true;
    for (int32_t i = 1; i < f->n - 1; i++) {
        if (f->cut[i] || sign(f, i - 1) == sign(f, i)) continue;
        f->cut[i] = true;
        bool beside = f->cut[i - 1] || f->cut[i + 1]; /* a jump, whose samples have moved */
        bool between = sign(f, i) == 0 && f->step[i + 1] - f->step[i] > 1;
        int after = sign(f, between ? i + 1 : i);
        if (!beside && after != 0 && sign(f, i - 1) == -after) climb(f, i);
    }
}

/* --- eases -------------------------------------------------------------------------------------------------------- */

/* How far an ease over samples i..j is off at worst, in what is allowed; *at is where. */
static double misfit(const fit *f, int32_t i, int32_t j, dy_ease ease, int32_t *at)
{
    double worst = 0;
    *at = i + (j - i) / 2;
    for (int32_t k = i + 1; k < j; k++) {
        double p = (f->step[k] - f->step[i]) / (f->step[j] - f->step[i]);
        double off = fabs(dy_ease_at(ease, f->value[i], f->value[j], p) - f->value[k]);
        double allowed = fmin(0.002 * f->range, 0.05 * fabs(f->value[k]) + 1e-5 * f->range);
        double misfit = off / fmax(allowed, 1e-300);
        if (misfit <= worst) continue;
        worst = misfit;
        *at = k;
    }
    return worst;
}

static bool can_be_exp(double a, double b)
{
    return a != 0 && b != 0 && (a > 0) == (b > 0);
}

/* The ease that fits samples i..j best; *worst is how well, *at where it does not. */
static dy_ease best_ease(const fit *f, int32_t i, int32_t j, double *worst, int32_t *at)
{
    static const dy_ease_kind KINDS[] = { DY_EASE_HOLD, DY_EASE_LINEAR, DY_EASE_COSINE,
                                          DY_EASE_EXP };
    dy_ease best = { .kind = DY_EASE_LINEAR };
    *worst = (double)INFINITY;
    for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++) {
        dy_ease ease = { .kind = KINDS[k] };
        int32_t where;
        if (ease.kind == DY_EASE_EXP && !can_be_exp(f->value[i], f->value[j])) continue;
        double off = misfit(f, i, j, ease, &where);
        /* a hold looks right between two samples that are far apart, and is not */
        if (ease.kind == DY_EASE_HOLD && j - i < 2 && f->step[j] - f->step[i] > 1) continue;
        if (ease.kind == DY_EASE_HOLD && f->value[i] == f->value[j]) continue;
        if (off >= 0.9 * *worst) continue; /* the plainer of two that are as good */
        *worst = off;
        best = ease;
        *at = where;
    }
    return best;
}

/* Keyframes at the cuts, and where else they are wanted. false: they were too few. */
static bool place(fit *f, dy_key *keys, int32_t most, int32_t *n)
{
    keys[0] = (dy_key){ .step = f->step[0], .value = f->value[0] };
    *n = 1;
    for (int32_t i = 0; i < f->n - 1;) {
        int32_t j = i + 1, at = i;
        while (!f->cut[j]) j++;
        double worst;
        dy_ease ease = best_ease(f, i, j, &worst, &at);
        if (worst > f->lenient && j - i > 1) {
            f->cut[at] = true;
            continue;
        }
        if (*n == most) return false;
        keys[(*n)++] = (dy_key){ .step = f->step[j], .value = f->value[j], .ease = ease };
        i = j;
    }
    return true;
}

/* More and more is let pass, at last even turns, until the keyframes are few enough. */
static int32_t fit_within(fit *f, dy_key *keys, int32_t most)
{
    int32_t n = 0;
    for (f->lenient = 1;; f->lenient *= 4) {
        memset(f->cut, 0, (size_t)f->n * sizeof *f->cut);
        bool loose = f->lenient > 1e5;
        if (!loose) cut_jumps(f);
        cut_turns(f);
        if (loose) memset(f->cut + 1, 0, (size_t)(f->n - 2) * sizeof *f->cut);
        if (place(f, keys, most, &n)) return n;
    }
}

static bool has_own_keys(const dy_curve *curve, int32_t most)
{
    return curve->n_nodes == 1 && curve->nodes[0].kind == DY_NODE_KEYS && curve->n_keys <= most;
}

/* A value that is held and then jumps needs no keyframe before the jump: the ease says it. Returns how many are left. */
static int32_t join_holds(dy_key *keys, int32_t n)
{
    int32_t kept = n > 0;
    for (int32_t i = 1; i < n; i++) {
        bool level = keys[i].value == keys[kept - 1].value;
        bool jumps = i + 1 < n && keys[i + 1].ease.kind == DY_EASE_HOLD;
        if (!level || !jumps) keys[kept++] = keys[i];
    }
    return kept;
}

int32_t dy_curve_fit(const dy_curve *curve, int64_t from, int64_t to, dy_key *keys,
                     int32_t most)
{
    DY_ASSERT(from < to && most >= 2);
    if (has_own_keys(curve, most)) {
        memcpy(keys, curve->keys, (size_t)curve->n_keys * sizeof *keys);
        return curve->n_keys;
    }
    dy_arena arena = dy_arena_make(0);
    fit f = { .curve = curve };
    int32_t n = sample(&f, &arena, from, to) ? fit_within(&f, keys, most) : 0;
    dy_arena_close(&arena);
    return join_holds(keys, n);
}
