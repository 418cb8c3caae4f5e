/* net.h - one network's arithmetic for one batch: forward, loss, backward.
 *
 * The weights come from outside, layer by layer; here are only the buffers that a pass fills, so that lanes which take turns
 * share them. Nothing here changes a weight.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "learn/input.h"
#include "learn/mlp.h"

typedef struct dy_net {
    dy_mlp_spec spec;
    dy_loss_spec loss;
    int threads;
    bool dropping;                /* the masks apply to the passes that follow */
    dy_mat first;                 /* room for the active rows of the first layer's weights */
    dy_mat sums[DY_LAYERS_MAX];   /* [batch x wide]; the last layer's become its slopes */
    dy_mat outs[DY_LAYERS_MAX];   /* [batch x out + 1] of hidden layers, the last column is 1 */
    dy_mat slopes[DY_LAYERS_MAX]; /* [batch x wide] loss by sums, of hidden layers */
    dy_mat masks[DY_LAYERS_MAX];  /* [batch x out] of hidden layers: 0 or 1 / (1 - p) */
    dy_mat gradient[DY_LAYERS_MAX]; /* [in + 1 x wide] loss by weights */
} dy_net;

/* Columns that products of a layer with `out` units are made with. Kernels are slow on fewer than a vector's worth, so a
 * narrower layer gets columns of zeros, which stay zeros. */
int64_t dy_net_wide(int64_t out);

/* Takes the buffers for batches of at most `batch` rows. Fails when memory is short. */
bool dy_net_open(dy_net *net, dy_arena *arena, const dy_mlp_spec *spec,
                 const dy_loss_spec *loss, int64_t batch, int threads, dy_error *err);

/* Draws the masks of the next batch and makes the passes apply them; or no longer. */
void dy_net_drop(dy_net *net, dy_rng *rng, int64_t rows);
void dy_net_keep(dy_net *net);

/* The last layer's sums [rows x outputs], borrowed. w: [n_layers] of [in + 1 x wide]. */
dy_mat dy_net_forward(dy_net *net, const dy_input *input, const dy_mat *w);

/* The same for inputs without a column of ones, x [rows x inputs], all of them. */
dy_mat dy_net_predict(dy_net *net, dy_mat x, const dy_mat *w);

/* After a forward pass over the same input: the mean loss; the last layer's sums become its slopes. */
double dy_net_loss(dy_net *net, const dy_batch *batch);

/* After that: fills the gradients; the first layer's has only the active rows. */
void dy_net_backward(dy_net *net, const dy_input *input, const dy_mat *w);

/* A layer's gradient, the first one's [active + 1 x wide]; borrowed. */
dy_mat dy_net_gradient(const dy_net *net, const dy_input *input, int layer);
