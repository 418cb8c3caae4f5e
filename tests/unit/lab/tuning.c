/* tuning.c - values of momentum and weight decay compared, each at its own lr.   SPDX-License-Identifier: MIT */
#include "lab/tuning.h"

#include "racing.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { SEEDS = 2 };

TestSuite(tuning, .init = open_racing, .fini = close_racing);

static dy_tuning_spec make_spec(dy_tunable what, const double *values, int n)
{
    struct setting s;
    dy_spec plan = constant(0.1);
    dy_tuning_spec spec = { .test = { .finder = { .race = make_setting(&s, 1, &plan)->spec.race,
                                                  .test = dy_range_test_defaults(),
                                                  .seeds = SEEDS,
                                                  .number = 4 },
                                      .try_steps = 30 },
                            .what = what,
                            .values = values,
                            .n = n,
                            .pick = DY_PICK_MINIMUM };
    spec.test.finder.test.steps = 60;
    return spec;
}

/* How many runs on the board begin with this name, use this momentum in their first update, and name this in their card. */
static int count(const char *name, double momentum, const char *optimizer)
{
    int n = 0;
    for (int32_t i = 0; i < dy_board_len(lab.board); i++) {
        dy_run_view run;
        cr_assert(dy_board_run(lab.board, i, &run));
        n += strncmp(run.card->name, name, strlen(name)) == 0 && run.card->aside &&
             dy_tape_at(run.tape, DY_MOMENTUM, 0) == momentum &&
             strstr(run.card->optimizer, optimizer);
    }
    return n;
}

Test(tuning, each_momentum_has_a_range_test_and_a_trial_of_its_own)
{
    static const double VALUES[] = { 0.5, 0.9 };
    dy_tuning tuning;
    dy_error err;
    dy_tuning_spec spec = make_spec(DY_TUNE_MOMENTUM, VALUES, 2);
    must(dy_tuning_open(&tuning, &lab, &spec, &err), &err);
    expect_none_running();
    cr_expect_eq(count("momentum 0.5, seed", 0.5, "momentum 0.5"), SEEDS);
    cr_expect_eq(count("momentum 0.9, seed", 0.9, "momentum 0.9"), SEEDS);
    cr_expect_eq(count("momentum, seed", 0.5, "momentum 0.5"), SEEDS,
                 "their trial holds it still");
    cr_expect_eq(tuning.races, 2 + 2 * SEEDS);
    cr_expect_eq(tuning.steps, 30);
    cr_expect(tuning.best >= 0 && tuning.rows[0].done == SEEDS && tuning.rows[1].done == SEEDS);
    cr_expect(tuning.rows[0].wins + tuning.rows[1].wins >= SEEDS);
    cr_expect(tuning.found[0]->says.spread[DY_PICK_MINIMUM].median >
                  tuning.found[1]->says.spread[DY_PICK_MINIMUM].median,
              "less momentum wants a greater lr");
    dy_tuning_close(&tuning);
}

Test(tuning, weight_decay_leaves_the_cycle_of_momentum)
{
    static const double VALUES[] = { 0, 0.01 };
    dy_tuning tuning;
    dy_error err;
    char text[DY_TUNING_TEXT];
    dy_tuning_spec spec = make_spec(DY_TUNE_WEIGHT_DECAY, VALUES, 2);
    must(dy_tuning_open(&tuning, &lab, &spec, &err), &err);
    cr_expect_eq(count("weight_decay 0.01, seed", 0.9, "weight decay 0.01"), SEEDS);
    cr_expect_eq(count("weight_decay, seed", 0.95, "weight decay 0.01"), SEEDS);
    dy_tuning_text(&tuning, text, sizeof text);
    cr_expect(strstr(text,
                     "weight_decay: an lr range test of each, 2 seeds; then a one cycle of 30 "
                     "updates, at most its minimum lr\n"),
              "%s", text);
    cr_expect(strstr(text, "\n0.01 ") && strstr(text, "<- best"), "%s", text);
    dy_tuning_close(&tuning);
}

Test(tuning, what_cannot_be_compared_is_refused)
{
    static const double BAD[] = { 0.9, 1 };
    dy_tuning tuning;
    dy_error err;
    dy_tuning_spec spec = make_spec(DY_TUNE_MOMENTUM, BAD, 1);
    cr_expect_not(dy_tuning_open(&tuning, &lab, &spec, &err));
    cr_expect(strstr(err.text, "1 values; want 2 to 16"), "%s", err.text);
    spec.n = 2;
    cr_expect_not(dy_tuning_open(&tuning, &lab, &spec, &err));
    cr_expect(strstr(err.text, "values[2]: "), "%s", err.text);
    cr_expect_eq(dy_board_len(lab.board), 0);
}

Test(tuning, a_stop_asked_for_at_the_desk_ends_it)
{
    static const double VALUES[] = { 0.5, 0.9 };
    dy_tuning tuning;
    dy_error err;
    char text[DY_TUNING_TEXT];
    dy_tuning_spec spec = make_spec(DY_TUNE_MOMENTUM, VALUES, 2);
    atomic_store(&dy_board_control(lab.board)->stop, 1);
    must(dy_tuning_open(&tuning, &lab, &spec, &err), &err);
    cr_expect(tuning.stopped && tuning.best == -1 && !tuning.found[0]);
    cr_expect(strstr(dy_tuning_text(&tuning, text, sizeof text), "stopped early"), "%s", text);
    dy_tuning_close(&tuning);
}

Test(tuning, short_of_memory_it_fails_and_leaves_nothing_running)
{
    static const double VALUES[] = { 0.5, 0.9 };
    dy_tuning tuning;
    dy_error err;
    dy_tuning_spec spec = make_spec(DY_TUNE_MOMENTUM, VALUES, 2);
    spec.test.finder.seeds = 1;
    spec.test.finder.test.steps = 20;
    spec.test.try_steps = 1;
    bool opened = false;
    for (int64_t n = 1; !opened; n++) {
        dy_arena_fail_at(n, false);
        opened = dy_tuning_open(&tuning, &lab, &spec, &err);
        dy_arena_fail_at(0, false);
        if (opened) dy_tuning_close(&tuning);
        expect_none_running();
    }
}
