/* net.c - a layer is a product and a loop, in each direction.   SPDX-License-Identifier: MIT */
#include "learn/net.h"

#include "base/clones.h"
#include "learn/blas.h"

#include <string.h>

int64_t dy_net_wide(int64_t out)
{
    enum { LEAST = 16 };

    return out < LEAST ? LEAST : out;
}

static void fill_column(dy_mat m, int64_t column, float value)
{
    for (int64_t i = 0; i < m.rows; i++) m.at[i * m.row_stride + column] = value;
}

/* What the layer after this one, and the way back, need of it. */
static bool take_hidden(dy_net *net, dy_arena *arena, int i, int64_t batch, dy_error *err)
{
    int64_t out = net->spec.widths[i + 1];
    if (!dy_mat_take(&net->outs[i], arena, batch, out + 1, err) ||
        !dy_mat_take(&net->slopes[i], arena, batch, dy_net_wide(out), err))
        return false;
    fill_column(net->outs[i], out, 1);
    return net->spec.dropout == 0 || dy_mat_take(&net->masks[i], arena, batch, out, err);
}

bool dy_net_open(dy_net *net, dy_arena *arena, const dy_mlp_spec *spec,
                 const dy_loss_spec *loss, int64_t batch, int threads, dy_error *err)
{
    *net = (dy_net){ .spec = *spec, .loss = *loss, .threads = threads };
    for (int i = 0; i < spec->n_layers; i++) {
        int64_t in = spec->widths[i], wide = dy_net_wide(spec->widths[i + 1]);
        bool hidden = i < spec->n_layers - 1;
        if (!dy_mat_take(&net->sums[i], arena, batch, wide, err) ||
            !dy_mat_take(&net->gradient[i], arena, in + 1, wide, err) ||
            (hidden && !take_hidden(net, arena, i, batch, err)))
            return false;
    }
    return dy_mat_take(&net->first, arena, spec->widths[0] + 1, dy_net_wide(spec->widths[1]),
                       err);
}

/* One draw gives two units: each 32 bits against p * 2^32. */
static void draw_row(float *mask, int64_t n, uint32_t threshold, float scale, dy_rng *rng)
{
    for (int64_t j = 0; j < n; j += 2) {
        uint64_t bits = dy_rng_next(rng);
        mask[j] = (uint32_t)bits < threshold ? 0 : scale;
        if (j + 1 < n) mask[j + 1] = (uint32_t)(bits >> 32) < threshold ? 0 : scale;
    }
}

void dy_net_drop(dy_net *net, dy_rng *rng, int64_t rows)
{
    const double two_32 = 4294967296.0;
    double p = net->spec.dropout;
    DY_ASSERT(p > 0);
    for (int i = 0; i < net->spec.n_layers - 1; i++) {
        dy_mat mask = net->masks[i];
        for (int64_t r = 0; r < rows; r++)
            draw_row(mask.at + r * mask.row_stride, mask.cols, (uint32_t)(p * two_32),
                     (float)(1 / (1 - p)), rng);
    }
    net->dropping = true;
}

void dy_net_keep(dy_net *net)
{
    net->dropping = false;
}

DY_CLONES static void multiply(float *restrict to, const float *restrict by, int64_t n)
{
    for (int64_t j = 0; j < n; j++) to[j] *= by[j];
}

static void multiply_rows(dy_mat to, dy_mat by)
{
    for (int64_t i = 0; i < to.rows; i++)
        multiply(to.at + i * to.row_stride, by.at + i * by.row_stride, to.cols);
}

/* What dy_activate_back is to see of a hidden layer: f(z) where that will do, unless a mask has spoilt it. */
static bool sums_are_kept(const dy_net *net)
{
    return dy_activation_keeps_input(net->spec.activation);
}

static dy_mat layer_sums(const dy_net *net, int i, int64_t rows)
{
    return dy_mat_cols(dy_mat_rows(net->sums[i], 0, rows), 0, net->spec.widths[i + 1]);
}

/* Sums to outputs of a hidden layer. With masks, f(z) goes where z was, and masked to the outputs. */
static void activate(dy_net *net, int i, int64_t rows)
{
    dy_mat z = layer_sums(net, i, rows);
    dy_mat y = dy_mat_cols(dy_mat_rows(net->outs[i], 0, rows), 0, z.cols);
    dy_activate(net->spec.activation, z, y);
    if (!net->dropping) return;
    if (!sums_are_kept(net)) dy_activate(DY_IDENTITY, y, z);
    multiply_rows(y, net->masks[i]);
}

/* From the first layer's sums to the last one's. */
static dy_mat forward_from_first(dy_net *net, int64_t rows, const dy_mat *w)
{
    int last = net->spec.n_layers - 1;
    for (int i = 0; i < last; i++) {
        activate(net, i, rows);
        dy_blas_product(1, dy_mat_rows(net->outs[i], 0, rows), w[i + 1], 0,
                        dy_mat_rows(net->sums[i + 1], 0, rows), net->threads);
    }
    return layer_sums(net, last, rows);
}

/* The active rows of the first layer's weights, side by side. */
static dy_mat active_rows(dy_net *net, const dy_input *input, dy_mat w)
{
    if (dy_input_whole(input)) return w;
    dy_rows rows;
    dy_walk walk = dy_walk_make(input);
    DY_ASSERT(w.row_stride == net->first.row_stride);
    while (dy_walk_next(&walk, &rows))
        if (rows.active)
            memcpy(net->first.at + rows.at * w.row_stride, w.at + rows.from * w.row_stride,
                   (size_t)(rows.n * w.row_stride) * sizeof *w.at);
    return dy_mat_rows(net->first, 0, input->x.cols);
}

dy_mat dy_net_forward(dy_net *net, const dy_input *input, const dy_mat *w)
{
    int64_t rows = input->x.rows;
    dy_blas_product(1, input->x, active_rows(net, input, w[0]), 0,
                    dy_mat_rows(net->sums[0], 0, rows), net->threads);
    return forward_from_first(net, rows, w);
}

dy_mat dy_net_predict(dy_net *net, dy_mat x, const dy_mat *w)
{
    DY_ASSERT(x.cols == net->spec.widths[0]);
    dy_mat sums = dy_mat_rows(net->sums[0], 0, x.rows);
    const float *bias = w[0].at + x.cols * w[0].row_stride;
    for (int64_t i = 0; i < x.rows; i++)
        memcpy(sums.at + i * sums.row_stride, bias, (size_t)sums.cols * sizeof *bias);
    dy_blas_product(1, x, dy_mat_rows(w[0], 0, x.cols), 1, sums, net->threads);
    return forward_from_first(net, x.rows, w);
}

double dy_net_loss(dy_net *net, const dy_batch *batch)
{
    dy_mat z = layer_sums(net, net->spec.n_layers - 1, batch->rows);
    return dy_loss_back(&net->loss, z, batch->labels, batch->targets);
}

static dy_mat layer_slopes(const dy_net *net, int i, int64_t rows)
{
    return dy_mat_rows(i == net->spec.n_layers - 1 ? net->sums[i] : net->slopes[i], 0, rows);
}

/* The slopes of hidden layer i from those of the layer after it. */
static void slopes_back(dy_net *net, int i, int64_t rows, dy_mat w)
{
    int64_t out = net->spec.widths[i + 1];
    dy_mat d = dy_mat_cols(layer_slopes(net, i, rows), 0, out);
    dy_mat weights = dy_mat_transposed(dy_mat_rows(w, 0, out)); /* without the bias */
    dy_blas_product(1, layer_slopes(net, i + 1, rows), weights, 0, d, net->threads);
    if (net->dropping) multiply_rows(d, net->masks[i]);
    bool in_sums = net->dropping || sums_are_kept(net);
    dy_mat seen = in_sums ? net->sums[i] : net->outs[i];
    dy_activate_back(net->spec.activation, dy_mat_cols(dy_mat_rows(seen, 0, rows), 0, out), d);
}

void dy_net_backward(dy_net *net, const dy_input *input, const dy_mat *w)
{
    int64_t rows = input->x.rows;
    for (int i = net->spec.n_layers - 1; i >= 0; i--) {
        dy_mat from = i == 0 ? input->x : dy_mat_rows(net->outs[i - 1], 0, rows);
        dy_blas_product(1, dy_mat_transposed(from), layer_slopes(net, i, rows), 0,
                        dy_net_gradient(net, input, i), net->threads);
        if (i > 0) slopes_back(net, i - 1, rows, w[i]);
    }
}

dy_mat dy_net_gradient(const dy_net *net, const dy_input *input, int layer)
{
    return layer == 0 ? dy_mat_rows(net->gradient[0], 0, input->x.cols) : net->gradient[layer];
}
