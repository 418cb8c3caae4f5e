/* recipes_cycle.c - schedules that come round again: cyclical, cosine_restarts.   SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

enum {
    BASE_LR,
    MAX_LR,
    STEP_UP,
    STEP_DOWN,
    MODE,
    GAMMA,
    CYCLE_MOMENTUM,
    BASE_MOMENTUM,
    MAX_MOMENTUM,
    CYCLICAL_STEPS,
    CYCLICAL_AFTER,
    CYCLICAL_MOMENTUM,
};

enum { TRIANGULAR, TRIANGULAR2, EXP_RANGE, SINE, SINE2, SINE_EXP };

static const char *const MODES[] = { "triangular", "triangular2", "exp_range", "sine",
                                     "sine2",      "sine_exp",    NULL };

static const dy_param CYCLICAL[] = {
    [BASE_LR] = DY_PARAM_NEEDED("base_lr", DY_WANT_FROM_0,
                                "the rate at the start and the bottom of each cycle"),
    [MAX_LR] =
        DY_PARAM_NEEDED("max_lr", DY_WANT_FROM_0, "the rate at the top of the first cycle"),
    [STEP_UP] = DY_PARAM_TIME("step_up", "the time of the rise"),
    [STEP_DOWN] = { .name = "step_down",
                    .kind = DY_ARG_TIME,
                    .want = DY_WANT_POSITIVE,
                    .meaning = "the time of the fall; as the rise without" },
    [MODE] =
        DY_PARAM_CHOICE("mode", TRIANGULAR, MODES,
                        "straight or half a sine; tops stay, halve each cycle (2), or fall "
                        "by gamma each update (exp)"),
    [GAMMA] = DY_PARAM_REAL("gamma", DY_WANT_TO_1, 0,
                            "of modes exp_range and sine_exp: the factor of each update"),
    [CYCLE_MOMENTUM] =
        DY_PARAM_BOOL("cycle_momentum", 0, "momentum moves too, low where lr is high"),
    [BASE_MOMENTUM] = DY_PARAM_REAL("base_momentum", DY_WANT_MOMENTUM, 0.8,
                                    "momentum at the top of the first cycle"),
    [MAX_MOMENTUM] = DY_PARAM_REAL("max_momentum", DY_WANT_MOMENTUM, 0.9,
                                   "momentum at the bottom of each cycle"),
    [CYCLICAL_STEPS] = DY_PARAM_STEPS,
    [CYCLICAL_AFTER] = DY_PARAM_AFTER,
    [CYCLICAL_MOMENTUM] = DY_PARAM_MOMENTUM,
    { 0 },
};

static bool fades(const dy_arg *args)
{
    return args[MODE].real == EXP_RANGE || args[MODE].real == SINE_EXP;
}

static bool check_cyclical(const dy_arg *args, dy_error *err)
{
    if (args[MAX_LR].real < args[BASE_LR].real)
        return dy_fail(err, "max_lr is %g; want at least base_lr (%g)", args[MAX_LR].real,
                       args[BASE_LR].real);
    if (args[MAX_MOMENTUM].real < args[BASE_MOMENTUM].real)
        return dy_fail(err, "max_momentum is %g; want at least base_momentum (%g)",
                       args[MAX_MOMENTUM].real, args[BASE_MOMENTUM].real);
    if (fades(args) != args[GAMMA].given)
        return dy_fail(err,
                       fades(args) ? "gamma is missing; mode \"%s\" wants one"
                                   : "gamma is not for mode \"%s\"; want \"exp_range\" or "
                                     "\"sine_exp\"",
                       MODES[(int)args[MODE].real]);
    bool ranged = args[BASE_MOMENTUM].given || args[MAX_MOMENTUM].given;
    if (ranged && args[CYCLE_MOMENTUM].real == 0)
        return dy_fail(err, "base_momentum and max_momentum want cycle_momentum = true");
    if (args[CYCLE_MOMENTUM].real != 0 && args[CYCLICAL_MOMENTUM].given)
        return dy_fail(err, "both momentum and cycle_momentum given; want at most one");
    return true;
}

/* From 0 to 1 and back, over and over, tops falling as the mode says. */
static bool wave(dy_curve *curve, dy_arena *arena, const dy_arg *args, dy_span span,
                 dy_error *err)
{
    const dy_arg *fall = args[STEP_DOWN].given ? &args[STEP_DOWN] : &args[STEP_UP];
    double up = dy_time_length(args[STEP_UP].time, span);
    double period = up + dy_time_length(fall->time, span);
    bool sine = args[MODE].real >= SINE;
    dy_key keys[] = {
        { 0, 0, { 0 } },
        { up, 1, { .kind = sine ? DY_EASE_SINE_OUT : DY_EASE_LINEAR } },
        { period, 0, { .kind = sine ? DY_EASE_SINE_IN : DY_EASE_LINEAR } },
    };
    bool halves = args[MODE].real == TRIANGULAR2 || args[MODE].real == SINE2;
    dy_curve one, fading;
    if (!dy_curve_keys(&one, arena, keys, 3, err) ||
        !dy_curve_repeat(curve, arena, &one, period, 1, halves ? 0.5 : 1, err))
        return false;
    return !fades(args) ||
           (dy_curve_decay(&fading, arena, 1, args[GAMMA].real, 1, false, err) &&
            dy_curve_pair(curve, arena, DY_NODE_PRODUCT, &fading, curve, err));
}

static bool make_cyclical(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    dy_curve w;
    double base = args[BASE_LR].real, most = args[MAX_MOMENTUM].real;
    if (!check_cyclical(args, err) || !wave(&w, arena, args, plan->span, err) ||
        !dy_curve_map(&plan->lr, arena, DY_NODE_SCALE, &w, args[MAX_LR].real - base, base, err))
        return false;
    return args[CYCLE_MOMENTUM].real == 0 ||
           dy_curve_map(&plan->momentum, arena, DY_NODE_SCALE, &w,
                        args[BASE_MOMENTUM].real - most, most, err);
}

enum { RESTART_LR, RESTART_FINAL_LR, RESTART_FIRST, RESTART_MULT, RESTART_DECAY };

static const dy_param COSINE_RESTARTS[] = {
    [RESTART_LR] = DY_PARAM_NEEDED("lr", DY_WANT_FROM_0, "the rate each cycle starts with"),
    [RESTART_FINAL_LR] =
        DY_PARAM_REAL("final_lr", DY_WANT_FROM_0, 0,
                      "the rate each cycle falls to; the next one starts in its place"),
    [RESTART_FIRST] = DY_PARAM_TIME("first", "the length of the first cycle"),
    [RESTART_MULT] = DY_PARAM_REAL("mult", DY_WANT_FROM_1, 1,
                                   "how many times longer each cycle is than the last"),
    [RESTART_DECAY] =
        DY_PARAM_REAL("decay", DY_WANT_TO_1, 1,
                      "the factor by which each cycle starts lower, above final_lr"),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_cosine_restarts(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                 dy_error *err)
{
    double first = dy_time_length(args[RESTART_FIRST].time, plan->span);
    double mult = args[RESTART_MULT].real, decay = args[RESTART_DECAY].real;
    double floor_lr = args[RESTART_FINAL_LR].real;
    double raised =
        decay < 1 ? floor_lr : 0; /* the floor does not decay: it is put under at the end */
    dy_key keys[] = {
        { 0, args[RESTART_LR].real - raised, { 0 } },
        { first, floor_lr - raised, { .kind = DY_EASE_COSINE } },
    };
    dy_curve one, cycles;
    if (!dy_curve_keys(&one, arena, keys, 2, err) ||
        !dy_curve_repeat(&cycles, arena, &one, first, mult, decay, err))
        return false;
    if (raised > 0)
        return dy_curve_map(&plan->lr, arena, DY_NODE_SCALE, &cycles, 1, raised, err);
    plan->lr = cycles;
    return true;
}

const dy_recipe DY_RECIPES_CYCLE[] = {
    { "cyclical", "up and down between two rates, without end",
      "base_lr + (max_lr - base_lr) w s; w: 0 to 1 and back, straight or sin(pi t/(2 "
      "step_up)); "
      "s: 1, 1/2^cycle or gamma^t",
      "L. Smith, Cyclical Learning Rates, 2017, arXiv:1506.01186; as torch CyclicLR; sine: Y. "
      "Wu et al., Demystifying Learning Rate Policies, 2019, arXiv:1908.06477",
      CYCLICAL, make_cyclical, NULL },
    { "cosine_restarts", "cosines one after another, each starting anew, without end",
      "final_lr + (lr - final_lr) decay^n (1 + cos(pi u)) / 2; u: 0 to 1 over cycle n, which "
      "lasts first mult^n",
      "I. Loshchilov and F. Hutter, SGDR, 2017, arXiv:1608.03983; as torch "
      "CosineAnnealingWarmRestarts",
      COSINE_RESTARTS, make_cosine_restarts, NULL },
    { 0 },
};
