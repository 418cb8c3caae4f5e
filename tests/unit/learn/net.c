/* net.c - gradients against central differences of a second network, written in double precision.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/net.h"

#include "help.h"
#include "learn/blas.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { BATCH = 6, WIDEST = 32 };

/* A network and the same in double precision, one weight after the other. */
typedef struct fixture {
    dy_arena arena;
    dy_dataset data;
    dy_batches *batches;
    dy_batch batch;
    dy_input input;
    dy_mlp_spec spec;
    dy_loss_spec loss;
    dy_net net;
    dy_mat w[8];
} fixture;

static void open_fixture(fixture *f, const dy_mlp_spec *spec, const dy_loss_spec *loss,
                         bool bytes)
{
    dy_error err;
    int64_t out = spec->widths[spec->n_layers];
    toy t = { .rows = BATCH,
              .inputs = spec->widths[0],
              .outputs = out,
              .bytes = bytes,
              .regress = loss->kind == DY_MSE };
    *f = (fixture){
        .arena = dy_arena_make(0), .data = toy_data(&t), .spec = *spec, .loss = *loss
    };
    must(
        dy_batches_open(&f->batches, &f->arena, &f->data, &f->data.train, BATCH, true, 1, &err),
        &err);
    must(dy_input_open(&f->input, &f->arena, spec->widths[0], spec->widths[1], &err), &err);
    must(dy_net_open(&f->net, &f->arena, spec, loss, BATCH, 1, &err), &err);
    dy_rng rng = dy_rng_make(9, "weights");
    for (int i = 0; i < spec->n_layers; i++) {
        int64_t wide = dy_net_wide(spec->widths[i + 1]);
        must(dy_mat_take(&f->w[i], &f->arena, spec->widths[i] + 1, wide, &err), &err);
        dy_mlp_init(dy_mat_cols(f->w[i], 0, spec->widths[i + 1]), DY_TORCH, &rng);
    }
    dy_blas_start();
    f->batch = dy_batches_at(f->batches, 0);
    dy_input_set(&f->input, &f->batch);
}

static void close_fixture(fixture *f)
{
    dy_arena_close(&f->arena);
    dy_dataset_close(&f->data);
}

static double curve(dy_activation f, double x)
{
    const double scale = 1.0507009873554805, alpha = 1.6732632423543772;
    switch (f) {
    case DY_RELU: return x > 0 ? x : 0;
    case DY_LEAKY_RELU: return x > 0 ? x : 0.01 * x;
    case DY_TANH: return tanh(x);
    case DY_SIGMOID: return 1 / (1 + exp(-x));
    case DY_GELU: return 0.5 * x * erfc(-x / sqrt(2));
    case DY_SELU: return scale * (x > 0 ? x : alpha * expm1(x));
    case DY_IDENTITY:
    case DY_ACTIVATIONS: break;
    }
    return x;
}

/* Sums of one layer for one row; the weight at (row, col) of layer `moved` is greater by `by`. */
typedef struct nudge {
    int layer;
    int64_t row, col;
    double by;
} nudge;

static void layer_reference(const fixture *f, int layer, const double *in, double *out, nudge n)
{
    dy_mat w = f->w[layer];
    int64_t ins = f->spec.widths[layer], outs = f->spec.widths[layer + 1];
    for (int64_t j = 0; j < outs; j++) {
        out[j] = 0;
        for (int64_t i = 0; i <= ins; i++) {
            double weight = (double)w.at[i * w.row_stride + j];
            if (layer == n.layer && i == n.row && j == n.col) weight += n.by;
            out[j] += weight * (i < ins ? in[i] : 1);
        }
    }
}

static double loss_reference(const fixture *f, const double *z, int64_t row)
{
    int64_t n = f->spec.widths[f->spec.n_layers];
    double loss = 0, sum = 0, s = f->loss.smoothing;
    if (f->loss.kind == DY_MSE) {
        for (int64_t j = 0; j < n; j++)
            loss += pow(z[j] - (double)f->batch.targets[row * n + j], 2) / (double)n;
        return loss;
    }
    for (int64_t j = 0; j < n; j++) sum += exp(z[j]);
    for (int64_t j = 0; j < n; j++) {
        double q = s / (double)n + (j == f->batch.labels[row] ? 1 - s : 0);
        loss -= q * (z[j] - log(sum));
    }
    return loss;
}

/* Masks are those that the network drew. */
static double row_reference(const fixture *f, int64_t row, nudge n)
{
    double in[WIDEST + 1] = { 0 }, out[WIDEST];
    for (int64_t k = 0; k < f->input.n_active; k++)
        in[f->input.active[k]] = (double)f->input.x.at[row * f->input.x.row_stride + k];
    for (int i = 0; i < f->spec.n_layers; i++) {
        layer_reference(f, i, in, out, n);
        bool hidden = i < f->spec.n_layers - 1;
        for (int64_t j = 0; hidden && j < f->spec.widths[i + 1]; j++) {
            in[j] = curve(f->spec.activation, out[j]);
            if (f->net.dropping)
                in[j] *= (double)f->net.masks[i].at[row * f->net.masks[i].row_stride + j];
        }
    }
    return loss_reference(f, out, row);
}

static double mean_reference(const fixture *f, nudge n)
{
    double sum = 0;
    for (int64_t r = 0; r < f->batch.rows; r++) sum += row_reference(f, r, n);
    return sum / (double)f->batch.rows;
}

static double slope_reference(const fixture *f, int layer, int64_t row, int64_t col)
{
    const double h = 1e-5;
    double up = mean_reference(f, (nudge){ layer, row, col, h });
    return (up - mean_reference(f, (nudge){ layer, row, col, -h })) / (2 * h);
}

/* Rows that are not active must have slope 0; others agree with the gradient. */
static void check_layer(const fixture *f, int layer, const char *name)
{
    dy_mat g = dy_net_gradient(&f->net, &f->input, layer);
    int64_t ins = f->spec.widths[layer], k = 0;
    for (int64_t i = 0; i <= ins; i++) {
        bool there =
            layer > 0 || i == ins || (k < f->input.n_active && f->input.active[k] == i);
        for (int64_t j = 0; j < f->spec.widths[layer + 1]; j++) {
            double got = there ? (double)g.at[(layer ? i : k) * g.row_stride + j] : 0;
            double want = slope_reference(f, layer, i, j);
            cr_assert_float_eq(got, want, 2e-6 + 2e-5 * fabs(want),
                               "%s layer %d (%lld, %lld): %g, not %g", name, layer,
                               (long long)i, (long long)j, got, want);
        }
        k += there;
    }
}

static void check_gradient(const dy_mlp_spec *spec, const dy_loss_spec *loss, bool bytes)
{
    fixture f;
    open_fixture(&f, spec, loss, bytes);
    if (spec->dropout > 0) {
        dy_rng rng = dy_rng_make(4, "dropout");
        dy_net_drop(&f.net, &rng, f.batch.rows);
    }
    dy_net_forward(&f.net, &f.input, f.w);
    double got = dy_net_loss(&f.net, &f.batch),
           want = mean_reference(&f, (nudge){ .layer = -1 });
    const char *name = DY_ACTIVATION_NAMES[spec->activation];
    cr_assert_float_eq(got, want, 2e-6 * (1 + want), "%s: loss %g, not %g", name, got, want);
    dy_net_backward(&f.net, &f.input, f.w);
    for (int i = 0; i < spec->n_layers; i++) check_layer(&f, i, name);
    close_fixture(&f);
}

static const dy_mlp_spec SHAPES[] = {
    { .n_layers = 1, .widths = { 5, 3 } },
    { .n_layers = 2, .widths = { 11, 7, 3 } },
    { .n_layers = 2, .widths = { 16, 20, 2 } },
    { .n_layers = 3, .widths = { 24, 17, 9, 4 } },
    { .n_layers = 5, .widths = { 3, 5, 4, 6, 5, 18 } },
};
static const dy_loss_spec LOSSES[] = { { DY_CROSS_ENTROPY, 0 },
                                       { DY_CROSS_ENTROPY, 0.1 },
                                       { DY_MSE, 0 } };

static void check_all(double dropout)
{
    for (size_t s = 0; s < sizeof SHAPES / sizeof *SHAPES; s++)
        for (int f = 0; f < DY_ACTIVATIONS; f++)
            for (size_t l = 0; l < sizeof LOSSES / sizeof *LOSSES; l++)
                for (int bytes = 0; bytes < 2; bytes++) {
                    dy_mlp_spec spec = SHAPES[s];
                    spec.activation = (dy_activation)f;
                    spec.dropout = dropout;
                    check_gradient(&spec, &LOSSES[l], bytes);
                }
}

Test(net, gradients_by_central_differences)
{
    check_all(0);
}

Test(net, gradients_with_dropout)
{
    check_all(0.4);
}

Test(net, masks_drop_the_fraction_asked_for)
{
    enum { ROWS = 400, UNITS = 51 };

    dy_arena arena = dy_arena_make(0);
    dy_error err;
    dy_net net;
    dy_mlp_spec spec = { .n_layers = 2, .widths = { 3, UNITS, 2 }, .dropout = 0.3 };
    must(dy_net_open(&net, &arena, &spec, &LOSSES[0], ROWS, 1, &err), &err);
    dy_rng rng = dy_rng_make(1, "dropout");
    dy_net_drop(&net, &rng, ROWS);
    int dropped = 0;
    for (int64_t i = 0; i < ROWS; i++)
        for (int64_t j = 0; j < UNITS; j++) {
            float mask = net.masks[0].at[i * net.masks[0].row_stride + j];
            cr_assert(mask == 0 || mask == (float)(1 / 0.7));
            dropped += mask == 0;
        }
    cr_expect_float_eq(dropped / (double)(ROWS * UNITS), 0.3, 0.015);
    dy_arena_close(&arena);
}

/* Padding is a matter of speed: a narrow layer's columns of zeros stay zeros. */
Test(net, columns_added_to_a_narrow_layer_stay_zero)
{
    fixture f;
    open_fixture(&f, &SHAPES[3], &LOSSES[0], true);
    dy_net_forward(&f.net, &f.input, f.w);
    dy_net_loss(&f.net, &f.batch);
    dy_net_backward(&f.net, &f.input, f.w);
    dy_mat g = dy_net_gradient(&f.net, &f.input, 2);
    cr_assert_eq(g.cols, 16);
    for (int64_t i = 0; i < g.rows; i++)
        for (int64_t j = 4; j < g.cols; j++) cr_assert_eq(g.at[i * g.row_stride + j], 0);
    close_fixture(&f);
}

Test(net, predictions_are_the_forward_pass)
{
    fixture f;
    open_fixture(&f, &SHAPES[3], &LOSSES[0], false);
    dy_mat x = dy_mat_cols(f.input.x, 0, f.spec.widths[0]);
    dy_mat z = dy_net_forward(&f.net, &f.input, f.w);
    float first[BATCH][4];
    for (int i = 0; i < BATCH; i++) memcpy(first[i], z.at + i * z.row_stride, sizeof first[i]);
    z = dy_net_predict(&f.net, x, f.w);
    for (int i = 0; i < BATCH; i++)
        for (int j = 0; j < 4; j++)
            cr_assert_float_eq((double)z.at[i * z.row_stride + j], (double)first[i][j], 1e-5);
    close_fixture(&f);
}

Test(net, opening_fails_without_memory_at_each_take)
{
    dy_mlp_spec spec = SHAPES[3];
    spec.dropout = 0.5;
    for (int64_t n = 1;; n++) {
        dy_arena arena = dy_arena_make(0);
        dy_net net;
        dy_error err = { "" };
        dy_arena_fail_at(n, false);
        bool opened = dy_net_open(&net, &arena, &spec, &LOSSES[0], BATCH, 1, &err);
        dy_arena_fail_at(0, false);
        dy_arena_close(&arena);
        if (opened) {
            cr_assert_gt(n, 10);
            break;
        }
        cr_assert_neq(err.text[0], '\0');
    }
}
