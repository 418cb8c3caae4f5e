/* bends.c - a list, the newest first.   SPDX-License-Identifier: MIT */
#include "lab/bends.h"

#include "schedule/curve_pack.h"

typedef struct dy_bend {
    struct dy_bend *before;
    int64_t from;
    dy_channel channel;
    dy_curve curve;
} dy_bend;

dy_bends dy_bends_make(void)
{
    const int64_t most = (int64_t)64 << 20; /* a hand that never rests */
    return (dy_bends){ .arena = dy_arena_make(most) };
}

void dy_bends_close(dy_bends *bends)
{
    dy_arena_close(&bends->arena);
    bends->newest = NULL;
}

/* The values at keyframes bound those between them, and a drag gives nothing else; any other curve is looked at update by update, or
 * at a million of them. */
static bool keys_will_do(const dy_curve *curve, double least, double most)
{
    if (curve->n_nodes != 1 || curve->nodes[0].kind != DY_NODE_KEYS) return false;
    for (int32_t i = 0; i < curve->n_keys; i++)
        if (!(curve->keys[i].value >= least && curve->keys[i].value < most)) return false;
    return true;
}

static bool check_values(const dy_curve *curve, dy_channel channel, int64_t from, int64_t steps,
                         dy_error *err)
{
    enum { LOOKED_AT = 1 << 20 };

    bool lr = channel == DY_LR;
    if (keys_will_do(curve, 0, lr ? 2 * DY_CURVE_MOST : 1)) return true;
    int64_t stride = (steps - from) / LOOKED_AT + 1;
    for (int64_t step = from; step < steps; step += stride) {
        double value = dy_curve_at(curve, (double)step);
        dy_pace pace = { lr ? value : 0, lr ? 0 : value };
        if (!dy_pace_check(&pace, step, err)) return false;
    }
    return true;
}

/* A bend with a copy of the curve; NULL when memory is short. */
static dy_bend *take(dy_bends *bends, dy_channel channel, int64_t from, const dy_curve *curve,
                     dy_error *err)
{
    dy_bend *bend = dy_arena_take(&bends->arena, 1, sizeof *bend, err);
    if (!bend || !dy_curve_copy(&bend->curve, &bends->arena, curve, err)) return NULL;
    bend->from = from;
    bend->channel = channel;
    return bend;
}

static bool push(dy_bends *bends, dy_channel channel, int64_t from, const dy_curve *curve,
                 dy_error *err)
{
    dy_bend *bend = take(bends, channel, from, curve, err);
    if (!bend) return false;
    bend->before = bends->newest;
    bends->newest = bend;
    return true;
}

bool dy_bends_add(dy_bends *bends, dy_channel channel, int64_t from, int64_t steps,
                  const void *bytes, size_t n, dy_error *err)
{
    if (channel != DY_LR && channel != DY_MOMENTUM)
        return dy_fail(err, "only lr and momentum can be bent");
    dy_arena scratch = dy_arena_make(bends->arena.limit);
    dy_curve curve;
    bool ok = dy_curve_unpack(&curve, &scratch, bytes, n, err) &&
              check_values(&curve, channel, from, steps, err) &&
              push(bends, channel, from, &curve, err);
    dy_arena_close(&scratch);
    return ok;
}

bool dy_bends_copy(dy_bends *bends, const dy_bends *from, int64_t until, dy_error *err)
{
    dy_bend **last = &bends->newest;
    for (const dy_bend *bend = from->newest; bend; bend = bend->before) {
        if (bend->from > until) continue;
        *last = take(bends, bend->channel, bend->from, &bend->curve, err);
        if (!*last) return false;
        last = &(*last)->before;
    }
    return true;
}

void dy_bends_cut(dy_bends *bends, int64_t until)
{
    while (bends->newest && bends->newest->from > until) bends->newest = bends->newest->before;
}

const dy_curve *dy_bends_curve(const dy_bends *bends, dy_channel channel)
{
    const dy_bend *bend = bends->newest;
    while (bend && bend->channel != channel) bend = bend->before;
    return bend ? &bend->curve : NULL;
}
