/* hand.c - see hand.h.   SPDX-License-Identifier: MIT */
#include "view/hand.h"

#include "schedule/curve_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double LR_MOST = 1e6;
static const double MOMENTUM_MOST = 0.99999;

/* --- keyframes ---------------------------------------------------------------------------------------------------- */

static double usable(const dy_hand *h, double value)
{
    return fmax(0, fmin(value, h->channel == DY_MOMENTUM ? MOMENTUM_MOST : LR_MOST));
}

/* An exp ease has no way from 0 or to it. */
static void mend_eases(dy_hand *h)
{
    for (int32_t i = 1; i < h->n; i++)
        if (h->keys[i].ease.kind == DY_EASE_EXP &&
            !(h->keys[i].value > 0 && h->keys[i - 1].value > 0))
            h->keys[i].ease.kind = DY_EASE_LINEAR;
}

static bool insert(dy_hand *h, int32_t at, dy_key key)
{
    if (h->n == DY_HAND_KEYS) return false;
    memmove(&h->keys[at + 1], &h->keys[at], (size_t)(h->n - at) * sizeof *h->keys);
    h->keys[at] = key;
    h->n++;
    return true;
}

static void drop(dy_hand *h, int32_t from, int32_t to)
{
    memmove(&h->keys[from], &h->keys[to], (size_t)(h->n - to) * sizeof *h->keys);
    h->n -= to - from;
}

/* The first keyframe at a step or behind it. */
static int32_t from_step(const dy_hand *h, double step)
{
    int32_t i = 0;
    while (i < h->n && h->keys[i].step < step) i++;
    return i;
}

bool dy_hand_take(dy_hand *h, dy_channel channel, const dy_curve *plan, double value,
                  int64_t steps)
{
    *h = (dy_hand){ .channel = channel, .end = (double)(steps > 1 ? steps - 1 : 1) };
    if (plan)
        h->n = dy_curve_fit(plan, 0, (int64_t)h->end, h->keys, DY_HAND_KEYS - 8);
    else
        h->keys[h->n++] = (dy_key){ .step = 0, .value = value };
    if (h->n == 0) return false;
    for (int32_t i = 0; i < h->n; i++) {
        h->keys[i].step = round(h->keys[i].step);
        h->keys[i].value = usable(h, h->keys[i].value);
    }
    dy_hand_add(h, h->end, 0);
    mend_eases(h);
    return true;
}

double dy_hand_at(const dy_hand *h, double step)
{
    int32_t i = h->n - 1;
    while (i >= 0 && h->keys[i].step > step) i--;
    if (i < 0) return h->keys[0].value;
    if (i == h->n - 1) return h->keys[i].value;
    const dy_key *a = &h->keys[i], *b = &h->keys[i + 1];
    return dy_ease_at(b->ease, a->value, b->value, (step - a->step) / (b->step - a->step));
}

int32_t dy_hand_first(const dy_hand *h, int64_t now)
{
    return from_step(h, (double)now);
}

/* The value goes on from where it is: puts a keyframe at the last update that was made in place of all that are past, if i is the
 * first to come. Returns where i is then. */
static int32_t anchor(dy_hand *h, int32_t i, int64_t now)
{
    if (now == 0 || i != dy_hand_first(h, now)) return i;
    double last = (double)now - 1;
    double value = dy_hand_at(h, last);
    if (i == 0) return insert(h, 0, (dy_key){ .step = last, .value = value }) ? 1 : 0;
    drop(h, 0, i - 1);
    h->keys[0] = (dy_key){ .step = last, .value = value };
    return 1;
}

static bool is_jump(const dy_hand *h, int32_t i)
{
    return i >= 0 && i + 1 < h->n && h->keys[i].step == h->keys[i + 1].step;
}

int32_t dy_hand_move(dy_hand *h, int32_t i, double step, double value, int64_t now)
{
    if (i < dy_hand_first(h, now) || i >= h->n) return i;
    int32_t low = is_jump(h, i - 1) ? i - 1 : i, high = is_jump(h, i) ? i + 1 : i;
    int32_t moved = anchor(h, low, now) - low;
    i += moved, low += moved, high += moved;
    double least = fmax(low > 0 ? h->keys[low - 1].step + 1 : 0, (double)now);
    double most = high + 1 < h->n ? h->keys[high + 1].step - 1 : h->end;
    double at = fmax(least, fmin(round(step), most));
    h->keys[low].step = h->keys[high].step = at;
    h->keys[i].value = usable(h, value);
    mend_eases(h);
    return i;
}

/* --- more of them, and fewer -------------------------------------------------------------------------------------- */

/* Which ease between two values stays nearest to what the curve gives there now. */
static dy_ease nearest_ease(const dy_hand *h, dy_key a, dy_key b, dy_ease own)
{
    const dy_ease tried[] = { own, { .kind = DY_EASE_LINEAR }, { .kind = DY_EASE_COSINE } };
    dy_ease best = own;
    double least = (double)INFINITY;
    for (size_t k = 0; k < sizeof tried / sizeof *tried; k++) {
        double off = 0;
        for (double p = 0.125; p < 1; p += 0.125)
            off += fabs(dy_ease_at(tried[k], a.value, b.value, p) -
                        dy_hand_at(h, a.step + p * (b.step - a.step)));
        if (off >= 0.999 * least) continue;
        least = off;
        best = tried[k];
    }
    return best;
}

int32_t dy_hand_add(dy_hand *h, double step, int64_t now)
{
    step = round(step);
    if (step < (double)now || step > h->end) return -1;
    int32_t i = from_step(h, step);
    if (i < h->n && h->keys[i].step == step) return i;
    if (h->n + 2 > DY_HAND_KEYS) return -1;
    dy_hand was = *h;
    dy_key key = { .step = step, .value = dy_hand_at(h, step), .ease.kind = DY_EASE_LINEAR };
    if (i < h->n) i = anchor(h, i, now);
    if (i > 0 && i < h->n) {
        dy_ease own = h->keys[i].ease;
        key.ease = nearest_ease(&was, h->keys[i - 1], key, own);
        h->keys[i].ease = nearest_ease(&was, key, h->keys[i], own);
    }
    return insert(h, i, key) ? i : -1;
}

bool dy_hand_remove(dy_hand *h, int32_t i, int64_t now)
{
    int32_t first = dy_hand_first(h, now);
    if (i < first || i >= h->n || h->n - first < 2) return false;
    i = anchor(h, i, now);
    drop(h, i, i + 1);
    mend_eases(h);
    return true;
}

/* --- a stroke ----------------------------------------------------------------------------------------------------- */

static double height(double value, bool log_axis)
{
    return log_axis ? log(fmax(value, 1e-12)) : value;
}

/* The point between a and b that is furthest from the line between them; a: none is further than `allowed`. */
static int64_t furthest(const dy_point *p, int64_t a, int64_t b, bool log_axis, double allowed)
{
    int64_t at = a;
    double ya = height(p[a].y, log_axis), yb = height(p[b].y, log_axis);
    for (int64_t k = a + 1; k < b; k++) {
        double line = ya + (yb - ya) * (p[k].x - p[a].x) / (p[b].x - p[a].x);
        double off = fabs(height(p[k].y, log_axis) - line);
        if (off <= allowed) continue;
        allowed = off;
        at = k;
    }
    return at;
}

/* A stroke as few keyframes. source: D. Douglas and T. Peucker, 1973 */
static int32_t thin_out(const dy_point *p, int64_t n, bool log_axis, dy_key *keys)
{
    dy_ease ease = { .kind = log_axis ? DY_EASE_EXP : DY_EASE_LINEAR };
    double least = (double)INFINITY, most = -(double)INFINITY;
    for (int64_t i = 0; i < n; i++) {
        least = fmin(least, height(p[i].y, log_axis));
        most = fmax(most, height(p[i].y, log_axis));
    }
    for (double share = 0.01;; share *= 1.5) {
        int32_t used = 1;
        keys[0] = (dy_key){ .step = p[0].x, .value = p[0].y, .ease = ease };
        for (int64_t a = 0; a < n - 1 && used < DY_STROKE_KEYS;) {
            int64_t b = n - 1;
            for (int64_t k; (k = furthest(p, a, b, log_axis, share * (most - least))) > a;)
                b = k;
            keys[used++] = (dy_key){ .step = p[b].x, .value = p[b].y, .ease = ease };
            a = b;
        }
        if (keys[used - 1].step == p[n - 1].x) return used;
    }
}

/* The part of a stroke that lies ahead, on whole steps, each once. Returns how many points there are. */
static int64_t ahead(const dy_hand *h, const dy_point *points, int64_t n, int64_t now,
                     dy_point *to)
{
    int64_t used = 0;
    for (int64_t i = 0; i < n; i++) {
        double step = fmin(round(points[i].x), h->end);
        if (i > 0 && points[i - 1].x < (double)now && step > (double)now) {
            dy_point a = points[i - 1], b = points[i]; /* the present is within the stroke */
            double share = ((double)now - a.x) / (b.x - a.x);
            to[used++] = (dy_point){ (double)now, usable(h, a.y + share * (b.y - a.y)) };
        }
        if (step < (double)now || (used > 0 && step <= to[used - 1].x)) continue;
        to[used++] = (dy_point){ step, usable(h, points[i].y) };
    }
    return used;
}

bool dy_hand_draw(dy_hand *h, const dy_point *points, int64_t n, bool log, int64_t now)
{
    dy_key keys[DY_STROKE_KEYS];
    dy_arena arena = dy_arena_make(0);
    dy_error err;
    dy_point *stroke = dy_arena_take(&arena, n + 1, sizeof *stroke, &err);
    int64_t left = stroke ? ahead(h, points, n, now, stroke) : 0;
    int32_t drawn = left > 1 ? thin_out(stroke, left, log, keys) : 0;
    dy_arena_close(&arena);
    if (drawn == 0 || h->n + drawn + 2 > DY_HAND_KEYS) return false;
    double first = keys[0].step, last = keys[drawn - 1].step;
    int32_t i =
        dy_hand_add(h, fmax(first - 1, (double)now), now); /* what was before stays as it was */
    if (i < 0) return false;
    if (h->keys[i].step < first) i++;
    int32_t behind = i;
    while (behind < h->n && h->keys[behind].step <= last) behind++;
    drop(h, i, behind);
    for (int32_t k = 0; k < drawn; k++) insert(h, i + k, keys[k]);
    mend_eases(h);
    return true;
}

/* --- typing ------------------------------------------------------------------------------------------------------- */

static const char *skip_spaces(const char *text)
{
    while (*text == ' ') text++;
    return text;
}

static bool read_number(const char **text, double *x)
{
    char *end;
    *x = strtod(*text, &end);
    bool found = end != *text && isfinite(*x);
    *text = skip_spaces(end);
    return found;
}

bool dy_hand_read(const dy_hand *h, int32_t i, const char *text, double *step, double *value,
                  dy_error *err)
{
    bool lr = h->channel == DY_LR;
    const char *rest = skip_spaces(text);
    bool times = *rest == 'x' || *rest == '*';
    *step = h->keys[i].step;
    if (times) rest++;
    bool ok = read_number(&rest, value);
    if (ok && *rest == '@') {
        rest++;
        ok = read_number(&rest, step);
    }
    if (!ok || *rest) return dy_fail(err, "want a number: 0.05, x 0.5, 0.05 @ 1200");
    if (times) *value *= h->keys[i].value;
    if (usable(h, *value) == *value) return true;
    return lr ? dy_fail(err, "an lr is 0 to %g", LR_MOST)
              : dy_fail(err, "a momentum is at least 0 and less than 1");
}

/* --- the curve ---------------------------------------------------------------------------------------------------- */

bool dy_hand_curve(const dy_hand *h, dy_curve *curve, dy_arena *arena, dy_error *err)
{
    return dy_curve_keys(curve, arena, h->keys, h->n, err);
}
