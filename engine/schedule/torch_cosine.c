/* torch_cosine.c - PyTorch's cosines, and its schedulers that call a function.   SPDX-License-Identifier: MIT */
#include "schedule/torch.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

enum { T_MAX = 1, ETA_MIN };

#define ETA_MIN_PARAM(index)                                                                   \
    [index] = { .name = "eta_min", .kind = DY_ARG_REAL, .meaning = "the lowest rate" }

const dy_param DY_PARAMS_torch_CosineAnnealingLR[] = {
    DY_PARAM_OPTIMIZER,
    [T_MAX] = { .name = "T_max",
                .kind = DY_ARG_COUNT,
                .required = true,
                .meaning = "the steps of half a cosine; after them lr rises again" },
    ETA_MIN_PARAM(ETA_MIN),
    { 0 },
};

static bool cosine_open(dy_torch *s, dy_error *err)
{
    if (s->args[T_MAX].real >= 1) return true;
    return dy_fail(err, "T_max is 0, which PyTorch divides by; want at least 1");
}

static bool cosine_next(dy_torch *s, double *lr, dy_error *err)
{
    (void)err;
    double length = s->args[T_MAX].real, low = s->args[ETA_MIN].real, was = s->group->lr;
    *lr = was;
    if (s->epoch == 0) return true;
    if (fmod(s->epoch - 1 - length, 2 * length) == 0) /* out of the valley */
        *lr = was + (s->base_lr - low) * (1 - cos(PI / length)) / 2;
    else
        *lr = (1 + cos(PI * s->epoch / length)) / (1 + cos(PI * (s->epoch - 1) / length)) *
                  (was - low) +
              low;
    return true;
}

static double cosine_closed(const dy_torch *s)
{
    double low = s->args[ETA_MIN].real;
    return low + (s->base_lr - low) * (1 + cos(PI * s->epoch / s->args[T_MAX].real)) / 2;
}

const dy_torch_class DY_TORCH_CosineAnnealingLR = { .open = cosine_open,
                                                    .next = cosine_next,
                                                    .closed = cosine_closed };

enum { T_0 = 1, T_MULT, RESTART_ETA_MIN, ITERS_PER_EPOCH };

const dy_param DY_PARAMS_torch_CosineAnnealingWarmRestarts[] = {
    DY_PARAM_OPTIMIZER,
    [T_0] = { .name = "T_0",
              .kind = DY_ARG_COUNT,
              .required = true,
              .meaning = "the length of the first cosine" },
    [T_MULT] = { .name = "T_mult",
                 .kind = DY_ARG_COUNT,
                 .preset = 1,
                 .meaning = "how many times longer each is than the one before" },
    ETA_MIN_PARAM(RESTART_ETA_MIN),
    [ITERS_PER_EPOCH] = { .name = "iters_per_epoch",
                          .kind = DY_ARG_COUNT,
                          .preset = -1,
                          .meaning = "stepped as step(t / iters_per_epoch), T_0 in epochs; "
                                     "without it as step(), T_0 in updates" },
    { 0 },
};

static bool restarts_open(dy_torch *s, dy_error *err)
{
    double first = s->args[T_0].real, mult = s->args[T_MULT].real;
    if (first < 1) return dy_fail(err, "T_0 is %g; want at least 1", first);
    if (mult < 1) return dy_fail(err, "T_mult is %g; want at least 1", mult);
    if (s->args[ITERS_PER_EPOCH].given && s->args[ITERS_PER_EPOCH].real < 1)
        return dy_fail(err, "iters_per_epoch is 0; want at least 1");
    return true;
}

/* step(epoch): the cycle by a logarithm, with the digit it may miss. */
static void jump(dy_torch *s, double epoch)
{
    double first = s->args[T_0].real, mult = s->args[T_MULT].real;
    s->t_cur = epoch;
    s->t_i = first;
    if (epoch < first) return;
    if (mult == 1) {
        s->t_cur = fmod(epoch, first);
        return;
    }
    double n = trunc(log(epoch / first * (mult - 1) + 1) / log(mult));
    s->t_cur = epoch - first * (pow(mult, n) - 1) / (mult - 1);
    s->t_i = first * pow(mult, n);
}

static bool restarts_next(dy_torch *s, double *lr, dy_error *err)
{
    (void)err;
    double low = s->args[RESTART_ETA_MIN].real;
    if (s->epoch <= 0) { /* also where a sequence has undone more than its first step */
        s->epoch = 0;
        jump(s, 0);
    } else if (s->args[ITERS_PER_EPOCH].given) {
        jump(s, s->epoch / s->args[ITERS_PER_EPOCH].real);
    } else {
        s->t_cur++;
        if (s->t_cur >= s->t_i) {
            s->t_cur -= s->t_i;
            s->t_i *= s->args[T_MULT].real;
        }
    }
    *lr = low + (s->base_lr - low) * (1 + cos(PI * s->t_cur / s->t_i)) / 2;
    return true;
}

static double restarts_closed(const dy_torch *s)
{
    double low = s->args[RESTART_ETA_MIN].real;
    return low + (s->base_lr - low) * (1 + cos(0.0)) / 2;
}

static bool restarts_restart(dy_torch *s, dy_error *err)
{
    (void)err;
    jump(s, 0);
    s->group->lr = restarts_closed(s);
    return true;
}

const dy_torch_class DY_TORCH_CosineAnnealingWarmRestarts = { .open = restarts_open,
                                                              .next = restarts_next,
                                                              .restart = restarts_restart };

enum { LR_LAMBDA = 1 };

#define LAMBDA_PARAM(what)                                                                     \
    [LR_LAMBDA] = {                                                                            \
        .name = "lr_lambda", .kind = DY_ARG_FUNCTION, .required = true, .meaning = (what)      \
    }

const dy_param DY_PARAMS_torch_LambdaLR[] = {
    DY_PARAM_OPTIMIZER,
    LAMBDA_PARAM("from the step to what the first lr is multiplied by"),
    { 0 },
};

const dy_param DY_PARAMS_torch_MultiplicativeLR[] = {
    DY_PARAM_OPTIMIZER,
    LAMBDA_PARAM("from the step to what the last lr is multiplied by"),
    { 0 },
};

static bool lambda_next(dy_torch *s, double *lr, dy_error *err)
{
    const dy_arg *f = &s->args[LR_LAMBDA];
    double factor;
    if (!f->call(f->self, s->epoch, NAN, &factor, err)) return false;
    *lr = s->base_lr * factor;
    return true;
}

static bool multiplicative_next(dy_torch *s, double *lr, dy_error *err)
{
    const dy_arg *f = &s->args[LR_LAMBDA];
    double factor = 1;
    if (s->epoch > 0 && !f->call(f->self, s->epoch, NAN, &factor, err)) return false;
    *lr = s->group->lr * factor;
    return true;
}

const dy_torch_class DY_TORCH_LambdaLR = { .next = lambda_next };
const dy_torch_class DY_TORCH_MultiplicativeLR = { .next = multiplicative_next };
