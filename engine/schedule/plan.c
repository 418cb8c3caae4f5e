/* plan.c - see plan.h.   SPDX-License-Identifier: MIT */
#include "schedule/plan.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    dy_unit unit;
    double times;
} UNITS[] = {
    { "", DY_STEPS, 1 },       { "step", DY_STEPS, 1 },   { "steps", DY_STEPS, 1 },
    { "%", DY_FRACTION, 100 }, { "epoch", DY_EPOCHS, 1 }, { "epochs", DY_EPOCHS, 1 },
};

/* `word` without the blanks around it is `wanted`. */
static bool is_word(const char *word, const char *wanted)
{
    word += strspn(word, " \t");
    size_t n = strlen(word);
    while (n > 0 && (word[n - 1] == ' ' || word[n - 1] == '\t')) n--;
    return n == strlen(wanted) && strncmp(word, wanted, n) == 0;
}

bool dy_time_parse(dy_time *time, const char *text, dy_error *err)
{
    const char *number = text + strspn(text, " \t");
    char *end = NULL;
    size_t digits = dy_real_length(number);
    double amount = digits > 0 ? strtod(number, &end) : (double)NAN;
    bool read = isfinite(amount) && end == number + digits;
    for (size_t i = 0; read && i < sizeof UNITS / sizeof *UNITS; i++) {
        if (!is_word(end, UNITS[i].word)) continue;
        *time = (dy_time){ amount / UNITS[i].times, UNITS[i].unit };
        return true;
    }
    return dy_fail(err,
                   "'%.40s' is not a time; want steps (300, \"300 steps\"), a share of the run "
                   "(\"30%%\") or epochs (\"5 epochs\")",
                   text);
}

double dy_time_length(dy_time time, dy_span span)
{
    switch (time.unit) {
    case DY_FRACTION: return time.amount * (double)span.steps;
    case DY_EPOCHS: return time.amount * (double)span.epoch_steps;
    case DY_STEPS: break;
    }
    return time.amount;
}

double dy_time_at(dy_time time, dy_span span)
{
    double last = (double)span.steps - 1;
    if (time.unit == DY_FRACTION) return time.amount * last;
    if (time.unit == DY_STEPS)
        return time.amount < 0 ? (double)span.steps + time.amount : time.amount;
    double at = dy_time_length(time, span);
    return at == (double)span.steps ? last : at;
}

dy_moment dy_moment_at(dy_span span, int64_t step)
{
    DY_ASSERT(span.steps >= 1 && span.epoch_steps >= 1);
    double progress = span.steps > 1 ? (double)step / (double)(span.steps - 1) : 0;
    return (dy_moment){ step, span.steps, step / span.epoch_steps, progress, false };
}

bool dy_plan_add_feedback(dy_plan *plan, const dy_feedback_rule *rule, dy_error *err)
{
    if (!dy_feedback_check(rule, err)) return false;
    for (int32_t i = 0; i < plan->n_feedbacks; i++)
        if (rule->from < plan->feedback[i].until && plan->feedback[i].from < rule->until)
            return dy_fail(err,
                           "feedback over feedback; want at most one for an update, around "
                           "what it is to move");
    if (plan->n_feedbacks == DY_FEEDBACKS_MAX)
        return dy_fail(err, "more than %d parts with feedback", DY_FEEDBACKS_MAX);
    plan->feedback[plan->n_feedbacks++] = *rule;
    return true;
}

bool dy_plan_adopt_feedback(dy_plan *plan, const dy_plan *part, int64_t start, int64_t end,
                            dy_error *err)
{
    for (int32_t i = 0; i < part->n_feedbacks; i++) {
        dy_feedback_rule rule = part->feedback[i];
        rule.from += start;
        rule.origin += start;
        rule.until = rule.until < end - start ? rule.until + start : end;
        if (rule.from < rule.until && !dy_plan_add_feedback(plan, &rule, err)) return false;
    }
    return true;
}

dy_pacer dy_pacer_make(const dy_plan *plan, double momentum)
{
    DY_ASSERT(plan->n_feedbacks == 0 || !plan->call);
    return (dy_pacer){ .plan = plan, .momentum = momentum, .following = -1 };
}

/* The rule in force for an update; -1: none. */
static int32_t rule_at(const dy_plan *plan, int64_t step)
{
    for (int32_t i = 0; i < plan->n_feedbacks; i++)
        if (plan->feedback[i].from <= step && step < plan->feedback[i].until) return i;
    return -1;
}

/* What the rule in force makes of a base lr. */
static double followed(const dy_pacer *pacer, int64_t step, double lr)
{
    int32_t i = rule_at(pacer->plan, step);
    if (i < 0) return lr;
    const dy_feedback_rule *rule = &pacer->plan->feedback[i];
    if (i == pacer->following) lr = dy_feedback_lr(&pacer->feedback, rule, lr);
    if (rule->jitter) lr += lr * dy_curve_at(rule->jitter, (double)(step - rule->origin));
    return lr;
}

/* Without the sign that a NaN out of a division by zero has on some machines. */
static double plain(double x)
{
    return isnan(x) ? (double)NAN : x;
}

bool dy_pace_check(const dy_pace *pace, int64_t step, dy_error *err)
{
    if (!isfinite(pace->lr) || pace->lr < 0)
        return dy_fail(err, "lr: %g at step %lld; want a finite number >= 0", plain(pace->lr),
                       (long long)step);
    if (!(pace->momentum >= 0 && pace->momentum < 1))
        return dy_fail(err, "momentum: %g at step %lld; want 0 <= m < 1", plain(pace->momentum),
                       (long long)step);
    return true;
}

/* lr and momentum as planned, into *now. */
static bool ask_plan(const dy_pacer *pacer, int64_t step, dy_pace *now, dy_error *err)
{
    const dy_plan *plan = pacer->plan;
    if (plan->until > 0 && step >= plan->until)
        return dy_fail(err, "lr: step %lld, but the schedule has %lld, and after = \"error\"",
                       (long long)step, (long long)plan->until);
    if (plan->call) {
        dy_moment moment = dy_moment_at(plan->span, step);
        moment.ahead = pacer->ahead;
        return plan->call(plan->self, &moment, now, err);
    }
    now->lr = dy_curve_at(&plan->lr, (double)step);
    if (plan->momentum.n_nodes > 0) now->momentum = dy_curve_at(&plan->momentum, (double)step);
    if (plan->n_feedbacks > 0) now->lr = followed(pacer, step, now->lr);
    return true;
}

bool dy_pacer_at(const dy_pacer *pacer, int64_t step, dy_pace *pace, dy_error *err)
{
    dy_pace now = { NAN, pacer->momentum };
    bool planned = !pacer->bent_lr || !pacer->bent_momentum;
    if (planned && !ask_plan(pacer, step, &now, err)) return false;
    if (pacer->bent_lr) now.lr = dy_curve_at(pacer->bent_lr, (double)step);
    if (pacer->bent_momentum) now.momentum = dy_curve_at(pacer->bent_momentum, (double)step);
    if (!dy_pace_check(&now, step, err)) return false;
    *pace = now;
    return true;
}

void dy_pacer_observe(dy_pacer *pacer, int64_t step, double metric)
{
    const dy_plan *plan = pacer->plan;
    int32_t i = rule_at(plan, step);
    if (i < 0) return;
    if (i != pacer->following) pacer->feedback = dy_feedback_make(&plan->feedback[i]);
    pacer->following = i;
    dy_feedback_observe(&pacer->feedback, &plan->feedback[i], metric,
                        dy_curve_at(&plan->lr, (double)step));
}
