/* fastai_fit.c - what a fastai Learner does with schedules: its fits, update by update, as curves.   SPDX-License-Identifier: MIT */
#include "schedule/fastai.h"

#include <math.h>
#include <string.h>

static bool value_at(const dy_fastai *s, const char *name, double pos, int64_t step,
                     double *value, dy_error *err)
{
    if (!s) return true;
    if (!s->at(s, pos, value, err)) return dy_fail_in(err, "%s", name);
    if (isfinite(*value)) return true;
    return dy_fail(err, "%s is %g at step %lld; fastai would go on with it", name,
                   isnan(*value) ? (double)NAN : *value, (long long)step);
}

/* pct grows by adding, rounding and all. */
static bool follow_epoch(dy_fastai_trace *t, const dy_fastai_fit *f, int64_t epoch,
                         dy_error *err)
{
    double each = 1 / ((double)f->n_iter * f->n_epoch);
    double pct = (double)epoch / f->n_epoch;
    for (int64_t i = 0; i < f->n_iter && t->n < t->most; i++, t->n++) {
        if (!value_at(f->lr, "lr", pct, t->n, &t->lr[t->n], err) ||
            !value_at(f->mom, "mom", pct, t->n, &t->mom[t->n], err))
            return false;
        pct += each;
    }
    return true;
}

bool dy_fastai_follow(dy_fastai_trace *t, const dy_fastai_fit *f, dy_error *err)
{
    for (int64_t epoch = f->start_epoch; (double)epoch < f->n_epoch && t->n < t->most; epoch++)
        if (!follow_epoch(t, f, epoch, err)) return false;
    return true;
}

bool dy_fastai_trace_open(dy_fastai_trace *t, const dy_plan *plan, dy_arena *arena,
                          dy_error *err)
{
    *t = (dy_fastai_trace){ .most = plan->span.steps };
    t->lr = dy_arena_take(arena, t->most, sizeof *t->lr, err);
    t->mom = t->lr ? dy_arena_take(arena, t->most, sizeof *t->mom, err) : NULL;
    return t->mom != NULL;
}

/* The updates as the plan's curves, lr constant at `lr` where no schedule moves it. */
bool dy_fastai_keep(dy_plan *plan, const dy_fastai_trace *t, const dy_fastai_fit *f, double lr,
                    dy_arena *arena, dy_error *err)
{
    if (t->n < t->most)
        return dy_fail(err,
                       "the fit is over after %lld updates, but the run has %lld; want n_epoch "
                       "times n_iter to be all updates of the run",
                       (long long)t->n, (long long)t->most);
    return (f->lr ? dy_curve_samples(&plan->lr, arena, t->lr, t->n, err)
                  : dy_curve_constant(&plan->lr, arena, lr, err)) &&
           (!f->mom || dy_curve_samples(&plan->momentum, arena, t->mom, t->n, err));
}

bool dy_fastai_make_fit(dy_plan *plan, const dy_fastai_fit *f, double lr, dy_arena *arena,
                        dy_error *err)
{
    dy_fastai_trace t;
    return dy_fastai_trace_open(&t, plan, arena, err) && dy_fastai_follow(&t, f, err) &&
           dy_fastai_keep(plan, &t, f, lr, arena, err);
}

bool dy_make_fastai(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    const dy_fastai_class *class = plan->recipe->stepper;
    dy_span span = plan->span;
    dy_fastai lr;
    dy_fastai_fit f = { .n_epoch = (double)span.steps / (double)span.epoch_steps,
                        .n_iter = span.epoch_steps,
                        .lr = &lr };
    return class->open(&lr, args, plan->depth + 1, arena, err) &&
           dy_fastai_make_fit(plan, &f, 0, arena, err);
}

bool dy_fastai_read_n_iter(int64_t *n_iter, const dy_arg *arg, dy_span span, dy_error *err)
{
    *n_iter = arg->given ? (int64_t)arg->real : span.epoch_steps;
    return *n_iter > 0 || dy_fail(err, "n_iter is 0; want at least 1");
}

enum { PS_SCHEDS, PS_N_EPOCH, PS_N_ITER, PS_START_EPOCH, PS_LR };

const dy_param DY_PARAMS_fastai_ParamScheduler[] = {
    [PS_SCHEDS] = { .name = "scheds",
                    .kind = DY_ARG_NAMED,
                    .required = true,
                    .meaning =
                        "schedules of derny.fastai, or functions: lr, mom; those of other "
                        "hyper-parameters move nothing here" },
    [PS_N_EPOCH] = { .name = "n_epoch",
                     .kind = DY_ARG_COUNT,
                     .preset = -1,
                     .meaning = "epochs of the fit; without it as the run has" },
    DY_FASTAI_N_ITER(PS_N_ITER),
    DY_FASTAI_START_EPOCH(PS_START_EPOCH, DY_FASTAI_SKIPPED),
    [PS_LR] = { .name = "lr",
                .kind = DY_ARG_REAL,
                .want = DY_WANT_FROM_0,
                .preset = 1e-3,
                .meaning = "the learner's, where scheds has none" },
    { 0 },
};

/* All of them are opened; those of lr and mom are kept in opened[0] and opened[1]. */
static bool open_scheds(dy_fastai_fit *f, dy_fastai opened[3], const dy_arg *scheds, int depth,
                        dy_arena *arena, dy_error *err)
{
    for (int64_t i = 0; i < scheds->n; i++) {
        bool lr = strcmp(scheds->names[i], "lr") == 0,
             mom = strcmp(scheds->names[i], "mom") == 0;
        dy_fastai *s = &opened[lr ? 0 : mom ? 1 : 2];
        if (!dy_fastai_open(s, scheds->specs[i], depth, arena, err))
            return dy_fail_in(err, "scheds.%.60s", scheds->names[i]);
        if (lr) f->lr = s;
        if (mom) f->mom = s;
    }
    return true;
}

bool dy_make_fastai_ParamScheduler(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                   dy_error *err)
{
    dy_fastai opened[3];
    dy_fastai_fit f = { .start_epoch = (int64_t)args[PS_START_EPOCH].real };
    if (!dy_fastai_read_n_iter(&f.n_iter, &args[PS_N_ITER], plan->span, err) ||
        !open_scheds(&f, opened, &args[PS_SCHEDS], plan->depth + 1, arena, err))
        return false;
    f.n_epoch = args[PS_N_EPOCH].given ? args[PS_N_EPOCH].real
                                       : (double)plan->span.steps / (double)f.n_iter;
    return dy_fastai_make_fit(plan, &f, args[PS_LR].real, arena, err);
}
