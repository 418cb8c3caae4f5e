/* optax_piecewise.c - optax' schedules by boundaries and scales, its one cycles among them.   SPDX-License-Identifier: MIT */
#include "schedule/optax.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

/* Knots from `init` at 0 on, by the scales; boundaries rise, but may begin before 0. */
static bool lay_knots(dy_optax *s, double init, const dy_pair *scales, int64_t n,
                      dy_arena *arena, dy_error *err)
{
    dy_pair *knots = dy_arena_take(arena, n + 1, sizeof *knots, err);
    if (!knots) return false;
    knots[0] = (dy_pair){ 0, init };
    for (int64_t i = 0; i < n; i++) {
        if (!(scales[i].y >= 0))
            return dy_fail(err, "the scale at %g is %g; optax wants scales of at least 0",
                           scales[i].x, scales[i].y);
        knots[i + 1] = (dy_pair){ scales[i].x, knots[i].y * scales[i].y };
    }
    s->knots = knots;
    s->n_knots = n + 1;
    return true;
}

/* The last boundary at or before the count; the first knot where there is none. */
static const dy_pair *last_knot(const dy_optax *s, double count)
{
    const dy_pair *at = s->knots;
    int64_t n = s->n_knots;
    while (n > 1) {
        int64_t half = n / 2;
        if (at[half].x <= count) at += half;
        n -= half;
    }
    return at;
}

#define BOUNDARIES_AND_SCALES(index)                                                           \
    [index] = { .name = "boundaries_and_scales",                                               \
                .kind = DY_ARG_MAP,                                                            \
                .may_be_empty = true,                                                          \
                .meaning = "what the value is multiplied by at each boundary" }

enum { PC_INIT, PC_SCALES };

const dy_param DY_PARAMS_optax_piecewise_constant_schedule[] = {
    DY_OPTAX_REAL(PC_INIT, "init_value", true, 0, "the value at the start"),
    BOUNDARIES_AND_SCALES(PC_SCALES),
    { 0 },
};

static bool constant_open(dy_optax *s, dy_arena *arena, dy_error *err)
{
    const dy_arg *scales = &s->args[PC_SCALES];
    return lay_knots(s, s->args[PC_INIT].real, scales->pairs, scales->n, arena, err);
}

static double constant_at(const dy_optax *s, double count)
{
    return last_knot(s, count)->y;
}

const dy_optax_class DY_OPTAX_piecewise_constant_schedule = { .open = constant_open,
                                                              .at = constant_at };

typedef double between_fn(double from, double to, double pct);

static double line(double from, double to, double pct)
{
    return (to - from) * pct + from;
}

static double half_cosine(double from, double to, double pct)
{
    return to + (from - to) / 2 * (cos(PI * pct) + 1);
}

/* Where two boundaries are less than a step apart, the way between them is still a step long. */
static double interpolate(const dy_optax *s, between_fn *between, double count)
{
    const dy_pair *from = last_knot(s, count), *to = from + 1;
    if (from == &s->knots[s->n_knots - 1]) return from->y;
    double length = to->x - from->x > 1 ? to->x - from->x : 1;
    return between(from->y, to->y, (count - from->x) / length);
}

static const char *const TYPES[] = { "linear", "cosine", NULL };
static between_fn *const BETWEEN[] = { line, half_cosine };

enum { PI_TYPE, PI_INIT, PI_SCALES };

const dy_param DY_PARAMS_optax_piecewise_interpolate_schedule[] = {
    [PI_TYPE] = { .name = "interpolate_type",
                  .kind = DY_ARG_CHOICE,
                  .required = true,
                  .choices = TYPES,
                  .meaning = "the form of the way between two values" },
    DY_OPTAX_REAL(PI_INIT, "init_value", true, 0, "the value at the start"),
    BOUNDARIES_AND_SCALES(PI_SCALES),
    { 0 },
};

static bool interpolate_open(dy_optax *s, dy_arena *arena, dy_error *err)
{
    const dy_arg *scales = &s->args[PI_SCALES];
    return lay_knots(s, s->args[PI_INIT].real, scales->pairs, scales->n, arena, err);
}

static double interpolate_at(const dy_optax *s, double count)
{
    return interpolate(s, BETWEEN[(int)s->args[PI_TYPE].real], count);
}

const dy_optax_class DY_OPTAX_piecewise_interpolate_schedule = { .open = interpolate_open,
                                                                 .at = interpolate_at };

static double line_at(const dy_optax *s, double count)
{
    return interpolate(s, line, count);
}

static double half_cosine_at(const dy_optax *s, double count)
{
    return interpolate(s, half_cosine, count);
}

/* The dictionary that a one cycle fills: of two scales at one boundary the later one counts. Kept in order. */
static int64_t put(dy_pair *scales, int64_t n, double at, double scale)
{
    int64_t i = n;
    while (i > 0 && scales[i - 1].x >= at) i--;
    if (i < n && scales[i].x == at) {
        scales[i].y = scale;
        return n;
    }
    for (int64_t k = n; k > i; k--) scales[k] = scales[k - 1];
    scales[i] = (dy_pair){ at, scale };
    return n + 1;
}

static bool check_cycle(double steps, double div, double final_div, dy_error *err)
{
    if (steps <= 0)
        return dy_fail(err, "transition_steps is %g; optax wants it positive", steps);
    if (div == 0 || final_div == 0)
        return dy_fail(err, "%s is 0, which optax divides by; want more than 0",
                       div == 0 ? "div_factor" : "final_div_factor");
    return true;
}

#define CYCLE_STEPS     "the steps in all; the end is reached one update after them"
#define CYCLE_START     "where the top is, as a part of transition_steps, rounded down to a step"
#define CYCLE_DIV       "the start is peak_value divided by it"
#define CYCLE_FINAL_DIV "the end is the start divided by it"

enum { LC_STEPS, LC_PEAK, LC_START, LC_FINAL, LC_DIV, LC_FINAL_DIV };

const dy_param DY_PARAMS_optax_linear_onecycle_schedule[] = {
    DY_OPTAX_REAL(LC_STEPS, "transition_steps", true, 0, CYCLE_STEPS),
    DY_OPTAX_REAL(LC_PEAK, "peak_value", true, 0, "the value at the top"),
    DY_OPTAX_REAL(LC_START, "pct_start", false, 0.3, CYCLE_START),
    DY_OPTAX_REAL(LC_FINAL, "pct_final", false, 0.85,
                  "where it is down to the start again, in the same way"),
    DY_OPTAX_REAL(LC_DIV, "div_factor", false, 25, CYCLE_DIV),
    DY_OPTAX_REAL(LC_FINAL_DIV, "final_div_factor", false, 1e4, CYCLE_FINAL_DIV),
    { 0 },
};

static bool linear_cycle_open(dy_optax *s, dy_arena *arena, dy_error *err)
{
    const dy_arg *a = s->args;
    double steps = a[LC_STEPS].real, div = a[LC_DIV].real, final_div = a[LC_FINAL_DIV].real;
    dy_pair scales[3];
    if (!check_cycle(steps, div, final_div, err)) return false;
    int64_t n = put(scales, 0, trunc(a[LC_START].real * steps), div);
    n = put(scales, n, trunc(a[LC_FINAL].real * steps), 1 / div);
    n = put(scales, n, steps, 1 / final_div);
    return lay_knots(s, a[LC_PEAK].real / div, scales, n, arena, err);
}

const dy_optax_class DY_OPTAX_linear_onecycle_schedule = { .open = linear_cycle_open,
                                                           .at = line_at };

enum { CC_STEPS, CC_PEAK, CC_START, CC_DIV, CC_FINAL_DIV };

const dy_param DY_PARAMS_optax_cosine_onecycle_schedule[] = {
    DY_OPTAX_REAL(CC_STEPS, "transition_steps", true, 0, CYCLE_STEPS),
    DY_OPTAX_REAL(CC_PEAK, "peak_value", true, 0, "the value at the top"),
    DY_OPTAX_REAL(CC_START, "pct_start", false, 0.3, CYCLE_START),
    DY_OPTAX_REAL(CC_DIV, "div_factor", false, 25, CYCLE_DIV),
    DY_OPTAX_REAL(CC_FINAL_DIV, "final_div_factor", false, 1e4, CYCLE_FINAL_DIV),
    { 0 },
};

static bool cosine_cycle_open(dy_optax *s, dy_arena *arena, dy_error *err)
{
    const dy_arg *a = s->args;
    double steps = a[CC_STEPS].real, div = a[CC_DIV].real, final_div = a[CC_FINAL_DIV].real;
    dy_pair scales[2];
    if (!check_cycle(steps, div, final_div, err)) return false;
    int64_t n = put(scales, 0, trunc(a[CC_START].real * steps), div);
    n = put(scales, n, trunc(steps), 1 / (div * final_div));
    return lay_knots(s, a[CC_PEAK].real / div, scales, n, arena, err);
}

const dy_optax_class DY_OPTAX_cosine_onecycle_schedule = { .open = cosine_cycle_open,
                                                           .at = half_cosine_at };
