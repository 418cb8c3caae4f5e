/* curve_make.c - curves put together: new arrays, the operands' nodes, keys and samples first, the new root last.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/curve_forms.h"

#include <math.h>
#include <string.h>

/* A curve's arrays while they are filled. */
typedef struct arrays {
    dy_node *nodes;
    dy_key *keys;
    double *samples;
} arrays;

/* Appends what `from` holds to the arrays of *to, which have the room. */
static void append(dy_curve *to, const arrays *into, const dy_curve *from)
{
    for (int32_t i = 0; i < from->n_nodes; i++) {
        dy_node node = from->nodes[i];
        if (node.other >= 0) node.other += to->n_nodes;
        if (node.kind == DY_NODE_KEYS) node.first += to->n_keys;
        if (node.kind == DY_NODE_SAMPLES) node.first += to->n_samples;
        into->nodes[to->n_nodes + i] = node;
    }
    if (from->n_keys > 0)
        memcpy(into->keys + to->n_keys, from->keys, (size_t)from->n_keys * sizeof(dy_key));
    if (from->n_samples > 0)
        memcpy(into->samples + to->n_samples, from->samples,
               (size_t)from->n_samples * sizeof(double));
    to->n_nodes += from->n_nodes;
    to->n_keys += from->n_keys;
    to->n_samples += from->n_samples;
}

static bool take_arrays(arrays *a, dy_arena *arena, const dy_curve *other, const dy_curve *last,
                        dy_error *err)
{
    int64_t n_nodes = (int64_t)other->n_nodes + last->n_nodes + 1;
    int64_t n_keys = (int64_t)other->n_keys + last->n_keys;
    int64_t n_samples = (int64_t)other->n_samples + last->n_samples;
    if (n_nodes > DY_CURVE_NODES || n_keys > INT32_MAX || n_samples > INT32_MAX)
        return dy_fail(err,
                       "a curve of %lld nodes, %lld keyframes and %lld samples; want at most "
                       "%d, %d and %d",
                       (long long)n_nodes, (long long)n_keys, (long long)n_samples,
                       DY_CURVE_NODES, INT32_MAX, INT32_MAX);
    a->nodes = dy_arena_take(arena, n_nodes, sizeof *a->nodes, err);
    a->keys = a->nodes ? dy_arena_take(arena, n_keys, sizeof *a->keys, err) : NULL;
    a->samples = a->keys ? dy_arena_take(arena, n_samples, sizeof *a->samples, err) : NULL;
    return a->samples != NULL;
}

/* `root` over the operands, whose number its kind says; `other` comes first. */
static bool assemble(dy_curve *curve, dy_arena *arena, dy_node root, const dy_curve *other,
                     const dy_curve *last, dy_error *err)
{
    static const dy_curve none;
    if (!other) other = &none;
    arrays into;
    if (!take_arrays(&into, arena, other, last, err)) return false;
    dy_curve made = { .nodes = into.nodes, .keys = into.keys, .samples = into.samples };
    append(&made, &into, other);
    root.other = made.n_nodes - 1; /* -1 where there is none */
    append(&made, &into, last);
    into.nodes[made.n_nodes++] = root;
    if (!dy_curve_check(&made, err)) return false;
    *curve = made;
    return true;
}

/* A curve of one leaf that is all in its numbers. */
static bool plant(dy_curve *curve, dy_arena *arena, const dy_node *leaf, dy_error *err)
{
    dy_curve made = { .nodes = leaf, .n_nodes = 1 };
    if (!dy_curve_check(&made, err)) return false;
    return dy_curve_copy(curve, arena, &made, err);
}

/* The key without what has no effect, so that equal curves are equal bit by bit. */
static dy_key plain(dy_key key, bool first)
{
    bool known = (int)key.ease.kind >= 0 && key.ease.kind < DY_EASES;
    if (first) key.ease = (dy_ease){ 0 };
    if (!first && known && DY_EASE_FORMS[key.ease.kind].n < 1) key.ease.x = 0;
    if (!first && known && DY_EASE_FORMS[key.ease.kind].n < 2) key.ease.y = 0;
    return key;
}

bool dy_curve_keys(dy_curve *curve, dy_arena *arena, const dy_key *keys, int64_t n,
                   dy_error *err)
{
    if (n < 1 || n > INT32_MAX)
        return dy_fail(err, "%lld keyframes; want 1 to %d", (long long)n, INT32_MAX);
    dy_node *leaf = dy_arena_take(arena, 1, sizeof *leaf, err);
    dy_key *own = leaf ? dy_arena_take(arena, n, sizeof *own, err) : NULL;
    if (!own) return false;
    *leaf = (dy_node){ .kind = DY_NODE_KEYS, .other = -1, .count = (int32_t)n };
    for (int64_t i = 0; i < n; i++) own[i] = plain(keys[i], i == 0);
    dy_curve made = { .nodes = leaf, .keys = own, .n_nodes = 1, .n_keys = (int32_t)n };
    if (!dy_curve_check(&made, err)) return false;
    *curve = made;
    return true;
}

/* A value that changes at most so often is held by keys: they are then found in a few ns. */
enum { RUNS_MOST = 256 };

/* Whether keys take less than samples: where the value changes seldom. */
static bool seldom(const double *values, int64_t n)
{
    int64_t runs = 1;
    int64_t most = n * (int64_t)sizeof *values / (int64_t)sizeof(dy_key);
    most = most < 1 ? 1 : most < RUNS_MOST ? most : RUNS_MOST;
    for (int64_t i = 1; i < n && runs <= most; i++) runs += values[i] != values[i - 1];
    return runs <= most;
}

static bool plant_runs(dy_curve *curve, dy_arena *arena, const double *values, int64_t n,
                       dy_error *err)
{
    dy_key keys[RUNS_MOST];
    int64_t runs = 0;
    for (int64_t i = 0; i < n; i++)
        if (i == 0 || values[i] != values[i - 1])
            keys[runs++] = (dy_key){ (double)i, values[i], { .kind = DY_EASE_HOLD } };
    return dy_curve_keys(curve, arena, keys, runs, err);
}

bool dy_curve_samples(dy_curve *curve, dy_arena *arena, const double *values, int64_t n,
                      dy_error *err)
{
    if (n < 1 || n > INT32_MAX)
        return dy_fail(err, "%lld samples; want 1 to %d", (long long)n, INT32_MAX);
    if (seldom(values, n)) return plant_runs(curve, arena, values, n, err);
    dy_node *leaf = dy_arena_take(arena, 1, sizeof *leaf, err);
    if (!leaf) return false;
    *leaf = (dy_node){ .kind = DY_NODE_SAMPLES, .other = -1, .count = (int32_t)n };
    dy_curve made = { .nodes = leaf, .samples = values, .n_nodes = 1, .n_samples = (int32_t)n };
    if (!dy_curve_check(&made, err)) return false;
    *curve = made;
    return true;
}

bool dy_curve_constant(dy_curve *curve, dy_arena *arena, double value, dy_error *err)
{
    return dy_curve_keys(curve, arena, &(dy_key){ .value = value }, 1, err);
}

bool dy_curve_decay(dy_curve *curve, dy_arena *arena, double initial, double rate, double per,
                    bool staircase, dy_error *err)
{
    dy_node leaf = { DY_NODE_DECAY, -1, 0, 0, staircase, initial, rate, per, 0 };
    leaf.d = dy_node_slope(&leaf);
    return plant(curve, arena, &leaf, err);
}

bool dy_curve_power(dy_curve *curve, dy_arena *arena, double initial, double power, double per,
                    dy_error *err)
{
    dy_node leaf = { .kind = DY_NODE_POWER, .other = -1, .a = initial, .b = power, .c = per };
    return plant(curve, arena, &leaf, err);
}

bool dy_curve_repeat(dy_curve *curve, dy_arena *arena, const dy_curve *of, double period,
                     double stretch, double factor, dy_error *err)
{
    dy_node root = {
        .kind = DY_NODE_REPEAT, .other = -1, .a = period, .b = stretch, .c = factor
    };
    root.d = dy_node_slope(&root);
    return assemble(curve, arena, root, NULL, of, err);
}

bool dy_curve_join(dy_curve *curve, dy_arena *arena, const dy_curve *before, double at,
                   const dy_curve *after, dy_error *err)
{
    dy_node root = { .kind = DY_NODE_JOIN, .a = at };
    return assemble(curve, arena, root, before, after, err);
}

bool dy_curve_map(dy_curve *curve, dy_arena *arena, dy_node_kind kind, const dy_curve *of,
                  double a, double b, dy_error *err)
{
    const dy_node_form *form = &DY_NODE_FORMS[kind];
    DY_ASSERT(form->operands == 1);
    dy_node root = { .kind = kind, .a = a };
    if (form->ranges[1] != DY_RANGE_UNUSED) root.b = b;
    return assemble(curve, arena, root, NULL, of, err);
}

bool dy_curve_pair(dy_curve *curve, dy_arena *arena, dy_node_kind kind, const dy_curve *x,
                   const dy_curve *y, dy_error *err)
{
    DY_ASSERT(DY_NODE_FORMS[kind].operands == 2);
    return assemble(curve, arena, (dy_node){ .kind = kind }, x, y, err);
}

bool dy_curve_copy(dy_curve *curve, dy_arena *arena, const dy_curve *from, dy_error *err)
{
    const dy_node *nodes = dy_arena_copy(arena, from->nodes, from->n_nodes, sizeof *nodes, err);
    const dy_key *keys =
        nodes ? dy_arena_copy(arena, from->keys, from->n_keys, sizeof *keys, err) : NULL;
    const double *samples =
        keys ? dy_arena_copy(arena, from->samples, from->n_samples, sizeof *samples, err)
             : NULL;
    if (!samples) return false;
    *curve = (dy_curve){ nodes, keys, samples, from->n_nodes, from->n_keys, from->n_samples };
    return true;
}
