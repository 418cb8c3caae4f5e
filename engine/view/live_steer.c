/* live_steer.c - orders on the board.   SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "schedule/curve_pack.h"
#include "view/live_inside.h"

#include <inttypes.h>
#include <math.h>

static const double COOLED = 0.1; /* of the run, that a what-if takes to cool down */

/* --- orders ------------------------------------------------------------------------------------------------------- */

static bool send(dy_live *l, const dy_order *order, const void *bytes, size_t n)
{
    dy_live_trace(l, "order %s race %d lane %d channel %d count %" PRId64 " value %g",
                  dy_act_name(order->act), order->race, order->lane, order->channel,
                  order->count, order->value);
    if (dy_board_order(l->board, order, bytes, n)) return true;
    dy_live_note(l, true, "no room is left for orders; the training goes on as it is");
    return false;
}

static bool trains(dy_live *l)
{
    if (l->board && l->feed.running && !l->over) return true;
    dy_live_note(l, false, "nothing trains now");
    return false;
}

bool dy_live_order(dy_live *l, dy_act act, int32_t lane, int64_t count, double value)
{
    if (!trains(l)) return false;
    dy_order order = { .act = act,
                       .race = l->feed.race,
                       .lane = lane,
                       .run = -1,
                       .count = count,
                       .value = value };
    return send(l, &order, NULL, 0);
}

bool dy_live_chosen(const dy_live *l, dy_run_view *run)
{
    return l->board && !l->over && dy_board_run(l->board, l->look.chosen, run) &&
           dy_feed_running(run);
}

void dy_live_pause(dy_live *l)
{
    bool paused = l->want_paused;
    if (!dy_live_order(l, paused ? DY_ACT_GO : DY_ACT_PAUSE, DY_EVERY_LANE, 0, 0)) return;
    l->want_paused = !paused;
    l->want_s = l->now_s;
    if (paused) l->guess.open = false;
}

/* An epoch is the rest of the one in hand. */
void dy_live_advance(dy_live *l, bool epoch)
{
    int64_t each = l->feed.epoch_steps;
    int64_t count = epoch && each > 0 ? each - l->feed.newest % each : 1;
    if (!dy_live_order(l, DY_ACT_ADVANCE, DY_EVERY_LANE, count, 0)) return;
    l->guess.open = false;
}

/* 1, 2, 5, 10, ...: the next one below or above. */
static double next_limit(double now, int by)
{
    double decade = pow(10, floor(log10(fmax(now, 1)) + 1e-9));
    double digit = now / decade;
    if (by > 0) return decade * (digit < 1.99 ? 2 : digit < 4.99 ? 5 : 10);
    if (digit > 5.01) return 5 * decade;
    if (digit > 2.01) return 2 * decade;
    if (digit > 1.01) return decade;
    return fmax(0.5 * decade, 1);
}

void dy_live_speed(dy_live *l, int by)
{
    double limit = l->feed.limit, rate = l->rate.per_s, next = 0;
    char count[32];
    if (!trains(l)) return;
    if (by < 0)
        next = next_limit(limit > 0 ? limit : isfinite(rate) && rate > 1 ? rate : 100, -1);
    if (by > 0 && limit > 0) next = next_limit(limit, 1);
    if (next > 5e6) next = 0;
    if (next == limit || !dy_live_order(l, DY_ACT_SPEED, DY_EVERY_LANE, 0, next)) return;
    l->feed.limit = next; /* at once, so that the next step starts from it */
    l->feed.limit_race = l->feed.race;
    if (next > 0)
        dy_live_note(l, false, "at most %s updates a second",
                     dy_format_count(count, sizeof count, (int64_t)next));
    else
        dy_live_note(l, false, "as fast as it can");
}

/* REWIND, of the whole race, or FORK, of the chosen run's lane. */
void dy_live_go_back(dy_live *l, dy_act act, double update)
{
    dy_run_view run;
    char count[32];
    int64_t to = (int64_t)round(update);
    if (!trains(l)) return;
    if (!dy_live_chosen(l, &run) || to < 0 || to > dy_tape_len(run.tape)) {
        dy_live_note(l, false, "that update is still to come");
        return;
    }
    bool fork = act == DY_ACT_FORK;
    if (!dy_live_order(l, act, fork ? run.card->lane : DY_EVERY_LANE, to, 0)) return;
    dy_live_note(l, false, fork ? "fork at update %s" : "back to update %s",
                 dy_format_count(count, sizeof count, to));
}

void dy_live_cool(dy_live *l)
{
    dy_run_view run;
    if (!trains(l) || !dy_live_chosen(l, &run)) return;
    int64_t left = run.card->steps - dy_tape_len(run.tape);
    int64_t count = (int64_t)ceil(COOLED * (double)run.card->steps);
    if (count > left) count = left;
    if (count < 1 || !dy_live_order(l, DY_ACT_COOL, run.card->lane, count, 0)) return;
    dy_live_note(l, false, "what if lr fell to 0 from here");
}

/* --- bends -------------------------------------------------------------------------------------------------------- */

static bool bend(dy_live *l, int32_t race, int32_t lane, dy_channel channel, const void *bytes,
                 size_t n)
{
    dy_order order = {
        .act = DY_ACT_BEND, .race = race, .lane = lane, .run = -1, .channel = channel
    };
    return send(l, &order, bytes, n);
}

static void send_bend(dy_live *l, const dy_run_view *run, dy_channel channel)
{
    dy_arena arena = dy_arena_make(0);
    dy_curve curve;
    dy_error err;
    if (dy_hold_changed(&l->hold, channel, &curve, &arena, l->now_s)) {
        size_t n = dy_curve_packed(&curve);
        void *bytes = dy_arena_take(&arena, (int64_t)n, 1, &err);
        if (bytes) {
            dy_curve_pack(&curve, bytes);
            bend(l, run->card->race, run->card->lane, channel, bytes, n);
        }
    }
    dy_arena_close(&arena);
}

void dy_live_send_bends(dy_live *l)
{
    dy_run_view run;
    if (!dy_live_chosen(l, &run) || run.index != l->hold.run) return;
    for (dy_channel c = DY_LR; c <= DY_MOMENTUM; c++)
        if (l->hold.changed[c]) send_bend(l, &run, c);
}

/* --- undo --------------------------------------------------------------------------------------------------------- */

/* Forgets the oldest where there is no room for another. */
static dy_undo *next_undo(dy_live *l)
{
    if (l->n_undo == DY_UNDO_MOST) {
        for (int32_t i = 1; i < l->n_undo; i++) l->undo[i - 1] = l->undo[i];
        l->n_undo--;
    }
    return &l->undo[l->n_undo];
}

/* The curve as it is meant now: by the hand, else by the run. */
static bool present_curve(dy_live *l, dy_channel channel, dy_curve *curve, dy_arena *arena)
{
    if (dy_hold_ghost(&l->hold, channel, curve, arena)) return true;
    const dy_curve *plan = dy_feed_plan(&l->feed, l->hold.run, channel);
    if (plan) *curve = *plan;
    return plan != NULL;
}

void dy_live_keep_for_undo(dy_live *l, dy_channel channel)
{
    dy_run_view run;
    dy_curve curve;
    dy_error err;
    dy_arena scratch = dy_arena_make(0);
    if (dy_live_chosen(l, &run) && present_curve(l, channel, &curve, &scratch)) {
        dy_undo *undo = next_undo(l);
        size_t n = dy_curve_packed(&curve);
        *undo = (dy_undo){ .race = run.card->race, .lane = run.card->lane, .channel = channel };
        undo->bytes = dy_arena_take(&l->undo_arena, (int64_t)n, 1, &err);
        undo->n = n;
        if (undo->bytes) {
            dy_curve_pack(&curve, undo->bytes);
            l->n_undo++;
        }
    }
    dy_arena_close(&scratch);
}

void dy_live_undo(dy_live *l)
{
    if (!trains(l)) return;
    while (l->n_undo > 0) {
        const dy_undo *undo = &l->undo[--l->n_undo];
        if (undo->race != l->feed.race) continue;
        dy_hold_forget(&l->hold, undo->channel);
        if (bend(l, undo->race, undo->lane, undo->channel, undo->bytes, undo->n))
            dy_live_note(l, false, "undone");
        return;
    }
    dy_live_note(l, false, "nothing to undo");
}
