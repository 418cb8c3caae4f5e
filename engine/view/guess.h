/* guess.h - predict, then see: a loss drawn before it comes, a rider bet on before the end.
 *
 * Pure: reads tapes, knows no window.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/ranking.h"
#include "view/stroke.h"

typedef struct dy_guess {
    bool open;    /* it can be drawn, and a rider bet on: until the race goes on */
    int32_t race; /* that it is about; -1: none */
    int32_t bet;  /* a run on the board; -1: none */
    int32_t run;  /* whose loss is drawn */
    dy_stroke_line line;
} dy_guess;

dy_guess dy_guess_make(void);

/* Begins anew for a race; what is drawn is the loss of `run`. */
void dy_guess_open(dy_guess *guess, int32_t race, int32_t run);

/* How near the line came, over the updates that there are: 100 e^(-2 d), d being the mean of |ln(drawn / smoothed loss)|; a tenth
 * off gives 82 points, twice the loss 25. NaN: nothing to compare yet. */
double dy_guess_score(const dy_guess *guess, const dy_tape *tape);

/* "prediction: 83 points" beside the line; "prediction" before there is anything to say. */
char *dy_guess_label(const dy_guess *guess, const dy_tape *tape, char *to, size_t size);

/* What became of the bet once the race is over: "the bet was right: ..."; empty: there was none, or nobody won. */
char *dy_guess_verdict(const dy_guess *guess, const dy_trace *traces, const dy_ranking *ranking,
                       char *to, size_t size);
