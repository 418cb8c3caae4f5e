/* recipes_phase.c - a rise, a time on the level, a fall: one_cycle (its own file), flat_cosine, trapezoid, wsd, knee.
 *
 * A rise of w updates goes up in equal steps, (t + 1)/w of lr: none of its updates is made at an lr of 0, and the last of
 * them has all of it. A fall of d updates reaches its end d updates after the last on the level.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/recipes.h"

#include <math.h>

enum { LR, FINAL_LR, ENDS, OWN };

#define PARAMS_PHASE                                                                           \
    [LR] = DY_PARAM_NEEDED("lr", DY_WANT_FROM_0, "the rate on the level"),                     \
    [FINAL_LR] = DY_PARAM_FINAL_LR(DY_WANT_FROM_0), [ENDS] = DY_PARAM_ENDS("final_lr")

#define PARAM_WARM_UP(share) DY_PARAM_SHARE("warm_up", share, "the time of the rise; 0: none")

/* Step at which the rise is over, at which the fall begins, at which it ends. */
typedef struct phases {
    double top, fall, end;
} phases;

/* The level from `top` to `fall`; times that rounding makes overlap are cut to fit. */
static bool check_fit(double rise, double other, const char *name, double steps, dy_error *err)
{
    if (rise + other <= steps) return true;
    char first[32], second[32], all[32];
    return dy_fail(err, "warm_up (%s) and %s (%s) are longer than its %s updates",
                   dy_format_real(first, sizeof first, rise), name,
                   dy_format_real(second, sizeof second, other),
                   dy_format_real(all, sizeof all, steps));
}

static double rise_steps(const dy_arg *warm_up, const dy_plan *plan)
{
    return (double)dy_arg_steps(warm_up, plan->span);
}

/* What the updates after the rise leave for a fall of `fall` of them. However short the run, the end is reached. */
static phases phases_before(double rise, double fall, double end)
{
    phases at = { .top = fmin(rise, end) - 1, .end = end };
    at.fall = fmin(fmax(end - fall, at.top), end - 1);
    return at;
}

static bool three_phases(dy_plan *plan, dy_arena *arena, const dy_arg *args, phases at,
                         dy_ease ease, dy_error *err)
{
    dy_key keys[4];
    int n = 0;
    double lr = args[LR].real, final = args[FINAL_LR].real;
    dy_ease line = { .kind = DY_EASE_LINEAR };
    if (at.end == 0) return dy_curve_constant(&plan->lr, arena, final, err);
    if (at.top > 0) keys[n++] = (dy_key){ 0, lr / (at.top + 1), line };
    keys[n++] = (dy_key){ at.top, lr, line };
    if (at.fall > at.top) keys[n++] = (dy_key){ at.fall, lr, line };
    keys[n++] = (dy_key){ at.end, final, ease };
    return dy_curve_keys(&plan->lr, arena, keys, n, err);
}

enum { FLAT = OWN };

static const dy_param FLAT_COSINE[] = {
    PARAMS_PHASE,
    [FLAT] = DY_PARAM_SHARE("flat", 0.75, "the time on the level"),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_flat_cosine(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    phases at = { .end = dy_arg_end(&args[ENDS], plan) };
    at.fall = fmin(dy_time_length(args[FLAT].time, plan->span), at.end - 1);
    return three_phases(plan, arena, args, at, (dy_ease){ .kind = DY_EASE_COSINE }, err);
}

enum { WSD_WARM_UP = OWN, WSD_DECAY, WSD_TAIL };

enum { TAIL_LINEAR, TAIL_COSINE, TAIL_SQRT, TAIL_EXP };

const char *const DY_TAIL_NAMES[] = { "linear", "cosine", "1-sqrt", "exp", NULL };

const dy_ease DY_TAIL_EASES[] = { [TAIL_LINEAR] = { DY_EASE_LINEAR, 0, 0 },
                                  [TAIL_COSINE] = { DY_EASE_COSINE, 0, 0 },
                                  [TAIL_SQRT] = { DY_EASE_POWER, 0.5, 0 },
                                  [TAIL_EXP] = { DY_EASE_EXP, 0, 0 } };

static const dy_param WSD[] = {
    PARAMS_PHASE,
    [WSD_WARM_UP] = PARAM_WARM_UP(0.05),
    [WSD_DECAY] = DY_PARAM_SHARE("decay", 0.2, "the time of the fall"),
    [WSD_TAIL] = DY_PARAM_CHOICE("tail", TAIL_SQRT, DY_TAIL_NAMES, "the form of the fall"),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool rise_and_fall(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                          const dy_arg *warm_up, const dy_arg *fall, const char *name,
                          dy_ease ease, dy_error *err)
{
    if (!check_fit(dy_time_length(warm_up->time, plan->span),
                   dy_time_length(fall->time, plan->span), name, (double)plan->span.steps, err))
        return false;
    phases at =
        phases_before(rise_steps(warm_up, plan), round(dy_time_length(fall->time, plan->span)),
                      dy_arg_end(&args[ENDS], plan));
    return three_phases(plan, arena, args, at, ease, err);
}

static bool make_wsd(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    int tail = (int)args[WSD_TAIL].real;
    if (tail == TAIL_EXP && (args[LR].real == 0 || args[FINAL_LR].real == 0))
        return dy_fail(err, "tail \"exp\" from %g to %g; want lr and final_lr above 0",
                       args[LR].real, args[FINAL_LR].real);
    return rise_and_fall(plan, arena, args, &args[WSD_WARM_UP], &args[WSD_DECAY], "decay",
                         DY_TAIL_EASES[tail], err);
}

enum { TRAPEZOID_WARM_UP = OWN, TRAPEZOID_COOL_DOWN };

static const dy_param TRAPEZOID[] = {
    PARAMS_PHASE,
    [TRAPEZOID_WARM_UP] = PARAM_WARM_UP(0.2),
    [TRAPEZOID_COOL_DOWN] = DY_PARAM_SHARE("cool_down", 0.2, "the time of the fall"),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_trapezoid(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    return rise_and_fall(plan, arena, args, &args[TRAPEZOID_WARM_UP],
                         &args[TRAPEZOID_COOL_DOWN], "cool_down", DY_TAIL_EASES[TAIL_LINEAR],
                         err);
}

enum { KNEE_WARM_UP = OWN, KNEE_EXPLORE };

static const dy_param KNEE[] = {
    PARAMS_PHASE,
    [KNEE_WARM_UP] = PARAM_WARM_UP(0.1),
    [KNEE_EXPLORE] = DY_PARAM_SHARE("explore", 0.5, "the time on the level"),
    DY_PARAMS_COMMON,
    { 0 },
};

static bool make_knee(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    double explore = dy_time_length(args[KNEE_EXPLORE].time, plan->span);
    if (!check_fit(dy_time_length(args[KNEE_WARM_UP].time, plan->span), explore, "explore",
                   (double)plan->span.steps, err))
        return false;
    phases at =
        phases_before(rise_steps(&args[KNEE_WARM_UP], plan), 0, dy_arg_end(&args[ENDS], plan));
    at.fall = fmin(at.top + round(explore), at.end - 1);
    return three_phases(plan, arena, args, at, DY_TAIL_EASES[TAIL_LINEAR], err);
}

const dy_recipe DY_RECIPES_PHASE[] = {
    { "one_cycle", "one rise and one long fall, momentum moving the other way",
      "max_lr/div_factor up to max_lr at m, down to that / final_div_factor at e; m: pytorch "
      "pct_start T - 1, fastai pct_start e, optax floor(pct_start e), geron h = (e - "
      "floor(e/10) "
      "- 1)/2, with the start again at 2h, smith s = pct_start T, straight towards 0 at 2s, "
      "article T/2, with the start again at T",
      "L. Smith and N. Topin, Super-Convergence, 2018, arXiv:1708.07120; torch OneCycleLR, "
      "fastai fit_one_cycle, optax cosine_onecycle_schedule; A. Geron, Hands-On Machine "
      "Learning; "
      "smith: his own training logs",
      DY_PARAMS_one_cycle, dy_make_one_cycle, NULL },
    { "flat_cosine", "level, then half a cosine to its end value",
      "lr while t < flat, then lr + (final_lr - lr) (1 - cos(pi (t - flat)/(e - flat))) / 2",
      "fit_flat_cos of fastai", FLAT_COSINE, make_flat_cosine, NULL },
    { "trapezoid", "a straight rise, a level, a straight fall",
      "lr min((t + 1)/warm_up, 1), then lr + (final_lr - lr) (1 - (e - t)/cool_down)",
      "C. Xing et al., A Walk with SGD, 2018, arXiv:1802.08770", TRAPEZOID, make_trapezoid,
      NULL },
    { "wsd", "warm-up, stable, decay: a rise, a long level, a short fall",
      "lr min((t + 1)/warm_up, 1), then from lr to final_lr over p = 1 - (e - t)/decay: by p, "
      "(1 - cos(pi p)) / 2, sqrt(p) or equal factors",
      "S. Hu et al., MiniCPM, 2024, arXiv:2404.06395; 1-sqrt: A. Haegele et al., Scaling Laws "
      "and Compute-Optimal Training Beyond Fixed Training Durations, 2024, arXiv:2405.18392",
      WSD, make_wsd, NULL },
    { "knee", "a rise, a level to explore, a straight fall over all the rest",
      "lr min((t + 1)/warm_up, 1), after warm_up + explore updates straight to final_lr at e",
      "N. Iyer et al., Wide-minima Density Hypothesis and the Explore-Exploit Learning Rate "
      "Schedule, 2020, arXiv:2003.03977",
      KNEE, make_knee, NULL },
    { 0 },
};
