/* verdict.c - what is said of a run's end.   SPDX-License-Identifier: MIT */
#include "view/verdict.h"

#include "fixture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

TestSuite(verdict, .init = fixture_open, .fini = fixture_close);

static dy_verdict_kind says(void)
{
    dy_draft d = sample_draft(board, &view, &arena, &err);
    return dy_verdict_says(&d);
}

static const char *text(int32_t run, dy_verdict_kind kind)
{
    static char to[64];
    dy_draft d = sample_draft(board, &view, &arena, &err);
    dy_verdict_text(&d, run, kind, to, sizeof to);
    return to;
}

Test(verdict, is_the_test_loss_where_there_is_no_accuracy)
{
    sample_done(sample_run(board, "regression", 20, 20), (double)NAN);
    cr_expect_eq(says(), DY_SAY_TEST_LOSS);
    cr_expect_str_eq(text(0, DY_SAY_TEST_LOSS), "0.2500");
    sample_done(sample_run(board, "classes", 20, 20), 0.975);
    cr_expect_eq(says(), DY_SAY_ACCURACY);
    cr_expect_str_eq(text(1, DY_SAY_ACCURACY), "97.50 %");
    cr_expect_str_eq(text(0, DY_SAY_ACCURACY), "", "it has none");
}

Test(verdict, is_the_loss_while_a_run_is_going_on)
{
    sample_done(sample_run(board, "done", 20, 20), 0.9);
    sample_run(board, "not begun", 20, 0);
    cr_expect_eq(says(), DY_SAY_ACCURACY, "there is no loss yet");
    sample_run(board, "going on", 20, 1);
    cr_expect_eq(says(), DY_SAY_LOSS);
    cr_expect_str_eq(text(2, DY_SAY_LOSS), "2.0000");
    cr_expect_str_eq(text(1, DY_SAY_LOSS), "");
}

Test(verdict, of_nothing_is_nothing)
{
    cr_expect_eq(says(), DY_SAY_NOTHING);
    cr_expect_str_eq(dy_verdict_name(DY_SAY_NOTHING), "");
}

Test(verdict, a_stranger_may_write_any_number)
{
    static const double VALUES[] = { 1e300, -1e300, 1e-300, (double)INFINITY, (double)NAN };
    dy_run_view run = sample_run(board, "run", 20, 20);
    for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++) {
        sample_done(run, VALUES[i]);
        run.outcome->test_loss = VALUES[i];
        run.outcome->train_loss = VALUES[i];
        cr_expect_leq(strlen(text(0, says())), 16, "%g: %s", VALUES[i], text(0, says()));
    }
    run.outcome->status = 77;
    (void)says();
}
