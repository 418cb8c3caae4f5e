/* lint_decays.c - lr that falls to nothing long before the run is over: a factor meant for an epoch applied to each update,
 * a range of exp_range that closes.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/lint_rules.h"

#include <math.h>
#include <string.h>

static const double NOTHING = 1e-6;    /* of the top: lr is as good as 0 */
static const double RANGE_LEFT = 0.01; /* of exp_range: the cycles are none any more */

/* Recipes that multiply lr by a factor every so many updates, by the names of their arguments. */
static const struct {
    const char *recipe, *factor, *every;
} DECAYS[] = {
    { "exponential", "gamma", "per" },
    { "step", "gamma", "every" },
    { "torch.ExponentialLR", "gamma", NULL },
    { "torch.StepLR", "gamma", "step_size" },
    { "keras.ExponentialDecay", "decay_rate", "decay_steps" },
    { "optax.exponential_decay", "decay_rate", "transition_steps" },
    { "timm.StepLRScheduler", "decay_rate", "decay_t" },
};

/* lr times `factor` each `every` updates. */
typedef struct decay {
    const char *factor_name, *every_name; /* every_name NULL: each update */
    double factor, every;
} decay;

static bool find_decay(const dy_spec *spec, decay *d)
{
    const dy_param *param;
    for (size_t i = 0; i < sizeof DECAYS / sizeof *DECAYS; i++) {
        if (strcmp(DECAYS[i].recipe, spec->recipe->name) != 0) continue;
        *d = (decay){ DECAYS[i].factor, DECAYS[i].every, 0, 1 };
        d->factor = dy_lint_arg(spec, d->factor_name, &param).real;
        if (!d->every_name) return d->factor > 0 && d->factor < 1;
        dy_arg every = dy_lint_arg(spec, d->every_name, &param);
        bool time = param && param->kind == DY_ARG_TIME;
        if (time && every.time.unit != DY_STEPS) return false; /* then it is what was meant */
        d->every = time ? every.time.amount : every.real;
        return d->factor > 0 && d->factor < 1 && d->every > 0;
    }
    return false;
}

/* lr ends as good as 0, and would not if the decay's updates were epochs. */
static bool is_meant_for_epochs(const dy_linting *lint, const decay *d)
{
    double times = (double)lint->span.steps / d->every;
    double epochs = times / (double)lint->span.epoch_steps;
    return lint->span.epoch_steps > 1 && lint->span.epoch_steps < lint->span.steps &&
           pow(d->factor, times) < NOTHING && pow(d->factor, epochs) > NOTHING;
}

static void say_unit(dy_linting *lint, const decay *d)
{
    char epoch[32], how_often[48] = "at each update";
    double of_epoch = (double)lint->span.epoch_steps;
    dy_finding *f = dy_lint_found(lint, DY_RULE_UNIT, lint->span.epoch_steps,
                                  lint->job->spec->recipe->name);
    dy_format_count(epoch, sizeof epoch, lint->span.epoch_steps);
    if (d->every != 1) snprintf(how_often, sizeof how_often, "every %g updates", d->every);
    snprintf(f->what, sizeof f->what,
             "%s = %.4g acts %s: after one epoch (%s updates) lr is %.2g of what it was",
             d->factor_name, d->factor, how_often, epoch, pow(d->factor, of_epoch / d->every));
    if (d->every != 1)
        snprintf(f->fix, sizeof f->fix, "%g epochs are %s = %.0f updates", d->every,
                 d->every_name, d->every * of_epoch);
    else
        snprintf(f->fix, sizeof f->fix,
                 "once an epoch that is %.8g an update, or derny.exponential { ..., per = "
                 "\"1 epoch\" }",
                 pow(d->factor, 1 / of_epoch));
}

/* The update from which on lr is as good as 0, though not 0; -1: there is none, or it is in the run's second half. */
static int64_t dead_from(const dy_linting *lint)
{
    const dy_course_values *v = &lint->values;
    int64_t i = v->n;
    while (i > 0 && v->lr[i - 1] < NOTHING * dy_lint_peak(lint)) i--;
    bool dead = i < v->n / 2 && v->lr[v->n - 1] > 0;
    return dead ? dy_lint_step(lint, i) : -1;
}

static void check_dead(dy_linting *lint)
{
    char at[32], of[32];
    int64_t from = dead_from(lint);
    if (from < 0) return;
    dy_finding *f = dy_lint_found(lint, DY_RULE_DEAD, from, lint->job->spec->recipe->name);
    dy_format_count(at, sizeof at, from);
    dy_format_count(of, sizeof of, lint->span.steps);
    snprintf(f->what, sizeof f->what,
             "from step %s of %s on lr is less than a millionth of its top (%.4g)", at, of,
             dy_lint_peak(lint));
    snprintf(f->fix, sizeof f->fix, "let it fall more slowly, or run for less");
}

/* The cycles of exp_range shrink by gamma at each update, of the whole run and not of the cycle. */
static void check_range(dy_linting *lint)
{
    const dy_param *param;
    double gamma = dy_lint_arg(lint->job->spec, "gamma", &param).real;
    double steps = (double)lint->span.steps;
    if (!param || !(gamma > 0 && gamma < 1) || pow(gamma, steps / 2) >= RANGE_LEFT) return;
    char at[32];
    int64_t from = (int64_t)ceil(log(RANGE_LEFT) / log(gamma));
    dy_format_count(at, sizeof at, from);
    dy_finding *f = dy_lint_found(lint, DY_RULE_DEAD, from, lint->job->spec->recipe->name);
    snprintf(f->what, sizeof f->what,
             "exp_range is over by step %s: gamma = %.6g counts every update of the run, and "
             "leaves %.2g of the range",
             at, gamma, pow(gamma, steps));
    snprintf(f->fix, sizeof f->fix, "gamma = %.6g leaves a tenth at the end",
             pow(0.1, 1 / steps));
}

void dy_lint_decays(dy_linting *lint)
{
    decay d;
    const dy_spec *spec = lint->job->spec;
    if (dy_lint_chose(spec, "mode", "exp_range"))
        check_range(lint);
    else if (find_decay(spec, &d) && is_meant_for_epochs(lint, &d))
        say_unit(lint, &d);
    else
        check_dead(lint);
}
