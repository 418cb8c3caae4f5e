/* session.c - races on the board: tapes, scores and marks, feedback, and the same bits again.
 *
 * SPDX-License-Identifier: MIT */
#include "racing.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

TestSuite(session, .init = open_racing, .fini = close_racing);

Test(session, the_tape_holds_what_the_plan_says_bit_for_bit)
{
    dy_spec plans[] = { one_cycle() };
    struct setting s;
    dy_run_view run = run_one(make_setting(&s, 1, plans));
    dy_arena arena = dy_arena_make(0);
    dy_plan plan;
    dy_error err;
    must(dy_spec_resolve(&plans[0], (dy_span){ 25, 10 }, &plan, &arena, &err), &err);
    dy_pacer pacer = dy_pacer_make(&plan, 0.9);
    cr_assert_eq(dy_tape_len(run.tape), 25);
    for (int64_t i = 0; i < 25; i++) {
        dy_pace pace;
        must(dy_pacer_at(&pacer, i, &pace, &err), &err);
        cr_expect(dy_tape_at(run.tape, DY_LR, i) == pace.lr, "lr at %d", (int)i);
        cr_expect(dy_tape_at(run.tape, DY_MOMENTUM, i) == pace.momentum, "momentum at %d",
                  (int)i);
        cr_expect(isfinite(dy_tape_at(run.tape, DY_LOSS, i)), "loss at %d", (int)i);
    }
    dy_arena_close(&arena);
}

Test(session, a_finished_run_says_how_it_went)
{
    dy_spec plans[] = { one_cycle() };
    struct setting s;
    dy_run_view run = run_one(make_setting(&s, 1, plans));
    double sum = 0;
    for (int64_t i = 15; i < 25; i++) sum += dy_tape_at(run.tape, DY_LOSS, i);
    cr_expect_eq(status_of(&run), DY_DONE);
    cr_expect_eq(run.outcome->updates, 25);
    cr_expect_float_eq(run.outcome->train_loss, sum / 10, 1e-12);
    cr_expect(run.outcome->seconds > 0);
    cr_expect(run.outcome->test_accuracy >= 0 && run.outcome->test_accuracy <= 1);
    cr_expect_str_eq(run.card->name, "a");
    cr_expect_eq(run.card->epoch_steps, 10);
    cr_expect_eq(run.card->seed, 3);
    cr_expect(strstr(run.card->schedule, "one_cycle"), "%s", run.card->schedule);
    cr_expect_str_eq(run.outcome->why, "");
}

Test(session, epochs_are_turned_into_updates)
{
    static const struct {
        double epochs;
        int64_t steps;
    } rows[] = { { 1, 10 }, { 3, 30 }, { 0.5, 5 }, { 0.1, 1 }, { 0.01, 1 }, { 2.01, 21 } };

    dy_spec plans[] = { constant(0.1) };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct setting s;
        make_setting(&s, 1, plans)->spec.steps = 0;
        s.spec.epochs = rows[i].epochs;
        dy_session *session = open_session(&s);
        cr_expect_eq(dy_session_steps(session), rows[i].steps, "%g epochs", rows[i].epochs);
        cr_expect_eq(dy_session_epoch_steps(session), 10);
        dy_session_close(session);
    }
}

/* The steps of the scores of a run of 25 updates, each also told by dy_session_scored. */
static void expect_scores(int64_t eval_every, const int64_t *steps, int n)
{
    dy_spec plans[] = { constant(0.1) };
    struct setting s;
    make_setting(&s, 1, plans)->spec.eval_every = eval_every;
    dy_session *session = open_session(&s);
    int told = 0;
    dy_error err;
    while (dy_session_more(session)) {
        must(dy_session_step(session, &err), &err);
        if (!dy_session_scored(session)) continue;
        cr_expect(told < n && dy_session_updates(session) == steps[told],
                  "every %d: a score at %d", (int)eval_every, (int)dy_session_updates(session));
        told++;
    }
    dy_run_view run = dy_session_run(session, 0);
    cr_assert_eq(told, n, "every %d: %d scores", (int)eval_every, told);
    cr_assert_eq(dy_board_marks(lab.board, run.index), n);
    for (int i = 0; i < n; i++) {
        cr_expect_eq(run.marks[i].step, steps[i]);
        cr_expect_eq(run.marks[i].kind, DY_MARK_SCORE);
    }
    cr_expect(run.outcome->test_loss == run.marks[n - 1].loss);
    dy_session_close(session);
}

Test(session, scores_come_when_due_and_at_the_end)
{
    expect_scores(0, (int64_t[]){ 10, 20, 25 }, 3);
    expect_scores(7, (int64_t[]){ 7, 14, 21, 25 }, 4);
    expect_scores(5, (int64_t[]){ 5, 10, 15, 20, 25 }, 5);
    expect_scores(1000, (int64_t[]){ 25 }, 1);
    expect_scores(-1, (int64_t[]){ 25 }, 1);
}

Test(session, the_last_score_is_that_of_the_weights_at_the_end)
{
    dy_spec plans[] = { constant(0.1) };
    struct setting s;
    dy_session *session = open_session(make_setting(&s, 1, plans));
    run_out(session);
    dy_score now = dy_session_score(session, 0, &data.test);
    dy_run_view run = dy_session_run(session, 0);
    cr_expect(run.outcome->test_loss == now.loss);
    cr_expect(run.outcome->test_accuracy == now.accuracy);
    dy_session_close(session);
}

Test(session, scoring_changes_no_bit_of_the_tape)
{
    dy_spec plans[] = { one_cycle() };
    struct setting s;
    dy_run_view first = run_one(make_setting(&s, 1, plans));
    static const int64_t EVERY[] = { 0, 1, 7, -1 };
    for (size_t i = 0; i < sizeof EVERY / sizeof *EVERY; i++) {
        s.spec.eval_every = EVERY[i];
        dy_run_view run = run_one(&s);
        same_tape(first.tape, run.tape);
    }
}

Test(session, the_same_seed_gives_the_same_bits_and_another_does_not)
{
    dy_spec plans[] = { one_cycle() };
    struct setting s;
    dy_run_view a = run_one(make_setting(&s, 1, plans));
    dy_run_view b = run_one(&s);
    same_tape(a.tape, b.tape);
    s.spec.race.seed = 4;
    dy_run_view c = run_one(&s);
    cr_expect(dy_tape_at(a.tape, DY_LOSS, 0) != dy_tape_at(c.tape, DY_LOSS, 0));
}

Test(session, a_lane_of_a_race_is_the_run_it_would_be_alone)
{
    dy_spec plans[] = { constant(0.05), one_cycle() };
    struct setting s;
    dy_session *session = open_session(make_setting(&s, 2, plans));
    run_out(session);
    dy_run_view second = dy_session_run(session, 1);
    dy_session_close(session);
    dy_run_view alone = run_one(make_setting(&s, 1, &plans[1]));
    same_tape(second.tape, alone.tape);
    cr_expect(second.outcome->test_loss == alone.outcome->test_loss);
}

Test(session, feedback_lowers_lr_after_scores)
{
    /* a threshold of 1 (abs) is never met again, so each score after the first lowers lr */
    dy_spec plans[] = { schedule("plateau", "lr", 0.01, "patience", 0) };
    for (int i = 0; plans[0].recipe->params[i].name; i++) {
        const char *name = plans[0].recipe->params[i].name;
        if (strcmp(name, "threshold") == 0)
            plans[0].args[i] = (dy_arg){ .given = true, .real = 0.999 };
    }
    struct setting s;
    make_setting(&s, 1, plans)->spec.eval_every = 5;
    dy_run_view run = run_one(&s);
    static const double LR[] = { 0.01, 0.01, 0.001, 0.0001, 0.00001 };
    for (int64_t i = 0; i < 25; i++)
        cr_expect_float_eq(dy_tape_at(run.tape, DY_LR, i), LR[i / 5], 1e-12, "update %d",
                           (int)i);
    dy_run_view again = run_one(&s);
    same_tape(run.tape, again.tape);
}

Test(session, without_held_out_rows_there_is_no_score)
{
    dy_dataset whole = data;
    whole.test = (dy_split){ 0 };
    dy_spec plans[] = { schedule("plateau", "lr", 0.01, "patience", 0) };
    struct setting s;
    make_setting(&s, 1, plans)->spec.race.data = &whole;
    dy_run_view run = run_one(&s);
    cr_expect_eq(status_of(&run), DY_DONE);
    cr_expect_eq(dy_board_marks(lab.board, run.index), 0);
    cr_expect(isnan(run.outcome->test_loss) && isnan(run.outcome->test_accuracy));
}
