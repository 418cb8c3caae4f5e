/* lint.c - each rule from both sides: schedules that it is for, and the nearest ones that are fine.
 *
 * SPDX-License-Identifier: MIT */
#include "schedule/lint.h"

#include "spec_text.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

typedef struct lint_case {
    const char *spec;
    int64_t steps, epoch_steps;
    const char *rules; /* of the findings, in their order, a blank between; "~" before a note */
    int64_t at;        /* the first finding's step */
} lint_case;

/* clang-format off */
static const lint_case CASES[] = {
    /* what people train with every day */
    { "constant lr=0.1", 300, 30, "", 0 },
    { "linear lr=0.1", 300, 30, "", 0 },
    { "cosine lr=0.1", 300, 30, "", 0 },
    { "cosine lr=0.1 ends=exclusive", 300, 30, "", 0 },
    { "cosine lr=0.1 steps=100%", 300, 30, "", 0 },
    { "cosine lr=0.1 steps=300", 300, 30, "", 0 },
    { "cosine lr=0.1 final_lr=0.001 steps=10_epochs", 300, 30, "", 0 },
    { "polynomial lr=0.1 power=0.9", 300, 30, "", 0 },
    { "polynomial lr=0.1 power=2", 300, 30, "", 0 },
    { "geometric lr=0.1 final_lr=1e-5", 300, 30, "", 0 },
    { "exponential lr=0.1 gamma=0.9 per=1_epoch", 300, 30, "", 0 },
    { "exponential lr=0.1 gamma=0.9 per=1_epoch staircase=true", 300, 30, "", 0 },
    { "step lr=0.1 every=100", 300, 30, "", 0 },
    { "step lr=0.1 gamma=0.5 every=30%", 300, 30, "", 0 },
    { "multi_step lr=0.1 milestones=50%,75%", 300, 30, "", 0 },
    { "piecewise boundaries=40%,75% values=0.1,0.05,0.01", 300, 30, "", 0 },
    { "cyclical base_lr=0.001 max_lr=0.1 step_up=50", 300, 30, "", 0 },
    { "cyclical base_lr=0.001 max_lr=0.1 step_up=50 step_down=30 mode=triangular2 cycle_momentum=true", 300, 30, "", 0 },
    { "cyclical base_lr=0.02 max_lr=0.2 step_up=4_epochs", 2520, 63, "", 0 },
    { "cosine_restarts lr=0.1 first=43 mult=2", 300, 30, "", 0 },
    { "cosine_restarts lr=0.1 first=50 decay=0.8", 300, 30, "", 0 },
    { "one_cycle max_lr=0.3", 300, 30, "", 0 },
    { "one_cycle max_lr=0.3 anneal=linear", 1000, 30, "", 0 },
    { "one_cycle max_lr=0.3 three_phase=true pct_start=0.45", 1000, 30, "", 0 },
    { "one_cycle max_lr=0.3 cycle_momentum=false", 1000, 30, "", 0 },
    { "one_cycle style=article max_lr=0.01 base_lr=0.001", 100, 100, "", 0 },
    { "curve keys=0:0.004,30%:0.1:cosine,100%:1e-5:cosine", 300, 30, "", 0 },
    { "plateau lr=0.1 factor=0.5 patience=2", 300, 30, "", 0 },
    { "warm_up length=10% start_factor=0.1 schedule=(cosine lr=0.1)", 300, 30, "", 0 },
    { "warm_up length=5 from=0.01 schedule=(step lr=0.1 every=100)", 300, 30, "", 0 },
    { "warm_up length=5_epochs start_factor=0.1 schedule=(one_cycle max_lr=0.1)", 300, 30, "", 0 },
    { "warm_up length=5 start_factor=0.1 ease=exp schedule=(exponential lr=0.1 gamma=0.5 per=1_epoch)", 300, 30, "", 0 },
    { "warm_up length=5 start_factor=0.01 ease=cosine schedule=(constant lr=0.1)", 300, 30, "", 0 },
    { "sequence at=50% schedules=(constant lr=0.1),(cosine lr=0.1)", 300, 30, "", 0 },
    { "sequence at=50% schedules=(cosine lr=0.1),(cosine lr=0.1)", 300, 30, "~zero", 149 },
    { "torch.StepLR optimizer=0.1 step_size=100", 300, 30, "", 0 },
    { "torch.CosineAnnealingLR optimizer=0.1 T_max=300", 300, 30, "", 0 },
    { "torch.CosineAnnealingLR optimizer=0.1 T_max=299", 300, 30, "", 0 },
    { "torch.CosineAnnealingWarmRestarts optimizer=0.1 T_0=100", 300, 30, "", 0 },
    { "torch.OneCycleLR optimizer=0.1:0.9 max_lr=0.1 total_steps=300", 300, 30, "", 0 },
    { "torch.CyclicLR optimizer=0.1:0.9 base_lr=0.01 max_lr=0.1 step_size_up=50", 300, 30, "", 0 },
    { "torch.SequentialLR optimizer=0.1 milestones=50 schedulers=(torch.LinearLR total_iters=50),(torch.CosineAnnealingLR T_max=250)", 300, 30, "", 0 },
    { "keras.CosineDecay initial_learning_rate=0 decay_steps=250 warmup_target=0.1 warmup_steps=50", 300, 30, "~zero", 0 },
    { "keras.PiecewiseConstantDecay boundaries=100,200 values=0.1,0.05,0.01", 300, 30, "", 0 },
    { "cosine lr=0.1", 1, 1, "", 0 },

    /* a boundary beyond the run: A. Geron's piecewise run of 10 epochs, which was a constant */
    { "piecewise boundaries=31250,50000 values=0.01,0.005,0.001", 17190, 1719, "unreached", -1 },
    { "piecewise boundaries=5000,17190 values=0.01,0.005,0.001", 17190, 1719, "unreached", -1 },
    { "piecewise boundaries=5000,17189 values=0.01,0.005,0.001", 17190, 1719, "", 0 },
    { "multi_step lr=0.1 milestones=100,400", 300, 30, "unreached", -1 },
    { "multi_step lr=0.1 milestones=100,299", 300, 30, "", 0 },
    { "step lr=0.1 every=300", 300, 30, "unreached", -1 },
    { "step lr=0.1 every=299", 300, 30, "", 0 },
    { "torch.StepLR optimizer=0.1 step_size=300", 300, 30, "unreached", -1 },
    { "torch.MultiStepLR optimizer=0.1 milestones=150,300", 300, 30, "unreached", -1 },
    { "torch.MultiStepLR optimizer=0.1 milestones=150,299", 300, 30, "", 0 },
    { "keras.PiecewiseConstantDecay boundaries=100,300 values=0.1,0.05,0.01", 300, 30, "unreached", -1 },
    { "keras.PiecewiseConstantDecay boundaries=100,298 values=0.1,0.05,0.01", 300, 30, "", 0 },
    { "curve keys=0:0.1,100:0.01,500:0.001:hold", 300, 30, "unreached", -1 },
    { "curve keys=0:0.1,100:0.01,299:0.001:hold", 300, 30, "", 0 },
    { "sequence at=200,400 schedules=(constant lr=0.1),(constant lr=0.05),(cosine lr=0.01)", 300, 30, "unreached", -1 },
    { "sequence at=200 schedules=(constant lr=0.1),(step lr=0.05 every=150)", 300, 30, "unreached", -1 },
    { "sequence at=200 schedules=(constant lr=0.1),(step lr=0.05 every=50)", 300, 30, "", 0 },

    /* boundaries out of order, and two at one step; a library that takes them so only */
    { "torch.MultiStepLR optimizer=0.1 milestones=80,30", 300, 30, "unsorted", -1 },
    { "torch.MultiStepLR optimizer=0.1 milestones=30,80,80", 300, 30, "merged", 80 },
    { "torch.MultiStepLR optimizer=0.1 milestones=30,80", 300, 30, "", 0 },
    { "multi_step lr=0.1 milestones=50.1%,50.2%", 300, 30, "merged", 151 },
    { "multi_step lr=0.1 milestones=50%,50.4%", 300, 30, "", 0 },

    /* an option without effect */
    { "keras.CosineDecay initial_learning_rate=0.1 decay_steps=300 warmup_steps=50", 300, 30, "idle", -1 },
    { "torch.CyclicLR optimizer=0.1:0.9 base_lr=0.01 max_lr=0.1 step_size_up=50 scale_mode=iterations", 300, 30, "idle", -1 },
    { "torch.CyclicLR optimizer=0.1:0.9 base_lr=0.01 max_lr=0.1 step_size_up=50 gamma=0.99", 300, 30, "idle", -1 },
    { "torch.CyclicLR optimizer=0.1:0.9 base_lr=0.01 max_lr=0.1 step_size_up=50 mode=exp_range gamma=0.99", 300, 30, "", 0 },
    { "keras.PolynomialDecay initial_learning_rate=0.1 decay_steps=400 cycle=true", 300, 30, "idle end", -1 },
    { "keras.PolynomialDecay initial_learning_rate=0.1 decay_steps=300 cycle=false", 300, 30, "", 0 },
    { "one_cycle max_lr=0.1 three_phase=false anneal=cos", 300, 30, "", 0 },

    /* the end: not reached, or left again */
    { "cosine lr=0.1 steps=600", 300, 30, "end", 299 },
    { "cosine lr=0.1 steps=310", 300, 30, "", 0 },
    { "torch.OneCycleLR optimizer=0.1:0.9 max_lr=0.1 total_steps=600", 300, 30, "end", 299 },
    { "torch.CosineAnnealingLR optimizer=0.1 T_max=600", 300, 30, "end", 299 },
    { "keras.CosineDecay initial_learning_rate=0.1 decay_steps=1000", 300, 30, "end", 299 },
    { "torch.CosineAnnealingLR optimizer=0.1 T_max=200", 300, 30, "~zero rebound", 200 },
    { "torch.CosineAnnealingLR optimizer=0.1 T_max=290", 300, 30, "~zero", 290 },
    { "torch.SequentialLR optimizer=0.1 milestones=50 schedulers=(torch.LinearLR total_iters=50),(torch.CosineAnnealingLR T_max=150)", 300, 30, "~zero rebound", 200 },

    /* a top that no update uses */
    { "cyclical base_lr=0.001 max_lr=0.006 step_up=2000", 1000, 100, "peak", -1 },
    { "cyclical base_lr=0.001 max_lr=0.006 step_up=999", 1000, 100, "", 0 },
    { "torch.CyclicLR optimizer=0.1:0.9 base_lr=0.001 max_lr=0.006", 1000, 100, "peak", -1 },
    { "torch.CyclicLR optimizer=0.1:0.9 base_lr=0.001 max_lr=0.006", 4000, 100, "", 0 },
    { "cyclical base_lr=0 max_lr=1 step_up=2.5", 20, 20, "peak ~zero", 2 },
    { "warm_up length=500 start_factor=0.1 schedule=(constant lr=0.1)", 300, 30, "peak", -1 },
    { "warm_up length=500 start_factor=0.1 schedule=(cosine lr=0.1)", 300, 30, "unreached zero", -1 },
    { "one_cycle max_lr=0.1", 5, 5, "peak", 1 },
    { "one_cycle max_lr=0.1 pct_start=0.25", 101, 101, "", 0 },

    /* updates at 0 */
    { "constant lr=0", 300, 30, "zero", 0 },
    { "linear lr=0.1 steps=50%", 300, 30, "zero", 149 },
    { "warm_up length=10% schedule=(cosine lr=0.1)", 300, 30, "~zero", 0 },
    { "sequence at=10 schedules=(constant lr=0),(cosine lr=0.1)", 300, 30, "zero", 0 },
    { "cyclical base_lr=0 max_lr=0.1 step_up=50", 300, 30, "~zero", 0 },

    /* a seam */
    { "sequence at=50 schedules=(linear lr=0.002 final_lr=0.1 ends=exclusive),(cosine lr=0.05)", 300, 30, "jump", 50 },
    { "sequence at=50 schedules=(linear lr=0.002 final_lr=0.1 ends=exclusive),(cosine lr=0.2)", 300, 30, "jump", 50 },
    { "sequence at=50 schedules=(linear lr=0.002 final_lr=0.1 ends=exclusive),(cosine lr=0.1)", 300, 30, "", 0 },
    { "sequence at=50 schedules=(linear lr=0.002 final_lr=0.1),(exponential lr=0.1 gamma=0.9 per=1)", 300, 300, "", 0 },
    { "sequence at=50 schedules=(linear lr=0.1 final_lr=0.01),(cosine lr=0.1)", 300, 30, "", 0 },
    { "torch.SequentialLR optimizer=0.1 milestones=50 schedulers=(torch.LinearLR total_iters=100),(torch.CosineAnnealingLR T_max=250)", 300, 30, "jump", 50 },

    /* what falls too fast */
    { "exponential lr=0.1 gamma=0.9 per=1", 9380, 938, "unit", 938 },
    { "torch.ExponentialLR optimizer=0.1 gamma=0.9", 9380, 938, "unit", 938 },
    { "torch.ExponentialLR optimizer=0.1 gamma=0.9999", 9380, 938, "", 0 },
    { "torch.ExponentialLR optimizer=0.01 gamma=0.9", 100, 100, "", 0 },
    { "torch.ExponentialLR optimizer=0.1 gamma=0.9", 9380, 9380, "dead", 132 },
    { "torch.StepLR optimizer=0.1 step_size=30", 93800, 938, "unit", 938 },
    { "step lr=0.1 every=30_epochs", 93800, 938, "", 0 },
    { "cyclical base_lr=0.001 max_lr=0.006 step_up=200 mode=exp_range gamma=0.99", 2000, 200, "dead", 459 },
    { "cyclical base_lr=0.001 max_lr=0.006 step_up=2000 mode=exp_range gamma=0.99994", 40000, 200, "", 0 },
    { "torch.CyclicLR optimizer=0.1:0.9 base_lr=0.001 max_lr=0.006 step_size_up=200 mode=exp_range gamma=0.99", 2000, 200, "dead", 459 },
    { "curve keys=0:0.1,100:1e-9:exp,1000:1e-9", 1000, 100, "dead", 76 },

    /* momentum */
    { "one_cycle max_lr=0.1 base_momentum=0.95 max_momentum=0.95", 300, 30, "momentum", -1 },
    { "one_cycle max_lr=0.1 base_momentum=0.9 max_momentum=0.95", 300, 30, "", 0 },
    { "torch.OneCycleLR optimizer=0.1:0.9 max_lr=0.1 total_steps=300 base_momentum=0.9 max_momentum=0.9", 300, 30, "momentum", -1 },
    { "article.one_cycle_schedule", 100, 100, "~momentum", -1 },
};

/* clang-format on */

static void rules_of(char *to, size_t size, const dy_findings *found)
{
    size_t used = 0;
    to[0] = '\0';
    for (int i = 0; i < found->n && used < size; i++)
        used +=
            (size_t)snprintf(to + used, size - used, "%s%s%s", i > 0 ? " " : "",
                             found->at[i].note ? "~" : "", DY_RULE_NAMES[found->at[i].rule]);
}

static dy_findings lint(dy_arena *arena, const char *text, int64_t steps, int64_t epoch_steps)
{
    dy_error err;
    dy_plan plan;
    dy_findings found;
    const dy_spec *spec = spec_of_text(arena, text);
    bool ok = dy_spec_resolve(spec, (dy_span){ steps, epoch_steps }, &plan, arena, &err);
    cr_assert(ok, "%s: %s", text, err.text);
    dy_lint(&found, &(dy_lint_job){ .spec = spec, .plan = &plan });
    return found;
}

Test(lint, each_rule_from_both_sides)
{
    dy_arena arena = dy_arena_make(0);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const lint_case *c = &CASES[i];
        char rules[200], text[600] = "";
        dy_findings found = lint(&arena, c->spec, c->steps, c->epoch_steps);
        rules_of(rules, sizeof rules, &found);
        if (found.n > 0) dy_finding_text(text, sizeof text, &found.at[0]);
        cr_expect(strcmp(rules, c->rules) == 0, "%s: found '%s', want '%s': %s", c->spec, rules,
                  c->rules, text);
        if (found.n > 0)
            cr_expect(found.at[0].step == c->at, "%s: at %lld, want %lld", c->spec,
                      (long long)found.at[0].step, (long long)c->at);
    }
    dy_arena_close(&arena);
}
