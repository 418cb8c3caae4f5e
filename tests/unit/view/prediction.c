/* prediction.c - scores of drawn losses.   SPDX-License-Identifier: MIT */
#include "view/prediction.h"

#include "fixture.h"

#include <criterion/criterion.h>
#include <math.h>

TestSuite(prediction, .init = fixture_open, .fini = fixture_close);

/* A run whose loss is 1 all along. */
static const dy_tape *flat(int64_t steps, int64_t len)
{
    dy_card card = { .steps = steps, .epoch_steps = 10 };
    dy_run_view run;
    cr_assert(dy_board_add(board, &card, 4, &run, &err));
    for (int64_t i = 0; i < len; i++) dy_tape_push(run.tape, (dy_sample){ 0.1, 0.9, 1 });
    return run.tape;
}

Test(prediction, a_factor_of_two_is_half_of_the_points)
{
    const dy_tape *tape = flat(1000, 1000);
    for (double value = 0.25; value <= 4; value *= 2) {
        dy_point line[] = { { 0, value }, { 500, value }, { 999, value } };
        cr_expect_float_eq(dy_prediction_score(line, 3, tape), 100 * fmin(value, 1 / value),
                           1e-6, "%g", value);
    }
}

Test(prediction, only_what_both_have_counts)
{
    const dy_tape *tape = flat(1000, 500);
    dy_point line[] = { { 0, 1 }, { 499, 1 }, { 510, 100 }, { 999, 100 } };
    cr_expect_float_eq(dy_prediction_score(line, 4, tape), 100, 1, "the future is not known");
    dy_point late[] = { { 600, 1 }, { 700, 1 } };
    cr_expect(isnan(dy_prediction_score(late, 2, tape)));
    cr_expect(isnan(dy_prediction_score(NULL, 0, tape)));
    cr_expect(isnan(dy_prediction_score(line, 4, flat(1000, 0))));
}

Test(prediction, lines_at_zero_and_below_score_nothing)
{
    const dy_tape *tape = flat(100, 100);
    dy_point line[] = { { 0, -1 }, { 99, -1 } };
    cr_expect(isnan(dy_prediction_score(line, 2, tape)));
    dy_point crossing[] = { { 0, 1 }, { 49, 1 }, { 50, -1 }, { 99, (double)NAN } };
    cr_expect_gt(dy_prediction_score(crossing, 4, tape), 90);
    dy_point one = { 50, 1 };
    cr_expect(dy_prediction_score(&one, 1, tape) == 100 ||
              isnan(dy_prediction_score(&one, 1, tape)));
    cr_expect(isnan(dy_prediction_score(line, 2, flat(0, 0))));
}
