/* random_curve.c - see random_curve.h.   SPDX-License-Identifier: MIT */
#include "random_curve.h"

#include <criterion/criterion.h>
#include <math.h>

static dy_error err;

static dy_curve random_samples(dy_rng *rng, double size, dy_arena *arena)
{
    dy_curve leaf;
    int64_t n = 1 + dy_rng_below(rng, 20);
    double *values = dy_arena_take(arena, n, sizeof *values, &err);
    cr_assert(values, "%s", err.text);
    for (int64_t i = 0; i < n; i++) values[i] = size * (dy_rng_uniform(rng) - 0.5);
    cr_assert(dy_curve_samples(&leaf, arena, values, n, &err), "%s", err.text);
    return leaf;
}

static dy_ease random_ease(dy_rng *rng)
{
    dy_ease ease = { (dy_ease_kind)dy_rng_below(rng, DY_EASES), 0.1 + dy_rng_uniform(rng), 3 };
    return ease.kind == DY_EASE_EXP ? (dy_ease){ 0 } : ease;
}

static dy_curve random_keys(dy_rng *rng, double size, dy_arena *arena)
{
    dy_curve leaf;
    double from = size * (dy_rng_uniform(rng) - 0.5);
    dy_key keys[] = { { -3, from, { 0 } },
                      { size, size, random_ease(rng) },
                      { size, -size, random_ease(rng) },
                      { 2 * size, -2 * size, { DY_EASE_EXP, 0, 0 } } };
    cr_assert(dy_curve_keys(&leaf, arena, keys, 1 + dy_rng_below(rng, 4), &err), "%s",
              err.text);
    return leaf;
}

static dy_curve random_leaf(dy_rng *rng, dy_arena *arena)
{
    dy_curve leaf;
    double size = pow(10, 190 * dy_rng_uniform(rng) - 95);
    double from = size * (dy_rng_uniform(rng) - 0.5), some = 2 * dy_rng_uniform(rng) + 1e-9;
    bool made = true, stairs = dy_rng_below(rng, 2) == 0;
    switch (dy_rng_below(rng, 4)) {
    case 0: leaf = random_samples(rng, size, arena); break;
    case 1: leaf = random_keys(rng, size, arena); break;
    case 2: made = dy_curve_decay(&leaf, arena, from, some, 1e-3 + size, stairs, &err); break;
    default: made = dy_curve_power(&leaf, arena, from, 2 - 2 * some, 1e-3 + size, &err);
    }
    cr_assert(made, "%s", err.text);
    return leaf;
}

void grow_curve(dy_curve *curve, dy_rng *rng, dy_arena *arena)
{
    double a = pow(10, 150 * dy_rng_uniform(rng) - 75), b = 1 + 3 * dy_rng_uniform(rng);
    dy_curve other = random_leaf(rng, arena);
    dy_node_kind kind = (dy_node_kind)dy_rng_below(rng, DY_NODES);
    bool made = true;
    switch (kind) {
    case DY_NODE_REPEAT: made = dy_curve_repeat(curve, arena, curve, a, b, b, &err); break;
    case DY_NODE_JOIN: made = dy_curve_join(curve, arena, &other, a, curve, &err); break;
    case DY_NODE_WITHIN:
    case DY_NODE_CLIP: made = dy_curve_map(curve, arena, kind, curve, -a, a, &err); break;
    case DY_NODE_SHIFT:
    case DY_NODE_STRETCH:
    case DY_NODE_STAIRS:
    case DY_NODE_WARP:
    case DY_NODE_SCALE: made = dy_curve_map(curve, arena, kind, curve, a, b, &err); break;
    case DY_NODE_KEYS:
    case DY_NODE_SAMPLES:
    case DY_NODE_DECAY:
    case DY_NODE_POWER: break;
    default: made = dy_curve_pair(curve, arena, kind, curve, &other, &err); break;
    }
    cr_assert(made, "%s", err.text);
}

dy_curve random_curve(dy_rng *rng, dy_arena *arena)
{
    dy_curve curve = random_leaf(rng, arena);
    for (int64_t k = dy_rng_below(rng, 12); k > 0; k--) grow_curve(&curve, rng, arena);
    return curve;
}
