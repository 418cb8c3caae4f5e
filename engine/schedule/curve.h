/* curve.h - a value for every step, as plain data.
 *
 * A curve is keyframes joined by eases, closed-form leaves for what no finite number of keyframes says exactly, samples
 * (one value a step) for what no closed form says, and combinators over other curves. It is held as three flat arrays
 * without pointers between elements: nodes in postfix order (a node's operands stand before it, the root is last), the
 * keyframes and the samples of its leaves. So a curve can be copied, stored, sent to another process, printed, compared and
 * evaluated at any step in any order.
 *
 * Strict makers, total evaluator: a make refuses what could not be evaluated (NaN, unordered keys, an exp ease
 * through zero, a division by zero); then dy_curve_at is finite for every step, before the first key and after
 * the last, and has no error. What it rests on: no number in a curve is beyond DY_CURVE_MOST in size, and a value
 * or a time that comes out beyond it (growth without end, a product of two such) stays at it.
 * Not a schedule with memory of the loss (see feedback.h), nor a script's function (see plan.h).
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "schedule/ease.h"

#include <stdio.h>

#define DY_CURVE_MOST 1e100 /* the greatest number, step and value of a curve */

enum {
    DY_CURVE_NODES = 1024, /* at most, in one curve */
    DY_CURVE_DEPTH = 32,   /* CLIP, SUM, PRODUCT, LEAST or MOST within each other, at most */
};

/* Reach `value` at `step`, travelling there from the key before by `ease`. */
typedef struct dy_key {
    double step, value;
    dy_ease ease;
} dy_key;

/* Each kind says what a, b, c mean and which curves it takes: `last` is the node just before it, `other` the root of
 * the operand before that. t is the step, counted by the nearest REPEAT, JOIN or SHIFT around it. */
typedef enum dy_node_kind {
    DY_NODE_KEYS, /* leaf: keys [first, first + count); holds outside them */
    DY_NODE_SAMPLES, /* leaf: samples [first, first + count), one a step from step 0; each held until the next, the
                        first before and the last after them */
    DY_NODE_DECAY, /* leaf: a b^(t / c), or a b^floor(t / c) where `flag`; 0 < b, 0 < c; held at t = 0 before */
    DY_NODE_POWER, /* leaf: a (1 + t / c)^b; 0 < c; held at t = 0 before */
    /* last, its first a steps over and over; cycle n (from 0) lasts a b^n steps, its values times c^n; 0 < a, 1 <= b,
     * 0 <= c; held at t = 0 before */
    DY_NODE_REPEAT,
    DY_NODE_JOIN,    /* other while t < a; then last, its own step 0 at a */
    DY_NODE_SHIFT,   /* last at t - a */
    DY_NODE_STRETCH, /* last at t / a; 0 < a */
    DY_NODE_STAIRS,  /* last at a floor(t / a); 0 < a */
    DY_NODE_WARP,    /* last at a (t / a)^b while 0 < t < a, else at t; 0 < a, 0 < b */
    DY_NODE_WITHIN,  /* last at t kept within a..b; a <= b */
    DY_NODE_SCALE,   /* a * last + b */
    DY_NODE_CLIP,    /* last kept within a..b; a <= b */
    DY_NODE_SUM,     /* other + last */
    DY_NODE_PRODUCT, /* other * last */
    DY_NODE_LEAST,   /* min(other, last) */
    DY_NODE_MOST,    /* max(other, last) */
    DY_NODES,
} dy_node_kind;

typedef struct dy_node {
    dy_node_kind kind;
    int32_t other;        /* index of the other operand's root; -1 where there is none */
    int32_t first, count; /* keys of a DY_NODE_KEYS, samples of a DY_NODE_SAMPLES */
    bool flag;
    double a, b, c;
    double
        d; /* of a DECAY: log(b) / c, of a REPEAT with 0 < c < 1: log2(c), so that no step takes a logarithm */
} dy_node;

typedef struct dy_curve {
    const dy_node *nodes;  /* [n_nodes], postfix; no nodes: no curve */
    const dy_key *keys;    /* [n_keys] */
    const double *samples; /* [n_samples] */
    int32_t n_nodes, n_keys, n_samples;
} dy_curve;

/* The value at a step; steps need not be whole. Finite for every finite step. Takes some 4 to 30 ns for a
 * built-in schedule. threads: any. Allocates nothing */
double dy_curve_at(const dy_curve *curve, double step);

/* The step from which on the value stays what it is; HUGE_VAL where it never settles, -HUGE_VAL where it never moves. To rounding,
 * and rather too late than too early. */
double dy_curve_end(const dy_curve *curve);

/* Each make fills *curve with arrays of its own in `arena` (operands are copied, and may come from any arena).
 * Fails when a number is not finite or out of the range named at the node, or memory is short. */

/* Steps must rise, except that two keys may share a step: the value jumps there, and the later key's value is the
 * one in effect. The first key's ease is ignored. */
bool dy_curve_keys(dy_curve *curve, dy_arena *arena, const dy_key *keys, int64_t n,
                   dy_error *err);
/* values[t] from step t until the next. The one make that copies nothing: `values` has to live as long as the curve. Where
 * the values change so seldom that keys take less, the curve is made of keys instead. */
bool dy_curve_samples(dy_curve *curve, dy_arena *arena, const double *values, int64_t n,
                      dy_error *err);
bool dy_curve_constant(dy_curve *curve, dy_arena *arena, double value, dy_error *err);
bool dy_curve_decay(dy_curve *curve, dy_arena *arena, double initial, double rate, double per,
                    bool staircase, dy_error *err);
/* A leaf POWER. */
bool dy_curve_power(dy_curve *curve, dy_arena *arena, double initial, double power, double per,
                    dy_error *err);
bool dy_curve_repeat(dy_curve *curve, dy_arena *arena, const dy_curve *of, double period,
                     double stretch, double factor, dy_error *err);
bool dy_curve_join(dy_curve *curve, dy_arena *arena, const dy_curve *before, double at,
                   const dy_curve *after, dy_error *err);
/* Any kind of one operand but REPEAT, with its a and b. */
bool dy_curve_map(dy_curve *curve, dy_arena *arena, dy_node_kind kind, const dy_curve *of,
                  double a, double b, dy_error *err);
/* SUM, PRODUCT, LEAST or MOST. */
bool dy_curve_pair(dy_curve *curve, dy_arena *arena, dy_node_kind kind, const dy_curve *x,
                   const dy_curve *y, dy_error *err);

bool dy_curve_copy(dy_curve *curve, dy_arena *arena, const dy_curve *from, dy_error *err);

/* Whether arrays from elsewhere (a file, another process) are a curve that the evaluator can be trusted with. */
bool dy_curve_check(const dy_curve *curve, dy_error *err);

/* One line that says it all: "keys 0:0.004, 300:0.1 cosine, 999:4e-07 cosine". Several nodes stand in their postfix
 * order: "keys 0:0, 20:1, 40:0 | repeat 40 1 0.5 | scale 0.009 0.001". Stops where `out` takes no more. */
void dy_curve_print(const dy_curve *curve, FILE *out);

/* As that, for a reader: no more than the first few of many keys or samples, and how many there are. */
void dy_curve_print_brief(const dy_curve *curve, FILE *out);

/* The curve of such a line, the same bit for bit. Fails when it is none; says at which character. */
bool dy_curve_parse(dy_curve *curve, dy_arena *arena, const char *text, dy_error *err);
