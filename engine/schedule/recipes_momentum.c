/* recipes_momentum.c - momentum for any schedule: mirror, demon, with_momentum.   SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>

enum {
    MIRROR_TRIED = 1 << 16
}; /* steps at which the lr is looked at for its least and greatest */

enum { MIRROR_SCHEDULE, MIRROR_BASE, MIRROR_MAX, MIRROR_MIN_LR, MIRROR_MAX_LR };

static const dy_param MIRROR[] = {
    [MIRROR_SCHEDULE] = DY_PARAM_SCHEDULE("what momentum is to move against"),
    [MIRROR_BASE] = DY_PARAM_REAL("base_momentum", DY_WANT_MOMENTUM, 0.85,
                                  "momentum where lr is max_lr or more"),
    [MIRROR_MAX] = DY_PARAM_REAL("max_momentum", DY_WANT_MOMENTUM, 0.95,
                                 "momentum where lr is min_lr or less"),
    [MIRROR_MIN_LR] = DY_PARAM_REAL("min_lr", DY_WANT_FROM_0, 0,
                                    "the low end of lr; without it the schedule's least"),
    [MIRROR_MAX_LR] = DY_PARAM_REAL("max_lr", DY_WANT_FROM_0, 0,
                                    "the high end of lr; without it the schedule's greatest"),
    DY_PARAM_STEPS,
    DY_PARAM_AFTER,
    { 0 },
};

typedef struct range {
    double lo, hi;
} range;

/* Over the plan's length; of a very long one at steps all over it. */
static range range_of(const dy_plan *plan)
{
    int64_t last = plan->span.steps - 1;
    int64_t n = last < MIRROR_TRIED ? last : MIRROR_TRIED;
    double first = dy_curve_at(&plan->lr, 0);
    range found = { first, first };
    for (int64_t i = 1; i <= n; i++) {
        double step = floor((double)last * (double)i / (double)n);
        double value = dy_curve_at(&plan->lr, step);
        found.lo = fmin(found.lo, value);
        found.hi = fmax(found.hi, value);
    }
    return found;
}

/* Where lr does not move it is at its least, and momentum at its greatest. */
static bool make_mirror(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double low = args[MIRROR_BASE].real, high = args[MIRROR_MAX].real;
    if (low > high)
        return dy_fail(err, "base_momentum is %g; want at most max_momentum (%g)", low, high);
    if (!dy_plan_wrap(plan, &args[MIRROR_SCHEDULE], arena, err)) return false;
    range lr = range_of(plan);
    if (args[MIRROR_MIN_LR].given) lr.lo = args[MIRROR_MIN_LR].real;
    if (args[MIRROR_MAX_LR].given) lr.hi = args[MIRROR_MAX_LR].real;
    if (lr.lo > lr.hi) return dy_fail(err, "min_lr is %g, above max_lr (%g)", lr.lo, lr.hi);
    if (lr.lo == lr.hi) return dy_curve_constant(&plan->momentum, arena, high, err);
    double slope = (low - high) / (lr.hi - lr.lo);
    return dy_curve_map(&plan->momentum, arena, DY_NODE_SCALE, &plan->lr, slope,
                        high - slope * lr.lo, err) &&
           dy_curve_map(&plan->momentum, arena, DY_NODE_CLIP, &plan->momentum, low, high, err);
}

enum { DEMON_SCHEDULE, DEMON_LR, DEMON_BETA, DEMON_ENDS };

static const dy_param DEMON[] = {
    [DEMON_SCHEDULE] = { .name = "schedule",
                         .kind = DY_ARG_SCHEDULE,
                         .meaning = "what lr is to be; or give lr" },
    [DEMON_LR] = DY_PARAM_REAL("lr", DY_WANT_FROM_0, 0, "the rate; or give schedule"),
    [DEMON_BETA] = DY_PARAM_REAL("momentum", DY_WANT_MOMENTUM, 0.9, "momentum at the start"),
    [DEMON_ENDS] = DY_PARAM_ENDS("momentum 0"),
    DY_PARAM_STEPS,
    DY_PARAM_AFTER,
    { 0 },
};

static bool make_demon(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double beta = args[DEMON_BETA].real, end = dy_arg_end(&args[DEMON_ENDS], plan);
    dy_key keys[] = {
        { .step = 0, .value = beta },
        { end, 0, { .kind = DY_EASE_RATIONAL, .x = 1 - beta } },
    };
    if (!dy_plan_wrap_either(plan, &args[DEMON_SCHEDULE], &args[DEMON_LR], arena, err))
        return false;
    if (end == 0) return dy_curve_constant(&plan->momentum, arena, 0, err);
    return dy_curve_keys(&plan->momentum, arena, keys, 2, err);
}

enum { WITH_SCHEDULE };

static const dy_param WITH_MOMENTUM[] = {
    [WITH_SCHEDULE] = DY_PARAM_SCHEDULE("what lr is to be"),
    { .name = "momentum",
      .kind = DY_ARG_SCHEDULE,
      .required = true,
      .role = DY_ROLE_MOMENTUM,
      .meaning = "what momentum is to be: a number, or a schedule of its values" },
    DY_PARAM_STEPS,
    DY_PARAM_AFTER,
    { 0 },
};

static bool make_with_momentum(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                               dy_error *err)
{
    return dy_plan_wrap(plan, &args[WITH_SCHEDULE], arena, err);
}

const dy_recipe DY_RECIPES_MOMENTUM[] = {
    { "mirror", "a schedule, momentum the other way than its lr",
      "max_momentum - (max_momentum - base_momentum) (lr - min_lr) / (max_lr - min_lr), kept "
      "within them",
      "L. Smith, A Disciplined Approach to Neural Network Hyper-Parameters, 2018, "
      "arXiv:1803.09820",
      MIRROR, make_mirror, NULL },
    { "demon", "a schedule, momentum decaying to 0",
      "momentum m z / ((1 - m) + m z); z = 1 - t/e, m the momentum at the start",
      "J. Chen, C. Wolfe, Z. Li and A. Kyrillidis, Demon, 2019, arXiv:1910.04952", DEMON,
      make_demon, NULL },
    { "with_momentum", "the lr of one schedule, and for momentum the values of another",
      "schedule(t), momentum(t)", "", WITH_MOMENTUM, make_with_momentum, NULL },
    { 0 },
};
