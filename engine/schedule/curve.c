/* curve.c - the value of a curve at a step. Making, checking and printing curves are files of their own.
 *
 * The walk goes down from the root to one leaf, turning the step into that leaf's own time, and comes back up applying what
 * was left waiting. It keeps its own small stack rather than recursing, and a JOIN leaves nothing on it, so
 * most schedules never touch it.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/curve.h"

#include <math.h>

/* A node whose value waits for that of an operand. */
typedef struct waiting {
    const dy_node *node;
    double t;      /* its step, for its other operand */
    double factor; /* of a REPEAT */
    double last;   /* the last operand's value, once it is there */
    bool have_last;
} waiting;

typedef struct walk {
    const dy_curve *curve;
    int32_t at; /* the node to go down from, */
    double t;   /* at its step */
    int depth;
    waiting stack[DY_CURVE_DEPTH];
} walk;

/* x kept within what a curve may hold; makes a number of NaN too. */
static double bounded(double x)
{
    x = x > -DY_CURVE_MOST ? x : -DY_CURVE_MOST;
    return x < DY_CURVE_MOST ? x : DY_CURVE_MOST;
}

static double keys_at(const dy_key *keys, int32_t n, double t)
{
    if (t < keys[0].step) return keys[0].value;
    const dy_key *from = keys; /* the last key whose step is not after t */
    const dy_key *end = keys + n;
    while (n > 1) {
        int32_t half = n / 2;
        if (from[half].step <= t) from += half;
        n -= half;
    }
    const dy_key *to = from + 1;
    if (to == end) return from->value;
    double p = (t - from->step) / (to->step - from->step);
    return dy_ease_at(to->ease, from->value, to->value, p);
}

static double decay_at(const dy_node *node, double t)
{
    double periods = t > 0 ? t / node->c : 0;
    if (node->flag) periods = floor(periods);
    return node->a * bounded(pow(node->b, periods));
}

/* The cycle of a REPEAT that t falls in: which, where it begins, and how many times the first's length it lasts. */
typedef struct cycle {
    double n, start, stretch;
} cycle;

static cycle cycle_nth(const dy_node *node, double n)
{
    double stretch = pow(node->b, n);
    return (cycle){ n, (node->a * stretch - node->a) / (node->b - 1), stretch };
}

/* Found by a logarithm, which may land one cycle off where one begins: that is put right. */
static cycle cycle_stretched(const dy_node *node, double t)
{
    double n = floor(log1p(t * (node->b - 1) / node->a) / log1p(node->b - 1));
    cycle found = cycle_nth(node, n);
    if (t < found.start) return cycle_nth(node, n - 1);
    if (t >= found.start + node->a * found.stretch) return cycle_nth(node, n + 1);
    return found;
}

static cycle cycle_even(const dy_node *node, double t)
{
    double n = floor(t / node->a);
    if (t >= (n + 1) * node->a) n++;
    return (cycle){ n, n * node->a, 1 };
}

/* Turns *t into the time within its cycle, and returns what the cycle's values are multiplied by. */
static double repeat(const dy_node *node, double *t)
{
    double at = *t > 0 ? *t : 0;
    cycle now = node->b > 1 ? cycle_stretched(node, at) : cycle_even(node, at);
    double in = (at - now.start) / now.stretch;
    in = in > 0 ? in : 0;
    *t = in < node->a ? in : node->a;
    return node->c == 1 ? 1 : bounded(pow(node->c, now.n));
}

static void wait_for_last(walk *w, const dy_node *node, double factor)
{
    w->stack[w->depth++] = (waiting){ .node = node, .t = w->t, .factor = factor };
}

/* Down to a leaf; its value. */
static double go_down(walk *w)
{
    for (;;) {
        const dy_node *node = &w->curve->nodes[w->at];
        double factor = 1;
        switch (node->kind) {
        case DY_NODE_KEYS: return keys_at(w->curve->keys + node->first, node->count, w->t);
        case DY_NODE_DECAY: return decay_at(node, w->t);
        case DY_NODE_JOIN:
            if (w->t < node->a) {
                w->at = node->other;
                continue;
            }
            w->t -= node->a;
            break;
        case DY_NODE_SHIFT: w->t = bounded(w->t - node->a); break;
        case DY_NODE_STRETCH: w->t = bounded(w->t / node->a); break;
        case DY_NODE_REPEAT:
            factor = repeat(node, &w->t);
            if (factor != 1) wait_for_last(w, node, factor);
            break;
        default: wait_for_last(w, node, 1); break;
        }
        w->at--; /* a node's last operand stands just before it */
    }
}

static double combine(const waiting *on, double x)
{
    const dy_node *node = on->node;
    switch (node->kind) {
    case DY_NODE_REPEAT: return x * on->factor;
    case DY_NODE_SCALE: return node->a * x + node->b;
    case DY_NODE_CLIP: return x < node->a ? node->a : x > node->b ? node->b : x;
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
    *value = bounded(*value);
    while (w->depth > 0) {
        waiting *on = &w->stack[w->depth - 1];
        if (on->node->other >= 0 && !on->have_last) {
            on->last = *value;
            on->have_last = true;
            w->at = on->node->other;
            w->t = on->t;
            return false;
        }
        *value = bounded(combine(on, *value));
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
    w.depth = 0;
    double value;
    do value = go_down(&w);
    while (!go_up(&w, &value));
    return value;
}
