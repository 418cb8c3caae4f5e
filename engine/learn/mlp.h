/* mlp.h - multi-layer perceptrons: what one is, and its arithmetic for one batch.
 *
 * Plain functions over matrices; who owns parameters and when they change is trainer.h's business.
 * A layer's bias is one more row of its weights, met by a constant 1 at the end of its input: W [in + 1 x out].
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "base/rng.h"
#include "learn/tensor.h"

typedef enum dy_activation {
    DY_IDENTITY,
    DY_RELU,
    DY_LEAKY_RELU, /* slope 0.01 below 0 */
    DY_TANH,
    DY_SIGMOID,
    DY_GELU, /* x Phi(x). source: Hendrycks and Gimpel, 2016, arXiv:1606.08415 */
    DY_SELU, /* source: Klambauer et al., 2017, arXiv:1706.02515 */
    DY_ACTIVATIONS,
} dy_activation;

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

typedef enum dy_loss_kind {
    DY_CROSS_ENTROPY, /* softmax and negative log likelihood */
    DY_MSE, /* mean of squared differences over rows and outputs, as torch.nn.MSELoss */
    DY_LOSSES,
} dy_loss_kind;

typedef struct dy_loss_spec {
    dy_loss_kind kind;
    double
        smoothing; /* of labels, 0 <= s < 1: s/outputs on every class, 1 - s more on the right one */
} dy_loss_spec;

/* Names as scripts use them, NULL-terminated, in the order of the enums. */
extern const char *const DY_ACTIVATION_NAMES[];
extern const char *const DY_INIT_NAMES[];
extern const char *const DY_LOSS_NAMES[];

enum { DY_LAYERS_MAX = 64 };

typedef struct dy_mlp_spec {
    int n_layers;                      /* of weights, >= 1 */
    int64_t widths[DY_LAYERS_MAX + 1]; /* [n_layers + 1], inputs first */
    dy_activation activation;          /* of hidden layers; the last layer has none */
    dy_init init;
    double dropout; /* of hidden units, 0 <= p < 1, inverted: nothing to do when evaluating */
} dy_mlp_spec;

/* Fails when a width is not in 1..2^24, or dropout is out of range; says which layer. */
bool dy_mlp_check(const dy_mlp_spec *spec, dy_error *err);

int64_t dy_mlp_parameters(const dy_mlp_spec *spec);

/* "784-128-10 relu, 101,770 parameters"; fills `to` and returns it. */
char *dy_mlp_describe(const dy_mlp_spec *spec, char *to, size_t size);

/* Draws W [in + 1 x out], bias row last. The numbers drawn depend on in and out only, not on strides. */
void dy_mlp_init(dy_mat w, dy_init init, dy_rng *rng);

/* z becomes f(z), elementwise over [rows x cols]. */
void dy_activate(dy_activation f, dy_mat z);

/* d becomes d * f'(z), given y = f(z); for gelu, which cannot be had from y, `y` is z itself. */
void dy_activate_back(dy_activation f, dy_mat y, dy_mat d);

/* Whether dy_activate_back wants z and not f(z). */
bool dy_activation_keeps_input(dy_activation f);

/* The mean loss of a batch. z [rows x outputs] are the last layer's sums; becomes the gradient of the mean loss with respect
 * to them. labels [rows] or targets [rows x outputs], by kind. */
double dy_loss_back(const dy_loss_spec *loss, dy_mat z, const int32_t *labels,
                    const float *targets);

/* Sums over rows, for evaluation: losses (without smoothing's effect left out: the same loss as in training), and
 * rows whose greatest output is the label's. z is left as it is. */
typedef struct dy_tally {
    double loss;
    int64_t right, rows;
} dy_tally;

void dy_loss_tally(const dy_loss_spec *loss, dy_mat z, const int32_t *labels,
                   const float *targets, dy_tally *tally);
