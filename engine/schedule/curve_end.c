/* curve_end.c - from which step on a curve never changes again, worked out node by node from the left.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/curve.h"

#include <math.h>

static const double NEVER_MOVES = -HUGE_VAL, NEVER_SETTLES = HUGE_VAL;

static double keys_end(const dy_key *keys, int32_t n)
{
    int32_t last = n - 1;
    while (last > 0 && keys[last].value == keys[last - 1].value) last--;
    return last > 0 ? keys[last].step : NEVER_MOVES;
}

/* STAIRS move at whole multiples only. */
static double stairs_end(const dy_node *node, double last)
{
    return isfinite(last) ? node->a * ceil(last / node->a) : last;
}

static double leaf_end(const dy_curve *curve, const dy_node *node)
{
    switch (node->kind) {
    case DY_NODE_KEYS: return keys_end(curve->keys + node->first, node->count);
    case DY_NODE_SAMPLES: return node->count > 1 ? node->count - 1 : NEVER_MOVES;
    case DY_NODE_DECAY: return node->a == 0 || node->b == 1 ? NEVER_MOVES : NEVER_SETTLES;
    default: return node->a == 0 || node->b == 0 ? NEVER_MOVES : NEVER_SETTLES;
    }
}

/* From the ends of its operands; `other` is that of the one before the last. */
static double inner_end(const dy_node *node, double other, double last)
{
    switch (node->kind) {
    case DY_NODE_REPEAT: return last <= 0 && node->c == 1 ? NEVER_MOVES : NEVER_SETTLES;
    case DY_NODE_JOIN: return node->a + (last > 0 ? last : 0);
    case DY_NODE_SHIFT: return last + node->a;
    case DY_NODE_STRETCH: return last * node->a;
    case DY_NODE_STAIRS: return stairs_end(node, last);
    case DY_NODE_WARP: return last > 0 && last < node->a ? node->a : last;
    case DY_NODE_WITHIN: return last <= node->a ? NEVER_MOVES : last < node->b ? last : node->b;
    case DY_NODE_SCALE: return node->a == 0 ? NEVER_MOVES : last;
    default: return other > last ? other : last;
    }
}

double dy_curve_end(const dy_curve *curve)
{
    double end[DY_CURVE_NODES];
    DY_ASSERT(curve->n_nodes > 0);
    for (int32_t i = 0; i < curve->n_nodes; i++) {
        const dy_node *node = &curve->nodes[i];
        bool leaf = node->kind == DY_NODE_KEYS || node->kind == DY_NODE_SAMPLES ||
                    node->kind == DY_NODE_DECAY || node->kind == DY_NODE_POWER;
        double other = node->other >= 0 ? end[node->other] : NEVER_MOVES;
        double last = i > 0 ? end[i - 1] : NEVER_MOVES;
        end[i] = leaf ? leaf_end(curve, node) : inner_end(node, other, last);
    }
    return end[curve->n_nodes - 1];
}
