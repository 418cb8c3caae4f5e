/* rehearsal.c - a race that only goes through the motions: it counts, comes to an end, and changes no weight.
 *
 * SPDX-License-Identifier: MIT */
#include "help.h"
#include "learn/race.h"

#include <criterion/criterion.h>
#include <math.h>

static const toy CLASSES = { .rows = 100, .test_rows = 37, .inputs = 8, .outputs = 5 };
static const toy NUMBERS = {
    .rows = 50, .test_rows = 10, .inputs = 3, .outputs = 2, .regress = true
};

static dy_race *open_race(const dy_dataset *data)
{
    dy_race_spec spec = toy_race(data, 6, 20, 2);
    dy_race *race = NULL;
    dy_error err;
    spec.rehearsal = true;
    must(dy_race_open(&race, &spec, 0, &err), &err);
    return race;
}

static double sum_of_weights(dy_race *race)
{
    double sum = 0;
    dy_mat w = dy_race_weights(race, 1, 0);
    for (int64_t i = 0; i < w.rows; i++)
        for (int64_t j = 0; j < w.cols; j++)
            sum += (double)w.at[i * w.row_stride + j * w.col_stride];
    return sum;
}

Test(rehearsal, losses_fall_and_weights_stay)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race *race = open_race(&data);
    double weights = sum_of_weights(race), before = HUGE_VAL, accuracy = 0, loss[2];
    dy_pace pace[2] = { { 0.1, 0.9 }, { 0.1, 0.9 } };
    for (int i = 0; i < 2000; i++) {
        dy_race_step(race, pace, loss);
        dy_score score = dy_race_score(race, 1, &data.test);
        cr_assert(loss[0] == loss[1] && loss[1] < before && loss[1] > 0);
        cr_assert(score.accuracy > accuracy && score.accuracy < 1 && score.loss < before);
        before = loss[1];
        accuracy = score.accuracy;
    }
    cr_expect_eq(dy_race_updates(race), 2000);
    cr_expect_eq(sum_of_weights(race), weights);
    cr_expect_lt(before, 0.05);
    dy_race_close(race);
    dy_dataset_close(&data);
}

Test(rehearsal, too_great_a_rate_harms_and_no_rate_ends_a_lane)
{
    dy_dataset data = toy_data(&NUMBERS);
    dy_race *race = open_race(&data);
    double loss[2];
    dy_pace pace[2] = { { 0.1, 0 }, { 10, 0 } };
    dy_race_step(race, pace, loss);
    cr_expect_gt(loss[1], 50 * loss[0]);
    pace[1].lr = 1e300;
    dy_race_step(race, pace, loss);
    cr_expect(isfinite((float)loss[1]) && dy_race_live(race, 1));
    cr_expect(isnan(dy_race_score(race, 0, &data.test).accuracy));
    dy_race_retire(race, 1);
    loss[1] = -1;
    dy_race_step(race, pace, loss);
    cr_expect_eq(loss[1], -1);
    dy_race_close(race);
    dy_dataset_close(&data);
}
