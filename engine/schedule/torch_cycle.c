/* torch_cycle.c - PyTorch's CyclicLR and OneCycleLR, which move momentum too.   SPDX-License-Identifier: MIT */
#include "schedule/torch.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

/* momentum begins at `most`, in the place of the optimizer's own. */
static bool take_momentum(dy_torch *s, double least, double most, dy_error *err)
{
    if (!s->group->has_momentum)
        return dy_fail(err,
                       "cycle_momentum is true, but the optimizer has neither momentum nor "
                       "betas; want cycle_momentum = false, or a momentum in optimizer");
    s->group->momentum = s->group->max_momentum = most;
    s->group->base_momentum = least;
    s->group->moves_momentum = true;
    return true;
}

enum {
    C_BASE_LR = 1,
    C_MAX_LR,
    C_STEP_SIZE_UP,
    C_STEP_SIZE_DOWN,
    C_MODE,
    C_GAMMA,
    C_SCALE_FN,
    C_SCALE_MODE,
    C_CYCLE_MOMENTUM,
    C_BASE_MOMENTUM,
    C_MAX_MOMENTUM,
};

enum { TRIANGULAR, TRIANGULAR2, EXP_RANGE };

static const char *const C_MODES[] = { "triangular", "triangular2", "exp_range", NULL };
static const char *const SCALE_MODES[] = { "cycle", "iterations", NULL };

const dy_param DY_PARAMS_torch_CyclicLR[] = {
    DY_PARAM_OPTIMIZER,
    [C_BASE_LR] = { .name = "base_lr",
                    .kind = DY_ARG_REAL,
                    .required = true,
                    .want = DY_WANT_FROM_0,
                    .meaning = "the rate at the bottom" },
    [C_MAX_LR] = { .name = "max_lr",
                   .kind = DY_ARG_REAL,
                   .required = true,
                   .want = DY_WANT_FROM_0,
                   .meaning = "the rate at the top" },
    [C_STEP_SIZE_UP] = { .name = "step_size_up",
                         .kind = DY_ARG_REAL,
                         .want = DY_WANT_POSITIVE,
                         .preset = 2000,
                         .meaning = "the steps of a rise" },
    [C_STEP_SIZE_DOWN] = { .name = "step_size_down",
                           .kind = DY_ARG_REAL,
                           .want = DY_WANT_FROM_0,
                           .meaning = "the steps of a fall; without it those of a rise" },
    [C_MODE] = { .name = "mode",
                 .kind = DY_ARG_CHOICE,
                 .choices = C_MODES,
                 .meaning = "the height of the cycles: the same, half of the last one, or "
                            "gamma^step" },
    [C_GAMMA] = { .name = "gamma",
                  .kind = DY_ARG_REAL,
                  .want = DY_WANT_FROM_0,
                  .preset = 1,
                  .meaning = "of exp_range" },
    [C_SCALE_FN] = { .name = "scale_fn",
                     .kind = DY_ARG_FUNCTION,
                     .meaning = "from the cycle (from 1) or the step to the height, in place "
                                "of mode" },
    [C_SCALE_MODE] = { .name = "scale_mode",
                       .kind = DY_ARG_CHOICE,
                       .choices = SCALE_MODES,
                       .meaning = "what scale_fn is a function of" },
    [C_CYCLE_MOMENTUM] = { .name = "cycle_momentum",
                           .kind = DY_ARG_BOOL,
                           .preset = 1,
                           .meaning = "momentum moves too, low where lr is high" },
    [C_BASE_MOMENTUM] = { .name = "base_momentum",
                          .kind = DY_ARG_REAL,
                          .want = DY_WANT_MOMENTUM,
                          .preset = 0.8,
                          .meaning = "momentum at the top" },
    [C_MAX_MOMENTUM] = { .name = "max_momentum",
                         .kind = DY_ARG_REAL,
                         .want = DY_WANT_MOMENTUM,
                         .preset = 0.9,
                         .meaning = "momentum at the bottom" },
    { 0 },
};

static bool cyclic_open(dy_torch *s, dy_error *err)
{
    s->group->lr = s->args[C_BASE_LR].real;
    return s->args[C_CYCLE_MOMENTUM].real == 0 ||
           take_momentum(s, s->args[C_BASE_MOMENTUM].real, s->args[C_MAX_MOMENTUM].real, err);
}

/* How high the cycle (from 1) is, of 1. */
static bool height(const dy_torch *s, double cycle, double *to, dy_error *err)
{
    const dy_arg *f = &s->args[C_SCALE_FN];
    if (f->given)
        return f->call(f->self, s->args[C_SCALE_MODE].real == 0 ? cycle : s->epoch, NAN, to,
                       err);
    switch ((int)s->args[C_MODE].real) {
    case TRIANGULAR2: *to = 1 / pow(2, cycle - 1); break;
    case EXP_RANGE: *to = pow(s->args[C_GAMMA].real, s->epoch); break;
    default: *to = 1; break;
    }
    return true;
}

/* With PyTorch's own rounding: whether a step is still of one cycle or already of the next hangs on it. */
static bool cyclic_next(dy_torch *s, double *lr, dy_error *err)
{
    double up = s->args[C_STEP_SIZE_UP].real;
    double down = s->args[C_STEP_SIZE_DOWN].given ? s->args[C_STEP_SIZE_DOWN].real : up;
    double total = up + down, ratio = up / total;
    double cycle = floor(1 + s->epoch / total);
    double x = 1 + s->epoch / total - cycle;
    double way = x <= ratio ? x / ratio : (x - 1) / (ratio - 1);
    double low = s->base_lr, most = s->args[C_MAX_MOMENTUM].real, scale;
    s->base_lr = s->args[C_BASE_LR].real; /* its first step is from the optimizer's first lr */
    if (!height(s, cycle, &scale, err)) return false;
    *lr = low + (s->args[C_MAX_LR].real - low) * way * scale;
    if (s->args[C_CYCLE_MOMENTUM].real != 0)
        s->group->momentum = most - (most - s->args[C_BASE_MOMENTUM].real) * way * scale;
    return true;
}

const dy_torch_class DY_TORCH_CyclicLR = { .open = cyclic_open, .next = cyclic_next };

enum {
    O_MAX_LR = 1,
    O_TOTAL_STEPS,
    O_EPOCHS,
    O_STEPS_PER_EPOCH,
    O_PCT_START,
    O_ANNEAL,
    O_CYCLE_MOMENTUM,
    O_BASE_MOMENTUM,
    O_MAX_MOMENTUM,
    O_DIV_FACTOR,
    O_FINAL_DIV_FACTOR,
    O_THREE_PHASE,
};

static const char *const ANNEALS[] = { "cos", "linear", NULL };

const dy_param DY_PARAMS_torch_OneCycleLR[] = {
    DY_PARAM_OPTIMIZER,
    [O_MAX_LR] = { .name = "max_lr",
                   .kind = DY_ARG_REAL,
                   .required = true,
                   .want = DY_WANT_FROM_0,
                   .meaning = "the rate at the top" },
    [O_TOTAL_STEPS] = { .name = "total_steps",
                        .kind = DY_ARG_COUNT,
                        .preset = -1,
                        .meaning = "the updates of the cycle; or give epochs and "
                                   "steps_per_epoch" },
    [O_EPOCHS] = { .name = "epochs",
                   .kind = DY_ARG_COUNT,
                   .preset = -1,
                   .meaning = "in its place" },
    [O_STEPS_PER_EPOCH] = { .name = "steps_per_epoch",
                            .kind = DY_ARG_COUNT,
                            .preset = -1,
                            .meaning = "with epochs" },
    [O_PCT_START] = { .name = "pct_start",
                      .kind = DY_ARG_REAL,
                      .want = DY_WANT_FROM_0,
                      .preset = 0.3,
                      .meaning = "the share of the steps that the rise takes, at most 1" },
    [O_ANNEAL] = { .name = "anneal_strategy",
                   .kind = DY_ARG_CHOICE,
                   .choices = ANNEALS,
                   .meaning = "the form of rise and fall" },
    [O_CYCLE_MOMENTUM] = { .name = "cycle_momentum",
                           .kind = DY_ARG_BOOL,
                           .preset = 1,
                           .meaning = "momentum moves too, low where lr is high" },
    [O_BASE_MOMENTUM] = { .name = "base_momentum",
                          .kind = DY_ARG_REAL,
                          .want = DY_WANT_MOMENTUM,
                          .preset = 0.85,
                          .meaning = "momentum at the top" },
    [O_MAX_MOMENTUM] = { .name = "max_momentum",
                         .kind = DY_ARG_REAL,
                         .want = DY_WANT_MOMENTUM,
                         .preset = 0.95,
                         .meaning = "momentum at both ends" },
    [O_DIV_FACTOR] = { .name = "div_factor",
                       .kind = DY_ARG_REAL,
                       .want = DY_WANT_POSITIVE,
                       .preset = 25,
                       .meaning = "the rate at the start is max_lr / div_factor" },
    [O_FINAL_DIV_FACTOR] = { .name = "final_div_factor",
                             .kind = DY_ARG_REAL,
                             .want = DY_WANT_POSITIVE,
                             .preset = 1e4,
                             .meaning = "the last rate is that of the start / "
                                        "final_div_factor" },
    [O_THREE_PHASE] = { .name = "three_phase",
                        .kind = DY_ARG_BOOL,
                        .meaning = "fall as fast as the rise, then on to the last rate" },
    { 0 },
};

static bool one_cycle_open(dy_torch *s, dy_error *err)
{
    const dy_arg *total = &s->args[O_TOTAL_STEPS], *epochs = &s->args[O_EPOCHS],
                 *each = &s->args[O_STEPS_PER_EPOCH];
    if (!total->given && !(epochs->given && each->given))
        return dy_fail(err, "total_steps is missing; want it, or both epochs and "
                            "steps_per_epoch");
    s->length = total->given ? total->real : epochs->real * each->real;
    if (s->length < 1) return dy_fail(err, "it has 0 steps in all; want at least 1");
    if (s->args[O_PCT_START].real > 1)
        return dy_fail(err, "pct_start is %g; want 0 to 1", s->args[O_PCT_START].real);
    dy_torch_group *group = s->group;
    group->max_lr = s->args[O_MAX_LR].real;
    group->initial_lr = group->max_lr / s->args[O_DIV_FACTOR].real;
    group->min_lr = group->initial_lr / s->args[O_FINAL_DIV_FACTOR].real;
    return s->args[O_CYCLE_MOMENTUM].real == 0 ||
           take_momentum(s, s->args[O_BASE_MOMENTUM].real, s->args[O_MAX_MOMENTUM].real, err);
}

/* A phase's end, and what lr and momentum are there. */
typedef struct phase {
    double end, lr, momentum;
} phase;

/* phases[0] is the start. Returns how many follow. The rates are the group's: those of the last OneCycleLR made for it. */
static int lay_phases(const dy_torch *s, phase phases[4])
{
    const dy_torch_group *group = s->group;
    double start = group->initial_lr, most = group->max_momentum;
    double share = s->args[O_PCT_START].real;
    int n = 0;
    phases[0] = (phase){ 0, start, most };
    phases[++n] = (phase){ share * s->length - 1, group->max_lr, group->base_momentum };
    if (s->args[O_THREE_PHASE].real != 0)
        phases[++n] = (phase){ 2 * share * s->length - 2, start, most };
    phases[++n] = (phase){ s->length - 1, group->min_lr, most };
    return n;
}

static double anneal(const dy_torch *s, double from, double to, double pct)
{
    if (s->args[O_ANNEAL].real != 0) return (to - from) * pct + from;
    return to + (from - to) / 2 * (cos(PI * pct) + 1);
}

/* One step past the last is let through: there lr rises again. */
static bool one_cycle_next(dy_torch *s, double *lr, dy_error *err)
{
    phase phases[4];
    int last = lay_phases(s, phases), i = 1;
    if (s->epoch > s->length)
        return dy_fail(err,
                       "stepped %.0f times, but it has %.0f steps in all; PyTorch raises an "
                       "error here. Want total_steps = all updates of the run (epochs "
                       "times updates an epoch), or derny.one_cycle, which holds its end",
                       s->epoch + 1, s->length);
    while (i < last && s->epoch > phases[i].end) i++;
    const phase *from = &phases[i - 1], *to = &phases[i];
    if (to->end == from->end)
        return dy_fail(err,
                       "a phase ends where it begins, at step %g, and PyTorch divides by its "
                       "length; want pct_start * total_steps other than 1 and below "
                       "total_steps, or derny.one_cycle",
                       to->end);
    double pct = (s->epoch - from->end) / (to->end - from->end);
    *lr = anneal(s, from->lr, to->lr, pct);
    if (s->args[O_CYCLE_MOMENTUM].real != 0)
        s->group->momentum = anneal(s, from->momentum, to->momentum, pct);
    if (*lr >= 0) return true;
    return dy_fail(
        err,
        "lr is %g at its step %g, past its end, and PyTorch would go on with it; want "
        "total_steps = all updates of the run, or derny.one_cycle, which holds its "
        "end",
        *lr, s->epoch);
}

const dy_torch_class DY_TORCH_OneCycleLR = { .open = one_cycle_open, .next = one_cycle_next };
