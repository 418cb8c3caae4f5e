/* recipes_one_cycle.c - the 1cycle policy, in the six forms that go by its name.
 *
 * "pytorch" is OneCycleLR to the digit while it lasts: its phases end at pct_start T - 1, a step that need not be whole, and
 * the lowest lr is that of the last update. "fastai", "optax" and "geron" have their libraries' phases, stretched so that
 * the last update reaches their end; with ends = "exclusive" they are those libraries' own. "smith" is what the policy's
 * author ran: down to nothing in the time of the rise, and a small rate for the rest, while momentum starts falling anew
 * at half the pace. "article" is the symmetric triangle of the policy's first descriptions in Keras. Where a form was
 * published without momentum, momentum mirrors its lr.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/recipes.h"

#include <math.h>

enum {
    MAX_LR,
    STYLE,
    BASE_LR,
    PCT_START,
    PCT_FINAL,
    DIV_FACTOR,
    FINAL_DIV_FACTOR,
    ANNEAL,
    THREE_PHASE,
    ENDS,
    CYCLE_MOMENTUM,
    BASE_MOMENTUM,
    MAX_MOMENTUM,
    STEPS,
    AFTER,
    MOMENTUM,
};

enum { PYTORCH, SMITH, FASTAI, OPTAX, GERON, ARTICLE };

enum { COS, LINEAR };

static const char *const STYLES[] = { "pytorch", "smith",   "fastai", "optax",
                                      "geron",   "article", NULL };
static const char *const ANNEALS[] = { "cos", "linear", NULL };

const dy_param DY_PARAMS_one_cycle[] = {
    [MAX_LR] = DY_PARAM_NEEDED("max_lr", DY_WANT_FROM_0, "the rate at the top"),
    [STYLE] = DY_PARAM_CHOICE("style", PYTORCH, STYLES, "whose form of it"),
    [BASE_LR] = DY_PARAM_REAL("base_lr", DY_WANT_FROM_0, 0,
                              "the rate at the start, in place of div_factor"),
    [PCT_START] =
        DY_PARAM_REAL("pct_start", DY_WANT_SHARE, 0.3,
                      "the share of the steps that the rise takes; in fastai 0.25, in "
                      "smith 0.45"),
    [PCT_FINAL] = DY_PARAM_REAL("pct_final", DY_WANT_SHARE, 0.85,
                                "of optax linear: the share until lr is back at its start"),
    [DIV_FACTOR] =
        DY_PARAM_REAL("div_factor", DY_WANT_POSITIVE, 25,
                      "the rate at the start is max_lr / div_factor; in smith, geron "
                      "and article 10"),
    [FINAL_DIV_FACTOR] =
        DY_PARAM_REAL("final_div_factor", DY_WANT_POSITIVE, 1e4,
                      "the last rate is that of the start / final_div_factor, in smith and "
                      "geron 1000; in fastai max_lr / 1e5"),
    [ANNEAL] = DY_PARAM_CHOICE("anneal", COS, ANNEALS,
                               "the form of rise and fall in pytorch and optax"),
    [THREE_PHASE] = DY_PARAM_BOOL(
        "three_phase", 0, "pytorch: fall as fast as the rise, then on to the last rate"),
    [ENDS] = DY_PARAM_ENDS("the last rate"),
    [CYCLE_MOMENTUM] =
        DY_PARAM_BOOL("cycle_momentum", 1, "momentum moves too, low where lr is high"),
    [BASE_MOMENTUM] =
        DY_PARAM_REAL("base_momentum", DY_WANT_MOMENTUM, 0.85, "momentum at the top"),
    [MAX_MOMENTUM] =
        DY_PARAM_REAL("max_momentum", DY_WANT_MOMENTUM, 0.95, "momentum at both ends"),
    [STEPS] = DY_PARAM_STEPS,
    [AFTER] = DY_PARAM_AFTER,
    [MOMENTUM] = DY_PARAM_MOMENTUM,
    { 0 },
};

/* What lr or momentum is at the start, the top and the end. */
typedef struct levels {
    double start, top, end;
} levels;

enum { MARKS_MAX = 5 };

/* Where a curve is to be when: so much of the way from `start` to `top`, or at `end`. */
typedef struct mark {
    double step, part;
    bool at_end;
} mark;

typedef struct shape {
    mark marks[MARKS_MAX];
    int n;
    dy_ease ease;
} shape;

/* A cycle as asked for: `end` is the step its last rate is reached at, `steps` how many updates it has. */
typedef struct cycle {
    const dy_arg *args;
    double pct_start, end, steps;
    levels lr, momentum;
} cycle;

static void mark_part(shape *s, double step, double part)
{
    s->marks[s->n++] = (mark){ .step = step, .part = part };
}

static void mark_end(shape *s, double step)
{
    s->marks[s->n++] = (mark){ .step = step, .at_end = true };
}

static dy_ease anneal(const dy_arg *args)
{
    return (dy_ease){ .kind = args[ANNEAL].real == LINEAR ? DY_EASE_LINEAR : DY_EASE_COSINE };
}

/* A phase that would end before the first update never begins: the one after it is under way by then. With one update a
 * phase long (pct_start T = 1) the first update is the top. */
static void shape_pytorch(const cycle *c, shape *lr, shape *momentum)
{
    double steps = c->end + 1, top = c->pct_start * steps - 1;
    bool three = c->args[THREE_PHASE].real != 0;
    lr->ease = anneal(c->args);
    if (top > 0) mark_part(lr, 0, 0);
    if (top >= 0 || !three) mark_part(lr, top, 1);
    if (three && top != 0) mark_part(lr, 2 * c->pct_start * steps - 2, 0);
    mark_end(lr, c->end);
    *momentum = *lr;
}

static void shape_fastai(const cycle *c, shape *lr, shape *momentum)
{
    lr->ease = (dy_ease){ .kind = DY_EASE_COSINE };
    if (c->end > 0) mark_part(lr, 0, 0);
    if (c->end > 0) mark_part(lr, c->pct_start * c->end, 1);
    mark_end(lr, c->end);
    *momentum = *lr;
}

/* Its phases end at whole steps, rounded down. */
static void shape_optax(const cycle *c, shape *lr, shape *momentum)
{
    double top = trunc(c->pct_start * c->end), back = trunc(c->args[PCT_FINAL].real * c->end);
    lr->ease = anneal(c->args);
    if (top > 0) mark_part(lr, 0, 0);
    if (c->end > 0) mark_part(lr, top, 1);
    if (back > top && lr->ease.kind == DY_EASE_LINEAR) mark_part(lr, back, 0);
    mark_end(lr, c->end);
    *momentum = *lr;
}

/* A tenth of the updates and one more are for the last phase; what the others have in halves is rounded down. */
static void shape_geron(const cycle *c, shape *lr, shape *momentum)
{
    double half = floor((c->end - floor(c->end / 10) - 1) / 2);
    lr->ease = (dy_ease){ .kind = DY_EASE_LINEAR };
    if (c->end > 0) mark_part(lr, 0, 0);
    if (half > 0) mark_part(lr, half, 1);
    if (half > 0) mark_part(lr, 2 * half, 0);
    mark_end(lr, c->end);
    *momentum = *lr;
}

/* Down towards 0 at 2 s, but no lower than its end. */
static void shape_smith(const cycle *c, shape *lr, shape *momentum)
{
    double s = fmax(round(c->pct_start * c->steps), 1), last = fmin(c->steps - 1, 4 * s);
    dy_ease line = { .kind = DY_EASE_LINEAR };
    lr->ease = momentum->ease = line;
    mark_part(lr, 0, 0);
    mark_part(lr, s, 1);
    if (c->lr.top > c->lr.end) mark_end(lr, s + s * (1 - c->lr.end / c->lr.top));
    mark_part(momentum, 0, 0);
    mark_part(momentum, s, 1);
    mark_part(momentum, 2 * s, 0);
    if (last > 2 * s) mark_part(momentum, last, (last - 2 * s) / (2 * s));
}

/* The triangle's second side would be back at 2 h: with an even number of updates, one too late. */
static void shape_article(const cycle *c, shape *lr, shape *momentum)
{
    double half = floor(c->steps / 2), last = c->steps - 1;
    lr->ease = (dy_ease){ .kind = DY_EASE_LINEAR };
    if (half > 0) mark_part(lr, 0, 0);
    mark_part(lr, half, 1);
    if (last > half) mark_part(lr, last, 1 - (last - half) / half);
    *momentum = *lr;
}

/* What a style presets, what it has a use for, and the form. */
static const struct {
    double pct_start, div, final_div;
    bool of_max; /* the last rate is a part of max_lr */
    int takes[6];
    void (*shape)(const cycle *c, shape *lr, shape *momentum);
} FORMS[] = {
    [PYTORCH] = { 0.3,
                  25,
                  1e4,
                  false,
                  { PCT_START, FINAL_DIV_FACTOR, ANNEAL, THREE_PHASE, ENDS },
                  shape_pytorch },
    [SMITH] = { 0.45, 10, 1e3, false, { PCT_START, FINAL_DIV_FACTOR }, shape_smith },
    [FASTAI] = { 0.25, 25, 1e5, true, { PCT_START, FINAL_DIV_FACTOR, ENDS }, shape_fastai },
    [OPTAX] = { 0.3,
                25,
                1e4,
                false,
                { PCT_START, PCT_FINAL, FINAL_DIV_FACTOR, ANNEAL, ENDS },
                shape_optax },
    [GERON] = { 0, 10, 1e3, false, { FINAL_DIV_FACTOR, ENDS }, shape_geron },
    [ARTICLE] = { 0, 10, 1, false, { 0 }, shape_article },
};

static bool check_style(const dy_arg *args, int style, dy_error *err)
{
    static const int some[] = { PCT_START, PCT_FINAL,   FINAL_DIV_FACTOR,
                                ANNEAL,    THREE_PHASE, ENDS };
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        bool taken = false;
        for (int k = 0; FORMS[style].takes[k]; k++) taken |= FORMS[style].takes[k] == some[i];
        if (args[some[i]].given && !taken)
            return dy_fail(err, "%s is not for style \"%s\"", DY_PARAMS_one_cycle[some[i]].name,
                           STYLES[style]);
    }
    if (args[PCT_FINAL].given && args[ANNEAL].real != LINEAR)
        return dy_fail(err, "pct_final is only for anneal = \"linear\"");
    return true;
}

static bool check_momentum(const dy_arg *args, dy_error *err)
{
    static const int own[] = { CYCLE_MOMENTUM, BASE_MOMENTUM, MAX_MOMENTUM };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (args[MOMENTUM].given && args[own[i]].given && args[own[i]].real != 0)
            return dy_fail(err, "both momentum and %s given; want at most one",
                           DY_PARAMS_one_cycle[own[i]].name);
    return true;
}

static bool check_shares(const dy_arg *args, double pct_start, dy_error *err)
{
    if (args[THREE_PHASE].real != 0 && pct_start > 0.5)
        return dy_fail(err, "pct_start is %g; want at most 0.5 with three_phase", pct_start);
    bool optax_linear = args[STYLE].real == OPTAX && args[ANNEAL].real == LINEAR;
    if (optax_linear && args[PCT_FINAL].real <= pct_start)
        return dy_fail(err, "pct_final is %g; want more than pct_start (%g)",
                       args[PCT_FINAL].real, pct_start);
    return true;
}

static bool check(const dy_arg *args, dy_error *err)
{
    int style = (int)args[STYLE].real;
    if (args[BASE_LR].given && args[DIV_FACTOR].given)
        return dy_fail(err, "both base_lr and div_factor given; want at most one");
    if (args[BASE_LR].real > args[MAX_LR].real)
        return dy_fail(err, "base_lr is %g; want at most max_lr (%g)", args[BASE_LR].real,
                       args[MAX_LR].real);
    double pct = args[PCT_START].given ? args[PCT_START].real : FORMS[style].pct_start;
    return check_style(args, style, err) && check_momentum(args, err) &&
           check_shares(args, pct, err);
}

static double or_preset(const dy_arg *arg, double preset)
{
    return arg->given ? arg->real : preset;
}

static cycle cycle_of(const dy_arg *args, const dy_plan *plan)
{
    int style = (int)args[STYLE].real;
    double top = args[MAX_LR].real, most = args[MAX_MOMENTUM].real;
    double start =
        or_preset(&args[BASE_LR], top / or_preset(&args[DIV_FACTOR], FORMS[style].div));
    double last = FORMS[style].of_max ? top : start;
    last /= or_preset(&args[FINAL_DIV_FACTOR], FORMS[style].final_div);
    return (cycle){ .args = args,
                    .pct_start = or_preset(&args[PCT_START], FORMS[style].pct_start),
                    .end = dy_arg_end(&args[ENDS], plan),
                    .steps = (double)plan->span.steps,
                    .lr = { start, top, last },
                    .momentum = { most, args[BASE_MOMENTUM].real, most } };
}

/* A shape that is under way at the first update is held before it, like any schedule. */
static bool follow(dy_curve *curve, dy_arena *arena, const shape *s, levels level,
                   dy_error *err)
{
    dy_key keys[MARKS_MAX];
    for (int i = 0; i < s->n; i++) {
        const mark *m = &s->marks[i];
        double value =
            m->at_end ? level.end : level.start + (level.top - level.start) * m->part;
        if (m->part == 1) value = level.top;
        keys[i] = (dy_key){ m->step, value, s->ease };
    }
    return dy_curve_keys(curve, arena, keys, s->n, err) &&
           (s->marks[0].step >= 0 ||
            dy_curve_map(curve, arena, DY_NODE_WITHIN, curve, 0, DY_CURVE_MOST, err));
}

bool dy_make_one_cycle(dy_plan *plan, dy_arena *arena, const dy_arg *args, dy_error *err)
{
    if (!check(args, err)) return false;
    shape lr = { .n = 0 }, momentum = { .n = 0 };
    cycle c = cycle_of(args, plan);
    FORMS[(int)args[STYLE].real].shape(&c, &lr, &momentum);
    if (!follow(&plan->lr, arena, &lr, c.lr, err)) return false;
    return args[CYCLE_MOMENTUM].real == 0 || args[MOMENTUM].given ||
           follow(&plan->momentum, arena, &momentum, c.momentum, err);
}
