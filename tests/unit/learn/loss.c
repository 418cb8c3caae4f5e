/* loss.c - losses and their gradients by hand.
 *
 * SPDX-License-Identifier: MIT */
#include "learn/loss.h"

#include "help.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static const dy_loss_spec PLAIN = { .kind = DY_CROSS_ENTROPY };
static const dy_loss_spec SQUARES = { .kind = DY_MSE };

/* Two equal outputs: each has probability 1/2, so the loss is ln 2. */
Test(loss, cross_entropy_by_hand)
{
    float z[] = { 3, 3, 0, logf(3) };
    int32_t labels[] = { 0, 1 };
    double loss = dy_loss_back(&PLAIN, dy_mat_make(z, 2, 2), labels, NULL);
    cr_expect_float_eq(loss, (log(2) + log(4.0 / 3)) / 2, 1e-7);
    const double want[] = { -0.25, 0.25, 0.125, -0.125 }; /* (p - q) / 2 */
    for (int i = 0; i < 4; i++) cr_expect_float_eq((double)z[i], want[i], 1e-7);
}

/* Smoothing 0.3 over 3 classes: 0.8 on the right one, 0.1 on the others. */
Test(loss, label_smoothing_by_hand)
{
    dy_loss_spec smooth = { .kind = DY_CROSS_ENTROPY, .smoothing = 0.3 };
    float z[] = { 0, 0, logf(2) }; /* p = 1/4, 1/4, 1/2 */
    int32_t label = 2;
    double loss = dy_loss_back(&smooth, dy_mat_make(z, 1, 3), &label, NULL);
    cr_expect_float_eq(loss, 0.8 * log(2) + 0.2 * log(4), 1e-7);
    const double want[] = { 0.15, 0.15, -0.3 };
    for (int i = 0; i < 3; i++) cr_expect_float_eq((double)z[i], want[i], 1e-7);
}

Test(loss, mse_by_hand)
{
    float z[] = { 1, 2, 3, 5 };
    const float targets[] = { 0, 2, 5, 4 };
    double loss = dy_loss_back(&SQUARES, dy_mat_make(z, 2, 2), NULL, targets);
    cr_expect_float_eq(loss, (1 + 0 + 4 + 1) / 4.0, 1e-12);
    const double want[] = { 0.5, 0, -1, 0.5 };
    for (int i = 0; i < 4; i++) cr_expect_float_eq((double)z[i], want[i], 1e-7);
}

Test(loss, large_outputs_do_not_overflow)
{
    float z[] = { 1e30F, -1e30F, 0, 90, 200, 100 };
    int32_t labels[] = { 0, 1 };
    double loss = dy_loss_back(&PLAIN, dy_mat_make(z, 2, 3), labels, NULL);
    cr_expect_float_eq(loss, 0, 1e-6);
    for (int i = 0; i < 6; i++) cr_expect_float_eq((double)z[i], 0, 1e-6);
}

Test(loss, not_finite_shows)
{
    const float bad[] = { NAN, INFINITY };
    for (int b = 0; b < 2; b++)
        for (int at = 0; at < 3; at++) {
            float z[] = { 1, 2, 3 };
            const float targets[] = { 0, 0, 0 };
            int32_t label = 1;
            z[at] = bad[b];
            cr_expect_not(isfinite(dy_loss_back(&PLAIN, dy_mat_make(z, 1, 3), &label, NULL)));
            z[at] = bad[b];
            cr_expect_not(
                isfinite(dy_loss_back(&SQUARES, dy_mat_make(z, 1, 3), NULL, targets)));
        }
}

/* The same loss, added up batch by batch, for class counts on both sides of the vector's width. */
Test(loss, tally_agrees_with_training)
{
    const int64_t classes[] = { 1, 2, 10, 16, 17, 40, 100 };
    dy_arena arena = dy_arena_make(0);
    dy_rng rng = dy_rng_make(1, "tally");
    for (size_t c = 0; c < sizeof classes / sizeof *classes; c++)
        for (int smoothed = 0; smoothed < 2; smoothed++) {
            dy_loss_spec spec = { .smoothing = smoothed * 0.1 };
            dy_mat z = random_mat(&arena, 9, classes[c], 5, &rng);
            int32_t labels[9];
            for (int i = 0; i < 9; i++) labels[i] = (int32_t)dy_rng_below(&rng, classes[c]);
            dy_tally tally = { 0 };
            dy_loss_tally(&spec, dy_mat_rows(z, 0, 4), labels, NULL, &tally);
            dy_loss_tally(&spec, dy_mat_rows(z, 4, 5), labels + 4, NULL, &tally);
            cr_expect_eq(tally.rows, 9);
            double trained = dy_loss_back(&spec, z, labels, NULL);
            cr_expect_float_eq(tally.loss / 9, trained, 1e-6);
        }
    dy_arena_close(&arena);
}

Test(loss, tally_counts_right_answers_and_leaves_outputs_alone)
{
    float z[] = { 1, 3, 2, /**/ 5, 5, 0, /**/ 0, 0, 9 }, before[9];
    memcpy(before, z, sizeof z);
    const int32_t labels[] = { 1, 1, 2 }; /* the second is a tie: the first of equals counts */
    dy_tally tally = { 0 };
    dy_loss_tally(&PLAIN, dy_mat_make(z, 3, 3), labels, NULL, &tally);
    cr_expect_eq(tally.right, 2);
    cr_expect_arr_eq(z, before, sizeof z);
}

Test(loss, tally_of_squares)
{
    float z[] = { 1, 2, 3, 5 };
    const float targets[] = { 0, 2, 5, 4 };
    dy_tally tally = { 0 };
    dy_loss_tally(&SQUARES, dy_mat_make(z, 2, 2), NULL, targets, &tally);
    cr_expect_float_eq(tally.loss / 2, 1.5, 1e-12);
    cr_expect_eq(tally.rows, 2);
}

Test(loss, softmax)
{
    float z[] = { 0, logf(2), logf(5), 1000, 0, 0 };
    dy_softmax(dy_mat_make(z, 2, 3));
    const double want[] = { 0.125, 0.25, 0.625, 1, 0, 0 };
    for (int i = 0; i < 6; i++) cr_expect_float_eq((double)z[i], want[i], 1e-6);
}

Test(loss, bad_specs)
{
    const struct {
        dy_loss_spec spec;
        const char *said;
    } cases[] = {
        { { DY_CROSS_ENTROPY, 1 }, "label smoothing 1; want 0 <= smoothing < 1" },
        { { DY_CROSS_ENTROPY, -0.1 }, "label smoothing -0.1" },
        { { DY_CROSS_ENTROPY, (double)NAN }, "label smoothing nan" },
        { { DY_MSE, 0.1 }, "mse has no labels to smooth" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dy_error err = { "" };
        cr_expect_not(dy_loss_check(&cases[i].spec, &err));
        cr_expect_not_null(strstr(err.text, cases[i].said), "%s", err.text);
    }
    dy_error err;
    cr_expect(dy_loss_check(&(dy_loss_spec){ DY_CROSS_ENTROPY, 0.1 }, &err));
    cr_expect(dy_loss_check(&SQUARES, &err));
}
