/* curve.c - the value of a curve at a step. Making, checking and printing curves are files of their own.
 *
 * The walk goes down from the root to one leaf, turning the step into that leaf's own time, and comes back up applying what
 * was left waiting. It keeps its own small stack rather than recursing. A JOIN leaves nothing behind, and what REPEAT and
 * SCALE do to the value is carried along as one factor and one term, so most schedules never touch the stack.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/curve.h"

#include <math.h>

enum { CYCLES_WALKED = 12, KEYS_COUNTED = 6 };

/* What becomes of a value on its way up: factor x + term. */
typedef struct line {
    double factor, term;
} line;

/* A node whose value waits for that of an operand. */
typedef struct waiting {
    const dy_node *node;
    double t;    /* its step, for its other operand */
    line above;  /* what becomes of its value */
    double last; /* the last operand's value, once it is there */
    bool have_last;
} waiting;

typedef struct walk {
    const dy_curve *curve;
    int32_t at; /* the node to go down from, */
    double t;   /* at its step */
    line above; /* what becomes of its value, up to the node that waits */
    int depth;
    waiting stack[DY_CURVE_DEPTH];
} walk;

static const line UNCHANGED = { 1, 0 };

/* x kept within what a curve may hold; makes a number of NaN too. */
static double bounded(double x)
{
    x = x > -DY_CURVE_MOST ? x : -DY_CURVE_MOST;
    return x < DY_CURVE_MOST ? x : DY_CURVE_MOST;
}

/* x, not negative, without its fraction; quicker than a call of floor. */
static double whole(double x)
{
    return x < 0x1p52 ? (double)(int64_t)x : x;
}

/* The last key whose step is not after t; there is one. Few are counted: no branch to foresee. */
static const dy_key *last_key(const dy_key *keys, int32_t n, double t)
{
    int32_t from = 0;
    if (n <= KEYS_COUNTED) {
        for (int32_t i = 1; i < n; i++) from += keys[i].step <= t;
        return keys + from;
    }
    while (n > 1) {
        int32_t half = n / 2;
        if (keys[from + half].step <= t) from += half;
        n -= half;
    }
    return keys + from;
}

static double keys_at(const dy_key *keys, int32_t n, double t)
{
    if (t < keys[0].step) return keys[0].value;
    const dy_key *from = last_key(keys, n, t), *to = from + 1;
    if (to == keys + n) return from->value;
    double p = (t - from->step) / (to->step - from->step);
    return dy_ease_at(to->ease, from->value, to->value, p);
}

static double samples_at(const double *samples, int32_t n, double t)
{
    if (!(t > 0)) return samples[0];
    return samples[t < n ? (int32_t)t : n - 1];
}

static double decay_at(const dy_node *node, double t)
{
    if (!(t > 0)) return node->a;
    double left = node->flag ? pow(node->b, whole(t / node->c)) : exp(t * node->d);
    return node->a * bounded(left);
}

static double power_at(const dy_node *node, double t)
{
    if (!(t > 0)) return node->a;
    double growth = 1 + t / node->c;
    if (node->b == -1) return node->a / growth;
    return node->a * bounded(node->b == -0.5 ? 1 / sqrt(growth) : pow(growth, node->b));
}

/* The cycle of a REPEAT that a time falls in. */
typedef struct cycle {
    double start;
    double stretch; /* how many times longer than the first it lasts */
    double factor;  /* what its values are multiplied by */
} cycle;

/* c^n, of 1 within a unit in its last place where it falls. */
static double factor_nth(const dy_node *node, double n)
{
    if (node->c == 1 || n == 0) return 1;
    if (n == 1) return node->c;
    return node->c > 1 ? bounded(pow(node->c, n)) : node->c > 0 ? exp2(n * node->d) : 0;
}

static cycle cycle_nth(const dy_node *node, double n)
{
    double stretch = pow(node->b, n);
    double start = (node->a * stretch - node->a) / (node->b - 1);
    return (cycle){ start, stretch, factor_nth(node, n) };
}

/* The first few are quicker walked through. Further on by a logarithm, which may land one cycle off where one begins:
 * that is put right. */
static cycle cycle_stretched(const dy_node *node, double t)
{
    cycle early = { 0, 1, 1 };
    for (int i = 0; i < CYCLES_WALKED; i++) {
        double end = early.start + node->a * early.stretch;
        if (t < end) return early;
        early = (cycle){ end, early.stretch * node->b, bounded(early.factor * node->c) };
    }
    double n = whole(log1p(t * (node->b - 1) / node->a) / log1p(node->b - 1));
    cycle found = cycle_nth(node, n);
    if (t < found.start) return cycle_nth(node, n - 1);
    if (t >= found.start + node->a * found.stretch) return cycle_nth(node, n + 1);
    return found;
}

static cycle cycle_even(const dy_node *node, double t)
{
    double n = whole(t / node->a);
    if (t >= (n + 1) * node->a) n++;
    return (cycle){ n * node->a, 1, factor_nth(node, n) };
}

/* Turns *t into the time within its cycle, and returns what the cycle's values are multiplied by. */
static double repeat(const dy_node *node, double *t)
{
    double at = *t > 0 ? *t : 0;
    cycle now = node->b > 1 ? cycle_stretched(node, at) : cycle_even(node, at);
    double in = at - now.start;
    if (now.stretch > 1) in /= now.stretch;
    in = in > 0 ? in : 0;
    *t = in < node->a ? in : node->a;
    return now.factor;
}

static double within(double t, double first, double last)
{
    return t < first ? first : t < last ? t : last;
}

static double warped(const dy_node *node, double t)
{
    return t > 0 && t < node->a ? node->a * dy_ease_power(t / node->a, node->b) : t;
}

static double along(line above, double x)
{
    return bounded(above.factor * x + above.term);
}

/* `above` of a value that is first multiplied by `factor` and added to `term`. */
static line scaled(line above, double factor, double term)
{
    return (line){ bounded(above.factor * factor), along(above, term) };
}

static void wait_for_last(walk *w, const dy_node *node)
{
    waiting *on =
        &w->stack[w->depth++]; /* field by field: the walk is shorter than clearing it */
    on->node = node;
    on->t = w->t;
    on->above = w->above;
    on->last = 0;
    on->have_last = false;
    w->above = UNCHANGED;
}

/* The value of a leaf; false where the node is none. */
static bool leaf_at(const dy_curve *curve, const dy_node *node, double t, double *value)
{
    switch (node->kind) {
    case DY_NODE_KEYS: *value = keys_at(curve->keys + node->first, node->count, t); return true;
    case DY_NODE_SAMPLES:
        *value = samples_at(curve->samples + node->first, node->count, t);
        return true;
    case DY_NODE_DECAY: *value = decay_at(node, t); return true;
    case DY_NODE_POWER: *value = power_at(node, t); return true;
    default: return false;
    }
}

/* A leaf that the rest is added to, or multiplied by, need not wait either. */
static void fold_or_wait(walk *w, const dy_node *node)
{
    double other;
    if (!leaf_at(w->curve, &w->curve->nodes[node->other], w->t, &other))
        wait_for_last(w, node);
    else if (node->kind == DY_NODE_SUM)
        w->above = scaled(w->above, 1, bounded(other));
    else
        w->above = scaled(w->above, bounded(other), 0);
}

/* Down to a leaf; its value. */
static double go_down(walk *w)
{
    for (;;) {
        const dy_node *node = &w->curve->nodes[w->at];
        double value;
        if (leaf_at(w->curve, node, w->t, &value)) return value;
        switch (node->kind) {
        case DY_NODE_JOIN:
            if (w->t < node->a) {
                w->at = node->other;
                continue;
            }
            w->t -= node->a;
            break;
        case DY_NODE_SHIFT: w->t = bounded(w->t - node->a); break;
        case DY_NODE_STRETCH: w->t = bounded(w->t / node->a); break;
        case DY_NODE_STAIRS: w->t = bounded(node->a * floor(w->t / node->a)); break;
        case DY_NODE_WARP: w->t = warped(node, w->t); break;
        case DY_NODE_WITHIN: w->t = within(w->t, node->a, node->b); break;
        case DY_NODE_REPEAT: w->above = scaled(w->above, repeat(node, &w->t), 0); break;
        case DY_NODE_SCALE: w->above = scaled(w->above, node->a, node->b); break;
        case DY_NODE_SUM:
        case DY_NODE_PRODUCT: fold_or_wait(w, node); break;
        default: wait_for_last(w, node); break;
        }
        w->at--; /* a node's last operand stands just before it */
    }
}

static double combine(const waiting *on, double x)
{
    const dy_node *node = on->node;
    switch (node->kind) {
    case DY_NODE_CLIP: return within(x, node->a, node->b);
    case DY_NODE_SUM: return x + on->last;
    case DY_NODE_PRODUCT: return x * on->last;
    case DY_NODE_LEAST: return x < on->last ? x : on->last;
    case DY_NODE_MOST: return x > on->last ? x : on->last;
    default: return x;
    }
}

/* Up again, as far as the values suffice; false where another operand is to be gone down to. */
static bool go_up(walk *w, double *value)
{
    *value = along(w->above, bounded(*value));
    while (w->depth > 0) {
        waiting *on = &w->stack[w->depth - 1];
        if (on->node->other >= 0 && !on->have_last) {
            on->last = *value;
            on->have_last = true;
            w->at = on->node->other;
            w->t = on->t;
            w->above = UNCHANGED;
            return false;
        }
        *value = along(on->above, bounded(combine(on, *value)));
        w->depth--;
    }
    return true;
}

double dy_curve_at(const dy_curve *curve, double step)
{
    DY_ASSERT(curve->n_nodes > 0);
    walk w; /* its stack is not cleared: that would cost more than the walk */
    w.curve = curve;
    w.at = curve->n_nodes - 1;
    w.t = bounded(step);
    w.above = UNCHANGED;
    w.depth = 0;
    double value;
    do value = go_down(&w);
    while (!go_up(&w, &value));
    return value;
}
