/* lint_values.c - lr at the run's updates: those at 0, a rise after the end, more than the network bears.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/lint_rules.h"

#include <math.h>
#include <string.h>

static const char *name_of(const dy_linting *lint)
{
    const dy_recipe *recipe = lint->job->spec->recipe;
    return recipe ? recipe->name : "the function";
}

/* Where lr is 0. */
typedef struct zeros {
    int64_t n, first, run; /* how many, the first, the longest run of them */
} zeros;

static zeros count_zeros(const dy_course_values *v)
{
    zeros z = { 0 };
    for (int64_t i = 0, run = 0; i < v->n; i++) {
        run = v->lr[i] == 0 ? run + 1 : 0;
        if (v->lr[i] == 0 && z.n++ == 0) z.first = i;
        if (run > z.run) z.run = run;
    }
    return z;
}

static void check_zeros(dy_linting *lint)
{
    const dy_course_values *v = &lint->values;
    char n[32], at[32];
    zeros z = count_zeros(v);
    bool last_only = z.n == 1 && z.first == v->n - 1; /* the end value of many */
    if (z.n == 0 || last_only || dy_lint_has(lint, DY_RULE_UNIT)) return;
    int64_t first = dy_lint_step(lint, z.first);
    dy_finding *f = dy_lint_found(lint, DY_RULE_ZERO, first, name_of(lint));
    f->note = z.run < 2;
    int64_t count = z.n > 1 ? z.n * v->stride : 1;
    dy_format_count(n, sizeof n, count < lint->span.steps ? count : lint->span.steps);
    dy_format_count(at, sizeof at, first);
    if (z.n == 1)
        snprintf(f->what, sizeof f->what, "lr is 0 at step %s", at);
    else
        snprintf(f->what, sizeof f->what, "lr is 0 at %s%s updates, first at step %s",
                 v->stride > 1 ? "about " : "", n, at);
    snprintf(f->fix, sizeof f->fix,
             first == 0 ? "an update at lr 0 moves nothing: begin the rise above 0"
                        : "updates at lr 0 move nothing: end above 0, or run for less");
}

/* The schedule whose values end the run: the last of the parts of those made of others. */
static const dy_spec *last_part(const dy_spec *spec)
{
    for (int depth = 0; spec->recipe && depth < DY_SPEC_DEPTH; depth++) {
        const dy_spec *part = NULL;
        for (int i = 0; spec->recipe->params[i].name; i++) {
            dy_arg_kind kind = spec->recipe->params[i].kind;
            const dy_arg *arg = &spec->args[i];
            if (arg->given && arg->n > 0 &&
                (kind == DY_ARG_SCHEDULE || kind == DY_ARG_SCHEDULES))
                part = arg->specs[arg->n - 1];
        }
        if (!part) return spec;
        spec = part;
    }
    return spec;
}

/* Those that fall once by what they are called for, and come up again past their end by their formula. */
static const char *falls_once(const dy_spec *spec)
{
    static const struct {
        const char *recipe, *length;
    } ONCE[] = {
        { "torch.CosineAnnealingLR", "T_max" },
        { "torch.OneCycleLR", "total_steps" },
        { "transformers.cosine", "num_training_steps" },
        { "transformers.cosine_with_min_lr", "num_training_steps" },
        { "transformers.get_cosine_schedule_with_warmup", "num_training_steps" },
        { "ignite.CosineAnnealingScheduler", "cycle_size" },
    };

    for (size_t i = 0; spec->recipe && i < sizeof ONCE / sizeof *ONCE; i++)
        if (strcmp(spec->recipe->name, ONCE[i].recipe) == 0) return ONCE[i].length;
    return NULL;
}

/* lr falls to a low, and then rises without a jump until the run is over. */
static void check_rebound(dy_linting *lint)
{
    const dy_course_values *v = &lint->values;
    const char *length = falls_once(last_part(lint->job->spec));
    int64_t low = v->n - 1;
    if (!length) return;
    while (low > 0 && v->lr[low - 1] <= v->lr[low]) low--;
    double risen = v->lr[v->n - 1] - v->lr[low];
    if (low == 0 || v->peak >= low || risen < 0.01 * dy_lint_peak(lint)) return;
    char at[32];
    dy_format_count(at, sizeof at, dy_lint_step(lint, low));
    dy_finding *f =
        dy_lint_found(lint, DY_RULE_REBOUND, dy_lint_step(lint, low), name_of(lint));
    snprintf(f->what, sizeof f->what, "lr rises again from step %s on, from %.4g to %.4g", at,
             v->lr[low], v->lr[v->n - 1]);
    snprintf(f->fix, sizeof f->fix, "make %s as long as its part of the run", length);
}

static void check_diverges(dy_linting *lint)
{
    double limit = lint->job->diverges_at;
    if (!(limit > 0) || dy_lint_peak(lint) < limit) return;
    int64_t first = 0;
    while (lint->values.lr[first] < limit) first++;
    dy_finding *f =
        dy_lint_found(lint, DY_RULE_DIVERGES, dy_lint_step(lint, first), name_of(lint));
    snprintf(f->what, sizeof f->what,
             "lr reaches %.4g, and the range test of this network and data diverged at %.4g",
             dy_lint_peak(lint), limit);
    snprintf(f->fix, sizeof f->fix, "stay below it, or warm up, or lower momentum at the top");
}

void dy_lint_values(dy_linting *lint)
{
    check_zeros(lint);
    check_rebound(lint);
    check_diverges(lint);
}
