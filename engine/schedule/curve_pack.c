/* curve_pack.c - see curve_pack.h.   SPDX-License-Identifier: MIT */
#include "schedule/curve_pack.h"

#include <string.h>

/* What the bytes begin with; nodes, keys and samples follow. */
struct head {
    int32_t n_nodes, n_keys;
    int64_t n_samples; /* this wide so that the nodes are aligned */
};

static struct head head_of(const dy_curve *curve)
{
    return (struct head){ curve->n_nodes, curve->n_keys, curve->n_samples };
}

static size_t size_of(struct head head)
{
    return sizeof head + (size_t)head.n_nodes * sizeof(dy_node) +
           (size_t)head.n_keys * sizeof(dy_key) + (size_t)head.n_samples * sizeof(double);
}

size_t dy_curve_packed(const dy_curve *curve)
{
    return size_of(head_of(curve));
}

/* memcpy that may be given nothing from nowhere. */
static char *put(char *to, const void *from, size_t n)
{
    if (n > 0) memcpy(to, from, n);
    return to + n;
}

void dy_curve_pack(const dy_curve *curve, void *bytes)
{
    struct head head = head_of(curve);
    char *to = put(bytes, &head, sizeof head);
    to = put(to, curve->nodes, (size_t)head.n_nodes * sizeof(dy_node));
    to = put(to, curve->keys, (size_t)head.n_keys * sizeof(dy_key));
    put(to, curve->samples, (size_t)head.n_samples * sizeof(double));
}

bool dy_curve_unpack(dy_curve *curve, dy_arena *arena, const void *bytes, size_t n,
                     dy_error *err)
{
    struct head head = { 0 };
    if (n >= sizeof head) memcpy(&head, bytes, sizeof head);
    bool sized = head.n_nodes > 0 && head.n_nodes <= DY_CURVE_NODES && head.n_keys >= 0 &&
                 head.n_samples >= 0 && head.n_samples <= INT32_MAX && n == size_of(head);
    if (!sized) return dy_fail(err, "%zu bytes that are no curve", n);
    char *own = dy_arena_copy(arena, bytes, (int64_t)n, 1, err);
    if (!own) return false;
    dy_curve read = { .nodes = (const dy_node *)(own + sizeof head),
                      .n_nodes = head.n_nodes,
                      .n_keys = head.n_keys,
                      .n_samples = (int32_t)head.n_samples };
    read.keys = (const dy_key *)(read.nodes + head.n_nodes);
    read.samples = (const double *)(read.keys + head.n_keys);
    if (!dy_curve_check(&read, err)) return false;
    *curve = read;
    return true;
}
