/* motion.c - what is measured of an update is what it did, and measuring moves no bit.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/motion.h"

#include "help.h"

#include <criterion/criterion.h>
#include <math.h>

static const toy CLASSES = {
    .rows = 100, .test_rows = 37, .inputs = 40, .outputs = 5, .bytes = true
};

static dy_race *open_race(const dy_race_spec *spec)
{
    dy_race *race = NULL;
    dy_error err;
    must(dy_race_open(&race, spec, 0, &err), &err);
    return race;
}

/* All weights of a lane, one after the other; returns how many. */
static int weights_of(dy_race *race, double *to)
{
    int n = 0;
    for (int layer = 0; layer < 2; layer++) {
        dy_mat w = dy_race_weights(race, 0, layer);
        for (int64_t i = 0; i < w.rows; i++)
            for (int64_t j = 0; j < w.cols; j++) to[n++] = (double)w.at[i * w.row_stride + j];
    }
    return n;
}

Test(motion, the_ratio_is_that_of_the_weights_before_and_after)
{
    static double before[2000], after[2000];
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 16, 20, 1);
    spec.optim = dy_adam_defaults();
    dy_race *race = open_race(&spec);
    for (int step = 0; step < 10; step++) {
        dy_pace pace = { 0.01, 0.9 };
        dy_motion motion;
        double loss, moved = 0, size = 0;
        int n = weights_of(race, before);
        dy_race_step_some(race, NULL, &pace, &loss, &motion);
        weights_of(race, after);
        for (int i = 0; i < n; i++) {
            moved += (after[i] - before[i]) * (after[i] - before[i]);
            size += before[i] * before[i];
        }
        cr_expect_float_eq(dy_motion_ratio(&motion), sqrt(moved / size), 1e-12);
        cr_expect(dy_motion_ratio(&motion) > 0);
    }
    dy_race_close(race);
    dy_dataset_close(&data);
}

Test(motion, the_gradient_is_what_plain_descent_moves_by)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 16, 20, 1);
    for (int clipped = 0; clipped < 2; clipped++) {
        spec.optim.clip_norm = clipped ? 1e6 : 0; /* never met */
        dy_race *race = open_race(&spec);
        dy_pace pace = { 0.5, 0 };
        dy_motion motion;
        double loss;
        for (int step = 0; step < 5; step++) {
            dy_race_step_some(race, NULL, &pace, &loss, &motion);
            double lr = sqrt(motion.moved) / dy_motion_gradient_norm(&motion);
            cr_expect_float_eq(lr, 0.5, 1e-5, "%g", lr);
        }
        dy_race_close(race);
    }
    dy_dataset_close(&data);
}

Test(motion, measuring_moves_no_bit)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 16, 20, 2);
    spec.optim.clip_norm = 0.1;
    spec.model.dropout = 0.2;
    dy_race *plain = open_race(&spec), *measured = open_race(&spec);
    for (int step = 0; step < 30; step++) {
        dy_pace pace[] = { { 0.05, 0.9 }, { 0.2, 0.5 } };
        dy_motion motion[2];
        double a[2], b[2];
        dy_race_step(plain, pace, a);
        dy_race_step_some(measured, NULL, pace, b, step % 3 ? NULL : motion);
        cr_expect(a[0] == b[0] && a[1] == b[1]);
    }
    for (int lane = 0; lane < 2; lane++)
        cr_expect(same_weights(plain, lane, measured, lane, &spec.model));
    dy_race_close(plain);
    dy_race_close(measured);
    dy_dataset_close(&data);
}

Test(motion, of_no_weights_there_is_no_ratio)
{
    dy_motion none = { 0 };
    cr_expect(dy_motion_ratio(&none) == 0 && dy_motion_gradient_norm(&none) == 0);
}
