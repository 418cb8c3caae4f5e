/* feedback.c - when lr falls and rises.   SPDX-License-Identifier: MIT */
#include "schedule/feedback.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static double after(const dy_feedback_rule *rule, const double *metrics, int n)
{
    dy_feedback feedback = dy_feedback_make(rule);
    for (int i = 0; i < n; i++) dy_feedback_observe(&feedback, rule, metrics[i], 1);
    return dy_feedback_lr(&feedback, rule, 1);
}

static dy_feedback_rule plateau(int patience)
{
    dy_feedback_rule rule = dy_feedback_defaults(DY_FEEDBACK_PLATEAU);
    rule.patience = patience;
    return rule;
}

/* By halves and twos, within 1/8 and 8. */
static dy_feedback_rule greedy(int patience)
{
    dy_feedback_rule rule = dy_feedback_defaults(DY_FEEDBACK_GREEDY);
    rule.patience = patience;
    rule.factor = 0.5;
    rule.least_lr = 0.125;
    rule.most_lr = 8;
    return rule;
}

Test(feedback, a_plateau_lowers_lr_after_one_more_than_patience)
{
    dy_feedback_rule rule = plateau(2);
    static const double FLAT[] = { 1, 1, 1, 1, 1, 1, 1 };
    cr_expect(after(&rule, FLAT, 3) == 1);
    cr_expect(after(&rule, FLAT, 4) == 0.1);
    cr_expect(after(&rule, FLAT, 6) == 0.1);
    cr_expect(after(&rule, FLAT, 7) == 0.1 * 0.1);
}

Test(feedback, improvements_below_the_threshold_do_not_count)
{
    dy_feedback_rule rule = plateau(0);
    rule.threshold = 0.1;
    cr_expect(after(&rule, (double[]){ 1, 0.95 }, 2) == 0.1);
    cr_expect(after(&rule, (double[]){ 1, 0.85 }, 2) == 1);
    rule.absolute = true;
    cr_expect(after(&rule, (double[]){ 10, 9.85 }, 2) == 1);
    rule.rising = true;
    cr_expect(after(&rule, (double[]){ 10, 10.05 }, 2) == 0.1);
    cr_expect(after(&rule, (double[]){ 10, 10.15 }, 2) == 1);
}

Test(feedback, nan_is_never_better)
{
    dy_feedback_rule rule = plateau(1);
    cr_expect(after(&rule, (double[]){ NAN, NAN }, 2) == 0.1);
    cr_expect(after(&rule, (double[]){ NAN, 1, NAN }, 3) == 1);
}

Test(feedback, cooldown)
{
    dy_feedback_rule rule = plateau(0);
    rule.cooldown = 2;
    static const double FLAT[] = { 1, 1, 1, 1, 1 };
    cr_expect(after(&rule, FLAT, 2) == 0.1);
    cr_expect(after(&rule, FLAT, 4) == 0.1);
    cr_expect(after(&rule, FLAT, 5) < 0.1);
}

Test(feedback, the_floor_does_not_lift_a_rate_that_is_below_it)
{
    dy_feedback_rule rule = plateau(0);
    rule.least_lr = 0.5;
    dy_feedback lowered = dy_feedback_make(&rule);
    lowered.scale = 0.01;
    cr_expect(dy_feedback_lr(&lowered, &rule, 1) == 0.5);
    cr_expect(dy_feedback_lr(&lowered, &rule, 0.2) == 0.2);
}

Test(feedback, the_ceiling_does_not_lower_a_rate_that_is_above_it)
{
    dy_feedback_rule rule = greedy(0);
    dy_feedback raised = dy_feedback_make(&rule);
    raised.scale = 100;
    cr_expect(dy_feedback_lr(&raised, &rule, 1) == 8);
    cr_expect(dy_feedback_lr(&raised, &rule, 9) == 9);
}

Test(feedback, changes_no_greater_than_eps_are_not_made)
{
    dy_feedback_rule rule = plateau(0);
    rule.eps = 0.95;
    cr_expect(after(&rule, (double[]){ 1, 1, 1 }, 3) == 1);
}

Test(feedback, a_base_that_moves_is_changed_by_the_same_part)
{
    dy_feedback_rule rule = plateau(0);
    dy_feedback feedback = dy_feedback_make(&rule);
    dy_feedback_observe(&feedback, &rule, 1, 4);
    dy_feedback_observe(&feedback, &rule, 1, 2);
    cr_expect(dy_feedback_lr(&feedback, &rule, 2) == 0.2);
    cr_expect(dy_feedback_lr(&feedback, &rule, 1) == 0.1);
    cr_expect(dy_feedback_lr(&feedback, &rule, 0) == 0);
}

Test(feedback, greed_raises_lr_while_things_get_better_and_lowers_it_when_not)
{
    dy_feedback_rule rule = greedy(1);
    static const double V[] = { 9, 8, 7, 6, 6, 6, 6, 6 };
    static const double WANT[] = { 1, 1, 2, 2, 4, 4, 2, 2, 1 };
    for (int n = 0; n <= 8; n++) cr_expect(after(&rule, V, n) == WANT[n], "after %d", n);
}

Test(feedback, greed_stays_within_its_bounds)
{
    dy_feedback_rule rule = greedy(0);
    static const double BETTER[] = { 9, 8, 7, 6, 5 }, WORSE[] = { NAN, NAN, NAN, NAN, NAN };
    cr_expect(after(&rule, BETTER, 5) == 8);
    cr_expect(after(&rule, WORSE, 5) == 0.125);
}

Test(feedback, greed_waits_after_a_change)
{
    dy_feedback_rule rule = greedy(0);
    rule.warmup = 2;
    rule.cooldown = 1;
    static const double V[] = { 9, 8, 7, 6, 7, 7, 7 };
    static const double WANT[] = { 1, 2, 2, 2, 4, 4, 4, 2 };
    for (int n = 0; n <= 7; n++) cr_expect(after(&rule, V, n) == WANT[n], "after %d", n);
}

Test(feedback, greed_starts_anew_after_long_enough_at_the_floor)
{
    dy_feedback_rule rule = greedy(0);
    rule.reset_after = 3;
    static const double FLAT[] = { 1, 1, 1, 1, 1, 1, 1 };
    static const double WANT[] = { 1, 2, 1, 0.5, 0.25, 0.125, 0.125, 1 };
    for (int n = 0; n <= 7; n++) cr_expect(after(&rule, FLAT, n) == WANT[n], "after %d", n);
}

Test(feedback, greed_sees_the_mean_of_a_window)
{
    dy_feedback_rule rule = greedy(0);
    rule.window = 2;
    static const double V[] = { 8, 4, 4, 6, 0 }; /* means 8, 6, 4, 5, 3 */
    static const double WANT[] = { 1, 2, 4, 8, 4, 8 };
    for (int n = 0; n <= 5; n++) cr_expect(after(&rule, V, n) == WANT[n], "after %d", n);
}

Test(feedback, keras_acts_when_patience_is_full_and_counts_what_ends_a_cooldown)
{
    dy_feedback_rule rule = dy_feedback_defaults(DY_FEEDBACK_KERAS);
    rule.factor = 0.5;
    rule.patience = 2;
    rule.cooldown = 2;
    static const double FLAT[] = { 5, 5, 5, 5, 5, 5, 5 };
    static const double WANT[] = { 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25 };
    for (int n = 0; n <= 7; n++) cr_expect(after(&rule, FLAT, n) == WANT[n], "after %d", n);
    rule.cooldown = 0;
    rule.least_lr = 0.3;
    cr_expect(after(&rule, FLAT, 7) == 0.3);
}

static const struct {
    dy_feedback_rule rule;
    const char *message;
} BAD[] = {
    { { .factor = 1 }, "factor is 1; want at least 0 and less than 1" },
    { { .kind = DY_FEEDBACK_GREEDY }, "factor is 0; want more than 0 and less than 1" },
    { { .factor = NAN }, "factor is nan" },
    { { .patience = -1 }, "patience is -1; want at least 0" },
    { { .cooldown = -1 }, "cooldown is -1; want at least 0" },
    { { .warmup = -1 }, "warmup is -1; want at least 0" },
    { { .window = 513 }, "window_size is 513; want 1 to 512" },
    { { .threshold = -1 }, "threshold is -1" },
    { { .least_lr = NAN }, "min_lr is nan" },
    { { .most_lr = -1 }, "max_lr is -1" },
    { { .eps = INFINITY }, "eps is inf" },
};

Test(feedback, bad_settings_are_refused)
{
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        dy_error err = { "" };
        cr_expect(!dy_feedback_check(&BAD[i].rule, &err));
        cr_expect(strstr(err.text, BAD[i].message), "%s", err.text);
    }
    dy_error err;
    for (int kind = 0; kind <= DY_FEEDBACK_KERAS; kind++) {
        dy_feedback_rule rule = dy_feedback_defaults((dy_feedback_kind)kind);
        cr_expect(dy_feedback_check(&rule, &err));
    }
}
