/* trial.c - short runs that tell which rate is best.   SPDX-License-Identifier: MIT */
#include "lab/trial.h"

#include "racing.h"

#include <criterion/criterion.h>
#include <math.h>

enum { RIDERS = 2, SEEDS = 3 };

TestSuite(trial, .init = open_racing, .fini = close_racing);

static const dy_trial_rider PICKS[RIDERS] = { { "slow", 1e-5 }, { "quick", 0.2 } };

static dy_trial_spec make_spec(void)
{
    struct setting s;
    dy_spec plan = constant(0.1);
    return (dy_trial_spec){ .race = make_setting(&s, 1, &plan)->spec.race,
                            .riders = PICKS,
                            .n = RIDERS,
                            .seeds = SEEDS,
                            .steps = 60,
                            .cycle_momentum = true,
                            .number = 2 };
}

Test(trial, every_seed_is_a_race_of_one_cycles)
{
    dy_run_view runs[SEEDS * RIDERS];
    dy_error err;
    dy_trial_spec spec = make_spec();
    must(dy_trial_run(&lab, &spec, runs, &err), &err);
    for (int k = 0; k < SEEDS; k++) {
        const dy_run_view *race = &runs[k * RIDERS];
        cr_expect_eq(dy_tape_at(race[0].tape, DY_LOSS, 0), dy_tape_at(race[1].tape, DY_LOSS, 0),
                     "the same weights and batch");
        for (int i = 0; i < RIDERS; i++) {
            cr_expect_eq(status_of(&race[i]), DY_DONE);
            cr_expect(race[i].card->aside && race[i].card->race == 2 + k);
            cr_expect_eq(race[i].card->seed, 3U + (unsigned)k);
            dy_range peak = dy_tape_range(race[i].tape, DY_LR, 0, 60);
            cr_expect_float_eq(peak.hi, PICKS[i].max_lr, 0.05 * PICKS[i].max_lr);
        }
    }
    cr_expect_str_eq(runs[1].card->name, "quick, seed 3");
    cr_expect(dy_tape_range(runs[0].tape, DY_MOMENTUM, 0, 60).lo < 0.86);
    spec.cycle_momentum = false;
    must(dy_trial_run(&lab, &spec, runs, &err), &err);
    cr_expect_eq(dy_tape_range(runs[0].tape, DY_MOMENTUM, 0, 60).lo, 0.9);
}

Test(trial, the_better_rate_wins)
{
    dy_run_view runs[SEEDS * RIDERS];
    dy_standings_row rows[RIDERS];
    dy_error err;
    int best;
    dy_trial_spec spec = make_spec();
    must(dy_trial_run(&lab, &spec, runs, &err), &err);
    cr_expect_eq(dy_trial_judge(runs, SEEDS, RIDERS, rows, &best), DY_BY_ACCURACY);
    cr_expect_eq(best, 1);
    cr_expect(rows[0].done == SEEDS && rows[1].done == SEEDS);
    cr_expect(rows[1].wins == SEEDS && rows[0].wins == 0);
    double sum = 0;
    for (int k = 0; k < SEEDS; k++) sum += runs[k * RIDERS + 1].outcome->test_accuracy;
    cr_expect_float_eq(rows[1].mean, sum / SEEDS, 1e-12);
}

/* Outcomes as they may be. */
static void judge(const double accuracy[][RIDERS], const double loss[][RIDERS],
                  dy_standings_row *rows, dy_measure *by, int *best)
{
    static dy_outcome outcomes[SEEDS * RIDERS];
    dy_run_view runs[SEEDS * RIDERS];
    for (int i = 0; i < SEEDS * RIDERS; i++) {
        dy_outcome *o = &outcomes[i];
        o->test_accuracy = accuracy ? accuracy[i / RIDERS][i % RIDERS] : (double)NAN;
        o->test_loss = loss ? loss[i / RIDERS][i % RIDERS] : (double)NAN;
        o->train_loss = i;
        bool diverged = (accuracy && isnan(o->test_accuracy)) || (loss && isnan(o->test_loss));
        o->status = diverged ? DY_DIVERGED : DY_DONE;
        runs[i].outcome = o;
    }
    *by = dy_trial_judge(runs, SEEDS, RIDERS, rows, best);
}

Test(trial, one_that_diverges_does_not_win_by_the_rest)
{
    static const double ACCURACY[SEEDS][RIDERS] = { { 0.8, 0.9 }, { 0.7, NAN }, { 0.75, 0.9 } };
    dy_standings_row rows[RIDERS];
    dy_measure by;
    int best;
    judge(ACCURACY, NULL, rows, &by, &best);
    cr_expect_eq(by, DY_BY_ACCURACY);
    cr_expect_eq(best, 0);
    cr_expect(rows[0].done == 3 && rows[1].done == 2);
    cr_expect(rows[0].wins == 1 && rows[1].wins == 2);
    cr_expect_float_eq(rows[0].mean, 0.75, 1e-12);
    cr_expect_float_eq(rows[0].std, 0.05, 1e-12);
}

Test(trial, of_a_loss_less_is_better)
{
    static const double LOSS[SEEDS][RIDERS] = { { 0.3, 0.2 }, { 0.3, 0.4 }, { 0.4, 0.2 } };
    dy_standings_row rows[RIDERS];
    dy_measure by;
    int best;
    judge(NULL, LOSS, rows, &by, &best);
    cr_expect_eq(by, DY_BY_TEST_LOSS);
    cr_expect_eq(best, 1);
    cr_expect_eq(rows[1].wins, 2);
    cr_expect_float_eq(rows[1].mean, 0.8 / 3, 1e-12);
    judge(NULL, NULL, rows, &by, &best);
    cr_expect_eq(by, DY_BY_TRAIN_LOSS);
    cr_expect_eq(best, 0);
}

Test(trial, where_all_diverge_nobody_wins)
{
    static const double ACCURACY[SEEDS][RIDERS] = { { NAN, NAN }, { NAN, NAN }, { NAN, NAN } };
    dy_standings_row rows[RIDERS];
    dy_measure by;
    int best;
    judge(ACCURACY, NULL, rows, &by, &best);
    cr_expect_eq(best, -1);
    cr_expect(rows[0].done == 0 && isnan(rows[0].mean) && isnan(rows[0].std));
    cr_expect_eq(rows[0].wins, 0);
}
