/* activation.h - what hidden units do with their sums, elementwise, and its derivative.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
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

/* Names as scripts use them, NULL-terminated, in the order of the enum. */
extern const char *const DY_ACTIVATION_NAMES[];

/* y becomes f(z), elementwise over [rows x cols]; y may be z. shape: rows of both contiguous. */
void dy_activate(dy_activation f, dy_mat z, dy_mat y);

/* d becomes d * f'(z), given y = f(z); for gelu, which cannot be had from y, `y` is z itself. */
void dy_activate_back(dy_activation f, dy_mat y, dy_mat d);

/* Whether dy_activate_back wants z and not f(z). */
bool dy_activation_keeps_input(dy_activation f);
