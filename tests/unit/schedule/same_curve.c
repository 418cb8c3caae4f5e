/* same_curve.c - see same_curve.h.   SPDX-License-Identifier: MIT */
#include "same_curve.h"

#include <string.h>

static bool same(const void *x, const void *y, int32_t n, size_t size)
{
    return n == 0 || memcmp(x, y, (size_t)n * size) == 0;
}

/* Field by field: what lies between fields is nobody's. */
static bool same_nodes(const dy_curve *x, const dy_curve *y)
{
    for (int32_t i = 0; i < x->n_nodes; i++) {
        const dy_node *a = &x->nodes[i], *b = &y->nodes[i];
        const double p[] = { a->a, a->b, a->c, a->d }, q[] = { b->a, b->b, b->c, b->d };
        if (a->kind != b->kind || a->other != b->other || a->first != b->first ||
            a->count != b->count || a->flag != b->flag || !same(p, q, 4, sizeof *p))
            return false;
    }
    return true;
}

static bool same_keys(const dy_curve *x, const dy_curve *y)
{
    for (int32_t i = 0; i < x->n_keys; i++) {
        const dy_key *a = &x->keys[i], *b = &y->keys[i];
        const double p[] = { a->step, a->value, a->ease.x, a->ease.y };
        const double q[] = { b->step, b->value, b->ease.x, b->ease.y };
        if (a->ease.kind != b->ease.kind || !same(p, q, 4, sizeof *p)) return false;
    }
    return true;
}

bool same_curve(const dy_curve *x, const dy_curve *y)
{
    return x->n_nodes == y->n_nodes && x->n_keys == y->n_keys && x->n_samples == y->n_samples &&
           same_nodes(x, y) && same_keys(x, y) &&
           same(x->samples, y->samples, x->n_samples, sizeof(double));
}
