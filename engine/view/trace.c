/* trace.c - see trace.h.   SPDX-License-Identifier: MIT */
#include "view/trace.h"

#include <math.h>

static bool same_lane(const dy_card *a, const dy_card *b)
{
    return a->race == b->race && a->lane == b->lane && !a->aside && !b->aside;
}

/* A run aside is coloured as its parent, and so is one that goes on in its parent's lane; others with the next colour. */
static int32_t colour_of(const dy_trace *traces, int32_t n, const dy_card *card, int32_t *next)
{
    for (int32_t i = 0; card->branched && i < n; i++) {
        bool parent = traces[i].run.index == card->parent;
        if (parent && (card->aside || same_lane(traces[i].run.card, card)))
            return traces[i].colour;
    }
    return (*next)++;
}

/* What a later run of the same lane took over from. */
static void give_up(dy_trace *traces, int32_t n, const dy_card *card)
{
    for (int32_t i = 0; i < n; i++)
        if (card->branched && same_lane(traces[i].run.card, card)) traces[i].show = DY_FAINT;
}

bool dy_traces_read(dy_trace **traces, int32_t *n, const dy_board *board, dy_arena *arena,
                    dy_error *err)
{
    int32_t len = dy_board_len(board);
    dy_trace *found = dy_arena_take(arena, len, sizeof *found, err);
    if (!found) return false;
    int32_t used = 0;
    int32_t next = 0;
    for (int32_t i = 0; i < len; i++) {
        dy_trace *trace = &found[used];
        if (!dy_board_run(board, i, &trace->run)) continue;
        trace->marks = dy_board_marks(board, i);
        trace->gauges = dy_board_gauges(board, i);
        trace->colour = colour_of(found, used, trace->run.card, &next);
        give_up(found, used, trace->run.card);
        used++;
    }
    *traces = found;
    *n = used;
    return true;
}

double dy_trace_at(const dy_trace *trace, dy_channel channel, int64_t step, bool *planned)
{
    const dy_curve *plan = trace->plan[channel];
    *planned = step >= dy_tape_len(trace->run.tape);
    if (!*planned) return dy_tape_at(trace->run.tape, channel, step);
    bool ahead =
        plan && step < trace->run.card->steps && trace->run.outcome->status == DY_RUNNING;
    return ahead ? dy_curve_at(plan, (double)step) : (double)NAN;
}
