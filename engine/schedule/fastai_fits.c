/* fastai_fits.c - the fits of a fastai Learner that bring their own schedules.   SPDX-License-Identifier: MIT */
#include "schedule/fastai.h"

#include <math.h>

#define LEARNER_LR(index, called)                                                              \
    [index] = { .name = (called),                                                              \
                .kind = DY_ARG_REAL,                                                           \
                .want = DY_WANT_FROM_0,                                                        \
                .preset = 1e-3,                                                                \
                .meaning = "the highest rate; without it the learner's" }

#define POSITIVE(index, called, usual, what)                                                   \
    [index] = { .name = (called),                                                              \
                .kind = DY_ARG_REAL,                                                           \
                .want = DY_WANT_POSITIVE,                                                      \
                .preset = (usual),                                                             \
                .meaning = (what) }

#define PCT_START(index, usual, what)                                                          \
    [index] = { .name = "pct_start",                                                           \
                .kind = DY_ARG_REAL,                                                           \
                .want = DY_WANT_PART,                                                          \
                .preset = (usual),                                                             \
                .meaning = (what) }

/* What a fit takes that is nothing to a schedule. */
#define WD(index)                                                                              \
    [index] = { .name = "wd",                                                                  \
                .kind = DY_ARG_REAL,                                                           \
                .meaning = "the optimizer's weight decay; moves nothing here" }

#define RESET_OPT(index)                                                                       \
    [index] = { .name = "reset_opt",                                                           \
                .kind = DY_ARG_BOOL,                                                           \
                .meaning = "begin with a new optimizer; moves nothing here" }

#define N_EPOCH(index)                                                                         \
    [index] = { .name = "n_epoch",                                                             \
                .kind = DY_ARG_COUNT,                                                          \
                .required = true,                                                              \
                .meaning = "epochs of the fit" }

#define MOMS(index)                                                                            \
    [index] = { .name = "moms",                                                                \
                .kind = DY_ARG_REALS,                                                          \
                .want = DY_WANT_MOMENTUM,                                                      \
                .meaning = "momentum at the start, the top of lr and the end (default 0.95, "  \
                           "0.85, 0.95)" }

/* A one-cycle fit's numbers. */
typedef struct one_cycle {
    double lr_max, div, div_final, pct_start;
    const dy_arg *moms;
    dy_fastai lr, mom;
} one_cycle;

static bool open_one_cycle(one_cycle *c, dy_fastai_fit *f, dy_arena *arena, dy_error *err)
{
    static const double USUAL[] = { 0.95, 0.85, 0.95 };
    const double *moms = c->moms->given ? c->moms->reals : USUAL;
    if (c->moms->given && c->moms->n != 3)
        return dy_fail(err, "moms has %lld values; want three, { 0.95, 0.85, 0.95 }",
                       (long long)c->moms->n);
    f->lr = &c->lr;
    f->mom = &c->mom;
    return dy_fastai_combined_cos(&c->lr, c->pct_start, c->lr_max / c->div, c->lr_max,
                                  c->lr_max / c->div_final, arena, err) &&
           dy_fastai_combined_cos(&c->mom, c->pct_start, moms[0], moms[1], moms[2], arena, err);
}

enum {
    OC_N_EPOCH,
    OC_LR_MAX,
    OC_DIV,
    OC_DIV_FINAL,
    OC_PCT_START,
    OC_WD,
    OC_MOMS,
    OC_RESET_OPT,
    OC_START_EPOCH,
    OC_N_ITER,
};

const dy_param DY_PARAMS_fastai_fit_one_cycle[] = {
    N_EPOCH(OC_N_EPOCH),
    LEARNER_LR(OC_LR_MAX, "lr_max"),
    POSITIVE(OC_DIV, "div", 25, "the first rate is lr_max divided by it"),
    POSITIVE(OC_DIV_FINAL, "div_final", 1e5, "the last rate is lr_max divided by it"),
    PCT_START(OC_PCT_START, 0.25, "where the top is"),
    WD(OC_WD),
    MOMS(OC_MOMS),
    RESET_OPT(OC_RESET_OPT),
    DY_FASTAI_START_EPOCH(OC_START_EPOCH, DY_FASTAI_SKIPPED),
    DY_FASTAI_N_ITER(OC_N_ITER),
    { 0 },
};

bool dy_make_fastai_fit_one_cycle(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                  dy_error *err)
{
    one_cycle c = { .lr_max = args[OC_LR_MAX].real,
                    .div = args[OC_DIV].real,
                    .div_final = args[OC_DIV_FINAL].real,
                    .pct_start = args[OC_PCT_START].real,
                    .moms = &args[OC_MOMS] };
    dy_fastai_fit f = { .n_epoch = args[OC_N_EPOCH].real,
                        .start_epoch = (int64_t)args[OC_START_EPOCH].real };
    return dy_fastai_read_n_iter(&f.n_iter, &args[OC_N_ITER], plan->span, err) &&
           open_one_cycle(&c, &f, arena, err) && dy_fastai_make_fit(plan, &f, 0, arena, err);
}

enum {
    FT_EPOCHS,
    FT_BASE_LR,
    FT_FREEZE_EPOCHS,
    FT_LR_MULT,
    FT_PCT_START,
    FT_DIV,
    FT_DIV_FINAL,
    FT_WD,
    FT_MOMS,
    FT_RESET_OPT,
    FT_START_EPOCH,
    FT_N_ITER,
};

const dy_param DY_PARAMS_fastai_fine_tune[] = {
    [FT_EPOCHS] = { .name = "epochs",
                    .kind = DY_ARG_COUNT,
                    .required = true,
                    .meaning = "epochs of the second fit, of the whole model" },
    POSITIVE(FT_BASE_LR, "base_lr", 2e-3,
             "the highest rate of the first fit; half of it is the "
             "second's"),
    [FT_FREEZE_EPOCHS] = { .name = "freeze_epochs",
                           .kind = DY_ARG_COUNT,
                           .preset = 1,
                           .meaning = "epochs of the first fit, of the head alone" },
    POSITIVE(FT_LR_MULT, "lr_mult", 100,
             "how much lower the rate of the first layers is; the rate here is the last's"),
    PCT_START(FT_PCT_START, 0.3, "where the top of the second fit is; the first's is at 0.99"),
    POSITIVE(FT_DIV, "div", 5,
             "the first rate of the second fit is its highest divided by it; the first fit's "
             "is 25"),
    POSITIVE(FT_DIV_FINAL, "div_final", 1e5,
             "each fit's last rate is its highest divided by it"),
    WD(FT_WD),
    MOMS(FT_MOMS),
    RESET_OPT(FT_RESET_OPT),
    DY_FASTAI_START_EPOCH(FT_START_EPOCH, "epochs of each fit that are skipped at its start"),
    DY_FASTAI_N_ITER(FT_N_ITER),
    { 0 },
};

/* fit_one_cycle twice: its default div first, and pct_start 0.99. */
bool dy_make_fastai_fine_tune(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    dy_fastai_trace t;
    one_cycle frozen = { .lr_max = args[FT_BASE_LR].real,
                         .div = 25,
                         .div_final = args[FT_DIV_FINAL].real,
                         .pct_start = 0.99,
                         .moms = &args[FT_MOMS] };
    one_cycle whole = frozen;
    whole.lr_max /= 2;
    whole.div = args[FT_DIV].real;
    whole.pct_start = args[FT_PCT_START].real;
    dy_fastai_fit first = { .n_epoch = args[FT_FREEZE_EPOCHS].real,
                            .start_epoch = (int64_t)args[FT_START_EPOCH].real };
    if (!dy_fastai_read_n_iter(&first.n_iter, &args[FT_N_ITER], plan->span, err)) return false;
    dy_fastai_fit second = first;
    second.n_epoch = args[FT_EPOCHS].real;
    return open_one_cycle(&frozen, &first, arena, err) &&
           open_one_cycle(&whole, &second, arena, err) &&
           dy_fastai_trace_open(&t, plan, arena, err) && dy_fastai_follow(&t, &first, err) &&
           dy_fastai_follow(&t, &second, err) &&
           dy_fastai_keep(plan, &t, &second, 0, arena, err);
}

enum {
    FC_N_EPOCH,
    FC_LR,
    FC_DIV_FINAL,
    FC_PCT_START,
    FC_WD,
    FC_RESET_OPT,
    FC_START_EPOCH,
    FC_N_ITER,
};

const dy_param DY_PARAMS_fastai_fit_flat_cos[] = {
    N_EPOCH(FC_N_EPOCH),
    LEARNER_LR(FC_LR, "lr"),
    POSITIVE(FC_DIV_FINAL, "div_final", 1e5, "the last rate is lr divided by it"),
    PCT_START(FC_PCT_START, 0.75, "where the fall begins"),
    WD(FC_WD),
    RESET_OPT(FC_RESET_OPT),
    DY_FASTAI_START_EPOCH(FC_START_EPOCH, "taken, and forgotten: all epochs are run"),
    DY_FASTAI_N_ITER(FC_N_ITER),
    { 0 },
};

bool dy_make_fastai_fit_flat_cos(dy_plan *plan, dy_arena *arena, const dy_arg *args,
                                 dy_error *err)
{
    dy_fastai lr;
    double flat = args[FC_LR].real;
    dy_fastai_fit f = { .n_epoch = args[FC_N_EPOCH].real, .lr = &lr };
    return dy_fastai_read_n_iter(&f.n_iter, &args[FC_N_ITER], plan->span, err) &&
           dy_fastai_combined_cos(&lr, args[FC_PCT_START].real, flat, flat,
                                  flat / args[FC_DIV_FINAL].real, arena, err) &&
           dy_fastai_make_fit(plan, &f, 0, arena, err);
}

enum {
    SG_N_CYCLES,
    SG_CYCLE_LEN,
    SG_LR_MAX,
    SG_CYCLE_MULT,
    SG_RESET_OPT,
    SG_WD,
    SG_START_EPOCH,
    SG_N_ITER,
};

const dy_param DY_PARAMS_fastai_fit_sgdr[] = {
    [SG_N_CYCLES] = { .name = "n_cycles",
                      .kind = DY_ARG_COUNT,
                      .required = true,
                      .meaning = "how many cosines" },
    [SG_CYCLE_LEN] = { .name = "cycle_len",
                       .kind = DY_ARG_COUNT,
                       .required = true,
                       .meaning = "epochs of the first" },
    LEARNER_LR(SG_LR_MAX, "lr_max"),
    [SG_CYCLE_MULT] = { .name = "cycle_mult",
                        .kind = DY_ARG_COUNT,
                        .preset = 2,
                        .meaning = "how many times longer each is than the one before; not 1" },
    RESET_OPT(SG_RESET_OPT),
    WD(SG_WD),
    DY_FASTAI_START_EPOCH(SG_START_EPOCH, "epochs that are skipped at the start, of all"),
    DY_FASTAI_N_ITER(SG_N_ITER),
    { 0 },
};

/* The epochs of all cycles, whose parts of them are then pcts. */
static bool count_epochs(double *n_epoch, const dy_arg *args, dy_error *err)
{
    double n = args[SG_N_CYCLES].real, len = args[SG_CYCLE_LEN].real;
    double mult = args[SG_CYCLE_MULT].real;
    if (n < 1 || len < 1)
        return dy_fail(err, "%s is 0; want at least 1", n < 1 ? "n_cycles" : "cycle_len");
    if (mult == 1)
        return dy_fail(err,
                       "cycle_mult is 1, with which fastai divides by zero; want 2 or more, "
                       "or derny.cosine_restarts { lr, first } for cycles of one length");
    *n_epoch = floor(len * (pow(mult, n) - 1) / (mult - 1));
    return *n_epoch < 9e15 || dy_fail(err, "%g epochs in all; want fewer cycles", *n_epoch);
}

bool dy_make_fastai_fit_sgdr(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    dy_fastai lr;
    dy_fastai_fit f = { .start_epoch = (int64_t)args[SG_START_EPOCH].real, .lr = &lr };
    if (!dy_fastai_read_n_iter(&f.n_iter, &args[SG_N_ITER], plan->span, err) ||
        !count_epochs(&f.n_epoch, args, err))
        return false;
    int64_t n = (int64_t)args[SG_N_CYCLES].real;
    double *pcts = dy_arena_take(arena, n, sizeof *pcts, err);
    dy_fastai *cycles = pcts ? dy_arena_take(arena, n, sizeof *cycles, err) : NULL;
    for (int64_t i = 0; cycles && i < n; i++) {
        pcts[i] =
            args[SG_CYCLE_LEN].real * pow(args[SG_CYCLE_MULT].real, (double)i) / f.n_epoch;
        cycles[i] = dy_fastai_cos(args[SG_LR_MAX].real, 0);
    }
    return cycles && dy_fastai_combine(&lr, pcts, cycles, n, arena, err) &&
           dy_fastai_make_fit(plan, &f, 0, arena, err);
}

enum { LF_START_LR, LF_END_LR, LF_NUM_IT };

const dy_param DY_PARAMS_fastai_LRFinder[] = {
    POSITIVE(LF_START_LR, "start_lr", 1e-7, "the rate at the start"),
    POSITIVE(LF_END_LR, "end_lr", 10, "the rate that it makes for, one update after the last"),
    [LF_NUM_IT] = { .name = "num_it",
                    .kind = DY_ARG_COUNT,
                    .preset = 100,
                    .meaning = "the updates in all, at least 6" },
    { 0 },
};

/* Its position is not the fit's but train_iter/num_it. */
bool dy_make_fastai_LRFinder(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    dy_fastai_trace t;
    double start = args[LF_START_LR].real, end = args[LF_END_LR].real;
    double num_it = args[LF_NUM_IT].real < 6 ? 6 : args[LF_NUM_IT].real;
    dy_fastai lr = { 0 };
    dy_fastai_fit f = { .lr = &lr };
    if (!dy_fastai_trace_open(&t, plan, arena, err)) return false;
    if ((double)t.most > num_it)
        return dy_fail(err,
                       "the sweep is over after %g updates, but the run has %lld; want "
                       "num_it to be all updates of the run",
                       num_it, (long long)t.most);
    for (; t.n < t.most; t.n++) t.lr[t.n] = start * pow(end / start, (double)t.n / num_it);
    return dy_fastai_keep(plan, &t, &f, 0, arena, err);
}
