/* optim.h - how a gradient and a pace change the weights. Not what the pace is: that is schedule/'s.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "learn/tensor.h"
#include "schedule/plan.h"

typedef enum dy_optim_kind { DY_SGD, DY_ADAM, DY_OPTIMS } dy_optim_kind;

/* Where lr stands in SGD's velocity; a schedule that moves lr acts differently in each (m: momentum, g: gradient). */
typedef enum dy_dialect {
    DY_DIALECT_TORCH,    /* v = m v + g;            w -= lr v */
    DY_DIALECT_CAFFE,    /* v = m v + lr g;         w -= v      (Keras too) */
    DY_DIALECT_DAMPENED, /* v = m v + (1 - m) g;    w -= lr v   (an average; Torch7's default) */
    DY_DIALECTS,
} dy_dialect;

extern const char *const DY_DIALECT_NAMES[];

typedef struct dy_optim_spec {
    dy_optim_kind kind;
    dy_dialect dialect;
    bool nesterov;
    double momentum;   /* beta 1 for Adam; in effect where the schedule does not move it */
    double beta2, eps; /* of Adam. source: Kingma and Ba, 2014, arXiv:1412.6980 */
    double weight_decay;
    bool
        decoupled; /* w -= lr wd w, apart from the gradient (AdamW). source: arXiv:1711.05101 */
    double clip_norm; /* the gradient is scaled down to this norm; 0: not */
} dy_optim_spec;

dy_optim_spec dy_sgd_defaults(void);  /* torch dialect, momentum 0.9 */
dy_optim_spec dy_adam_defaults(void); /* 0.9, 0.999, 1e-8 */

/* Fails when a number is out of range; says which. */
bool dy_optim_check(const dy_optim_spec *spec, dy_error *err);

/* "sgd momentum 0.9 nesterov, weight decay 0.0001"; fills `to` and returns it. */
char *dy_optim_describe(const dy_optim_spec *spec, char *to, size_t size);

/* Vectors of state beside the weights: velocity; or first and second moments. 1 or 2. */
int dy_optim_slots(const dy_optim_spec *spec);

/* Parameters side by side: weights, gradient and the optimizer's state. */
typedef struct dy_stretch {
    float *w;
    const float *g;
    float *v, *u; /* u is NULL where the optimizer has one slot */
} dy_stretch;

/* An update in the making: what is the same for all weights of a lane. Plain data; only optim.c reads it. */
typedef struct dy_change {
    void (*loop)(const struct dy_change *change, dy_stretch at, int64_t n);
    float shrink, decay; /* g becomes shrink g + decay w */
    float keep;          /* w becomes keep w - change */
    float m, push;       /* v = m v + push g, change = by_v v + by_g g */
    float by_v, by_g;
    float m2, push2, root, eps;
    /* u = m2 u + push2 g^2, change = by_v v / (root sqrt u + eps) */
} dy_change;

/* `update` counts from 0 (Adam's bias correction); `shrink` multiplies the gradient (clipping; 1: not). */
dy_change dy_change_make(const dy_optim_spec *spec, dy_pace pace, int64_t update, float shrink);

/* One pass over a block of parameters: w, gradient g and state s[0..slots-1], all of one shape. A g without memory (at NULL)
 * is all zeros. Elementwise, so the split into blocks changes no bit. State that fades below 1e-38 becomes 0. */
void dy_change_apply(const dy_change *change, dy_mat w, dy_mat g, const dy_mat s[2]);

/* The sum of squares of a gradient's part; and what a gradient of this norm is to be multiplied with.
 * source: torch.nn.utils.clip_grad_norm_ (clip / (norm + 1e-6), at most 1) */
double dy_optim_squares(dy_mat g);
float dy_optim_shrink(const dy_optim_spec *spec, double norm);
