/* torch_swa.c - PyTorch's SWALR, which goes on from wherever lr is.
 *
 * Each step undoes the part of the way that is behind from the last lr, and goes the next part; what it counts are its own calls,
 * which a sequence does not undo.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/torch.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

enum { SWA_LR = 1, ANNEAL_EPOCHS, ANNEAL_STRATEGY };

static const char *const STRATEGIES[] = { "cos", "linear", NULL };

const dy_param DY_PARAMS_torch_SWALR[] = {
    DY_PARAM_OPTIMIZER,
    [SWA_LR] = { .name = "swa_lr",
                 .kind = DY_ARG_REAL,
                 .required = true,
                 .want = DY_WANT_FROM_0,
                 .meaning = "the rate to go to" },
    [ANNEAL_EPOCHS] = { .name = "anneal_epochs",
                        .kind = DY_ARG_COUNT,
                        .preset = 10,
                        .meaning = "the steps of the way" },
    [ANNEAL_STRATEGY] = { .name = "anneal_strategy",
                          .kind = DY_ARG_CHOICE,
                          .choices = STRATEGIES,
                          .meaning = "the form of the way" },
    { 0 },
};

static bool swa_open(dy_torch *s, dy_error *err)
{
    (void)err;
    s->group->swa_lr = s->args[SWA_LR].real;
    return true;
}

/* How much of the way is behind at one of its calls, from 0. */
static double annealed(const dy_torch *s, double call)
{
    double t = fmax(0, fmin(1, call / fmax(1, s->args[ANNEAL_EPOCHS].real)));
    return s->args[ANNEAL_STRATEGY].real != 0 ? t : (1 - cos(PI * t)) / 2;
}

static bool swa_next(dy_torch *s, double *lr, dy_error *err)
{
    (void)err;
    double to = s->group->swa_lr, call = s->calls - 1;
    if (s->args[ANNEAL_EPOCHS].real == 0) call = fmax(1, call);
    double before = annealed(s, call - 1), now = annealed(s, call);
    double from = before == 1 ? to : (s->group->lr - before * to) / (1 - before);
    *lr = to * now + from * (1 - now);
    return true;
}

const dy_torch_class DY_TORCH_SWALR = { .open = swa_open, .next = swa_next };
