/* lint_seams.c - a jump where a rise meets what follows it: as of a warm-up that aims at where another schedule began
 * instead of where it is by then.
 *
 * Drops of a staircase and restarts are jumps that are meant: they come out of a level, or out of a fall.
 *
 * SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/lint_rules.h"

#include <math.h>
#include <string.h>

static const double GAP_SHARE = 0.01; /* of the top: a smaller jump is no matter, */
static const double STEP_SHARE =
    0.45; /* nor one that is less than this of the steps beside it */

/* A step like the two before it went, the nearer one first, by equal factors where they grow. */
static double by_factor(double near, double far)
{
    double ratio = far != 0 ? near / far : 0;
    return ratio > 1 ? near * ratio : near;
}

/* What is between i - 1 and i beyond two lines that meet there, which rise by `before` and `after` in that step: more than 0 where lr falls, less where it leaps. */
static double gap_of(const double *lr, int64_t i, double before, double after)
{
    double at_left = lr[i - 1] - (lr[i] - after); /* how far apart the lines are, */
    double at_right = lr[i - 1] + before - lr[i]; /* at either side */
    if ((at_left >= 0) != (at_right >= 0)) return 0;
    return fabs(at_left) < fabs(at_right) ? at_left : at_right;
}

/* The least gap that a smooth piece on either side leaves, be it straight or curved. */
static double gap_at(const double *lr, int64_t i)
{
    double before[2] = { lr[i - 1] - lr[i - 2] }, after[2] = { lr[i + 1] - lr[i] };
    double least = HUGE_VAL;
    before[1] = by_factor(before[0], lr[i - 2] - lr[i - 3]);
    after[1] = by_factor(after[0], lr[i + 2] - lr[i + 1]);
    for (int k = 0; k < 4; k++) {
        double gap = gap_of(lr, i, before[k / 2], after[k % 2]);
        if (fabs(gap) < fabs(least)) least = gap;
    }
    return fabs(least) > STEP_SHARE * fmax(before[0], fabs(after[0])) ? least : 0;
}

/* Two steps up, neither many times the other. */
static bool rises_into(const double *lr, int64_t i)
{
    double first = lr[i - 2] - lr[i - 3], second = lr[i - 1] - lr[i - 2];
    return first > 0 && second > 0 && first < 3 * second && second < 3 * first;
}

/* It drops out of a rise by its own plan: the head's cycle ends near its top, and the whole model's begins. */
static bool is_meant(const dy_recipe *recipe)
{
    return recipe && strcmp(recipe->name, "fastai.fine_tune") == 0;
}

static void say_jump(dy_linting *lint, int64_t i, double gap)
{
    const dy_recipe *recipe = lint->job->spec->recipe;
    const double *lr = lint->values.lr;
    char at[32];
    int64_t step = dy_lint_step(lint, i);
    dy_format_count(at, sizeof at, step);
    dy_finding *f =
        dy_lint_found(lint, DY_RULE_JUMP, step, recipe ? recipe->name : "the function");
    snprintf(f->what, sizeof f->what,
             "lr %s from %.4g to %.4g at step %s, where a rise ends (by %.2g %% of the top)",
             gap > 0 ? "drops" : "leaps", lr[i - 1], lr[i], at,
             100 * fabs(gap) / dy_lint_peak(lint));
    snprintf(f->fix, sizeof f->fix,
             "let what follows begin where the rise ends; derny.warm_up does");
}

void dy_lint_seams(dy_linting *lint)
{
    const dy_course_values *v = &lint->values;
    if (is_meant(lint->job->spec->recipe)) return;
    for (int64_t i = 3; i + 2 < v->n; i++) {
        if (!rises_into(v->lr, i)) continue;
        double gap = gap_at(v->lr, i);
        if (fabs(gap) <= GAP_SHARE * dy_lint_peak(lint)) continue;
        say_jump(lint, i, gap);
        break; /* in a schedule with cycles each of them has it */
    }
}
