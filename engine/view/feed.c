/* feed.c - see feed.h.   SPDX-License-Identifier: MIT */
#include "view/feed.h"

#include "schedule/curve_pack.h"

#include <string.h>

static const int64_t ARENA_MOST = (int64_t)512 << 20;

void dy_feed_open(dy_feed *feed, const dy_board *board)
{
    *feed = (dy_feed){ .board = board,
                       .arena = dy_arena_make(ARENA_MOST),
                       .reader = dy_board_edits(board),
                       .race = -1,
                       .limit_race = -1 };
}

void dy_feed_close(dy_feed *feed)
{
    dy_arena_close(&feed->arena);
}

/* --- edits -------------------------------------------------------------------------------------------------------- */

/* Room for one more of `size` bytes each, doubled where there is none. NULL: memory is short. */
static void *grow(dy_arena *arena, void *array, int64_t used, int64_t *room, size_t size)
{
    if (used < *room) return array;
    dy_error err;
    int64_t more = *room > 0 ? 2 * *room : 64;
    char *grown = dy_arena_take(arena, more, size, &err);
    if (!grown) return NULL;
    if (used > 0) memcpy(grown, array, (size_t)used * size);
    *room = more;
    return grown;
}

static void keep_plan(dy_feed *f, const dy_order *edit, const void *bytes, size_t n)
{
    if (edit->run < 0 || edit->run >= dy_board_len(f->board) || edit->channel > DY_MOMENTUM)
        return;
    while (edit->run >= f->ahead_room) {
        int64_t room = f->ahead_room;
        dy_ahead *grown = grow(&f->arena, f->ahead, room, &room, sizeof *grown);
        if (!grown) return;
        f->ahead = grown;
        f->ahead_room = (int32_t)room;
    }
    dy_error err;
    dy_ahead *ahead = &f->ahead[edit->run];
    dy_curve curve;
    bool known = n > 0 && dy_curve_unpack(&curve, &f->arena, bytes, n, &err);
    ahead->curve[edit->channel] = known ? curve : (dy_curve){ 0 };
    ahead->told[edit->channel]++;
}

/* A drag is one act, though its bends took effect one after the other. */
static bool goes_on(const dy_feed *f, const dy_order *edit)
{
    if (f->n_edits == 0 || edit->act != DY_ACT_BEND) return false;
    const dy_order *last = &f->edits[f->n_edits - 1];
    int64_t near = f->steps / 50 + 1;
    return last->act == DY_ACT_BEND && last->run == edit->run &&
           last->channel == edit->channel && edit->step >= last->step &&
           edit->step - last->step <= near;
}

static void keep_edit(dy_feed *f, const dy_order *edit)
{
    if (edit->act == DY_ACT_SPEED) {
        f->limit = edit->value;
        f->limit_race = edit->race;
    }
    if (goes_on(f, edit)) {
        f->edits[f->n_edits - 1] = *edit;
        return;
    }
    dy_order *grown = grow(&f->arena, f->edits, f->n_edits, &f->edits_room, sizeof *grown);
    if (!grown) return;
    f->edits = grown;
    f->edits[f->n_edits++] = *edit;
}

static void read_edits(dy_feed *f)
{
    dy_order edit;
    const void *bytes;
    size_t n;
    while (dy_log_next(&f->reader, &edit, &bytes, &n)) {
        if (edit.act == DY_ACT_PLAN)
            keep_plan(f, &edit, bytes, n);
        else
            keep_edit(f, &edit);
        f->sum++;
    }
}

/* --- runs --------------------------------------------------------------------------------------------------------- */

bool dy_feed_running(const dy_run_view *run)
{
    return atomic_load_explicit(&run->outcome->status, memory_order_acquire) == DY_RUNNING;
}

/* Numbers that only grow, but for the status. */
static uint64_t sum_of(const dy_feed *f, const dy_run_view *run)
{
    int status = atomic_load_explicit(&run->outcome->status, memory_order_acquire);
    return (uint64_t)dy_tape_len(run->tape) + (uint64_t)dy_board_marks(f->board, run->index) +
           (uint64_t)dy_board_gauges(f->board, run->index) + ((uint64_t)(unsigned)status << 48);
}

/* Looks again at the runs that were not over, and at new ones. */
static uint64_t sum_up(dy_feed *f)
{
    int32_t n = dy_board_len(f->board);
    uint64_t sum = f->sum + ((uint64_t)n << 32);
    bool all_over = true;
    for (int32_t i = f->settled; i < n; i++) {
        dy_run_view run;
        if (!dy_board_run(f->board, i, &run)) continue;
        bool running = dy_feed_running(&run);
        uint64_t own = sum_of(f, &run);
        sum += own;
        all_over &= !running;
        if (!all_over) continue;
        f->settled = i + 1;
        f->sum += own; /* for good */
    }
    return sum;
}

static void find_race(dy_feed *f)
{
    f->race = -1;
    f->running = false;
    for (int32_t i = dy_board_len(f->board) - 1; i >= 0; i--) {
        dy_run_view run;
        if (!dy_board_run(f->board, i, &run)) continue;
        bool running = dy_feed_running(&run) && !run.card->aside;
        if (f->race < 0 || (running && !f->running)) f->race = run.card->race;
        f->running |= running;
        if (running || i < f->settled) break; /* before it nothing trains */
    }
}

static void measure_run(dy_feed *f, const dy_run_view *run)
{
    int64_t len = dy_tape_len(run->tape);
    int64_t span = dy_feed_running(run) ? run->card->steps : len;
    if (span > f->whole) f->whole = span;
    if (run->card->race != f->race || run->card->aside) return;
    f->steps = run->card->steps;
    f->epoch_steps = run->card->epoch_steps;
    if (run->card->lane >= f->lanes) f->lanes = run->card->lane + 1;
    bool counts = dy_feed_running(run) || !f->running;
    if (counts && len > f->newest) f->newest = len;
}

static void measure_race(dy_feed *f)
{
    int32_t n = dy_board_len(f->board);
    f->lanes = 0;
    f->newest = f->steps = f->epoch_steps = 0;
    f->whole = 1;
    for (int32_t i = n > DY_FEED_RUNS ? n - DY_FEED_RUNS : 0; i < n; i++) {
        dy_run_view run;
        if (dy_board_run(f->board, i, &run)) measure_run(f, &run);
    }
    if (f->limit_race != f->race) f->limit = 0;
}

bool dy_feed_read(dy_feed *f)
{
    read_edits(f);
    uint64_t sum = sum_up(f);
    const dy_control *control = dy_board_control((dy_board *)f->board);
    bool paused = atomic_load_explicit(&control->paused, memory_order_acquire);
    if (f->read && sum == f->last && paused == f->paused) return false;
    f->read = true;
    f->last = sum;
    f->paused = paused;
    find_race(f);
    measure_race(f);
    return true;
}

bool dy_feed_lane(const dy_feed *f, int32_t race, int32_t lane, dy_run_view *run)
{
    for (int32_t i = dy_board_len(f->board) - 1; i >= 0; i--)
        if (dy_board_run(f->board, i, run) && run->card->race == race &&
            run->card->lane == lane && !run->card->aside)
            return true;
    return false;
}

/* --- plans and traces --------------------------------------------------------------------------------------------- */

const dy_curve *dy_feed_plan(const dy_feed *f, int32_t run, dy_channel channel)
{
    if (run < 0 || run >= f->ahead_room || channel > DY_MOMENTUM) return NULL;
    const dy_curve *curve = &f->ahead[run].curve[channel];
    return curve->n_nodes > 0 ? curve : NULL;
}

int32_t dy_feed_told(const dy_feed *f, int32_t run, dy_channel channel)
{
    bool known = run >= 0 && run < f->ahead_room && channel <= DY_MOMENTUM;
    return known ? f->ahead[run].told[channel] : 0;
}

bool dy_feed_traces(const dy_feed *f, const dy_look *look, dy_trace **traces, int32_t *n,
                    dy_arena *arena, dy_error *err)
{
    dy_trace *all;
    int32_t len;
    if (!dy_traces_read(&all, &len, f->board, arena, err)) return false;
    int32_t first = len > DY_FEED_RUNS ? len - DY_FEED_RUNS : 0;
    *traces = all + first;
    *n = len - first;
    for (int32_t i = 0; i < *n; i++) {
        dy_trace *trace = &(*traces)[i];
        int32_t run = trace->run.index;
        for (dy_channel c = DY_LR; c <= DY_MOMENTUM; c++)
            trace->plan[c] = dy_feed_running(&trace->run) ? dy_feed_plan(f, run, c) : NULL;
        if (!dy_look_sees(look, run))
            trace->show = DY_HIDDEN;
        else if (run == look->strong && trace->show == DY_SHOWN)
            trace->show = DY_STRONG;
    }
    return true;
}
