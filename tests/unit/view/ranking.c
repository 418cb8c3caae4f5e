/* ranking.c - who leads.   SPDX-License-Identifier: MIT */
#include "view/ranking.h"

#include "fixture.h"

#include <criterion/criterion.h>
#include <math.h>

TestSuite(ranking, .init = fixture_open, .fini = fixture_close);

/* A run whose loss falls evenly from 1 by `slope` an update. */
static dy_run_view add(const char *name, double slope, int64_t len, bool aside)
{
    dy_card card = { .steps = 2000, .epoch_steps = 10, .aside = aside };
    dy_run_view run;
    snprintf(card.name, sizeof card.name, "%s", name);
    cr_assert(dy_board_add(board, &card, 16, &run, &err));
    for (int64_t i = 0; i < len; i++)
        dy_tape_push(run.tape, (dy_sample){ 0.1, 0.9, (float)(1 - slope * (double)i) });
    return run;
}

static void score(dy_run_view run, int64_t step, double accuracy)
{
    dy_board_mark(board, run.index,
                  &(dy_mark){ .step = step, .kind = DY_MARK_SCORE, .accuracy = accuracy });
}

static dy_ranking rank(dy_rank_by by, double target)
{
    dy_trace *traces;
    int32_t n;
    dy_ranking ranking;
    cr_assert(dy_traces_read(&traces, &n, board, &arena, &err));
    cr_assert(dy_ranking_make(&ranking, &arena, traces, n, by, target, &err), "%s", err.text);
    return ranking;
}

Test(ranking, by_loss)
{
    add("slow", 0.0002, 1000, false);
    add("fast", 0.0008, 1000, false);
    add("middle", 0.0004, 1000, false);
    dy_ranking r = rank(DY_RANK_LOSS, 0);
    cr_assert_eq(r.n, 3);
    cr_expect_eq(r.riders[0].trace, 1);
    cr_expect_eq(r.riders[1].trace, 2);
    cr_expect_eq(r.riders[2].trace, 0);
    cr_expect_eq(r.riders[0].updates, 0);
    cr_expect_eq(r.riders[0].behind, 0);
    cr_expect_float_eq(r.riders[1].behind, 0.4, 0.02, "%g", r.riders[1].behind);
    /* the leader fell by 0.4 in 500 updates: what both lag for being smoothed is the same */
    cr_expect_float_eq((double)r.riders[1].updates, 500, 15, "%ld", (long)r.riders[1].updates);
    cr_expect_float_eq((double)r.riders[2].updates, 750, 15, "%ld", (long)r.riders[2].updates);
}

Test(ranking, those_that_are_out_come_last_and_what_is_aside_is_no_rider)
{
    dy_run_view bad = add("bad", 0.001, 500, false);
    bad.outcome->status = DY_DIVERGED;
    add("not begun", 0, 0, false);
    add("good", 0.0004, 1000, false);
    add("aside", 0.0009, 1000, true);
    dy_ranking r = rank(DY_RANK_LOSS, 0);
    cr_assert_eq(r.n, 3);
    cr_expect_eq(r.riders[0].trace, 2);
    cr_expect_eq(r.riders[1].trace, 0, "in their order");
    cr_expect_eq(r.riders[1].updates, -1);
    cr_expect(isnan(r.riders[1].behind));
    cr_expect(isnan(r.riders[2].value));
}

Test(ranking, by_accuracy_with_a_target)
{
    dy_run_view a = add("a", 0.001, 400, false);
    dy_run_view b = add("b", 0.001, 400, false);
    for (int i = 1; i <= 4; i++) {
        score(a, 100 * i, 0.2 * i);
        score(b, 100 * i, i == 1 ? 0.75 : 0.1 * i);
    }
    dy_ranking r = rank(DY_RANK_ACCURACY, 0.7);
    cr_expect_eq(r.riders[0].trace, 0);
    cr_expect_eq(r.riders[0].value, 0.8);
    cr_expect_float_eq(r.riders[1].behind, 0.4, 1e-9);
    cr_expect_eq(r.riders[1].updates, 200, "the leader had 0.4 at update 200");
    cr_expect_eq(r.riders[0].past, 400);
    cr_expect_eq(r.riders[1].past, 100, "even though it lost it again");
    cr_expect_eq(r.first, 1);
    cr_expect_eq(rank(DY_RANK_ACCURACY, 0).first, -1, "no target");
    cr_expect_eq(rank(DY_RANK_ACCURACY, 0.99).first, -1, "nobody yet");
}

Test(ranking, a_rider_that_stopped_early_has_no_gap_in_updates)
{
    add("goes on", 0.0005, 1000, false);
    dy_run_view stopped = add("stopped", 0.0005, 100, false);
    stopped.outcome->status = DY_STOPPED;
    dy_ranking r = rank(DY_RANK_LOSS, 0);
    cr_expect_eq(r.riders[1].trace, 1);
    cr_expect_geq(r.riders[1].updates, -1);
    cr_expect_gt(r.riders[1].behind, 0.3);
}

Test(ranking, of_nobody)
{
    dy_ranking r = rank(DY_RANK_LOSS, 0.5);
    cr_expect_eq(r.n, 0);
    cr_expect_eq(r.first, -1);
}

Test(ranking, every_failing_allocation_is_reported)
{
    dy_trace *traces;
    int32_t n;
    add("a", 0.001, 100, false);
    cr_assert(dy_traces_read(&traces, &n, board, &arena, &err));
    dy_ranking r = { .n = -7 };
    for (int64_t nth = 1; nth <= 3; nth++) {
        dy_arena_fail_at(nth, false);
        cr_expect_not(dy_ranking_make(&r, &arena, traces, n, DY_RANK_LOSS, 0, &err), "%ld",
                      (long)nth);
        cr_expect_eq(r.n, -7, "nothing changed");
    }
    dy_arena_fail_at(0, false);
}
