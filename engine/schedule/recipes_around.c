/* recipes_around.c - one schedule, changed: warm_up, cool_down, scale, clip, shift, staircase, loop.
 *
 * Momentum goes the way of the lr where time is concerned; what is done to the lr is not done to it. During a warm-up and a
 * cool-down it stays what it is where the schedule begins, or ends. Feedback goes on acting where its schedule's values
 * are: in a clip, whose bounds it could leave, it is refused.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>

enum { WARM_SCHEDULE, WARM_LENGTH, WARM_FROM, WARM_START_FACTOR, WARM_EASE };

static const char *const WARM_EASES[] = { "linear", "cosine", "exp", NULL };
static const dy_ease_kind WARM_EASE_KINDS[] = { DY_EASE_LINEAR, DY_EASE_COSINE, DY_EASE_EXP };

static const dy_param WARM_UP[] = {
    [WARM_SCHEDULE] = DY_PARAM_SCHEDULE("what follows"),
    [WARM_LENGTH] =
        DY_PARAM_TIME("length", "the time of the rise; the schedule has the rest of the run"),
    [WARM_FROM] = DY_PARAM_REAL("from", DY_WANT_FROM_0, 0,
                                "the rate at the start, in place of start_factor"),
    [WARM_START_FACTOR] = DY_PARAM_REAL("start_factor", DY_WANT_FROM_0, 0,
                                        "the rate at the start as a part of the schedule's "
                                        "first; at 0 the first update moves nothing"),
    [WARM_EASE] = DY_PARAM_CHOICE("ease", 0, WARM_EASES, "the form of the rise"),
    DY_PARAMS_COMMON,
    { 0 },
};

/* Factors lead neither from nor to 0. */
static bool check_exp(dy_ease_kind ease, double from, double to, const char *from_0,
                      dy_error *err)
{
    if (ease != DY_EASE_EXP || (from > 0 && to > 0)) return true;
    return dy_fail(err, "ease \"exp\" from %g to %g; want both above 0%s", from, to,
                   from > 0 ? "" : from_0);
}

static bool make_warm_up(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    int64_t length = dy_arg_steps(&args[WARM_LENGTH], plan->span);
    int64_t rest = plan->span.steps - length;
    dy_plan part;
    dy_curve rise;
    if (args[WARM_FROM].given && args[WARM_START_FACTOR].given)
        return dy_fail(err, "both from and start_factor given; want at most one");
    if (!dy_part_resolve(&part, plan, *args[WARM_SCHEDULE].specs, rest > 1 ? rest : 1, arena,
                         err))
        return false;
    double to = dy_curve_at(&part.lr, 0);
    double from =
        args[WARM_FROM].given ? args[WARM_FROM].real : args[WARM_START_FACTOR].real * to;
    dy_ease ease = { .kind = WARM_EASE_KINDS[(int)args[WARM_EASE].real] };
    dy_key keys[] = { { .step = 0, .value = from }, { (double)length, to, ease } };
    return check_exp(ease.kind, from, to, ": give from or start_factor", err) &&
           dy_plan_adopt_feedback(plan, &part, length, INT64_MAX, err) &&
           dy_curve_keys(&rise, arena, keys, 2, err) &&
           dy_curve_join(&plan->lr, arena, &rise, (double)length, &part.lr, err) &&
           (part.momentum.n_nodes == 0 || dy_curve_map(&plan->momentum, arena, DY_NODE_SHIFT,
                                                       &part.momentum, (double)length, 0, err));
}

enum { COOL_SCHEDULE, COOL_LENGTH, COOL_FINAL_LR, COOL_EASE, COOL_ENDS };

static const dy_param COOL_DOWN[] = {
    [COOL_SCHEDULE] = DY_PARAM_SCHEDULE("what comes before"),
    [COOL_LENGTH] =
        DY_PARAM_TIME("length", "the time of the fall; the schedule has the run up to it"),
    [COOL_FINAL_LR] = DY_PARAM_FINAL_LR(DY_WANT_FROM_0),
    [COOL_EASE] = DY_PARAM_CHOICE("ease", 0, DY_TAIL_NAMES, "the form of the fall"),
    [COOL_ENDS] = DY_PARAM_ENDS("final_lr"),
    DY_PARAMS_COMMON,
    { 0 },
};

/* From the value of the schedule's last update. */
static bool make_cool_down(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    int64_t before = plan->span.steps - dy_arg_steps(&args[COOL_LENGTH], plan->span);
    if (before < 1) before = 1;
    double last = (double)(before - 1), end = dy_arg_end(&args[COOL_ENDS], plan);
    dy_plan part;
    dy_curve fall;
    if (!dy_part_resolve(&part, plan, *args[COOL_SCHEDULE].specs, before, arena, err))
        return false;
    double from = dy_curve_at(&part.lr, last), final = args[COOL_FINAL_LR].real;
    dy_ease ease = DY_TAIL_EASES[(int)args[COOL_EASE].real];
    dy_key keys[] = { { .step = 0, .value = from }, { end - last, final, ease } };
    if (!check_exp(ease.kind, from, final, "", err)) return false;
    bool made = end > last ? dy_curve_keys(&fall, arena, keys, 2, err)
                           : dy_curve_constant(&fall, arena, final, err);
    if (!made) return false;
    plan->lr = fall; /* all there is, where the schedule has one update */
    return dy_plan_adopt_feedback(plan, &part, 0, INT64_MAX, err) &&
           (last == 0 || dy_curve_join(&plan->lr, arena, &part.lr, last, &fall, err)) &&
           (part.momentum.n_nodes == 0 ||
            dy_curve_map(&plan->momentum, arena, DY_NODE_WITHIN, &part.momentum, 0, last, err));
}

enum { SCALE_SCHEDULE, SCALE_FACTOR };

static const dy_param SCALE[] = {
    [SCALE_SCHEDULE] = DY_PARAM_SCHEDULE("what is scaled"),
    [SCALE_FACTOR] = DY_PARAM_NEEDED("factor", DY_WANT_FROM_0, "what lr is multiplied by"),
    DY_PARAMS_COMMON,
    { 0 },
};

/* The bounds of feedback are those of its schedule. */
static bool make_scale(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double factor = args[SCALE_FACTOR].real;
    if (!dy_plan_wrap(plan, &args[SCALE_SCHEDULE], arena, err)) return false;
    for (int32_t i = 0; i < plan->n_feedbacks; i++) {
        plan->feedback[i].least_lr *= factor;
        plan->feedback[i].most_lr *= factor;
        plan->feedback[i].eps *= factor;
    }
    return dy_curve_map(&plan->lr, arena, DY_NODE_SCALE, &plan->lr, factor, 0, err);
}

enum { CLIP_SCHEDULE, CLIP_MIN, CLIP_MAX };

static const dy_param CLIP[] = {
    [CLIP_SCHEDULE] = DY_PARAM_SCHEDULE("what is kept within bounds"),
    [CLIP_MIN] = DY_PARAM_REAL("min", DY_WANT_FROM_0, 0, "lr is at least this"),
    [CLIP_MAX] = DY_PARAM_REAL("max", DY_WANT_FROM_0, DY_CURVE_MOST, "lr is at most this"),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_clip(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double least = args[CLIP_MIN].real, most = args[CLIP_MAX].real;
    if (!args[CLIP_MIN].given && !args[CLIP_MAX].given)
        return dy_fail(err, "neither of min and max given; want one or both");
    if (least > most) return dy_fail(err, "min is %g; want at most max (%g)", least, most);
    if (!dy_plan_wrap(plan, &args[CLIP_SCHEDULE], arena, err)) return false;
    if (plan->n_feedbacks > 0)
        return dy_fail(err, "feedback within a clip; want the clip within it: derny.plateau { "
                            "schedule = derny.clip ... }");
    return dy_curve_map(&plan->lr, arena, DY_NODE_CLIP, &plan->lr, least, most, err);
}

enum { SHIFT_SCHEDULE, SHIFT_BY };

static const dy_param SHIFT[] = {
    [SHIFT_SCHEDULE] = DY_PARAM_SCHEDULE("what is moved"),
    [SHIFT_BY] = { .name = "by",
                   .kind = DY_ARG_TIME,
                   .required = true,
                   .meaning = "how much later; below 0 earlier" },
    DY_PARAMS_COMMON,
    { 0 },
};

static bool shift(dy_curve *curve, double by, dy_arena *arena, dy_error *err)
{
    return dy_curve_map(curve, arena, DY_NODE_SHIFT, curve, by, 0, err) &&
           (by >= 0 ||
            dy_curve_map(curve, arena, DY_NODE_WITHIN, curve, 0, DY_CURVE_MOST, err));
}

static bool make_shift(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double by = dy_time_length(args[SHIFT_BY].time, plan->span);
    dy_plan part;
    if (!dy_part_resolve(&part, plan, *args[SHIFT_SCHEDULE].specs, plan->span.steps, arena,
                         err))
        return false;
    if (part.n_feedbacks > 0 && by < 0)
        return dy_fail(err, "feedback by %g steps earlier; want by of at least 0", -by);
    plan->lr = part.lr;
    plan->momentum = part.momentum;
    return dy_plan_adopt_feedback(plan, &part, (int64_t)round(fmax(by, 0)), INT64_MAX, err) &&
           shift(&plan->lr, by, arena, err) &&
           (plan->momentum.n_nodes == 0 || shift(&plan->momentum, by, arena, err));
}

enum { STAIRS_SCHEDULE, STAIRS_EVERY };

static const dy_param STAIRCASE[] = {
    [STAIRS_SCHEDULE] = DY_PARAM_SCHEDULE("what is looked at now and then"),
    [STAIRS_EVERY] = DY_PARAM_TIME("every", "how long each value is held, e.g. \"1 epoch\""),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_staircase(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double every = dy_time_length(args[STAIRS_EVERY].time, plan->span);
    return dy_plan_wrap(plan, &args[STAIRS_SCHEDULE], arena, err) &&
           dy_curve_map(&plan->lr, arena, DY_NODE_STAIRS, &plan->lr, every, 0, err) &&
           (plan->momentum.n_nodes == 0 || dy_curve_map(&plan->momentum, arena, DY_NODE_STAIRS,
                                                        &plan->momentum, every, 0, err));
}

enum { LOOP_SCHEDULE, LOOP_LENGTH, LOOP_STRETCH, LOOP_DECAY };

static const dy_param LOOP[] = {
    [LOOP_SCHEDULE] = DY_PARAM_SCHEDULE("what is repeated"),
    [LOOP_LENGTH] = { .name = "length",
                      .kind = DY_ARG_TIME,
                      .want = DY_WANT_POSITIVE,
                      .meaning = "of the first time round; without it the schedule's steps" },
    [LOOP_STRETCH] = DY_PARAM_REAL("stretch", DY_WANT_FROM_1, 1,
                                   "how many times longer each time is than the last"),
    [LOOP_DECAY] =
        DY_PARAM_REAL("decay", DY_WANT_TO_1, 1, "what lr is multiplied by each time"),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_loop(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    dy_plan part;
    const dy_spec *spec = *args[LOOP_SCHEDULE].specs;
    int64_t own = dy_spec_steps(spec, plan->span);
    bool given = args[LOOP_LENGTH].given;
    if (!given && own == 0)
        return dy_fail(err, "length is missing: of the first time round; want it, or steps in "
                            "the schedule");
    int64_t length = given ? dy_arg_steps(&args[LOOP_LENGTH], plan->span) : own;
    if (!(given ? dy_part_resolve(&part, plan, spec, length, arena, err)
                : dy_part_resolve_own(&part, plan, spec, arena, err)))
        return false;
    if (part.n_feedbacks > 0)
        return dy_fail(err, "feedback within a loop; want the loop within it: derny.plateau { "
                            "schedule = derny.loop ... }");
    double period = (double)length, stretch = args[LOOP_STRETCH].real;
    return dy_curve_repeat(&plan->lr, arena, &part.lr, period, stretch, args[LOOP_DECAY].real,
                           err) &&
           (part.momentum.n_nodes == 0 ||
            dy_curve_repeat(&plan->momentum, arena, &part.momentum, period, stretch, 1, err));
}

const dy_recipe DY_RECIPES_AROUND[] = {
    { "warm_up", "a rise to where another schedule begins, then that schedule",
      "from there up to schedule(0) over length, then schedule(t - length)",
      "P. Goyal et al., Accurate, Large Minibatch SGD, 2017, arXiv:1706.02677", WARM_UP,
      make_warm_up, NULL },
    { "cool_down", "a schedule, then a fall from where it ends",
      "schedule(t), over the last length from there to final_lr at e: as the tail of wsd",
      "A. Haegele et al., Scaling Laws and Compute-Optimal Training Beyond Fixed Training "
      "Durations, 2024, arXiv:2405.18392",
      COOL_DOWN, make_cool_down, NULL },
    { "scale", "a schedule, lr times a number", "factor schedule(t)", "", SCALE, make_scale,
      NULL },
    { "clip", "a schedule, lr kept within bounds", "min(max(schedule(t), min), max)", "", CLIP,
      make_clip, NULL },
    { "shift", "a schedule, earlier or later",
      "schedule(t - by), its first value before it starts", "", SHIFT, make_shift, NULL },
    { "staircase", "a schedule looked at only now and then, as once an epoch",
      "schedule(every floor(t/every))", "", STAIRCASE, make_staircase, NULL },
    { "loop", "a schedule over and over (repeat), each time longer or lower",
      "decay^n schedule(u); u: 0 to length over the time n, which lasts length stretch^n",
      "Loop and Sequence of ParameterSchedulers.jl", LOOP, make_loop, NULL },
    { 0 },
};
