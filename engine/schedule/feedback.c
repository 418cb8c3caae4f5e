/* feedback.c - see feedback.h.   SPDX-License-Identifier: MIT */
#include "schedule/feedback.h"

#include <math.h>
#include <stddef.h>

dy_feedback_rule dy_feedback_defaults(dy_feedback_kind kind)
{
    bool greedy = kind == DY_FEEDBACK_GREEDY;
    return (dy_feedback_rule){ .kind = kind,
                               .until = INT64_MAX,
                               .factor = greedy ? 0.95 : 0.1,
                               .patience = 10,
                               .threshold = greedy ? 1e-6 : 1e-4,
                               .absolute = greedy,
                               .least_lr = greedy ? 1e-3 : 0,
                               .most_lr = greedy ? 1 : 0,
                               .eps = 1e-8,
                               .reset_after = 500 };
}

static bool check_counts(const dy_feedback_rule *rule, dy_error *err)
{
    const struct {
        const char *name;
        int64_t count;
    } counts[] = {
        { "patience", rule->patience },
        { "cooldown", rule->cooldown },
        { "warmup", rule->warmup },
    };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i].count < 0)
            return dy_fail(err, "%s is %lld; want at least 0", counts[i].name,
                           (long long)counts[i].count);
    if (rule->window >= 0 && rule->window <= DY_FEEDBACK_WINDOW) return true;
    return dy_fail(err, "window_size is %lld; want 1 to %d", (long long)rule->window,
                   DY_FEEDBACK_WINDOW);
}

bool dy_feedback_check(const dy_feedback_rule *rule, dy_error *err)
{
    const struct {
        const char *name;
        double amount;
    } amounts[] = {
        { "threshold", rule->threshold },
        { "min_lr", rule->least_lr },
        { "max_lr", rule->most_lr },
        { "eps", rule->eps },
    };

    bool divides = rule->kind == DY_FEEDBACK_GREEDY; /* by factor */
    if (!(rule->factor < 1 && (divides ? rule->factor > 0 : rule->factor >= 0)))
        return dy_fail(err, "factor is %g; want %s 0 and less than 1", rule->factor,
                       divides ? "more than" : "at least");
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        if (!isfinite(amounts[i].amount) || amounts[i].amount < 0)
            return dy_fail(err, "%s is %g; want a number, at least 0", amounts[i].name,
                           amounts[i].amount);
    return check_counts(rule, err);
}

static double worst(const dy_feedback_rule *rule)
{
    return rule->rising ? -HUGE_VAL : HUGE_VAL;
}

dy_feedback dy_feedback_make(const dy_feedback_rule *rule)
{
    return (dy_feedback){ .scale = 1, .base = NAN, .lr = NAN, .best = worst(rule) };
}

double dy_feedback_lr(const dy_feedback *feedback, const dy_feedback_rule *rule, double base)
{
    if (base == feedback->base) return feedback->lr;
    double lr = base * feedback->scale;
    double least = fmin(base, rule->least_lr); /* a floor, not a lift */
    double most = fmax(base, rule->most_lr);   /* a ceiling, not a lid */
    return lr < least ? least : lr > most ? most : lr;
}

static void move(dy_feedback *feedback, double base, double from, double to)
{
    feedback->scale *= to / from;
    feedback->base = base;
    feedback->lr = to;
}

/* lr by `factor` lower, as far as there is room. */
static void fall(dy_feedback *feedback, const dy_feedback_rule *rule, double base)
{
    double from = dy_feedback_lr(feedback, rule, base);
    double to = fmax(from * rule->factor, rule->least_lr);
    if (from - to > rule->eps) move(feedback, base, from, to);
}

static void rise(dy_feedback *feedback, const dy_feedback_rule *rule, double base)
{
    double from = dy_feedback_lr(feedback, rule, base);
    double to = fmin(from / rule->factor, rule->most_lr);
    if (to - from > rule->eps) move(feedback, base, from, to);
}

/* NaN is never better. */
static bool is_better(const dy_feedback_rule *rule, double metric, double best)
{
    double by = rule->threshold;
    if (rule->absolute) return rule->rising ? metric > best + by : metric < best - by;
    return rule->rising ? metric > best * (1 + by) : metric < best * (1 - by);
}

static void count(dy_feedback *feedback, const dy_feedback_rule *rule, double metric)
{
    bool better = is_better(rule, metric, feedback->best);
    if (better) feedback->best = metric;
    feedback->good = better ? feedback->good + 1 : 0;
    feedback->bad = better ? 0 : feedback->bad + 1;
}

/* The best counts even while nothing else does. */
static void observe_plateau(dy_feedback *feedback, const dy_feedback_rule *rule, double metric,
                            double base)
{
    count(feedback, rule, metric);
    if (feedback->cooling > 0) {
        feedback->cooling--;
        feedback->bad = 0;
    }
    if (feedback->bad <= rule->patience) return;
    fall(feedback, rule, base);
    feedback->cooling = rule->cooldown;
    feedback->bad = 0;
}

/* The mean of the last `window` observations, this one the last: summed up as they come and go, rounding and all. */
static double mean_of_last(dy_feedback *feedback, int64_t window, double metric)
{
    int64_t n = feedback->n_seen++;
    double *slot = &feedback->seen[n % window];
    double gone = *slot;
    *slot = metric;
    feedback->sum += metric;
    if (n >= window) feedback->sum -= gone;
    return feedback->sum / (double)(n < window ? n + 1 : window);
}

/* At the floor for long enough, it starts anew. */
static void fall_or_start_anew(dy_feedback *feedback, const dy_feedback_rule *rule, double base)
{
    fall(feedback, rule, base);
    if (dy_feedback_lr(feedback, rule, base) > rule->least_lr) return;
    if (++feedback->stuck >= rule->reset_after) *feedback = dy_feedback_make(rule);
}

/* The first is better whatever it is; the observation that ends a cooldown counts; at the floor nothing begins anew. */
static void observe_keras(dy_feedback *feedback, const dy_feedback_rule *rule, double metric,
                          double base)
{
    double by = rule->threshold, best = feedback->best;
    bool better =
        feedback->n_seen++ == 0 || (rule->rising ? metric - by > best : metric + by < best);
    if (feedback->cooling > 0) {
        feedback->cooling--;
        feedback->bad = 0;
    }
    if (better) {
        feedback->best = metric;
        feedback->bad = 0;
    } else if (feedback->cooling == 0 && ++feedback->bad >= rule->patience) {
        double from = dy_feedback_lr(feedback, rule, base);
        if (!(from > (double)(float)rule->least_lr)) return;
        move(feedback, base, from, fmax(from * rule->factor, rule->least_lr));
        feedback->cooling = rule->cooldown;
        feedback->bad = 0;
    }
}

static void observe_greedy(dy_feedback *feedback, const dy_feedback_rule *rule, double metric,
                           double base)
{
    if (rule->window > 0) metric = mean_of_last(feedback, rule->window, metric);
    int64_t *wait = feedback->cooling > 0 ? &feedback->cooling : &feedback->warming;
    if (*wait > 0) {
        --*wait;
        feedback->good = feedback->bad = 0;
        return;
    }
    count(feedback, rule, metric);
    if (feedback->good > rule->patience) {
        rise(feedback, rule, base);
        feedback->stuck = feedback->good = 0;
        feedback->warming = rule->warmup;
    } else if (feedback->bad > rule->patience) {
        fall_or_start_anew(feedback, rule, base);
        feedback->bad = 0;
        feedback->cooling = rule->cooldown;
    }
}

void dy_feedback_observe(dy_feedback *feedback, const dy_feedback_rule *rule, double metric,
                         double base)
{
    switch (rule->kind) {
    case DY_FEEDBACK_PLATEAU: observe_plateau(feedback, rule, metric, base); break;
    case DY_FEEDBACK_GREEDY: observe_greedy(feedback, rule, metric, base); break;
    case DY_FEEDBACK_KERAS: observe_keras(feedback, rule, metric, base); break;
    }
}
