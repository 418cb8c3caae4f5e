/* mlp.c - checks, names and first weights.   SPDX-License-Identifier: MIT */
#include "learn/mlp.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>

const char *const DY_INIT_NAMES[] = { "he_normal",     "he_uniform",
                                      "glorot_normal", "glorot_uniform",
                                      "lecun_normal",  "lecun_uniform",
                                      "torch",         NULL };

static const int64_t WIDTH_MAX = 1 << 24;

bool dy_mlp_check(const dy_mlp_spec *spec, dy_error *err)
{
    if (spec->n_layers < 1 || spec->n_layers > DY_LAYERS_MAX)
        return dy_fail(err, "mlp: %d layers of weights; want 1 to %d", spec->n_layers,
                       DY_LAYERS_MAX);
    for (int i = 0; i <= spec->n_layers; i++) {
        if (spec->widths[i] >= 1 && spec->widths[i] <= WIDTH_MAX) continue;
        const char *what = i == 0 ? "inputs" : i == spec->n_layers ? "outputs" : "units";
        return dy_fail(err, "mlp: layer %d has %lld %s; want 1 to %lld", i,
                       (long long)spec->widths[i], what, (long long)WIDTH_MAX);
    }
    if (!(spec->dropout >= 0 && spec->dropout < 1))
        return dy_fail(err, "mlp: dropout %g; want 0 <= dropout < 1", spec->dropout);
    DY_ASSERT(spec->activation >= 0 && spec->activation < DY_ACTIVATIONS);
    DY_ASSERT(spec->init >= 0 && spec->init < DY_INITS);
    return true;
}

int64_t dy_mlp_parameters(const dy_mlp_spec *spec)
{
    int64_t total = 0;
    for (int i = 0; i < spec->n_layers; i++)
        total += (spec->widths[i] + 1) * spec->widths[i + 1];
    return total;
}

char *dy_mlp_describe(const dy_mlp_spec *spec, char *to, size_t size)
{
    size_t at = 0;
    to[0] = '\0';
    for (int i = 0; i <= spec->n_layers && at < size; i++)
        at += (size_t)snprintf(to + at, size - at, i ? "-%lld" : "%lld",
                               (long long)spec->widths[i]);
    char count[32];
    dy_format_count(count, sizeof count, dy_mlp_parameters(spec));
    bool hidden = spec->n_layers > 1;
    if (at < size && hidden)
        at +=
            (size_t)snprintf(to + at, size - at, " %s", DY_ACTIVATION_NAMES[spec->activation]);
    if (at < size && spec->dropout > 0)
        at += (size_t)snprintf(to + at, size - at, ", dropout %g", spec->dropout);
    if (at < size)
        snprintf(to + at, size - at, ", %s parameters%s", count, spec->given ? ", given" : "");
    return to;
}

/* Zero mean and variance `gain / fan`. */
typedef struct law {
    bool normal;
    double gain;
    bool both; /* fan is (in + out) / 2, not in */
} law;

static const law LAWS[DY_INITS] = {
    [DY_HE_NORMAL] = { true, 2, false },     [DY_HE_UNIFORM] = { false, 2, false },
    [DY_GLOROT_NORMAL] = { true, 1, true },  [DY_GLOROT_UNIFORM] = { false, 1, true },
    [DY_LECUN_NORMAL] = { true, 1, false },  [DY_LECUN_UNIFORM] = { false, 1, false },
    [DY_TORCH] = { false, 1.0 / 3.0, false }
};

void dy_mlp_init(dy_mat w, dy_init init, dy_rng *rng)
{
    law l = LAWS[init];
    double in = (double)(w.rows - 1), out = (double)w.cols;
    double deviation = sqrt(l.gain / (l.both ? (in + out) / 2 : in));
    for (int64_t i = 0; i < w.rows; i++)
        for (int64_t j = 0; j < w.cols; j++) {
            bool bias = i == w.rows - 1;
            double x = 0;
            if (!bias || init == DY_TORCH)
                x = l.normal ? dy_rng_normal(rng) : sqrt(3) * (2 * dy_rng_uniform(rng) - 1);
            w.at[i * w.row_stride + j * w.col_stride] = (float)(x * deviation);
        }
}
