/* suggestions.c - range tests over seeds: the band, the spread, the divergence.   SPDX-License-Identifier: MIT */
#include "schedule/suggestions.h"

#include <criterion/criterion.h>
#include <math.h>

enum { STEPS = 100, SEEDS = 4 };

typedef struct fixture {
    double lr[STEPS], loss[SEEDS][STEPS];
    dy_ramp ramps[SEEDS];
    dy_arena arena;
    dy_suggestions says;
} fixture;

/* Seed k falls from 3 over a decade around 10^(-3 + k/4), and gets out of hand two decades later. */
static void fill(fixture *f)
{
    f->arena = dy_arena_make(0);
    for (int i = 0; i < STEPS; i++) f->lr[i] = pow(10, -6 + 7.0 * i / (STEPS - 1));
    for (int k = 0; k < SEEDS; k++) {
        for (int i = 0; i < STEPS; i++) {
            double decades = log10(f->lr[i]) + 3 - 0.25 * k;
            f->loss[k][i] = 2 - tanh(2 * decades) + (decades > 2 ? 40 * (decades - 2) : 0);
        }
        f->ramps[k] = (dy_ramp){ f->loss[k], STEPS, true };
    }
}

static void make(fixture *f, int seeds, double smoothing)
{
    dy_error err;
    cr_assert(dy_suggestions_make(&f->says, &f->arena, f->ramps, seeds, f->lr, STEPS, smoothing,
                                  &err),
              "%s", err.text);
}

Test(suggestions, each_pick_has_its_median_and_its_ends)
{
    fixture f;
    fill(&f);
    make(&f, SEEDS, 0);
    const dy_spread *s = &f.says.spread[DY_PICK_STEEPEST];
    cr_expect_eq(s->seeds, SEEDS);
    cr_expect_eq(s->least, f.says.picks[0][DY_PICK_STEEPEST]);
    cr_expect_eq(s->greatest, f.says.picks[3][DY_PICK_STEEPEST]);
    double middle = sqrt(f.says.picks[1][DY_PICK_STEEPEST] * f.says.picks[2][DY_PICK_STEEPEST]);
    cr_expect(fabs(s->median / middle - 1) < 1e-12);
    cr_expect(fabs(log10(s->least) + 3) < 0.1, "%g", s->least);
    make(&f, 3, 0);
    cr_expect_eq(f.says.spread[DY_PICK_STEEPEST].median, f.says.picks[1][DY_PICK_STEEPEST]);
    dy_arena_close(&f.arena);
}

Test(suggestions, the_band_lies_around_the_seeds)
{
    fixture f;
    fill(&f);
    make(&f, SEEDS, 0);
    const dy_suggestions *g = &f.says;
    for (int64_t i = 0; i < g->n; i++) {
        double sum = 0;
        for (int k = 0; k < SEEDS; k++) sum += f.loss[k][i];
        cr_expect(fabs(g->mean[i] - sum / SEEDS) < 1e-12);
        cr_expect(g->least[i] <= g->lower[i] && g->lower[i] <= g->upper[i] &&
                  g->upper[i] <= g->greatest[i]);
        cr_expect_eq(g->least[i],
                     fmin(f.loss[0][i], fmin(f.loss[1][i], fmin(f.loss[2][i], f.loss[3][i]))));
    }
    dy_arena_close(&f.arena);
}

Test(suggestions, a_seed_that_has_ended_keeps_its_last_smoothed_loss)
{
    fixture f;
    fill(&f);
    f.ramps[0].n = 61;
    f.loss[0][60] = NAN;
    make(&f, 2, 0);
    for (int i = 60; i < STEPS; i++) cr_expect_eq(f.says.smooth[0][i], f.loss[0][59]);
    cr_expect_eq(f.says.diverges[0], f.lr[60], "all before it were below where it began");
    dy_arena_close(&f.arena);
}

Test(suggestions, divergence_is_where_the_loss_left_for_good_and_not_where_the_stop_noticed)
{
    fixture f;
    fill(&f);
    make(&f, SEEDS, 0.9);
    for (int k = 0; k < SEEDS; k++) {
        double expected = -3 + 0.25 * k + 2; /* and a little more, to climb half way back */
        double found = log10(f.says.diverges[k]);
        cr_expect(found > expected && found < expected + 0.15, "%g %g", found, expected);
    }
    cr_expect_eq(f.says.divergence.seeds, SEEDS);
    dy_arena_close(&f.arena);
}

/* Its units all off for good, a classifier's loss is that of guessing: no blow-up for a stop to see. */
Test(suggestions, a_network_that_died_has_diverged)
{
    fixture f;
    fill(&f);
    for (int i = 70; i < STEPS; i++) f.loss[0][i] = 2.9;
    f.ramps[0].diverged = false;
    make(&f, 1, 0.9);
    cr_expect_eq(f.says.diverges[0], f.lr[70]);
    for (int i = 70; i < STEPS; i++) f.loss[0][i] = i < STEPS - 4 ? 1.1 : 2.9;
    make(&f, 1, 0.9);
    cr_expect(isnan(f.says.diverges[0]), "four batches are no end");
    dy_arena_close(&f.arena);
}

Test(suggestions, a_ramp_that_broke_at_once_says_nothing_but_that)
{
    fixture f;
    fill(&f);
    f.loss[0][0] = INFINITY;
    f.ramps[0].n = 1;
    make(&f, 1, 0.98);
    cr_expect_eq(f.says.diverges[0], f.lr[0]);
    for (int i = 0; i < DY_PICKS; i++) {
        cr_expect(isnan(f.says.spread[i].median));
        cr_expect_eq(f.says.spread[i].seeds, 0);
    }
    dy_arena_close(&f.arena);
}

Test(suggestions, a_curve_is_read_between_its_rates_over_the_logarithm)
{
    double lr[] = { 0.01, 0.1, 10 }, curve[] = { 3, 2, 4 };
    dy_suggestions f = { .n = 3, .lr = lr };
    cr_expect_eq(dy_suggestions_at(&f, curve, 1e-3), 3);
    cr_expect_eq(dy_suggestions_at(&f, curve, 0.1), 2);
    cr_expect(fabs(dy_suggestions_at(&f, curve, 1) - 3) < 1e-12);
    cr_expect_eq(dy_suggestions_at(&f, curve, 100), 4);
}

Test(suggestions, short_memory_is_an_error)
{
    fixture f;
    fill(&f);
    dy_error err;
    for (int64_t n = 1; n <= 4 + SEEDS + 5; n++) {
        dy_arena_fail_at(n, false);
        bool ok =
            dy_suggestions_make(&f.says, &f.arena, f.ramps, SEEDS, f.lr, STEPS, 0.98, &err);
        cr_expect_eq(ok, n > 3 + SEEDS + 6, "%d", (int)n);
    }
    dy_arena_fail_at(0, false);
    dy_arena_close(&f.arena);
}
