/* recipes_one_cycle.c - the 1cycle policy, in two styles.
 *
 * "pytorch" is OneCycleLR to the digit while it lasts: its phases end at pct_start T - 1, a step that need not be whole, and
 * the lowest lr is that of the last update. After it the value is held. "article" is the symmetric triangle of the
 * policy's first descriptions in Keras; momentum mirrors it.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>

enum {
    MAX_LR,
    STYLE,
    BASE_LR,
    PCT_START,
    DIV_FACTOR,
    FINAL_DIV_FACTOR,
    ANNEAL,
    THREE_PHASE,
    CYCLE_MOMENTUM,
    BASE_MOMENTUM,
    MAX_MOMENTUM,
    STEPS,
};

enum { PYTORCH, ARTICLE };

enum { COS, LINEAR };

static const char *const STYLES[] = { "pytorch", "article", NULL };
static const char *const ANNEALS[] = { "cos", "linear", NULL };

const dy_param DY_PARAMS_one_cycle[] = {
    [MAX_LR] = { .name = "max_lr",
                 .kind = DY_ARG_REAL,
                 .required = true,
                 .want = DY_WANT_FROM_0,
                 .meaning = "the rate at the top" },
    [STYLE] = { .name = "style",
                .kind = DY_ARG_CHOICE,
                .preset = PYTORCH,
                .choices = STYLES,
                .meaning = "a short rise and a long fall, or a symmetric triangle" },
    [BASE_LR] = { .name = "base_lr",
                  .kind = DY_ARG_REAL,
                  .want = DY_WANT_FROM_0,
                  .meaning = "the rate at the start, in place of div_factor" },
    [PCT_START] = { .name = "pct_start",
                    .kind = DY_ARG_REAL,
                    .want = DY_WANT_SHARE,
                    .preset = 0.3,
                    .meaning = "the share of the steps that the rise takes" },
    [DIV_FACTOR] = { .name = "div_factor",
                     .kind = DY_ARG_REAL,
                     .want = DY_WANT_POSITIVE,
                     .preset = 25,
                     .meaning = "the rate at the start is max_lr / div_factor" },
    [FINAL_DIV_FACTOR] = { .name = "final_div_factor",
                           .kind = DY_ARG_REAL,
                           .want = DY_WANT_POSITIVE,
                           .preset = 1e4,
                           .meaning = "the last rate is that of the start / final_div_factor" },
    [ANNEAL] = { .name = "anneal",
                 .kind = DY_ARG_CHOICE,
                 .preset = COS,
                 .choices = ANNEALS,
                 .meaning = "the form of rise and fall" },
    [THREE_PHASE] = { .name = "three_phase",
                      .kind = DY_ARG_BOOL,
                      .meaning = "fall as fast as the rise, then on to the last rate" },
    [CYCLE_MOMENTUM] = { .name = "cycle_momentum",
                         .kind = DY_ARG_BOOL,
                         .preset = 1,
                         .meaning = "momentum moves too, low where lr is high" },
    [BASE_MOMENTUM] = { .name = "base_momentum",
                        .kind = DY_ARG_REAL,
                        .want = DY_WANT_MOMENTUM,
                        .preset = 0.85,
                        .meaning = "momentum at the top" },
    [MAX_MOMENTUM] = { .name = "max_momentum",
                       .kind = DY_ARG_REAL,
                       .want = DY_WANT_MOMENTUM,
                       .preset = 0.95,
                       .meaning = "momentum at both ends" },
    [STEPS] = DY_PARAM_STEPS,
    { 0 },
};

/* What lr and momentum are at the start, the top and the end. */
typedef struct levels {
    double start, top, end;
} levels;

/* When a phase ends, and at which level. */
typedef struct phases {
    double top, back; /* back: only with three phases */
    double end;
    bool three;
    dy_ease ease;
} phases;

static double start_lr(const dy_arg *args)
{
    return args[BASE_LR].given ? args[BASE_LR].real : args[MAX_LR].real / args[DIV_FACTOR].real;
}

/* A phase that would end before the first update never begins: the one after it is under way by then. With one update a
 * phase long (pct_start T = 1) the first update is the top. */
static bool three_levels(dy_curve *curve, dy_arena *arena, levels level, phases phase,
                         dy_error *err)
{
    dy_key keys[4];
    int n = 0;
    if (phase.top > 0) keys[n++] = (dy_key){ 0, level.start, phase.ease };
    if (phase.top >= 0 || !phase.three)
        keys[n++] = (dy_key){ phase.top, level.top, phase.ease };
    if (phase.three && phase.top != 0)
        keys[n++] = (dy_key){ phase.back, level.start, phase.ease };
    keys[n++] = (dy_key){ phase.end, level.end, phase.ease };
    if (phase.top >= 0) return dy_curve_keys(curve, arena, keys, n, err);
    dy_curve under_way, first; /* held before the first update, like any schedule */
    return dy_curve_keys(&under_way, arena, keys, n, err) &&
           dy_curve_constant(&first, arena, dy_curve_at(&under_way, 0), err) &&
           dy_curve_join(curve, arena, &first, 0, &under_way, err);
}

static bool make_pytorch(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double steps = (double)dy_arg_steps(&args[STEPS], plan->span);
    double pct = args[PCT_START].real;
    if (args[THREE_PHASE].real != 0 && pct > 0.5)
        return dy_fail(err, "pct_start is %g; want at most 0.5 with three_phase", pct);
    phases phase = {
        .top = pct * steps - 1,
        .back = 2 * pct * steps - 2,
        .end = steps - 1,
        .three = args[THREE_PHASE].real != 0,
        .ease = { .kind = args[ANNEAL].real == LINEAR ? DY_EASE_LINEAR : DY_EASE_COSINE },
    };
    double start = start_lr(args), most = args[MAX_MOMENTUM].real;
    levels lr = { start, args[MAX_LR].real, start / args[FINAL_DIV_FACTOR].real };
    levels momentum = { most, args[BASE_MOMENTUM].real, most };
    return three_levels(&plan->lr, arena, lr, phase, err) &&
           (args[CYCLE_MOMENTUM].real == 0 ||
            three_levels(&plan->momentum, arena, momentum, phase, err));
}

/* The triangle's second side would reach the base at 2h: with an even number of updates, one too late. */
static bool triangle(dy_curve *curve, dy_arena *arena, double base, double top, int64_t steps,
                     dy_error *err)
{
    if (steps == 1) return dy_curve_constant(curve, arena, top, err);
    double half = floor((double)steps / 2), last = (double)(steps - 1);
    dy_ease line = { .kind = DY_EASE_LINEAR };
    dy_key keys[] = {
        { 0, base, line },
        { half, top, line },
        { last, top - (top - base) * ((last - half) / half), line },
    };
    return dy_curve_keys(curve, arena, keys, last > half ? 3 : 2, err);
}

static bool make_article(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    static const int foreign[] = { PCT_START, FINAL_DIV_FACTOR, ANNEAL, THREE_PHASE };
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (args[foreign[i]].given)
            return dy_fail(err, "%s is only for style \"pytorch\"",
                           DY_PARAMS_one_cycle[foreign[i]].name);
    int64_t steps = dy_arg_steps(&args[STEPS], plan->span);
    return triangle(&plan->lr, arena, start_lr(args), args[MAX_LR].real, steps, err) &&
           (args[CYCLE_MOMENTUM].real == 0 ||
            triangle(&plan->momentum, arena, args[MAX_MOMENTUM].real, args[BASE_MOMENTUM].real,
                     steps, err));
}

bool dy_make_one_cycle(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    if (args[BASE_LR].given && args[DIV_FACTOR].given)
        return dy_fail(err, "both base_lr and div_factor given; want at most one");
    if (args[BASE_LR].real > args[MAX_LR].real)
        return dy_fail(err, "base_lr is %g; want at most max_lr (%g)", args[BASE_LR].real,
                       args[MAX_LR].real);
    return args[STYLE].real == ARTICLE ? make_article(plan, arena, args, err)
                                       : make_pytorch(plan, arena, args, err);
}
