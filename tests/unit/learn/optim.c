/* optim.c - every optimizer against its formula in double precision.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/optim.h"

#include "help.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { ROWS = 5, COLS = 23, UPDATES = 40 };

/* One weight and its state, in double precision. */
typedef struct reference {
    double w, v, u;
} reference;

static void sgd_reference(const dy_optim_spec *o, dy_pace p, double g, reference *r)
{
    double lr = p.lr, m = p.momentum;
    switch (o->dialect) {
    case DY_DIALECT_TORCH:
        r->v = m * r->v + g;
        r->w -= lr * (o->nesterov ? g + m * r->v : r->v);
        return;
    case DY_DIALECT_CAFFE:
        r->v = m * r->v + lr * g;
        r->w -= o->nesterov ? m * r->v + lr * g : r->v;
        return;
    case DY_DIALECT_DAMPENED:
        r->v = m * r->v + (1 - m) * g;
        r->w -= lr * r->v;
        return;
    case DY_DIALECTS: break;
    }
}

static void adam_reference(const dy_optim_spec *o, dy_pace p, int64_t update, double g,
                           reference *r)
{
    double b1 = p.momentum, b2 = o->beta2, t = (double)update + 1;
    r->v = b1 * r->v + (1 - b1) * g;
    r->u = b2 * r->u + (1 - b2) * g * g;
    r->w -= p.lr / (1 - pow(b1, t)) * r->v / (sqrt(r->u / (1 - pow(b2, t))) + o->eps);
}

static void update_reference(const dy_optim_spec *o, dy_pace p, int64_t update, double shrink,
                             double g, reference *r)
{
    double wd = o->weight_decay;
    g *= shrink;
    if (o->decoupled)
        r->w *= 1 - p.lr * wd;
    else
        g += wd * r->w;
    if (o->kind == DY_ADAM)
        adam_reference(o, p, update, g, r);
    else
        sgd_reference(o, p, g, r);
}

/* lr and momentum that move, as a schedule would move them. */
static dy_pace pace_at(int64_t update)
{
    double t = (double)update / UPDATES;
    return (dy_pace){ 0.05 * (1 - t) + 0.001, 0.85 + 0.1 * t };
}

typedef struct block {
    dy_mat w, g, s[2];
    reference truth[ROWS * COLS];
} block;

static void start(block *b, dy_arena *arena, dy_rng *rng)
{
    *b = (block){ .w = random_mat(arena, ROWS, COLS, 1, rng),
                  .g = random_mat(arena, ROWS, COLS, 0, rng) };
    for (int i = 0; i < 2; i++) b->s[i] = random_mat(arena, ROWS, COLS, 0, rng);
    for (int i = 0; i < ROWS * COLS; i++)
        b->truth[i].w = (double)b->w.at[i / COLS * b->w.row_stride + i % COLS];
}

/* Every fifth update is without a gradient. */
static void update(block *b, const dy_optim_spec *o, int64_t t, double shrink, dy_rng *rng)
{
    bool none = t % 5 == 4;
    for (int i = 0; i < ROWS * COLS; i++) {
        float g = (float)dy_rng_normal(rng);
        b->g.at[i / COLS * b->g.row_stride + i % COLS] = g;
        update_reference(o, pace_at(t), t, shrink, none ? 0 : (double)g, &b->truth[i]);
    }
    dy_change change = dy_change_make(o, pace_at(t), t, (float)shrink);
    dy_change_apply(&change, b->w, none ? (dy_mat){ 0 } : b->g, b->s);
}

static double furthest(const block *b)
{
    double most = 0;
    for (int i = 0; i < ROWS * COLS; i++)
        most = fmax(
            most, fabs((double)b->w.at[i / COLS * b->w.row_stride + i % COLS] - b->truth[i].w));
    return most;
}

static const dy_optim_spec SPECS[] = {
    { .momentum = 0.9 },
    { .momentum = 0.9, .nesterov = true },
    { .momentum = 0.9, .weight_decay = 0.01 },
    { .momentum = 0.9, .weight_decay = 0.01, .decoupled = true },
    { .momentum = 0.9, .weight_decay = 0.01, .nesterov = true },
    { .momentum = 0.9, .dialect = DY_DIALECT_CAFFE },
    { .momentum = 0.9, .dialect = DY_DIALECT_CAFFE, .nesterov = true },
    { .momentum = 0.9, .dialect = DY_DIALECT_CAFFE, .weight_decay = 0.02 },
    { .momentum = 0.9, .dialect = DY_DIALECT_DAMPENED },
    { .momentum = 0.9,
      .dialect = DY_DIALECT_DAMPENED,
      .weight_decay = 0.02,
      .decoupled = true },
    { .kind = DY_ADAM, .momentum = 0.9, .beta2 = 0.999, .eps = 1e-8 },
    { .kind = DY_ADAM, .momentum = 0.9, .beta2 = 0.99, .eps = 1e-4, .weight_decay = 0.01 },
    { .kind = DY_ADAM,
      .momentum = 0.9,
      .beta2 = 0.999,
      .eps = 1e-8,
      .weight_decay = 0.1,
      .decoupled = true },
};

enum { N_SPECS = sizeof SPECS / sizeof *SPECS };

Test(optim, updates_follow_the_formulas)
{
    for (int i = 0; i < N_SPECS; i++)
        for (int shrunk = 0; shrunk < 2; shrunk++) {
            dy_arena arena = dy_arena_make(0);
            dy_rng rng = dy_rng_make(1, "optim");
            block b;
            start(&b, &arena, &rng);
            for (int64_t t = 0; t < UPDATES; t++)
                update(&b, &SPECS[i], t, shrunk ? 0.25 : 1, &rng);
            cr_expect_lt(furthest(&b), 3e-5, "spec %d: off by %g", i, furthest(&b));
            dy_arena_close(&arena);
        }
}

/* Row by row, and all at once without gaps, are the same bits. */
Test(optim, the_split_into_blocks_changes_no_bit)
{
    for (int i = 0; i < N_SPECS; i++) {
        float at[4][ROWS * COLS], copy[4][ROWS * COLS];
        dy_rng rng = dy_rng_make(1, "split");
        for (int k = 0; k < 4 * ROWS * COLS; k++)
            (&at[0][0])[k] = (float)fabs(dy_rng_normal(&rng));
        memcpy(copy, at, sizeof at);
        dy_change change = dy_change_make(&SPECS[i], (dy_pace){ 0.1, 0.9 }, 3, 1);
        dy_mat s[2] = { dy_mat_make(at[2], ROWS, COLS), dy_mat_make(at[3], ROWS, COLS) };
        dy_change_apply(&change, dy_mat_make(at[0], ROWS, COLS), dy_mat_make(at[1], ROWS, COLS),
                        s);
        for (int64_t j = 0; j < COLS; j++) {
            dy_mat part[4];
            for (int k = 0; k < 4; k++)
                part[k] = dy_mat_cols(dy_mat_make(copy[k], ROWS, COLS), j, 1);
            dy_change_apply(&change, part[0], part[1], part + 2);
        }
        cr_expect_arr_eq(at, copy, sizeof at, "spec %d", i);
    }
}

/* A row longer than the zeros that stand in for a missing gradient. */
Test(optim, no_gradient_is_a_gradient_of_zeros)
{
    enum { LONG = 3001 };

    dy_arena arena = dy_arena_make(0);
    for (int i = 0; i < N_SPECS; i++) {
        dy_mat a[4], b[4];
        for (int k = 0; k < 4; k++) {
            dy_rng one = dy_rng_make(7, k < 2 ? "w" : "s"), two = one;
            a[k] = random_mat(&arena, 1, LONG, k == 1 ? 0 : 1, &one);
            b[k] = random_mat(&arena, 1, LONG, k == 1 ? 0 : 1, &two);
        }
        for (int64_t j = 0; j < LONG; j++) a[3].at[j] = b[3].at[j] = fabsf(a[3].at[j]);
        dy_change change = dy_change_make(&SPECS[i], (dy_pace){ 0.1, 0.9 }, 3, 1);
        dy_change_apply(&change, a[0], a[1], a + 2);
        dy_change_apply(&change, b[0], (dy_mat){ 0 }, b + 2);
        for (int k = 0; k < 4; k++)
            cr_expect_arr_eq(a[k].at, b[k].at, LONG * sizeof(float), "spec %d", i);
    }
    dy_arena_close(&arena);
}

/* 0.9^2000 is far below the least float: without an end, it would stick at a subnormal number for ever. */
Test(optim, a_velocity_without_gradient_ends_at_zero)
{
    dy_optim_spec spec = dy_sgd_defaults();
    float w = 1, v = 1;
    dy_mat s[2] = { dy_mat_make(&v, 1, 1) };
    dy_change change = dy_change_make(&spec, (dy_pace){ 0.1, 0.9 }, 0, 1);
    for (int i = 0; i < 2000; i++)
        dy_change_apply(&change, dy_mat_make(&w, 1, 1), (dy_mat){ 0 }, s);
    cr_expect_eq(v, 0);
    volatile float least = 1e-38F;
    cr_expect_gt(least / 8, 0, "the mode was left set");
}

Test(optim, clipping)
{
    dy_arena arena = dy_arena_make(0);
    dy_rng rng = dy_rng_make(1, "clip");
    dy_mat g = random_mat(&arena, 7, 21, 3, &rng);
    double squares = 0;
    for (int64_t i = 0; i < 7; i++)
        for (int64_t j = 0; j < 21; j++) squares += pow((double)g.at[i * g.row_stride + j], 2);
    cr_expect_float_eq(dy_optim_squares(g), squares, 1e-9 * squares);
    dy_optim_spec spec = dy_sgd_defaults();
    cr_expect_eq(dy_optim_shrink(&spec, 1e9), 1);
    spec.clip_norm = 2;
    cr_expect_eq(dy_optim_shrink(&spec, 1), 1);
    cr_expect_float_eq((double)dy_optim_shrink(&spec, 8), 0.25, 1e-6);
    dy_arena_close(&arena);
}

Test(optim, bad_specs)
{
    const struct {
        dy_optim_spec spec;
        const char *said;
    } cases[] = {
        { { .momentum = 1 }, "sgd: momentum 1; want 0 <= momentum < 1" },
        { { .momentum = -0.5 }, "momentum -0.5" },
        { { .momentum = (double)NAN }, "momentum nan" },
        { { .weight_decay = -1 }, "weight decay -1" },
        { { .weight_decay = (double)INFINITY }, "weight decay inf" },
        { { .clip_norm = -1 }, "clip norm -1" },
        { { .nesterov = true, .dialect = DY_DIALECT_DAMPENED }, "dampened" },
        { { .kind = DY_ADAM, .momentum = 1, .eps = 1e-8 }, "adam: beta 1 1" },
        { { .kind = DY_ADAM, .beta2 = 1, .eps = 1e-8 }, "beta 2 1; want 0 <= beta 2 < 1" },
        { { .kind = DY_ADAM, .beta2 = 0.9, .eps = 0 }, "eps 0; want 0 < eps" },
        { { .kind = DY_ADAM, .beta2 = 0.9, .eps = 1e-8, .nesterov = true },
          "nesterov is SGD's" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dy_error err = { "" };
        cr_expect_not(dy_optim_check(&cases[i].spec, &err));
        cr_expect_not_null(strstr(err.text, cases[i].said), "%s", err.text);
    }
    dy_error err;
    dy_optim_spec sgd = dy_sgd_defaults(), adam = dy_adam_defaults();
    cr_expect(dy_optim_check(&sgd, &err));
    cr_expect(dy_optim_check(&adam, &err));
    for (int i = 0; i < N_SPECS; i++) cr_expect(dy_optim_check(&SPECS[i], &err), "%d", i);
}

Test(optim, descriptions)
{
    char text[160];
    dy_optim_spec spec = dy_sgd_defaults();
    cr_expect_str_eq(dy_optim_describe(&spec, text, sizeof text), "sgd momentum 0.9");
    spec.nesterov = true;
    spec.weight_decay = 1e-4;
    cr_expect_str_eq(dy_optim_describe(&spec, text, sizeof text),
                     "sgd momentum 0.9 nesterov, weight decay 0.0001");
    spec.dialect = DY_DIALECT_CAFFE;
    spec.weight_decay = 0;
    spec.clip_norm = 1;
    cr_expect_str_eq(dy_optim_describe(&spec, text, sizeof text),
                     "sgd momentum 0.9 nesterov, dialect caffe, clip norm 1");
    spec = dy_adam_defaults();
    spec.decoupled = true;
    spec.weight_decay = 0.01;
    cr_expect_str_eq(dy_optim_describe(&spec, text, sizeof text),
                     "adam beta1 0.9 beta2 0.999, decoupled weight decay 0.01");
    cr_expect_eq(dy_optim_slots(&spec), 2);
    for (int i = 0; i < DY_DIALECTS; i++) cr_assert_not_null(DY_DIALECT_NAMES[i]);
    cr_assert_null(DY_DIALECT_NAMES[DY_DIALECTS]);
}
