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
};

enum { TRIANGULAR, TRIANGULAR2, EXP_RANGE };

static const char *const MODES[] = { "triangular", "triangular2", "exp_range", NULL };

const dy_param DY_PARAMS_cyclical[] = {
    [BASE_LR] = { .name = "base_lr",
                  .kind = DY_ARG_REAL,
                  .required = true,
                  .want = DY_WANT_FROM_0,
                  .meaning = "the rate at the start and the bottom of each cycle" },
    [MAX_LR] = { .name = "max_lr",
                 .kind = DY_ARG_REAL,
                 .required = true,
                 .want = DY_WANT_FROM_0,
                 .meaning = "the rate at the top of the first cycle" },
    [STEP_UP] = { .name = "step_up",
                  .kind = DY_ARG_TIME,
                  .required = true,
                  .want = DY_WANT_POSITIVE,
                  .meaning = "the time of the rise" },
    [STEP_DOWN] = { .name = "step_down",
                    .kind = DY_ARG_TIME,
                    .want = DY_WANT_POSITIVE,
                    .meaning = "the time of the fall; as the rise without" },
    [MODE] = { .name = "mode",
               .kind = DY_ARG_CHOICE,
               .preset = TRIANGULAR,
               .choices = MODES,
               .meaning = "tops stay, halve each cycle, or fall by gamma each update" },
    [GAMMA] = { .name = "gamma",
                .kind = DY_ARG_REAL,
                .want = DY_WANT_TO_1,
                .meaning = "of mode exp_range: the factor of each update" },
    [CYCLE_MOMENTUM] = { .name = "cycle_momentum",
                         .kind = DY_ARG_BOOL,
                         .meaning = "momentum moves too, low where lr is high" },
    [BASE_MOMENTUM] = { .name = "base_momentum",
                        .kind = DY_ARG_REAL,
                        .want = DY_WANT_MOMENTUM,
                        .preset = 0.8,
                        .meaning = "momentum at the top of the first cycle" },
    [MAX_MOMENTUM] = { .name = "max_momentum",
                       .kind = DY_ARG_REAL,
                       .want = DY_WANT_MOMENTUM,
                       .preset = 0.9,
                       .meaning = "momentum at the bottom of each cycle" },
    { 0 },
};

static bool check_cyclical(const dy_arg *args, dy_error *err)
{
    if (args[MAX_LR].real < args[BASE_LR].real)
        return dy_fail(err, "max_lr is %g; want at least base_lr (%g)", args[MAX_LR].real,
                       args[BASE_LR].real);
    if (args[MAX_MOMENTUM].real < args[BASE_MOMENTUM].real)
        return dy_fail(err, "max_momentum is %g; want at least base_momentum (%g)",
                       args[MAX_MOMENTUM].real, args[BASE_MOMENTUM].real);
    bool exp_range = args[MODE].real == EXP_RANGE;
    if (exp_range != args[GAMMA].given)
        return dy_fail(err, exp_range ? "gamma is missing; mode \"exp_range\" wants one"
                                      : "gamma is only for mode \"exp_range\"");
    bool ranged = args[BASE_MOMENTUM].given || args[MAX_MOMENTUM].given;
    if (ranged && args[CYCLE_MOMENTUM].real == 0)
        return dy_fail(err, "base_momentum and max_momentum want cycle_momentum = true");
    return true;
}

/* From 0 to 1 and back, over and over, tops falling as the mode says. */
static bool wave(dy_curve *curve, dy_arena *arena, const dy_arg *args, dy_span span,
                 dy_error *err)
{
    const dy_arg *fall = args[STEP_DOWN].given ? &args[STEP_DOWN] : &args[STEP_UP];
    double up = dy_time_length(args[STEP_UP].time, span);
    double period = up + dy_time_length(fall->time, span);
    dy_key keys[] = {
        { 0, 0, { 0 } },
        { up, 1, { .kind = DY_EASE_LINEAR } },
        { period, 0, { .kind = DY_EASE_LINEAR } },
    };
    double factor = args[MODE].real == TRIANGULAR2 ? 0.5 : 1;
    dy_curve one, waves, fading;
    if (!dy_curve_keys(&one, arena, keys, 3, err) ||
        !dy_curve_repeat(&waves, arena, &one, period, 1, factor, err))
        return false;
    if (args[MODE].real != EXP_RANGE) {
        *curve = waves;
        return true;
    }
    return dy_curve_decay(&fading, arena, 1, args[GAMMA].real, 1, false, err) &&
           dy_curve_pair(curve, arena, DY_NODE_PRODUCT, &fading, &waves, err);
}

bool dy_make_cyclical(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
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

const dy_param DY_PARAMS_cosine_restarts[] = {
    [RESTART_LR] = { .name = "lr",
                     .kind = DY_ARG_REAL,
                     .required = true,
                     .want = DY_WANT_FROM_0,
                     .meaning = "the rate each cycle starts with" },
    [RESTART_FINAL_LR] = { .name = "final_lr",
                           .kind = DY_ARG_REAL,
                           .want = DY_WANT_FROM_0,
                           .meaning = "the rate each cycle falls to; the next one starts in "
                                      "its place" },
    [RESTART_FIRST] = { .name = "first",
                        .kind = DY_ARG_TIME,
                        .required = true,
                        .want = DY_WANT_POSITIVE,
                        .meaning = "the length of the first cycle" },
    [RESTART_MULT] = { .name = "mult",
                       .kind = DY_ARG_REAL,
                       .want = DY_WANT_FROM_1,
                       .preset = 1,
                       .meaning = "how many times longer each cycle is than the last" },
    [RESTART_DECAY] = { .name = "decay",
                        .kind = DY_ARG_REAL,
                        .want = DY_WANT_TO_1,
                        .preset = 1,
                        .meaning = "the factor by which each cycle starts lower, above "
                                   "final_lr" },
    { 0 },
};

bool dy_make_cosine_restarts(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
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
