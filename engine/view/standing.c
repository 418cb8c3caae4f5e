/* standing.c - see standing.h.   SPDX-License-Identifier: MIT */
#include "view/standing.h"

#include <math.h>

enum { RECENT = 64 };

double dy_recent_loss(const dy_tape *tape)
{
    int64_t len = dy_tape_len(tape);
    double sum = 0;
    int n = 0;
    for (int64_t i = len > RECENT ? len - RECENT : 0; i < len; i++) {
        double loss = dy_tape_at(tape, DY_LOSS, i);
        if (!isfinite(loss)) continue;
        sum += loss;
        n++;
    }
    return n > 0 ? sum / n : (double)NAN;
}

/* The newest run that is going. */
static bool find_running(const dy_board *board, dy_run_view *run)
{
    for (int32_t i = dy_board_len(board) - 1; i >= 0; i--)
        if (dy_board_run(board, i, run) && run->outcome->status == DY_RUNNING) return true;
    return false;
}

static void count_in(dy_standing *s, const dy_run_view *run)
{
    int64_t len = dy_tape_len(run->tape);
    double loss = dy_recent_loss(run->tape);
    s->lanes++;
    if (len > s->done) s->done = len;
    if (dy_tape_room(run->tape) > s->steps) s->steps = dy_tape_room(run->tape);
    bool out = run->outcome->status == DY_DIVERGED || run->outcome->status == DY_FAILED;
    if (out || !isfinite(loss) || loss >= s->loss) return;
    s->lead = *run;
    s->loss = loss;
}

bool dy_standing_read(dy_standing *standing, const dy_board *board)
{
    dy_run_view run;
    if (!find_running(board, &run)) return false;
    dy_standing s = { .lead = run, .race = run.card->race, .loss = (double)INFINITY };
    for (int32_t i = dy_board_len(board) - 1; i >= 0; i--)
        if (dy_board_run(board, i, &run) && run.card->race == s.race) count_in(&s, &run);
    if (!isfinite(s.loss)) s.loss = (double)NAN;
    *standing = s;
    return true;
}
