/* curve_check.c - whether nodes, keys and samples are a curve that the evaluator can be trusted with.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/curve_forms.h"

#include <math.h>

/* clang-format off */
#define ANY    DY_RANGE_ANY
#define MORE   DY_RANGE_POSITIVE
#define FROM_0 DY_RANGE_FROM_0
#define FROM_1 DY_RANGE_FROM_1

const dy_node_form DY_NODE_FORMS[DY_NODES] = {
    /* name, operands, waits, its numbers and what they may be */
    [DY_NODE_KEYS]    = { "keys",    0, false, { 0 }, { 0 } },
    [DY_NODE_SAMPLES] = { "samples", 0, false, { 0 }, { 0 } },
    [DY_NODE_DECAY]   = { "decay",   0, false, { "initial", "rate", "per" }, { ANY, MORE, MORE } },
    [DY_NODE_POWER]   = { "power",   0, false, { "initial", "power", "per" }, { ANY, ANY, MORE } },
    [DY_NODE_REPEAT]  = { "repeat",  1, false, { "period", "stretch", "factor" }, { MORE, FROM_1, FROM_0 } },
    [DY_NODE_JOIN]    = { "join",    2, false, { "at" }, { ANY } },
    [DY_NODE_SHIFT]   = { "shift",   1, false, { "by" }, { ANY } },
    [DY_NODE_STRETCH] = { "stretch", 1, false, { "by" }, { MORE } },
    [DY_NODE_STAIRS]  = { "stairs",  1, false, { "every" }, { MORE } },
    [DY_NODE_WARP]    = { "warp",    1, false, { "length", "power" }, { MORE, MORE } },
    [DY_NODE_WITHIN]  = { "within",  1, false, { "first", "last" }, { ANY, ANY } },
    [DY_NODE_SCALE]   = { "scale",   1, false, { "by", "plus" }, { ANY, ANY } },
    [DY_NODE_CLIP]    = { "clip",    1, true,  { "least", "most" }, { ANY, ANY } },
    [DY_NODE_SUM]     = { "sum",     2, true,  { 0 }, { 0 } },
    [DY_NODE_PRODUCT] = { "product", 2, true,  { 0 }, { 0 } },
    [DY_NODE_LEAST]   = { "least",   2, true,  { 0 }, { 0 } },
    [DY_NODE_MOST]    = { "most",    2, true,  { 0 }, { 0 } },
};

/* clang-format on */

static const struct {
    double least;
    bool open; /* `least` itself is out */
    const char *wanted;
} RANGES[] = {
    [DY_RANGE_UNUSED] = { -DY_CURVE_MOST, false, "any number" },
    [DY_RANGE_ANY] = { -DY_CURVE_MOST, false, "a number" },
    [DY_RANGE_POSITIVE] = { 0, true, "more than 0" },
    [DY_RANGE_FROM_0] = { 0, false, "at least 0" },
    [DY_RANGE_FROM_1] = { 1, false, "at least 1" },
};

/* Which nodes a node's value is made of, worked out from the left. */
typedef struct layout {
    int32_t start[DY_CURVE_NODES]; /* the first node of the subtree that ends here */
    int32_t depth[DY_CURVE_NODES]; /* nodes that wait within each other, in that subtree */
} layout;

static bool is_bounded(double x)
{
    return fabs(x) <= DY_CURVE_MOST; /* false for NaN */
}

double dy_node_slope(const dy_node *node)
{
    if (node->kind == DY_NODE_DECAY) return log(node->b) / node->c;
    bool falls = node->kind == DY_NODE_REPEAT && node->c > 0 && node->c < 1;
    return falls ? log2(node->c) : 0;
}

static bool check_numbers(const dy_node *node, dy_error *err)
{
    const dy_node_form *form = &DY_NODE_FORMS[node->kind];
    const double numbers[] = { node->a, node->b, node->c };
    for (int i = 0; i < 3; i++) {
        dy_range range = form->ranges[i];
        double x = numbers[i], least = RANGES[range].least;
        if (range == DY_RANGE_UNUSED) continue;
        if (is_bounded(x) && (RANGES[range].open ? x > least : x >= least)) continue;
        return dy_fail(err, "%s: %s is %g; want %s, of at most %g in size", form->name,
                       form->names[i], x, RANGES[range].wanted, DY_CURVE_MOST);
    }
    if (node->d != dy_node_slope(node))
        return dy_fail(err, "%s: its slope is %g; want that of its other numbers, %g",
                       form->name, node->d, dy_node_slope(node));
    bool bounds = node->kind == DY_NODE_CLIP || node->kind == DY_NODE_WITHIN;
    if (bounds && node->a > node->b)
        return dy_fail(err, "%s: %s is %g, above %s (%g)", form->name, form->names[0], node->a,
                       form->names[1], node->b);
    return true;
}

static bool check_steps(const dy_key *keys, int64_t i, dy_error *err)
{
    char at[32], before[32];
    dy_format_real(at, sizeof at, keys[i].step);
    dy_format_real(before, sizeof before, keys[i - 1].step);
    if (keys[i].step < keys[i - 1].step)
        return dy_fail(err, "keyframe %lld is at step %s, not after keyframe %lld (step %s)",
                       (long long)i + 1, at, (long long)i, before);
    if (i > 1 && keys[i].step <= keys[i - 2].step)
        return dy_fail(err, "keyframes %lld to %lld are all at step %s; want at most two",
                       (long long)i - 1, (long long)i + 1, at);
    return true;
}

static bool check_keys(const dy_curve *curve, const dy_node *node, dy_error *err)
{
    if (node->count < 1 || node->first < 0 || node->first > curve->n_keys - node->count)
        return dy_fail(err, "%d keyframes from number %d on; want at least one, of %d",
                       (int)node->count, (int)node->first, (int)curve->n_keys);
    const dy_key *keys = curve->keys + node->first;
    for (int64_t i = 0; i < node->count; i++) {
        if (!is_bounded(keys[i].step) || !is_bounded(keys[i].value))
            return dy_fail(err,
                           "keyframe %lld is %g at step %g; want numbers of at most %g in size",
                           (long long)i + 1, keys[i].value, keys[i].step, DY_CURVE_MOST);
        if (i > 0 && !(keys[i].step > keys[i - 1].step) && !check_steps(keys, i, err))
            return false;
        if (i > 0 && !dy_ease_check(keys[i].ease, keys[i - 1].value, keys[i].value, err))
            return dy_fail_in(err, "keyframe %lld", (long long)i + 1);
    }
    return true;
}

static bool check_samples(const dy_curve *curve, const dy_node *node, dy_error *err)
{
    if (node->count < 1 || node->first < 0 || node->first > curve->n_samples - node->count)
        return dy_fail(err, "%d samples from number %d on; want at least one, of %d",
                       (int)node->count, (int)node->first, (int)curve->n_samples);
    const double *samples = curve->samples + node->first;
    for (int32_t i = 0; i < node->count; i++)
        if (!is_bounded(samples[i]))
            return dy_fail(err, "%g at step %d; want a number of at most %g in size",
                           isnan(samples[i]) ? (double)NAN : samples[i], (int)i, DY_CURVE_MOST);
    return true;
}

static bool check_leaf(const dy_curve *curve, const dy_node *node, dy_error *err)
{
    if (node->kind == DY_NODE_KEYS) return check_keys(curve, node, err);
    return node->kind != DY_NODE_SAMPLES || check_samples(curve, node, err);
}

/* Operands must be the subtrees just before node i: first the last one, before that the other. */
static bool lay_out(const dy_curve *curve, int32_t i, layout *l, dy_error *err)
{
    const dy_node_form *form = &DY_NODE_FORMS[curve->nodes[i].kind];
    int32_t other = curve->nodes[i].other, start = i, depth = 0;
    if (form->operands > 0 && i > 0) {
        start = l->start[i - 1];
        depth = l->depth[i - 1];
    }
    bool fits = form->operands < 2 ? other == -1 : other >= 0 && other == start - 1;
    if (!fits || (form->operands > 0 && i == 0))
        return dy_fail(err, "node %d (%s) does not stand just after its operands", (int)i,
                       form->name);
    if (form->operands == 2) {
        start = l->start[other];
        if (l->depth[other] > depth) depth = l->depth[other];
    }
    l->start[i] = start;
    l->depth[i] = depth + form->waits;
    if (l->depth[i] > DY_CURVE_DEPTH)
        return dy_fail(err, "curves are combined more than %d deep", DY_CURVE_DEPTH);
    return true;
}

bool dy_curve_check(const dy_curve *curve, dy_error *err)
{
    layout l;
    if (curve->n_nodes < 1 || curve->n_nodes > DY_CURVE_NODES || curve->n_keys < 0 ||
        curve->n_samples < 0)
        return dy_fail(
            err, "a curve of %d nodes, %d keyframes and %d samples; want 1 to %d nodes",
            (int)curve->n_nodes, (int)curve->n_keys, (int)curve->n_samples, DY_CURVE_NODES);
    for (int32_t i = 0; i < curve->n_nodes; i++) {
        const dy_node *node = &curve->nodes[i];
        if ((int)node->kind < 0 || node->kind >= DY_NODES)
            return dy_fail(err, "node %d is of kind %d; want 0 to %d", (int)i, (int)node->kind,
                           DY_NODES - 1);
        if (!check_numbers(node, err) || !lay_out(curve, i, &l, err)) return false;
        if (!check_leaf(curve, node, err)) return false;
    }
    if (l.start[curve->n_nodes - 1] != 0)
        return dy_fail(err, "the first %d nodes belong to nothing",
                       (int)l.start[curve->n_nodes - 1]);
    return true;
}
