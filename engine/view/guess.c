/* guess.c - see guess.h.   SPDX-License-Identifier: MIT */
#include "view/guess.h"

#include <math.h>
#include <stdio.h>

enum { COMPARED = 128, AVERAGED = 32 };

dy_guess dy_guess_make(void)
{
    return (dy_guess){ .race = -1, .bet = -1, .run = -1 };
}

void dy_guess_open(dy_guess *guess, int32_t race, int32_t run)
{
    *guess = dy_guess_make();
    guess->open = true;
    guess->race = race;
    guess->run = run;
}

/* The mean of the losses around an update, over a share of the line's length on either side. */
static double loss_around(const dy_tape *tape, double x, double reach)
{
    int64_t len = dy_tape_len(tape);
    double sum = 0;
    int n = 0;
    for (int i = 0; i < AVERAGED; i++) {
        int64_t at = (int64_t)round(x + reach * (2.0 * i / (AVERAGED - 1) - 1));
        if (at < 0 || at >= len) continue;
        double loss = dy_tape_at(tape, DY_LOSS, at);
        if (!isfinite(loss)) continue;
        sum += loss;
        n++;
    }
    return n > 0 ? sum / n : (double)NAN;
}

double dy_guess_score(const dy_guess *guess, const dy_tape *tape)
{
    const dy_stroke_line *line = &guess->line;
    if (line->n < 2) return (double)NAN;
    double from = line->points[0].x, to = line->points[line->n - 1].x;
    double len = (double)dy_tape_len(tape);
    double sum = 0;
    int n = 0;
    for (int i = 0; i < COMPARED; i++) {
        double x = from + (to - from) * i / (COMPARED - 1), drawn;
        if (x >= len || !dy_stroke_at(line, x, &drawn)) continue;
        double loss = loss_around(tape, x, 0.02 * (to - from));
        if (!(loss > 0) || !(drawn > 0)) continue;
        sum += fabs(log(drawn / loss));
        n++;
    }
    return n > 0 ? 100 * exp(-2 * sum / n) : (double)NAN;
}

char *dy_guess_label(const dy_guess *guess, const dy_tape *tape, char *to, size_t size)
{
    double score = tape ? dy_guess_score(guess, tape) : (double)NAN;
    if (isfinite(score))
        snprintf(to, size, "prediction: %.0f point%s", score, round(score) == 1 ? "" : "s");
    else
        snprintf(to, size, "prediction");
    return to;
}

char *dy_guess_verdict(const dy_guess *guess, const dy_trace *traces, const dy_ranking *ranking,
                       char *to, size_t size)
{
    to[0] = '\0';
    if (guess->bet < 0 || ranking->n == 0 || !isfinite(ranking->riders[0].value)) return to;
    const dy_run_view *winner = &traces[ranking->riders[0].trace].run;
    if (winner->index == guess->bet)
        snprintf(to, size, "the bet was right: %s", winner->card->name);
    else
        snprintf(to, size, "the bet was lost: %s won", winner->card->name);
    return to;
}
