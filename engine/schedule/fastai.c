/* fastai.c - fastai's annealers, and what combines them.   SPDX-License-Identifier: MIT */
#include "schedule/fastai.h"

#include "base/text.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

#define START_AND_END                                                                          \
    { .name = "start", .kind = DY_ARG_REAL, .required = true, .meaning = "the value at 0" },   \
    {                                                                                          \
        .name = "end", .kind = DY_ARG_REAL, .required = true, .meaning = "the value at 1"      \
    }

enum { START, END, POWER };

static bool lin_at(const dy_fastai *s, double pos, double *value, dy_error *err)
{
    (void)err;
    *value = s->start + pos * (s->end - s->start);
    return true;
}

static bool cos_at(const dy_fastai *s, double pos, double *value, dy_error *err)
{
    (void)err;
    *value = s->start + (1 + cos(PI * (1 - pos))) * (s->end - s->start) / 2;
    return true;
}

static bool no_at(const dy_fastai *s, double pos, double *value, dy_error *err)
{
    (void)pos, (void)err;
    *value = s->start;
    return true;
}

static bool exp_at(const dy_fastai *s, double pos, double *value, dy_error *err)
{
    (void)err;
    *value = s->start * pow(s->end / s->start, pos);
    return true;
}

static bool poly_at(const dy_fastai *s, double pos, double *value, dy_error *err)
{
    if (pos == 0 && s->power < 0)
        return dy_fail(err,
                       "0 to the power %g is a division by zero in fastai; want a power of "
                       "at least 0, or fastai.SchedExp",
                       s->power);
    *value = s->start + (s->end - s->start) * pow(pos, s->power);
    return true;
}

static dy_fastai annealer(dy_fastai_at *at, const dy_arg *args)
{
    return (dy_fastai){ .at = at, .start = args[START].real, .end = args[END].real };
}

dy_fastai dy_fastai_cos(double start, double end)
{
    return (dy_fastai){ .at = cos_at, .start = start, .end = end };
}

const dy_param DY_PARAMS_fastai_SchedLin[] = { START_AND_END, { 0 } };
const dy_param DY_PARAMS_fastai_SchedCos[] = { START_AND_END, { 0 } };
const dy_param DY_PARAMS_fastai_SchedNo[] = { START_AND_END, { 0 } };
const dy_param DY_PARAMS_fastai_SchedExp[] = { START_AND_END, { 0 } };
const dy_param DY_PARAMS_fastai_SchedPoly[] = {
    START_AND_END,
    { .name = "power",
      .kind = DY_ARG_REAL,
      .required = true,
      .meaning = "the power of the position" },
    { 0 },
};

#define ANNEALER(name, how)                                                                    \
    static bool name##_open(dy_fastai *s, const dy_arg *args, int depth, dy_arena *arena,      \
                            dy_error *err)                                                     \
    {                                                                                          \
        (void)depth, (void)arena, (void)err;                                                   \
        *s = annealer((how), args);                                                            \
        return true;                                                                           \
    }

ANNEALER(lin, lin_at)
ANNEALER(cos, cos_at)
ANNEALER(no, no_at)

static bool exp_open(dy_fastai *s, const dy_arg *args, int depth, dy_arena *arena,
                     dy_error *err)
{
    (void)depth, (void)arena;
    *s = annealer(exp_at, args);
    if (s->start == 0)
        return dy_fail(err, "start is 0, which fastai divides by; want it other than 0");
    if (s->end / s->start < 0)
        return dy_fail(
            err,
            "from %g to %g, through zero, fastai gives complex numbers; want both of "
            "one sign",
            s->start, s->end);
    return true;
}

static bool poly_open(dy_fastai *s, const dy_arg *args, int depth, dy_arena *arena,
                      dy_error *err)
{
    (void)depth, (void)arena, (void)err;
    *s = annealer(poly_at, args);
    s->power = args[POWER].real;
    return true;
}

const dy_fastai_class DY_FASTAI_SchedLin = { lin_open }, DY_FASTAI_SchedCos = { cos_open },
                      DY_FASTAI_SchedNo = { no_open }, DY_FASTAI_SchedExp = { exp_open },
                      DY_FASTAI_SchedPoly = { poly_open };

/* Limits and positions are in single precision, as the tensor that fastai keeps them in. */
static bool combined_at(const dy_fastai *s, double pos, double *value, dy_error *err)
{
    float at = (float)pos;
    int64_t i = s->n - 1;
    while (i > 0 && at < s->limits[i]) i--;
    float in = (at - s->limits[i]) / (s->limits[i + 1] - s->limits[i]);
    return s->parts[i].at(&s->parts[i], (double)in, value, err);
}

/* The assertion sum(pcts) == 1., made by adding one after another. */
static bool check_sum(const double *pcts, int64_t n, dy_error *err)
{
    double sum = 0;
    char text[32];
    for (int64_t i = 0; i < n; i++) sum += pcts[i];
    if (sum == 1) return true;
    return dy_fail(err,
                   "pcts add up to %s, and fastai wants exactly 1, rounding and all; want the "
                   "last one as 1 - the others, { 0.7, 0.2, 1 - 0.7 - 0.2 }",
                   dy_format_real(text, sizeof text, sum));
}

bool dy_fastai_combine(dy_fastai *s, const double *pcts, dy_fastai *parts, int64_t n,
                       dy_arena *arena, dy_error *err)
{
    float *limits =
        check_sum(pcts, n, err) ? dy_arena_take(arena, n + 1, sizeof *limits, err) : NULL;
    if (!limits) return false;
    double sum = 0; /* torch.cumsum adds in double precision */
    for (int64_t i = 0; i < n; i++) {
        if (pcts[i] < 0)
            return dy_fail(err, "pcts[%lld] is %g; fastai wants parts of at least 0",
                           (long long)i + 1, pcts[i]);
        sum += (double)(float)pcts[i];
        limits[i + 1] = (float)sum;
    }
    *s = (dy_fastai){ .at = combined_at, .limits = limits, .parts = parts, .n = n };
    return true;
}

bool dy_fastai_combined_cos(dy_fastai *s, double pct, double start, double middle, double end,
                            dy_arena *arena, dy_error *err)
{
    double pcts[] = { pct, 1 - pct };
    dy_fastai *parts = dy_arena_take(arena, 2, sizeof *parts, err);
    if (!parts) return false;
    parts[0] = dy_fastai_cos(start, middle);
    parts[1] = dy_fastai_cos(middle, end);
    return dy_fastai_combine(s, pcts, parts, 2, arena, err);
}

enum { PCTS, SCHEDS };

const dy_param DY_PARAMS_fastai_combine_scheds[] = {
    [PCTS] = { .name = "pcts",
               .kind = DY_ARG_REALS,
               .required = true,
               .meaning = "how much of the fit each has; together exactly 1" },
    [SCHEDS] = { .name = "scheds",
                 .kind = DY_ARG_SCHEDULES,
                 .required = true,
                 .meaning = "schedules of derny.fastai, or functions" },
    { 0 },
};

static bool combine_open(dy_fastai *s, const dy_arg *args, int depth, dy_arena *arena,
                         dy_error *err)
{
    const dy_arg *pcts = &args[PCTS], *scheds = &args[SCHEDS];
    if (scheds->n < pcts->n)
        return dy_fail(err, "%lld scheds for %lld pcts; want one for each",
                       (long long)scheds->n, (long long)pcts->n);
    dy_fastai *parts = dy_arena_take(arena, scheds->n, sizeof *parts, err);
    for (int64_t i = 0; parts && i < scheds->n; i++)
        if (!dy_fastai_open(&parts[i], scheds->specs[i], depth, arena, err))
            return dy_fail_in(err, "scheds[%lld]", (long long)i + 1);
    return parts && dy_fastai_combine(s, pcts->reals, parts, pcts->n, arena, err);
}

const dy_fastai_class DY_FASTAI_combine_scheds = { combine_open };

enum { COS_PCT, COS_START, COS_MIDDLE, COS_END };

const dy_param DY_PARAMS_fastai_combined_cos[] = {
    [COS_PCT] = { .name = "pct",
                  .kind = DY_ARG_REAL,
                  .required = true,
                  .want = DY_WANT_PART,
                  .meaning = "where the middle is" },
    [COS_START] = { .name = "start",
                    .kind = DY_ARG_REAL,
                    .required = true,
                    .meaning = "the value at 0" },
    [COS_MIDDLE] = { .name = "middle",
                     .kind = DY_ARG_REAL,
                     .required = true,
                     .meaning = "the value at pct" },
    [COS_END] = { .name = "end",
                  .kind = DY_ARG_REAL,
                  .required = true,
                  .meaning = "the value at 1" },
    { 0 },
};

static bool combined_cos_open(dy_fastai *s, const dy_arg *args, int depth, dy_arena *arena,
                              dy_error *err)
{
    (void)depth;
    return dy_fastai_combined_cos(s, args[COS_PCT].real, args[COS_START].real,
                                  args[COS_MIDDLE].real, args[COS_END].real, arena, err);
}

const dy_fastai_class DY_FASTAI_combined_cos = { combined_cos_open };

/* A script's function sees the position as t.progress. */
static bool function_at(const dy_fastai *s, double pos, double *value, dy_error *err)
{
    dy_moment now = { .steps = 1, .progress = pos };
    dy_pace pace = { NAN, NAN };
    if (!s->function->call(s->function->self, &now, &pace, err)) return false;
    *value = pace.lr;
    return true;
}

bool dy_fastai_open(dy_fastai *s, const dy_spec *spec, int depth, dy_arena *arena,
                    dy_error *err)
{
    dy_arg args[DY_PARAMS_MAX] = { 0 };
    if (!spec->recipe) {
        *s = (dy_fastai){ .at = function_at, .function = spec };
        return true;
    }
    if (spec->recipe->make != dy_make_fastai)
        return dy_fail(err,
                       "%s is no schedule that fastai could call with a position; want one of "
                       "derny.fastai's, SchedLin to combined_cos, or a function of t.progress",
                       spec->recipe->name);
    const dy_fastai_class *class = spec->recipe->stepper;
    bool opened =
        depth < DY_SPEC_DEPTH
            ? dy_spec_complete(spec, args, err) && class->open(s, args, depth + 1, arena, err)
            : dy_fail(err, "schedules lie more than %d deep within each other", DY_SPEC_DEPTH);
    return opened || dy_fail_in(err, "%s", spec->recipe->name);
}

#define FASTAI "fastai.callback.schedule of fastai 2.8"

const dy_recipe DY_RECIPES_FASTAI[] = {
    { "fastai.SchedLin", "a straight line", "start + u (end - start); u: t/T", FASTAI,
      DY_PARAMS_fastai_SchedLin, dy_make_fastai, &DY_FASTAI_SchedLin },
    { "fastai.SchedCos", "half a cosine",
      "start + (1 + cos(pi (1 - u))) (end - start) / 2; u: t/T", FASTAI,
      DY_PARAMS_fastai_SchedCos, dy_make_fastai, &DY_FASTAI_SchedCos },
    { "fastai.SchedNo", "the same value throughout", "start", FASTAI, DY_PARAMS_fastai_SchedNo,
      dy_make_fastai, &DY_FASTAI_SchedNo },
    { "fastai.SchedExp", "equal factors in equal times", "start (end/start)^u; u: t/T", FASTAI,
      DY_PARAMS_fastai_SchedExp, dy_make_fastai, &DY_FASTAI_SchedExp },
    { "fastai.SchedPoly", "a power of the position", "start + (end - start) u^power; u: t/T",
      FASTAI, DY_PARAMS_fastai_SchedPoly, dy_make_fastai, &DY_FASTAI_SchedPoly },
    { "fastai.combine_scheds", "schedules one after another, each over its part",
      "scheds[i]((u - b[i]) / pcts[i]) from b[i] on; u: t/T; b: the sums of pcts before",
      FASTAI, DY_PARAMS_fastai_combine_scheds, dy_make_fastai, &DY_FASTAI_combine_scheds },
    { "fastai.combined_cos", "two half cosines, by way of a middle",
      "SchedCos(start, middle) up to pct, then SchedCos(middle, end)", FASTAI,
      DY_PARAMS_fastai_combined_cos, dy_make_fastai, &DY_FASTAI_combined_cos },
    { "fastai.ParamScheduler", "lr and momentum by a schedule each, over a fit",
      "scheds.lr(u), scheds.mom(u); u: epoch/n_epoch at each epoch's start, then 1/(n_iter "
      "n_epoch) more with each update",
      FASTAI, DY_PARAMS_fastai_ParamScheduler, dy_make_fastai_ParamScheduler, NULL },
    { "fastai.fit_one_cycle", "a cosine up and one down, momentum the other way",
      "combined_cos(pct_start, lr_max/div, lr_max, lr_max/div_final)", FASTAI,
      DY_PARAMS_fastai_fit_one_cycle, dy_make_fastai_fit_one_cycle, NULL },
    { "fastai.fit_flat_cos", "flat, then a cosine down",
      "combined_cos(pct_start, lr, lr, lr/div_final)", FASTAI, DY_PARAMS_fastai_fit_flat_cos,
      dy_make_fastai_fit_flat_cos, NULL },
    { "fastai.fit_sgdr", "cosines one after another, each longer than the one before",
      "SchedCos(lr_max, 0) over cycle_len cycle_mult^i epochs", FASTAI,
      DY_PARAMS_fastai_fit_sgdr, dy_make_fastai_fit_sgdr, NULL },
    { "fastai.fine_tune",
      "two one cycles: the head alone, then the whole model at half the rate",
      "fit_one_cycle(freeze_epochs, base_lr, pct_start=0.99), then fit_one_cycle(epochs, "
      "base_lr/2, div, pct_start)",
      FASTAI, DY_PARAMS_fastai_fine_tune, dy_make_fastai_fine_tune, NULL },
    { "fastai.LRFinder", "the rates of lr_find's sweep",
      "start_lr (end_lr/start_lr)^(t/num_it)", FASTAI, DY_PARAMS_fastai_LRFinder,
      dy_make_fastai_LRFinder, NULL },
    { "fastai.ReduceLROnPlateau", "lower lr when a metric stops improving",
      "lr / factor^(times patience observations in a row were no better)",
      "fastai.callback.tracker of fastai 2.8", DY_PARAMS_fastai_ReduceLROnPlateau,
      dy_make_fastai_ReduceLROnPlateau, NULL },
    { 0 },
};
