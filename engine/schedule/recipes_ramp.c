/* recipes_ramp.c - one way from lr to final_lr: linear, cosine, polynomial, geometric, rex, tanh, sigmoid.
 *
 * In the formulas e is the last step: T - 1 of T, or T where ends = "exclusive"; p = t/e.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>

enum { LR, FINAL_LR, ENDS, OWN };

#define PARAMS_RAMP                                                                            \
    [LR] = DY_PARAM_LR(DY_WANT_FROM_0), [FINAL_LR] = DY_PARAM_FINAL_LR(DY_WANT_FROM_0),        \
    [ENDS] = DY_PARAM_ENDS("final_lr")

#define PARAM_K                                                                                \
    DY_PARAM_REAL("k", DY_WANT_POSITIVE, 1,                                                    \
                  "k-decay: (t/e)^k in place of t/e; above 1 the fall comes later")

static const dy_param LINEAR[] = { PARAMS_RAMP, DY_PARAMS_COMMON, { 0 } };

enum { COSINE_K = OWN };

static const dy_param COSINE[] = { PARAMS_RAMP, [COSINE_K] = PARAM_K, DY_PARAMS_COMMON, { 0 } };

static const dy_param GEOMETRIC[] = {
    [LR] = DY_PARAM_LR(DY_WANT_POSITIVE),
    [FINAL_LR] = DY_PARAM_NEEDED("final_lr", DY_WANT_POSITIVE, "the rate at the end"),
    [ENDS] = DY_PARAM_ENDS("final_lr"),
    DY_PARAMS_COMMON,
    { 0 },
};

enum { POLY_POWER = OWN, POLY_K };

static const dy_param POLYNOMIAL[] = {
    PARAMS_RAMP,
    [POLY_POWER] = DY_PARAM_REAL("power", DY_WANT_POSITIVE, 1,
                                 "1: a line; above 1 steep first, below 1 steep last"),
    [POLY_K] = PARAM_K,
    DY_PARAMS_COMMON,
    { 0 },
};

/* With nowhere to go it is there. */
static bool ramp(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_ease ease,
                 dy_error *err)
{
    double end = dy_arg_end(&args[ENDS], plan);
    dy_key keys[] = {
        { .step = 0, .value = args[LR].real },
        { .step = end, .value = args[FINAL_LR].real, .ease = ease },
    };
    if (end == 0) return dy_curve_keys(&plan->lr, arena, keys + 1, 1, err);
    return dy_curve_keys(&plan->lr, arena, keys, 2, err);
}

static bool k_decay(dy_plan *plan, dy_arena *arena, const dy_arg *args, double k, dy_error *err)
{
    double end = dy_arg_end(&args[ENDS], plan);
    return k == 1 || end == 0 ||
           dy_curve_map(&plan->lr, arena, DY_NODE_WARP, &plan->lr, end, k, err);
}

static bool make_linear(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return ramp(plan, arena, args, (dy_ease){ .kind = DY_EASE_LINEAR }, err);
}

static bool make_cosine(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return ramp(plan, arena, args, (dy_ease){ .kind = DY_EASE_COSINE }, err) &&
           k_decay(plan, arena, args, args[COSINE_K].real, err);
}

static bool make_geometric(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return ramp(plan, arena, args, (dy_ease){ .kind = DY_EASE_EXP }, err);
}

static bool make_polynomial(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    dy_ease ease = { .kind = DY_EASE_POLY, .x = args[POLY_POWER].real };
    return ramp(plan, arena, args, ease, err) &&
           k_decay(plan, arena, args, args[POLY_K].real, err);
}

enum { REX_FORM = OWN, REX_BETA };

enum { PAPER, CODE };

static const char *const REX_FORMS[] = { "paper", "code", NULL };

static const dy_param REX[] = {
    PARAMS_RAMP,
    [REX_FORM] = DY_PARAM_CHOICE("form", PAPER, REX_FORMS,
                                 "beta 0.5, as the paper has it, or 0.1, as its authors' code"),
    [REX_BETA] = DY_PARAM_REAL("beta", DY_WANT_TO_1, 0, "in place of form; 1 is a line"),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_rex(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    if (args[REX_BETA].given && args[REX_FORM].given)
        return dy_fail(err, "both form and beta given; want at most one");
    double beta = args[REX_FORM].real == CODE ? 0.1 : 0.5;
    if (args[REX_BETA].given) beta = args[REX_BETA].real;
    return ramp(plan, arena, args, (dy_ease){ .kind = DY_EASE_RATIONAL, .x = beta }, err);
}

enum { TANH_LOWER = OWN, TANH_UPPER, TANH_RESCALE };

#define PARAM_RESCALE                                                                          \
    DY_PARAM_BOOL("rescale", 1,                                                                \
                  "from lr to final_lr exactly; false: the formula as it is, which never "     \
                  "quite reaches either")

static const dy_param TANH[] = {
    PARAMS_RAMP,
    [TANH_LOWER] = DY_PARAM_REAL("lower", DY_WANT_ANY, -6, "where on the tanh it starts"),
    [TANH_UPPER] = DY_PARAM_REAL("upper", DY_WANT_ANY, 3, "where on the tanh it ends"),
    [TANH_RESCALE] = PARAM_RESCALE,
    DY_PARAMS_COMMON,
    { 0 },
};

/* The stretch of (1 - tanh) / 2 from lower to upper. */
static bool s_curve(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_ease ease,
                    bool rescale, dy_error *err)
{
    dy_arg ends[] = { [LR] = args[LR], [FINAL_LR] = args[FINAL_LR], [ENDS] = args[ENDS] };
    double final = args[FINAL_LR].real, rise = args[LR].real - final;
    if (!rescale) {
        ends[LR].real = final + rise * (1 - tanh(ease.x)) / 2;
        ends[FINAL_LR].real = final + rise * (1 - tanh(ease.y)) / 2;
    }
    return ramp(plan, arena, ends, ease, err);
}

static bool make_tanh(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    dy_ease ease = { DY_EASE_TANH, args[TANH_LOWER].real, args[TANH_UPPER].real };
    return dy_ease_check(ease, 1, 0, err) &&
           s_curve(plan, arena, args, ease, args[TANH_RESCALE].real != 0, err);
}

enum { SIGMOID_STEEPNESS = OWN, SIGMOID_MIDPOINT, SIGMOID_RESCALE };

static const dy_param SIGMOID[] = {
    PARAMS_RAMP,
    [SIGMOID_STEEPNESS] =
        DY_PARAM_REAL("steepness", DY_WANT_POSITIVE, 10, "how fast it falls at the midpoint"),
    [SIGMOID_MIDPOINT] = DY_PARAM_SHARE("midpoint", 0.5, "when half of the fall is done"),
    [SIGMOID_RESCALE] = PARAM_RESCALE,
    DY_PARAMS_COMMON,
    { 0 },
};

/* 1 / (1 + exp(x)) is (1 - tanh(x / 2)) / 2. */
static bool make_sigmoid(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double half = args[SIGMOID_STEEPNESS].real / 2, end = dy_arg_end(&args[ENDS], plan);
    dy_time at = args[SIGMOID_MIDPOINT].time;
    double midpoint = at.unit == DY_FRACTION ? at.amount
                      : end > 0              ? dy_time_length(at, plan->span) / end
                                             : 0.5;
    dy_ease ease = { DY_EASE_TANH, -half * midpoint, half * (1 - midpoint) };
    if (!dy_ease_check(ease, 1, 0, err))
        return dy_fail_in(err, "steepness %g", args[SIGMOID_STEEPNESS].real);
    return s_curve(plan, arena, args, ease, args[SIGMOID_RESCALE].real != 0, err);
}

const dy_recipe DY_RECIPES_RAMP[] = {
    { "linear", "a straight line to its end value", "lr + (final_lr - lr) t/e",
      "M. Li et al., Budgeted Training, 2020, arXiv:1905.04753", LINEAR, make_linear, NULL },
    { "cosine", "half a cosine to its end value",
      "lr + (final_lr - lr) (1 - cos(pi (t/e)^k)) / 2",
      "I. Loshchilov and F. Hutter, SGDR, 2017, arXiv:1608.03983; k: T. Zhang, k-decay, "
      "2020, arXiv:2004.05909",
      COSINE, make_cosine, NULL },
    { "polynomial", "a power of what is left of the run",
      "final_lr + (lr - final_lr) (1 - (t/e)^k)^power",
      "lr_policy \"poly\" of Caffe; tf.keras PolynomialDecay; k: T. Zhang, k-decay, 2020, "
      "arXiv:2004.05909",
      POLYNOMIAL, make_polynomial, NULL },
    { "geometric", "equal factors in equal times to its end value", "lr (final_lr / lr)^(t/e)",
      "SchedExp of fastai", GEOMETRIC, make_geometric, NULL },
    { "rex", "slow at first, ever faster towards its end",
      "final_lr + (lr - final_lr) z / (beta + (1 - beta) z); z = 1 - t/e",
      "J. Chen, C. Wolfe and A. Kyrillidis, REX, 2022, arXiv:2107.04197; \"code\": "
      "IvanVassi/REX_LR",
      REX, make_rex, NULL },
    { "tanh", "flat at first, then down along a hyperbolic tangent",
      "final_lr + (lr - final_lr) (1 - tanh(lower + (upper - lower) t/e)) / 2, rescaled",
      "B. Hsueh et al., Stochastic Gradient Descent with Hyperbolic-Tangent Decay, 2019, "
      "arXiv:1806.01593",
      TANH, make_tanh, NULL },
    { "sigmoid", "flat, down around its midpoint, flat again",
      "final_lr + (lr - final_lr) / (1 + exp(steepness (t - midpoint) / e)), rescaled",
      "lr_policy \"sigmoid\" of Caffe", SIGMOID, make_sigmoid, NULL },
    { 0 },
};
