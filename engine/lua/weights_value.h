/* weights_value.h - weights from a file as a Lua value, for derny.mlp { init = ... }.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lua/binding.h"

#define DY_CLASS_WEIGHTS "derny.weights"

typedef struct dy_weights_value {
    dy_arena arena;
    dy_mlp_spec shape; /* layers and widths */
    float *flat;       /* in the arena, in the order of learn/weights.h */
} dy_weights_value;
