/* activation.c - one loop an activation and direction, each compiled for several processors.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/activation.h"

#include "base/clones.h"
#include "learn/special.h"

const char *const DY_ACTIVATION_NAMES[] = { "identity", "relu", "leaky_relu", "tanh",
                                            "sigmoid",  "gelu", "selu",       NULL };

static const float LEAK = 0.01F;
static const float SELU_SCALE = 1.05070098F;
static const float SELU_FLOOR = 1.75809934F; /* scale * alpha */

typedef void loop_fn(float *to, const float *from, int64_t n);

/* to[i] = value(from[i]), and to[i] *= slope(from[i]). `to` may be `from`, hence ivdep and not restrict. */
#define LOOPS(name)                                                                            \
    DY_CLONES static void name##_loop(float *to, const float *from, int64_t n)                 \
    {                                                                                          \
        _Pragma("GCC ivdep") for (int64_t i = 0; i < n; i++) to[i] = name##_value(from[i]);    \
    }                                                                                          \
    DY_CLONES static void name##_back_loop(float *to, const float *from, int64_t n)            \
    {                                                                                          \
        _Pragma("GCC ivdep") for (int64_t i = 0; i < n; i++) to[i] *= name##_slope(from[i]);   \
    }

static inline float identity_value(float z)
{
    return z;
}

static inline float identity_slope(float y)
{
    (void)y;
    return 1.0F;
}

/* Below 0 only where z is: NaN passes, so that a run that diverges is seen to. */
static inline float relu_value(float z)
{
    return z < 0.0F ? 0.0F : z;
}

static inline float relu_slope(float y)
{
    return y > 0.0F ? 1.0F : 0.0F;
}

static inline float leaky_relu_value(float z)
{
    return z < 0.0F ? LEAK * z : z;
}

static inline float leaky_relu_slope(float y)
{
    return y > 0.0F ? 1.0F : LEAK;
}

static inline float tanh_value(float z)
{
    return dy_tanh(z);
}

static inline float tanh_slope(float y)
{
    return 1.0F - y * y;
}

static inline float sigmoid_value(float z)
{
    return dy_sigmoid(z);
}

static inline float sigmoid_slope(float y)
{
    return y * (1.0F - y);
}

static inline float gelu_value(float z)
{
    return z * dy_normal_below(z);
}

static inline float gelu_slope(float z)
{
    return dy_normal_below(z) + z * dy_normal_density(z);
}

static inline float selu_value(float z)
{
    float below = SELU_FLOOR * dy_expm1_down(z < 0.0F ? z : 0.0F);
    return z < 0.0F ? below : SELU_SCALE * z;
}

static inline float selu_slope(float y)
{
    return y > 0.0F ? SELU_SCALE : y + SELU_FLOOR;
}

LOOPS(identity)
LOOPS(relu)
LOOPS(leaky_relu)
LOOPS(tanh)
LOOPS(sigmoid)
LOOPS(gelu)
LOOPS(selu)

static loop_fn *const VALUES[] = { identity_loop, relu_loop, leaky_relu_loop, tanh_loop,
                                   sigmoid_loop,  gelu_loop, selu_loop };
static loop_fn *const SLOPES[] = { identity_back_loop, relu_back_loop,    leaky_relu_back_loop,
                                   tanh_back_loop,     sigmoid_back_loop, gelu_back_loop,
                                   selu_back_loop };

_Static_assert(sizeof VALUES / sizeof *VALUES == DY_ACTIVATIONS, "a value for each");
_Static_assert(sizeof SLOPES / sizeof *SLOPES == DY_ACTIVATIONS, "a slope for each");

static void over_rows(loop_fn *loop, dy_mat to, dy_mat from)
{
    DY_ASSERT(to.rows == from.rows && to.cols == from.cols);
    DY_ASSERT(to.col_stride == 1 && from.col_stride == 1);
    if (to.row_stride == to.cols && from.row_stride == from.cols) {
        loop(to.at, from.at, to.rows * to.cols);
        return;
    }
    for (int64_t i = 0; i < to.rows; i++)
        loop(to.at + i * to.row_stride, from.at + i * from.row_stride, to.cols);
}

void dy_activate(dy_activation f, dy_mat z, dy_mat y)
{
    over_rows(VALUES[f], y, z);
}

void dy_activate_back(dy_activation f, dy_mat y, dy_mat d)
{
    over_rows(SLOPES[f], d, y);
}

bool dy_activation_keeps_input(dy_activation f)
{
    return f == DY_GELU;
}
