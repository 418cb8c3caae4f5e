/* mlp.h - multi-layer perceptrons: what one is, and its first weights.
 *
 * Its arithmetic is net.h's business; who owns weights and when they change is race.h's.
 * A layer's bias is one more row of its weights, met by a constant 1 at the end of its input: W [in + 1 x out].
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "base/rng.h"
#include "learn/activation.h"
#include "learn/loss.h"
#include "learn/tensor.h"

typedef enum dy_init {
    DY_HE_NORMAL,      /* std sqrt(2 / in). source: He et al., 2015, arXiv:1502.01852 */
    DY_HE_UNIFORM,     /* +- sqrt(6 / in) */
    DY_GLOROT_NORMAL,  /* std sqrt(2 / (in + out)). source: Glorot and Bengio, 2010 */
    DY_GLOROT_UNIFORM, /* +- sqrt(6 / (in + out)) */
    DY_LECUN_NORMAL,   /* std sqrt(1 / in). source: LeCun et al., 1998 */
    DY_LECUN_UNIFORM,  /* +- sqrt(3 / in) */
    DY_TORCH, /* weights and biases +- sqrt(1 / in), as torch.nn.Linear; all others have biases 0 */
    DY_INITS,
} dy_init;

/* Names as scripts use them, NULL-terminated, in the order of the enum. */
extern const char *const DY_INIT_NAMES[];

enum { DY_LAYERS_MAX = 64 };

typedef struct dy_mlp_spec {
    int n_layers;                      /* of weights, >= 1 */
    int64_t widths[DY_LAYERS_MAX + 1]; /* [n_layers + 1], inputs first */
    dy_activation activation;          /* of hidden layers; the last layer has none */
    dy_init init;
    double dropout; /* of hidden units, 0 <= p < 1, inverted: nothing to do when evaluating */
    const float
        *given; /* [dy_mlp_parameters] first weights, in the order of weights.h; NULL: drawn as
                           `init` says. Borrowed while a race is open */
} dy_mlp_spec;

/* Fails when a width is not in 1..2^24, or dropout is out of range; says which layer. */
bool dy_mlp_check(const dy_mlp_spec *spec, dy_error *err);

int64_t dy_mlp_parameters(const dy_mlp_spec *spec);

/* "784-128-10 relu, 101,770 parameters"; fills `to` and returns it. */
char *dy_mlp_describe(const dy_mlp_spec *spec, char *to, size_t size);

/* Draws W [in + 1 x out], bias row last. The numbers drawn depend on in and out only, not on strides. */
void dy_mlp_init(dy_mat w, dy_init init, dy_rng *rng);
