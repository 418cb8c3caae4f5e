/* laws.c - what holds for every schedule, over thousands of random arguments.
 *
 * SPDX-License-Identifier: MIT */
#include "base/rng.h"
#include "spec_text.h"

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <string.h>

enum { ROUNDS = 2000, TRIED = 24 };

/* What stands for $L, $H, $S, $C and $P in the line of a law, and the run. */
typedef struct draw {
    double low, high; /* rates, 0 < low <= high */
    double share;     /* more than 0, less than 1 */
    double count;     /* a whole number, 1 to 300 */
    double power;     /* more than 0 */
    int64_t steps, epoch_steps;
} draw;

typedef enum ending { HOLDS, GOES_ON } ending;

static const struct {
    const char *form;
    ending ending;
    bool reaches_low; /* on the last update */
    bool falls;       /* never rises */
    bool within;      /* low <= lr <= high */
} LAWS[] = {
    { "constant lr=$L", HOLDS, true, true, true },
    { "curve keys=0:$H,100%:$L:poly:$P", HOLDS, true, true, true },
    { "piecewise boundaries=$C values=$H,$L", GOES_ON, false, true, true },
    { "linear lr=$H final_lr=$L", HOLDS, true, true, true },
    { "cosine lr=$H final_lr=$L", HOLDS, true, true, true },
    { "cosine lr=$H final_lr=$L steps=$C", GOES_ON, false, true, true },
    { "polynomial lr=$H final_lr=$L power=$P", HOLDS, true, true, true },
    { "geometric lr=$H final_lr=$L", HOLDS, true, true, true },
    { "exponential lr=$H gamma=$S per=$C", GOES_ON, false, true, false },
    { "exponential lr=$H k=$P per=1_epoch", GOES_ON, false, true, false },
    { "exponential lr=$H gamma=$P per=$C", GOES_ON, false, false, false },
    { "step lr=$H gamma=$S every=$C", GOES_ON, false, true, false },
    { "multi_step lr=$H gamma=$S milestones=$C", GOES_ON, false, true, false },
    { "cyclical base_lr=$L max_lr=$H step_up=$C cycle_momentum=true", GOES_ON, false, false,
      true },
    { "cyclical base_lr=$L max_lr=$H step_up=$C step_down=$P mode=triangular2 "
      "cycle_momentum=true base_momentum=0.1",
      GOES_ON, false, false, true },
    { "cyclical base_lr=$L max_lr=$H step_up=$C mode=exp_range gamma=$S "
      "cycle_momentum=true base_momentum=0",
      GOES_ON, false, false, true },
    { "cosine_restarts lr=$H final_lr=$L first=$C", GOES_ON, false, false, true },
    { "cosine_restarts lr=$H final_lr=$L first=$C mult=2 decay=$S", GOES_ON, false, false,
      true },
    { "cosine_restarts lr=$H final_lr=$L first=$C mult=1.5", GOES_ON, false, false, true },
    { "one_cycle max_lr=$H pct_start=$S div_factor=$C", HOLDS, false, false, false },
    { "one_cycle max_lr=$H base_lr=$L final_div_factor=1 anneal=linear", HOLDS, true, false,
      true },
    { "one_cycle max_lr=$H style=article base_lr=$L", HOLDS, false, false, true },
    { "one_cycle max_lr=$H three_phase=true", HOLDS, false, false, false },
    { "warm_up length=$C schedule=(linear lr=$H)", GOES_ON, false, false, false },
    { "warm_up length=10% start_factor=$S schedule=(one_cycle max_lr=$H)", GOES_ON, false,
      false, false },
    { "sequence at=40% schedules=(cosine lr=$H),(one_cycle max_lr=$L)", HOLDS, false, false,
      false },
    { "plateau schedule=(geometric lr=$H final_lr=$L)", HOLDS, true, true, true },
    { "optax.linear_schedule init_value=$H end_value=$L transition_steps=$C", HOLDS, false,
      true, true },
    { "optax.polynomial_schedule init_value=$L end_value=$H power=$P transition_steps=$C "
      "transition_begin=$C",
      HOLDS, false, false, true },
    { "optax.exponential_decay init_value=$H transition_steps=$C decay_rate=$S end_value=$L",
      HOLDS, false, false, true },
    { "optax.cosine_decay_schedule init_value=$H decay_steps=$C exponent=$P", HOLDS, false,
      false, false },
    { "optax.piecewise_interpolate_schedule interpolate_type=cosine init_value=$H "
      "boundaries_and_scales=$C:$S",
      HOLDS, false, false, false },
    { "optax.cosine_onecycle_schedule transition_steps=$C peak_value=$H pct_start=$S", HOLDS,
      false, false, false },
    { "optax.linear_onecycle_schedule transition_steps=$C peak_value=$H pct_start=$S", HOLDS,
      false, false, false },
    { "optax.warmup_cosine_decay_schedule init_value=$L peak_value=$H warmup_steps=$C "
      "decay_steps=301 end_value=$L",
      HOLDS, false, false, true },
    { "optax.join_schedules boundaries=$C schedules=(optax.linear_schedule init_value=$L "
      "end_value=$H transition_steps=$C),(cosine lr=$H final_lr=$L)",
      HOLDS, false, false, true },
    { "fastai.SchedCos start=$H end=$L", HOLDS, false, false, true },
    { "fastai.SchedExp start=$H end=$L", HOLDS, false, false, false },
    { "fastai.combined_cos pct=$S start=$L middle=$H end=$L", HOLDS, false, false, true },
    { "fastai.ParamScheduler scheds=lr:(fastai.SchedPoly start=$H end=$L "
      "power=$P),mom:(fastai.SchedLin start=0.9 end=0.8)",
      HOLDS, false, false, true },
    { "ignite.LinearCyclicalScheduler param_name=lr start_value=$L end_value=$H cycle_size=37 "
      "cycle_mult=1.5",
      HOLDS, false, false, true },
    { "ignite.PiecewiseLinear param_name=lr milestones_values=0:$H,$C:$L", HOLDS, false, false,
      true },
};

static draw random_draw(dy_rng *rng)
{
    draw d = { .steps = 1 + dy_rng_below(rng, dy_rng_below(rng, 2) ? 4 : 2000) };
    d.low = pow(10, -8 * dy_rng_uniform(rng));
    d.high = d.low * (1 + 100 * dy_rng_uniform(rng));
    d.share = 0.001 + 0.998 * dy_rng_uniform(rng);
    d.count = (double)(1 + dy_rng_below(rng, 300));
    d.power = 0.05 + 5 * dy_rng_uniform(rng);
    d.epoch_steps = 1 + dy_rng_below(rng, 100);
    return d;
}

/* The steps to look at: some within the run in no order, some far outside. */
static void choose_steps(double steps[TRIED], const draw *d, dy_rng *rng)
{
    static const double FAR[] = { -1e18, -1, -0.25, 0, 1e9, 1e18, DBL_MAX, -DBL_MAX };
    for (int i = 0; i < TRIED; i++)
        steps[i] = i < 8       ? FAR[i]
                   : i % 2 > 0 ? (double)dy_rng_below(rng, d->steps)
                               : dy_rng_uniform(rng) * (double)d->steps;
}

static void check_values(const dy_plan *plan, const char *spec, const draw *d, bool within,
                         dy_rng *rng)
{
    double steps[TRIED], lr[TRIED];
    choose_steps(steps, d, rng);
    double slack = 1e-15 * d->high;
    for (int i = 0; i < TRIED; i++) {
        lr[i] = dy_curve_at(&plan->lr, steps[i]);
        cr_assert(isfinite(lr[i]) && lr[i] >= 0, "%s: %g at %g", spec, lr[i], steps[i]);
        cr_assert(!within || (lr[i] >= d->low - slack && lr[i] <= d->high + slack),
                  "%s: %.17g at %g", spec, lr[i], steps[i]);
        if (plan->momentum.n_nodes == 0) continue;
        double momentum = dy_curve_at(&plan->momentum, steps[i]);
        cr_assert(momentum >= 0 && momentum < 1, "%s: momentum %g", spec, momentum);
    }
    for (int i = TRIED - 1; i >= 0; i--)
        cr_assert(dy_curve_at(&plan->lr, steps[i]) == lr[i], "%s: order matters", spec);
}

static void check_held(const dy_curve *curve, const char *spec, ending after, const draw *d)
{
    double first = dy_curve_at(curve, 0), last = dy_curve_at(curve, (double)(d->steps - 1));
    /* in a run of one update keyframes at 0 and at 100% share a step: a jump, from the value before it */
    if (d->steps > 1)
        cr_assert(dy_curve_at(curve, -1) == first && dy_curve_at(curve, -1e18) == first, "%s",
                  spec);
    if (after == HOLDS)
        cr_assert(dy_curve_at(curve, (double)d->steps) == last &&
                      dy_curve_at(curve, 1e18) == last,
                  "%s", spec);
}

static void check_falling(const dy_curve *curve, const char *spec, int64_t steps)
{
    double before = dy_curve_at(curve, 0);
    for (int64_t step = 1; step < steps + 3; step++) {
        double lr = dy_curve_at(curve, (double)step);
        cr_assert(lr <= before, "%s rises at %lld", spec, (long long)step);
        before = lr;
    }
}

static void fill(char *spec, size_t size, const char *form, const draw *d)
{
    static const char LETTERS[] = "LHSCP";
    const double values[] = { d->low, d->high, d->share, d->count, d->power };
    FILE *out = fmemopen(spec, size, "w");
    for (; *form; form++) {
        const char *letter = *form == '$' ? strchr(LETTERS, *++form) : NULL;
        if (letter)
            fprintf(out, "%.17g", values[letter - LETTERS]);
        else
            fputc(*form, out);
    }
    fclose(out);
}

static void check_law(size_t law, const draw *d, dy_arena *arena, dy_rng *rng)
{
    char spec[400];
    dy_error err;
    dy_plan plan;
    fill(spec, sizeof spec, LAWS[law].form, d);
    bool made = plan_of_text(&plan, arena, spec, d->steps, d->epoch_steps, &err);
    cr_assert(made, "%s: %s", spec, err.text);
    check_values(&plan, spec, d, LAWS[law].within && d->steps > 1, rng);
    check_held(&plan.lr, spec, LAWS[law].ending, d);
    if (plan.momentum.n_nodes > 0) check_held(&plan.momentum, spec, LAWS[law].ending, d);
    if (LAWS[law].falls) check_falling(&plan.lr, spec, d->steps);
    double last = dy_curve_at(&plan.lr, (double)(d->steps - 1));
    cr_assert(!LAWS[law].reaches_low || last == d->low, "%s: %.17g at the end", spec, last);
}

Test(laws, hold_for_every_recipe, .timeout = 300)
{
    dy_arena arena = dy_arena_make(0);
    dy_rng rng = dy_rng_make(3, "laws");
    for (size_t law = 0; law < sizeof LAWS / sizeof *LAWS; law++) {
        for (int round = 0; round < ROUNDS; round++) {
            draw d = random_draw(&rng);
            check_law(law, &d, &arena, &rng);
            dy_arena_close(&arena);
        }
    }
}
