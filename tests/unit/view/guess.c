/* guess.c - predictions and what they are worth.   SPDX-License-Identifier: MIT */
#include "view/guess.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static dy_board *board;
static dy_guess guess;

static void setup(void)
{
    board = sample_board();
    guess = dy_guess_make();
}

static void teardown(void)
{
    dy_board_close(board);
}

TestSuite(guess, .init = setup, .fini = teardown);

/* A loss that falls from 2 by half every hundred updates. */
static dy_run_view falling(const char *name, int updates, double floor)
{
    dy_run_view run = sample_run(board, name, 1000, 0);
    for (int i = 0; i < updates; i++)
        dy_tape_push(run.tape,
                     (dy_sample){ 0.1, 0.9, (float)(floor + 2 * pow(0.5, i / 100.0)) });
    return run;
}

static void draw(double factor)
{
    guess.line = (dy_stroke_line){ 0 };
    for (int x = 0; x <= 400; x += 4)
        dy_stroke_to(&guess.line, (dy_point){ x, factor * 2 * pow(0.5, x / 100.0) });
}

Test(guess, points_for_being_near)
{
    dy_run_view run = falling("a", 500, 0);
    draw(1);
    cr_expect(dy_guess_score(&guess, run.tape) > 98, "%g", dy_guess_score(&guess, run.tape));
    draw(1.1);
    double near = dy_guess_score(&guess, run.tape);
    cr_expect(near > 78 && near < 86, "%g", near);
    draw(0.5);
    double half = dy_guess_score(&guess, run.tape);
    cr_expect(half > 22 && half < 28, "%g", half);
    char label[60];
    cr_expect_str_eq(dy_guess_label(&guess, run.tape, label, sizeof label),
                     "prediction: 25 points");
}

Test(guess, only_what_has_come_is_compared)
{
    dy_run_view none = falling("none", 0, 0), some = falling("some", 100, 0);
    char label[60];
    cr_expect(isnan(dy_guess_score(&guess, some.tape)), "nothing is drawn");
    draw(1);
    cr_expect(isnan(dy_guess_score(&guess, none.tape)));
    cr_expect_str_eq(dy_guess_label(&guess, none.tape, label, sizeof label), "prediction");
    cr_expect_str_eq(dy_guess_label(&guess, NULL, label, sizeof label), "prediction");
    cr_expect(dy_guess_score(&guess, some.tape) > 95);
}

Test(guess, the_bet)
{
    dy_arena arena = dy_arena_make(0);
    dy_error err;
    char text[120];
    falling("slow", 500, 0.5), falling("quick", 500, 0.1);
    dy_trace *traces;
    int32_t n;
    dy_ranking ranking;
    cr_assert(dy_traces_read(&traces, &n, board, &arena, &err));
    cr_assert(dy_ranking_make(&ranking, &arena, traces, n, DY_RANK_LOSS, 0, &err));
    cr_expect_str_eq(dy_guess_verdict(&guess, traces, &ranking, text, sizeof text), "");
    guess.bet = 1;
    cr_expect_str_eq(dy_guess_verdict(&guess, traces, &ranking, text, sizeof text),
                     "the bet was right: quick");
    guess.bet = 0;
    cr_expect_str_eq(dy_guess_verdict(&guess, traces, &ranking, text, sizeof text),
                     "the bet was lost: quick won");
    dy_arena_close(&arena);
}
