/* standing.c - how a race stands.   SPDX-License-Identifier: MIT */
#include "view/standing.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <math.h>

Test(standing, nothing_is_going)
{
    dy_board *board = sample_board();
    dy_standing s;
    cr_expect_not(dy_standing_read(&s, board));
    sample_done(sample_run(board, "over", 10, 10), 0.9);
    cr_expect_not(dy_standing_read(&s, board));
    dy_board_close(board);
}

Test(standing, one_run)
{
    dy_board *board = sample_board();
    dy_run_view run = sample_run(board, "run", 100, 0);
    dy_standing s;
    cr_assert(dy_standing_read(&s, board));
    cr_expect(isnan(s.loss), "no update yet");
    cr_expect_eq(s.done, 0);
    dy_tape_push(run.tape, (dy_sample){ .loss = 3 });
    cr_assert(dy_standing_read(&s, board));
    cr_expect_eq(s.lanes, 1);
    cr_expect_eq(s.steps, 100);
    cr_expect_eq(s.done, 1);
    cr_expect_eq(s.loss, 3);
    dy_board_close(board);
}

Test(standing, the_best_of_a_race_leads)
{
    dy_board *board = sample_board();
    sample_run(board, "behind", 100, 5);
    dy_run_view lead = sample_run(board, "ahead", 100, 40);
    dy_run_view bad = sample_run(board, "bad", 100, 90);
    sample_diverged(bad); /* with the least loss of all before that */
    dy_standing s;
    cr_assert(dy_standing_read(&s, board));
    cr_expect_eq(s.lead.index, lead.index);
    cr_expect_eq(s.lanes, 3);
    cr_expect_eq(s.done, 91);
    dy_board_close(board);
}

Test(standing, recent_loss_is_of_the_last_64_finite_ones)
{
    dy_board *board = sample_board();
    dy_run_view run = sample_run(board, "run", 200, 0);
    cr_expect(isnan(dy_recent_loss(run.tape)));
    for (int i = 0; i < 100; i++) dy_tape_push(run.tape, (dy_sample){ .loss = i < 36 ? 9 : 2 });
    cr_expect_eq(dy_recent_loss(run.tape), 2);
    dy_tape_push(run.tape, (dy_sample){ .loss = NAN });
    cr_expect_eq(dy_recent_loss(run.tape), 2);
    dy_board_close(board);
}
