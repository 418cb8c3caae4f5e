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

static const struct {
    const char *form;
    bool reaches_low; /* on the last update */
    bool falls;       /* never rises */
    bool within;      /* low <= lr <= high */
} LAWS[] = {
    { "constant lr=$L", true, true, true },
    { "curve keys=0:$H,100%:$L:poly:$P", true, true, true },
    { "piecewise boundaries=$C values=$H,$L", false, true, true },
    { "linear lr=$H final_lr=$L", true, true, true },
    { "cosine lr=$H final_lr=$L", true, true, true },
    { "cosine lr=$H final_lr=$L steps=50%", false, true, true },
    { "polynomial lr=$H final_lr=$L power=$P", true, true, true },
    { "geometric lr=$H final_lr=$L", true, true, true },
    { "exponential lr=$H gamma=$S per=$C", false, true, false },
    { "exponential lr=$H k=$P per=1_epoch", false, true, false },
    { "exponential lr=$H gamma=$P per=$C", false, false, false },
    { "step lr=$H gamma=$S every=$C", false, true, false },
    { "multi_step lr=$H gamma=$S milestones=$C", false, true, false },
    { "cyclical base_lr=$L max_lr=$H step_up=$C cycle_momentum=true", false, false, true },
    { "cyclical base_lr=$L max_lr=$H step_up=$C step_down=$P mode=triangular2 "
      "cycle_momentum=true base_momentum=0.1",
      false, false, true },
    { "cyclical base_lr=$L max_lr=$H step_up=$C mode=exp_range gamma=$S "
      "cycle_momentum=true base_momentum=0",
      false, false, true },
    { "cosine_restarts lr=$H final_lr=$L first=$C", false, false, true },
    { "cosine_restarts lr=$H final_lr=$L first=$C mult=2 decay=$S", false, false, true },
    { "cosine_restarts lr=$H final_lr=$L first=$C mult=1.5", false, false, true },
    { "one_cycle max_lr=$H pct_start=$S div_factor=$C", false, false, false },
    { "one_cycle max_lr=$H base_lr=$L final_div_factor=1 anneal=linear", true, false, true },
    { "one_cycle max_lr=$H style=article base_lr=$L", false, false, true },
    { "one_cycle max_lr=$H three_phase=true", false, false, false },
    { "warm_up length=$C schedule=(linear lr=$H)", false, false, false },
    { "warm_up length=10% start_factor=$S schedule=(one_cycle max_lr=$H)", false, false,
      false },
    { "sequence at=40% schedules=(cosine lr=$H),(one_cycle max_lr=$L)", false, false, false },
    { "rex lr=$H final_lr=$L", true, true, true },
    { "rex lr=$H final_lr=$L beta=$S", true, true, true },
    { "tanh lr=$H final_lr=$L", true, true, true },
    { "tanh lr=$H final_lr=$L rescale=false", false, true, true },
    { "sigmoid lr=$H final_lr=$L steepness=$P midpoint=30%", true, true, true },
    { "cosine lr=$H final_lr=$L k=$P", true, true, true },
    { "polynomial lr=$H final_lr=$L power=$P k=$P", true, true, true },
    { "inverse_time lr=$H rate=$P per=$C", false, true, false },
    { "inverse_sqrt lr=$H warm_up=0.1", false, true, false },
    { "flat_cosine lr=$H final_lr=$L", true, true, true },
    { "wsd lr=$H final_lr=$L warm_up=0", true, true, true },
    { "knee lr=$H final_lr=$L warm_up=0", true, true, true },
    { "trapezoid lr=$H final_lr=$L", true, false, false },
    { "cool_down length=$C final_lr=$L schedule=(constant lr=$H)", true, true, true },
    { "one_cycle max_lr=$H base_lr=$L style=fastai final_div_factor=1", false, false, false },
    { "one_cycle max_lr=$H base_lr=$L style=geron final_div_factor=1", true, false, true },
    { "one_cycle max_lr=$H base_lr=$L style=optax final_div_factor=1", true, false, true },
    { "one_cycle max_lr=$H base_lr=$L style=smith", false, false, false },
    { "staircase every=$C schedule=(cosine lr=$H final_lr=$L)", false, true, true },
    { "clip min=$L max=$H schedule=(linear lr=1000)", true, true, true },
    { "mirror schedule=(cosine lr=$H final_lr=$L)", true, true, true },
    { "demon schedule=(cosine lr=$H final_lr=$L)", true, true, true },
    { "plateau schedule=(geometric lr=$H final_lr=$L)", true, true, true },
    { "optax.linear_schedule init_value=$H end_value=$L transition_steps=$C", false, true,
      true },
    { "optax.polynomial_schedule init_value=$L end_value=$H power=$P transition_steps=$C "
      "transition_begin=$C",
      false, false, true },
    { "optax.exponential_decay init_value=$H transition_steps=$C decay_rate=$S end_value=$L",
      false, false, true },
    { "optax.cosine_decay_schedule init_value=$H decay_steps=$C exponent=$P", false, false,
      false },
    { "optax.piecewise_interpolate_schedule interpolate_type=cosine init_value=$H "
      "boundaries_and_scales=$C:$S",
      false, false, false },
    { "optax.cosine_onecycle_schedule transition_steps=$C peak_value=$H pct_start=$S", false,
      false, false },
    { "optax.linear_onecycle_schedule transition_steps=$C peak_value=$H pct_start=$S", false,
      false, false },
    { "optax.warmup_cosine_decay_schedule init_value=$L peak_value=$H warmup_steps=$C "
      "decay_steps=301 end_value=$L",
      false, false, true },
    { "optax.join_schedules boundaries=$C schedules=(optax.linear_schedule init_value=$L "
      "end_value=$H transition_steps=$C),(cosine lr=$H final_lr=$L)",
      false, false, true },
    { "fastai.SchedCos start=$H end=$L", false, false, true },
    { "fastai.SchedExp start=$H end=$L", false, false, false },
    { "fastai.combined_cos pct=$S start=$L middle=$H end=$L", false, false, true },
    { "fastai.ParamScheduler scheds=lr:(fastai.SchedPoly start=$H end=$L "
      "power=$P),mom:(fastai.SchedLin start=0.9 end=0.8)",
      false, false, true },
    { "ignite.LinearCyclicalScheduler param_name=lr start_value=$L end_value=$H cycle_size=37 "
      "cycle_mult=1.5",
      false, false, true },
    { "ignite.PiecewiseLinear param_name=lr milestones_values=0:$H,$C:$L", false, false, true },
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

static void check_held(const dy_curve *curve, const char *spec, const draw *d)
{
    double steps = (double)d->steps, held = dy_curve_at(curve, steps);
    double first = dy_curve_at(curve, 0), last = dy_curve_at(curve, steps - 1);
    cr_assert(dy_curve_at(curve, -1) == first && dy_curve_at(curve, -1e18) == first, "%s",
              spec);
    cr_assert(dy_curve_at(curve, 1e18) == held, "%s", spec);
    cr_assert(last == held || dy_curve_end(curve) > steps - 1, "%s", spec);
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
    check_held(&plan.lr, spec, d);
    if (plan.momentum.n_nodes > 0) check_held(&plan.momentum, spec, d);
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
