/* schedule.c - how long it takes to ask a schedule for the lr of one step, in nanoseconds, for each recipe.
 *
 * Over a run of 93,800 updates: in order, as training asks, and in an order that no branch predictor learns. Each figure is
 * the least of many short stretches: what the machine can do, without its other work.
 *
 * SPDX-License-Identifier: MIT */
#include "../unit/schedule/spec_text.h"
#include "base/clock.h"
#include "base/rng.h"

#include <math.h>

enum { STEPS = 93800, EPOCH_STEPS = 938, CALLS = 20000, STRETCHES = 99 };

static const char *const SPECS[] = {
    "constant lr=0.1",
    "curve keys=0:0.004,30%:0.1:cosine,60%:0.05,100%:1e-05:cosine",
    "piecewise boundaries=10_epochs,20_epochs values=0.01,0.005,0.001",
    "linear lr=0.1",
    "cosine lr=0.1",
    "polynomial lr=0.1 power=0.9",
    "geometric lr=0.1 final_lr=1e-05",
    "exponential lr=0.1 gamma=0.9 per=1_epoch",
    "step lr=0.1 every=30_epochs",
    "multi_step lr=0.1 milestones=30_epochs,60_epochs,90_epochs",
    "cyclical base_lr=0.001 max_lr=0.006 step_up=2000",
    "cyclical base_lr=0.001 max_lr=0.006 step_up=2000 mode=triangular2",
    "cyclical base_lr=0.001 max_lr=0.006 step_up=2000 mode=exp_range gamma=0.99994",
    "cosine_restarts lr=0.1 first=10_epochs",
    "cosine_restarts lr=0.1 first=10_epochs mult=2",
    "cosine_restarts lr=0.1 first=10_epochs mult=2 decay=0.9",
    "one_cycle max_lr=0.1",
    "one_cycle max_lr=0.1 base_lr=0.01 style=article",
    "warm_up length=5% schedule=(cosine lr=0.1)",
    "sequence at=80% schedules=(linear lr=0 final_lr=0.1),(linear lr=0.1)",
    "plateau lr=0.1",
    "keras.CosineDecay initial_learning_rate=0.1 decay_steps=93800",
    "keras.ExponentialDecay initial_learning_rate=0.1 decay_steps=367 decay_rate=0.9 "
    "staircase=true",
    "warm_up length=5% schedule=(keras.CosineDecay initial_learning_rate=0.1 "
    "decay_steps=93800)",
    "optax.warmup_cosine_decay_schedule init_value=0 peak_value=0.1 warmup_steps=4690 "
    "decay_steps=93800",
    "optax.piecewise_constant_schedule init_value=0.1 "
    "boundaries_and_scales=28140:0.1,56280:0.1",
    "optax.join_schedules boundaries=4690 schedules=(optax.linear_schedule init_value=0 "
    "end_value=0.1 transition_steps=4690),(cosine lr=0.1)",
    "fastai.fit_one_cycle n_epoch=100 lr_max=0.1",
    "timm.CosineLRScheduler optimizer=0.1 t_initial=93800 warmup_t=4690 k_decay=1.5",
    "timm.StepLRScheduler optimizer=0.1 decay_t=28140 decay_rate=0.1",
    "transformers.get_cosine_schedule_with_warmup optimizer=0.1 num_warmup_steps=4690 "
    "num_training_steps=93800",
    "transformers.get_wsd_schedule optimizer=0.1 num_warmup_steps=4690 num_decay_steps=9380 "
    "num_training_steps=93800",
    "smith.one_cycle base_lr=0.1 max_lr=1 stepsize=42210",
    "torch.SWALR optimizer=0.1 swa_lr=0.05 anneal_epochs=9380",
    "ignite.CosineAnnealingScheduler param_name=lr start_value=0.1 end_value=0 cycle_size=9380",
};

static double stretch_ns(const dy_curve *curve, const double *steps, double *sum)
{
    double start = dy_now_s();
    for (int i = 0; i < CALLS; i++) *sum += dy_curve_at(curve, steps[i]);
    return (dy_now_s() - start) * 1e9 / CALLS;
}

static double least_ns(const dy_curve *curve, const double *steps, double *sum)
{
    double least = stretch_ns(curve, steps, sum);
    for (int k = 1; k < STRETCHES; k++) {
        double ns = stretch_ns(curve, steps, sum);
        if (ns < least) least = ns;
    }
    return least;
}

int main(void)
{
    static double ordered[CALLS], shuffled[CALLS];
    dy_arena arena = dy_arena_make(0);
    dy_rng rng = dy_rng_make(1, "schedule");
    double sum = 0;
    for (int i = 0; i < CALLS; i++) {
        ordered[i] = floor((double)i * STEPS / CALLS);
        shuffled[i] = (double)dy_rng_below(&rng, STEPS);
    }
    printf("in order  shuffled, ns\n");
    for (size_t i = 0; i < sizeof SPECS / sizeof *SPECS; i++) {
        dy_plan plan;
        dy_error err;
        if (!plan_of_text(&plan, &arena, SPECS[i], STEPS, EPOCH_STEPS, &err)) {
            fprintf(stderr, "%s: %s\n", SPECS[i], err.text);
            return 1;
        }
        double in_order = least_ns(&plan.lr, ordered, &sum);
        printf("%8.1f  %8.1f  %s\n", in_order, least_ns(&plan.lr, shuffled, &sum), SPECS[i]);
    }
    dy_arena_close(&arena);
    return sum > 0 ? 0 : 1; /* the sum keeps the calls from being left out */
}
