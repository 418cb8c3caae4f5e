/* race.c - lanes that keep to themselves, replay, divergence, scores, and what opening refuses.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/race.h"

#include "help.h"

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { LANES_MOST = 4 };

static const toy CLASSES = {
    .rows = 100, .test_rows = 37, .inputs = 40, .outputs = 5, .bytes = true
};
static const toy NUMBERS = {
    .rows = 50, .test_rows = 10, .inputs = 3, .outputs = 2, .regress = true
};

static dy_race *open_race(const dy_race_spec *spec)
{
    dy_race *race = NULL;
    dy_error err;
    must(dy_race_open(&race, spec, 0, &err), &err);
    return race;
}

/* `steps` updates; lane k has lr[k]. The last losses are left in `loss`. */
static void run(dy_race *race, int lanes, int steps, const double *lr, double *loss)
{
    dy_pace pace[LANES_MOST];
    for (int k = 0; k < lanes; k++) pace[k] = (dy_pace){ lr[k], 0.9 };
    for (int i = 0; i < steps; i++) dy_race_step(race, pace, loss);
}

Test(race, training_lowers_the_loss)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 32, 20, 1);
    dy_race *race = open_race(&spec);
    double before = dy_race_score(race, 0, &data.train).loss, loss;
    cr_expect_eq(dy_race_epoch_steps(race), 5);
    run(race, 1, 1000, &(double){ 0.05 }, &loss);
    dy_score after = dy_race_score(race, 0, &data.train);
    cr_expect_lt(after.loss, before / 10, "%g, %g before", after.loss, before);
    cr_expect_gt(after.accuracy, 0.95);
    cr_expect_eq(dy_race_updates(race), 1000);
    dy_race_close(race);
    dy_dataset_close(&data);
}

/* Identity, MSE, one layer, all rows in one batch: each update can be followed in double precision. */
Test(race, a_linear_regression_follows_the_formulas)
{
    enum { STEPS = 30 };

    dy_dataset data = toy_data(&NUMBERS);
    dy_race_spec spec = toy_race(&data, 1, 50, 1);
    spec.model = (dy_mlp_spec){ .n_layers = 1, .widths = { 3, 2 }, .init = DY_TORCH };
    dy_race *race = open_race(&spec);
    double w[4][2], v[4][2] = { 0 };
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 2; j++) {
            dy_mat m = dy_race_weights(race, 0, 0);
            w[i][j] = (double)m.at[i * m.row_stride + j];
        }
    for (int t = 0; t < STEPS; t++) {
        double g[4][2] = { 0 }, want = 0, got;
        for (int r = 0; r < 50; r++)
            for (int j = 0; j < 2; j++) {
                const float *x = data.train.floats + (ptrdiff_t)r * 3;
                double z = w[3][j] - (double)data.train.targets[r * 2 + j];
                for (int i = 0; i < 3; i++) z += w[i][j] * (double)x[i];
                want += z * z / 100;
                for (int i = 0; i < 4; i++) g[i][j] += 2 * z * (i < 3 ? (double)x[i] : 1) / 100;
            }
        run(race, 1, 1, &(double){ 0.1 }, &got);
        cr_assert_float_eq(got, want, 1e-5, "update %d: %g, not %g", t, got, want);
        for (int i = 0; i < 8; i++) {
            v[i / 2][i % 2] = 0.9 * v[i / 2][i % 2] + g[i / 2][i % 2];
            w[i / 2][i % 2] -= 0.1 * v[i / 2][i % 2];
        }
    }
    cr_expect(isnan(dy_race_score(race, 0, &data.test).accuracy));
    dy_race_close(race);
    dy_dataset_close(&data);
}

/* Also when others diverge, retire, or are not there; over shapes small and large, with a last batch that is short. */
Test(race, a_lane_is_the_same_bits_alone_and_among_others)
{
    const struct {
        int64_t inputs, hidden, batch;
        double dropout;
    } cases[] = { { 40, 32, 33, 0 },   { 40, 300, 64, 0 },  { 200, 100, 30, 0.3 },
                  { 9, 5, 7, 0.5 },    { 784, 128, 48, 0 }, { 64, 16, 1, 0 },
                  { 100, 257, 100, 0 } };

    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        toy t = CLASSES;
        t.inputs = cases[c].inputs;
        dy_dataset data = toy_data(&t);
        dy_race_spec spec = toy_race(&data, cases[c].hidden, cases[c].batch, 4);
        spec.model.dropout = cases[c].dropout;
        dy_race *race = open_race(&spec);
        spec.lanes = 1;
        dy_race *alone = open_race(&spec);
        const double lr[] = { 1e9, 0.05, 0.05, 0.2 };
        double loss[4], lone;
        for (int i = 0; i < 9; i++) {
            run(race, 4, 1, lr, loss);
            run(alone, 1, 1, &(double){ 0.05 }, &lone);
            cr_assert_eq(memcmp(&loss[1], &lone, sizeof lone), 0, "case %zu update %d", c, i);
            cr_assert_eq(memcmp(&loss[2], &lone, sizeof lone), 0);
            if (i == 4) dy_race_retire(race, 3);
        }
        cr_expect(same_weights(race, 1, alone, 0, &spec.model), "case %zu", c);
        cr_expect(same_weights(race, 2, alone, 0, &spec.model), "case %zu", c);
        cr_expect_not(same_weights(race, 3, alone, 0, &spec.model), "case %zu", c);
        dy_race_close(race);
        dy_race_close(alone);
        dy_dataset_close(&data);
    }
}

Test(race, threads_and_repetition_move_no_bit)
{
    toy t = CLASSES;
    t.inputs = 300;
    dy_dataset data = toy_data(&t);
    dy_race_spec spec = toy_race(&data, 200, 64, 1);
    spec.model.dropout = 0.2;
    spec.optim = dy_adam_defaults();
    dy_race *one = open_race(&spec);
    double first, loss;
    run(one, 1, 5, &(double){ 0.01 }, &first);
    for (int threads = 1; threads <= 4; threads *= 2) {
        spec.threads = threads;
        dy_race *again = open_race(&spec);
        run(again, 1, 5, &(double){ 0.01 }, &loss);
        cr_expect_eq(memcmp(&loss, &first, sizeof loss), 0, "%d threads", threads);
        cr_expect(same_weights(one, 0, again, 0, &spec.model), "%d threads", threads);
        dy_race_close(again);
    }
    spec.threads = 1;
    spec.seed++;
    dy_race *other = open_race(&spec);
    cr_expect_not(same_weights(one, 0, other, 0, &spec.model));
    dy_race_close(other);
    dy_race_close(one);
    dy_dataset_close(&data);
}

Test(race, a_diverged_lane_retires_with_its_weights_as_they_were)
{
    dy_dataset data = toy_data(&NUMBERS);
    dy_race_spec spec = toy_race(&data, 16, 25, 1);
    spec.model.activation = DY_IDENTITY; /* a relu may die instead, and its loss stay finite */
    dy_race *race = open_race(&spec), *twin = open_race(&spec);
    double loss = 0;
    int updates = 0; /* that changed the weights */
    for (; updates < 100; updates++) {
        run(race, 1, 1, &(double){ 1e9 }, &loss);
        if (!isfinite(loss)) break;
    }
    cr_expect_lt(updates, 100);
    cr_expect_not(dy_race_live(race, 0));
    run(twin, 1, updates, &(double){ 1e9 }, &loss);
    cr_expect(same_weights(race, 0, twin, 0, &spec.model));
    loss = 7;
    run(race, 1, 3, &(double){ 0.1 }, &loss);
    cr_expect_eq(loss, 7, "a retired lane has no loss");
    cr_expect(same_weights(race, 0, twin, 0, &spec.model));
    dy_race_close(race);
    dy_race_close(twin);
    dy_dataset_close(&data);
}

/* Scoring, on either split and at any time, changes nothing that is to come. */
Test(race, scoring_leaves_no_trace)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 16, 30, 2);
    spec.model.dropout = 0.5;
    dy_race *scored = open_race(&spec), *plain = open_race(&spec);
    const double lr[] = { 0.1, 0.05 };
    double a[2], b[2];
    for (int i = 0; i < 12; i++) {
        run(scored, 2, 1, lr, a);
        run(plain, 2, 1, lr, b);
        cr_assert_arr_eq(a, b, sizeof a);
        dy_score first = dy_race_score(scored, 1, &data.test);
        dy_race_score(scored, 0, &data.train);
        dy_score again = dy_race_score(scored, 1, &data.test);
        cr_assert_eq(memcmp(&first, &again, sizeof first), 0);
    }
    cr_expect(same_weights(scored, 0, plain, 0, &spec.model));
    dy_race_close(scored);
    dy_race_close(plain);
    dy_dataset_close(&data);
}

/* A network that says class 0 with certainty e / (e + 4). */
Test(race, scores_by_hand)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 1, 10, 1);
    spec.model = (dy_mlp_spec){ .n_layers = 1, .widths = { 40, 5 } };
    dy_race *race = open_race(&spec);
    dy_mat w = dy_race_weights(race, 0, 0);
    cr_assert_eq(w.rows, 41);
    cr_assert_eq(w.cols, 5);
    for (int64_t i = 0; i < w.rows; i++) memset(w.at + i * w.row_stride, 0, 5 * sizeof(float));
    w.at[40 * w.row_stride] = 1;
    double right = 0;
    for (int i = 0; i < 37; i++) right += data.test.labels[i] == 0;
    dy_score score = dy_race_score(race, 0, &data.test);
    cr_expect_float_eq(score.accuracy, right / 37, 1e-12);
    cr_expect_float_eq(score.loss, log(exp(1) + 4) - right / 37, 1e-6);
    dy_race_close(race);
    dy_dataset_close(&data);
}

Test(race, predictions)
{
    dy_arena arena = dy_arena_make(0);
    dy_rng rng = dy_rng_make(1, "x");
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 16, 10, 1);
    spec.model.dropout = 0.5;
    dy_race *race = open_race(&spec);
    double loss;
    run(race, 1, 3, &(double){ 0.1 }, &loss);
    dy_mat x = random_mat(&arena, 7, 40, 1, &rng), y = random_mat(&arena, 7, 5, 0, &rng);
    dy_race_predict(race, 0, x, y);
    for (int64_t i = 0; i < 7; i++) {
        double sum = 0;
        for (int64_t j = 0; j < 5; j++) sum += (double)y.at[i * y.row_stride + j];
        cr_expect_float_eq(sum, 1, 1e-6);
    }
    dy_race_close(race);
    dy_dataset_close(&data);
    dy_arena_close(&arena);
}

/* Weights may be overwritten between updates: the next update is theirs. */
Test(race, weights_may_be_written)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 16, 100, 1); /* every update sees all rows */
    dy_race *race = open_race(&spec);
    double first, second;
    float kept[41 * 16];
    dy_mat w = dy_race_weights(race, 0, 0);
    for (int i = 0; i < 41; i++) memcpy(kept + (ptrdiff_t)i * 16, w.at + i * w.row_stride, 64);
    run(race, 1, 1, &(double){ 0.0 }, &first);
    for (int i = 0; i < 41; i++) memset(w.at + i * w.row_stride, 0, 64);
    run(race, 1, 1, &(double){ 0.0 }, &second);
    cr_expect_neq(first, second);
    for (int i = 0; i < 41; i++) memcpy(w.at + i * w.row_stride, kept + (ptrdiff_t)i * 16, 64);
    run(race, 1, 1, &(double){ 0.0 }, &second);
    cr_expect_float_eq(first, second, 1e-6); /* all rows again, in another order */
    dy_race_close(race);
    dy_dataset_close(&data);
}

Test(race, clipping_bounds_the_step)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 16, 20, 1);
    spec.optim.clip_norm = 1e-3;
    dy_race *race = open_race(&spec), *still = open_race(&spec);
    double loss, squares = 0;
    run(race, 1, 1, &(double){ 1 }, &loss);
    for (int i = 0; i < 2; i++) {
        dy_mat a = dy_race_weights(race, 0, i), b = dy_race_weights(still, 0, i);
        for (int64_t r = 0; r < a.rows; r++)
            for (int64_t j = 0; j < a.cols; j++)
                squares += pow(
                    (double)a.at[r * a.row_stride + j] - (double)b.at[r * b.row_stride + j], 2);
    }
    cr_expect_float_eq(sqrt(squares), 1e-3, 2e-5);
    dy_race_close(race);
    dy_race_close(still);
    dy_dataset_close(&data);
}

Test(race, bad_specs)
{
    dy_dataset classes = toy_data(&CLASSES), numbers = toy_data(&NUMBERS);
    dy_race_spec good = toy_race(&classes, 16, 10, 1);

    struct {
        dy_race_spec spec;
        const char *said;
    } cases[] = {
        { good, "the model has 700 inputs, but toy has 40; make its first width 40" },
        { good, "the model has 7 outputs, but toy has 5 classes" },
        { good, "loss mse wants numbers to predict, but toy has classes" },
        { toy_race(&numbers, 4, 10, 1), "cross_entropy wants classes, but toy has numbers" },
        { good, "0 lanes; want 1 to" },
        { good, "0 threads; want 1 to" },
        { good, "batch of 0 rows; want 1 to" },
        { good, "batch of 200 rows" },
        { good, "dropout 1.5" },
        { good, "momentum 2" },
        { good, "label smoothing -1" },
    };

    cases[0].spec.model.widths[0] = 700;
    cases[1].spec.model.widths[2] = 7;
    cases[2].spec.loss.kind = DY_MSE;
    cases[3].spec.loss.kind = DY_CROSS_ENTROPY;
    cases[4].spec.lanes = 0;
    cases[5].spec.threads = 0;
    cases[6].spec.batch = 0;
    cases[7].spec.batch = 200;
    cases[7].spec.drop_last = true;
    cases[8].spec.model.dropout = 1.5;
    cases[9].spec.optim.momentum = 2;
    cases[10].spec.loss.smoothing = -1;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dy_race *race = NULL;
        dy_error err = { "" };
        cr_expect_not(dy_race_open(&race, &cases[i].spec, 0, &err), "case %zu", i);
        cr_expect_null(race);
        cr_expect_not_null(strstr(err.text, cases[i].said), "%s", err.text);
    }
    dy_dataset_close(&classes);
    dy_dataset_close(&numbers);
}

Test(race, opening_fails_without_memory_at_each_take)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 8, 10, 2);
    spec.optim = dy_adam_defaults();
    spec.model.dropout = 0.1;
    for (int forever = 0; forever < 2; forever++)
        for (int64_t n = 1;; n++) {
            dy_race *race = NULL;
            dy_error err = { "" };
            dy_arena_fail_at(n, forever);
            bool opened = dy_race_open(&race, &spec, 0, &err);
            dy_arena_fail_at(0, false);
            if (opened) {
                cr_assert_gt(n, 20);
                dy_race_close(race);
                break;
            }
            cr_assert_null(race);
            cr_assert_not_null(strstr(err.text, "out of memory"), "%s", err.text);
        }
    dy_dataset_close(&data);
}

Test(race, a_limit_of_memory_holds)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 1 << 20, 10, 1);
    dy_race *race = NULL;
    dy_error err;
    cr_expect_not(dy_race_open(&race, &spec, 1 << 20, &err));
    cr_expect_not_null(strstr(err.text, "out of memory"), "%s", err.text);
    dy_dataset_close(&data);
}

Test(race, a_lane_that_is_not_there_is_our_mistake, .signal = SIGABRT)
{
    dy_dataset data = toy_data(&CLASSES);
    dy_race_spec spec = toy_race(&data, 8, 10, 2);
    dy_race_live(open_race(&spec), 2);
}

Test(race, closing_nothing_is_fine)
{
    dy_race_close(NULL);
}
