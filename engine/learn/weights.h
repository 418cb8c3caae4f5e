/* weights.h - a network's weights as one row of floats, as others keep them.
 *
 * Layer by layer: the weights [out x in], then the biases [out], as torch.nn.Linear has them; dy_mlp_parameters in all.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "learn/tensor.h"

/* One layer w [in + 1 x out], bias row last, into its part of the row or from it. Both return where the next layer's
 * part begins. */
float *dy_weights_store(dy_mat w, float *to);
const float *dy_weights_fill(dy_mat w, const float *from);
