/* plan.c - see plan.h.   SPDX-License-Identifier: MIT */
#include "schedule/plan.h"

#include <ctype.h>
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

/* Digits, at most one point, an exponent: strtod alone would take "nan" and "0x10" as well. */
static size_t number_length(const char *text)
{
    const char *at = text;
    while (isdigit((unsigned char)*at) || *at == '.') at++;
    if (at > text && (*at == 'e' || *at == 'E') &&
        (isdigit((unsigned char)at[1]) || ((at[1] == '+' || at[1] == '-') && at[2] != '\0'))) {
        at += 2;
        while (isdigit((unsigned char)*at)) at++;
    }
    return (size_t)(at - text);
}

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
    size_t digits = number_length(number);
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
    return (dy_moment){ step, span.steps, step / span.epoch_steps, progress };
}

dy_pacer dy_pacer_make(const dy_plan *plan, double momentum)
{
    DY_ASSERT(!plan->feedback || !plan->call);
    return (dy_pacer){ plan, momentum, dy_plateau_make(&plan->plateau) };
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

bool dy_pacer_at(const dy_pacer *pacer, int64_t step, dy_pace *pace, dy_error *err)
{
    const dy_plan *plan = pacer->plan;
    dy_pace now = { NAN, pacer->momentum };
    if (plan->call) {
        dy_moment moment = dy_moment_at(plan->span, step);
        if (!plan->call(plan->self, &moment, &now, err)) return false;
    } else {
        now.lr = dy_curve_at(&plan->lr, (double)step);
        if (plan->momentum.n_nodes > 0)
            now.momentum = dy_curve_at(&plan->momentum, (double)step);
    }
    if (plan->feedback) now.lr = dy_plateau_lr(&pacer->plateau, &plan->plateau, now.lr);
    if (!dy_pace_check(&now, step, err)) return false;
    *pace = now;
    return true;
}

void dy_pacer_observe(dy_pacer *pacer, int64_t step, double metric)
{
    const dy_plan *plan = pacer->plan;
    if (!plan->feedback) return;
    dy_plateau_observe(&pacer->plateau, &plan->plateau, metric,
                       dy_curve_at(&plan->lr, (double)step));
}
