/* hold.c - see hold.h.   SPDX-License-Identifier: MIT */
#include "view/hold.h"

#include <math.h>
#include <string.h>

static const double PATIENCE_S = 2; /* for a run to say that it follows what was meant */

enum { CHANNELS = 2 };

dy_hold dy_hold_make(void)
{
    return (dy_hold){ .run = -1, .key = -1 };
}

/* --- following the run -------------------------------------------------------------------------------------------- */

static bool same_keys(const dy_hand *hand, const dy_curve *plan)
{
    return plan && plan->n_nodes == 1 && plan->n_keys == hand->n &&
           memcmp(plan->keys, hand->keys, (size_t)hand->n * sizeof *hand->keys) == 0;
}

/* What was meant has come about, or has not for so long that it never will. */
static bool came_about(dy_hold *h, dy_channel c, const dy_curve *plan, double now_s)
{
    return same_keys(&h->hand[c], plan) || now_s - h->meant_s[c] > PATIENCE_S;
}

static double last_value(const dy_run_view *run, dy_channel c)
{
    int64_t len = dy_tape_len(run->tape);
    return len > 0 ? dy_tape_at(run->tape, c, len - 1) : 0;
}

/* The chosen keyframe is found again by its update. */
static void take_up(dy_hold *h, dy_channel c, const dy_curve *plan, const dy_run_view *run)
{
    const dy_key *chosen = dy_hold_key(h);
    double step = chosen ? chosen->step : -1;
    bool known = plan || dy_tape_len(run->tape) > 0;
    h->have[c] =
        known && dy_hand_take(&h->hand[c], c, plan, last_value(run, c), run->card->steps);
    if (c != h->channel || !chosen) return;
    h->key = -1;
    for (int32_t i = 0; h->have[c] && i < h->hand[c].n; i++)
        if (h->hand[c].keys[i].step == step) h->key = i;
}

static bool follow_channel(dy_hold *h, const dy_feed *feed, dy_channel c,
                           const dy_run_view *run, double now_s)
{
    bool busy = (h->held || h->drawing) && c == h->channel;
    const dy_curve *plan = dy_feed_plan(feed, h->run, c);
    if (h->meant[c] && !h->changed[c] && !busy && came_about(h, c, plan, now_s)) {
        h->meant[c] = false;
        h->told[c] = -1;
    }
    int32_t told = dy_feed_told(feed, h->run, c);
    bool unknown = !plan && !h->have[c]; /* until there is a value to go on with */
    if (h->meant[c] || busy || (told == h->told[c] && !unknown)) return false;
    h->told[c] = told;
    take_up(h, c, plan, run);
    return true;
}

bool dy_hold_follow(dy_hold *h, const dy_feed *feed, int32_t index, double now_s)
{
    dy_run_view run;
    bool there = index >= 0 && dy_board_run(feed->board, index, &run) && dy_feed_running(&run);
    if (!there) index = -1;
    bool other = index != h->run;
    if (other) {
        bool drawing = h->drawing && there;
        dy_channel channel = h->channel;
        *h = dy_hold_make();
        h->run = index;
        h->channel = channel;
        h->drawing = drawing;
        h->told[0] = h->told[1] = -1;
    }
    if (!there) return other;
    bool changed = other;
    h->now = dy_tape_len(run.tape);
    for (dy_channel c = DY_LR; c <= DY_MOMENTUM; c++)
        changed |= follow_channel(h, feed, c, &run, now_s);
    if (h->key >= 0 && h->key < dy_hand_first(&h->hand[h->channel], h->now)) {
        h->key = -1; /* it is past */
        h->held = false;
    }
    return changed;
}

/* --- choosing ----------------------------------------------------------------------------------------------------- */

int32_t dy_hold_handles(const dy_hold *h, int32_t trace, dy_handle *handles, int32_t most)
{
    int32_t n = 0;
    for (dy_channel c = DY_LR; h->run >= 0 && c <= DY_MOMENTUM; c++) {
        const dy_hand *hand = &h->hand[c];
        for (int32_t i = h->have[c] ? dy_hand_first(hand, h->now) : hand->n; i < hand->n; i++) {
            if (hand->keys[i].step > hand->end || n == most) break;
            handles[n++] = (dy_handle){ .channel = c,
                                        .run = trace,
                                        .step = hand->keys[i].step,
                                        .value = hand->keys[i].value,
                                        .lit = c == h->channel && i == h->key };
        }
    }
    return n;
}

void dy_hold_choose(dy_hold *h, int32_t handle)
{
    for (dy_channel c = DY_LR; h->run >= 0 && c <= DY_MOMENTUM; c++) {
        const dy_hand *hand = &h->hand[c];
        for (int32_t i = h->have[c] ? dy_hand_first(hand, h->now) : hand->n; i < hand->n; i++) {
            if (hand->keys[i].step > hand->end) break;
            if (handle-- > 0) continue;
            h->channel = c;
            h->key = i;
            return;
        }
    }
}

bool dy_hold_next(dy_hold *h, int by)
{
    dy_channel c = h->channel;
    if (h->run < 0 || !h->have[c]) return false;
    const dy_hand *hand = &h->hand[c];
    int32_t first = dy_hand_first(hand, h->now), last = hand->n - 1;
    while (last >= first && hand->keys[last].step > hand->end) last--;
    if (last < first) return false;
    int32_t next = h->key < 0 ? (by > 0 ? first : last) : h->key + by;
    h->key = next > last ? first : next < first ? last : next;
    return true;
}

const dy_key *dy_hold_key(const dy_hold *h)
{
    bool chosen =
        h->run >= 0 && h->have[h->channel] && h->key >= 0 && h->key < h->hand[h->channel].n;
    return chosen ? &h->hand[h->channel].keys[h->key] : NULL;
}

/* --- changing ----------------------------------------------------------------------------------------------------- */

bool dy_hold_move(dy_hold *h, double step, double value)
{
    const dy_key *key = dy_hold_key(h);
    if (!key) return false;
    dy_key before = *key;
    dy_hand *hand = &h->hand[h->channel];
    h->key = dy_hand_move(hand, h->key, step, value, h->now);
    const dy_key *after = &hand->keys[h->key];
    if (after->step == before.step && after->value == before.value) return false;
    return h->changed[h->channel] = true;
}

bool dy_hold_remove(dy_hold *h)
{
    if (!dy_hold_key(h) || !dy_hand_remove(&h->hand[h->channel], h->key, h->now)) return false;
    h->key = -1;
    return h->changed[h->channel] = true;
}

bool dy_hold_add(dy_hold *h, dy_channel channel, double step)
{
    if (h->run < 0 || channel > DY_MOMENTUM || !h->have[channel]) return false;
    int32_t i = dy_hand_add(&h->hand[channel], step, h->now);
    if (i < 0) return false;
    h->channel = channel;
    h->key = i;
    return h->changed[channel] = true;
}

void dy_hold_draw(dy_hold *h, dy_channel channel, dy_point at, bool log)
{
    if (h->run < 0 || channel > DY_MOMENTUM || !h->have[channel]) return;
    dy_hand *hand = &h->hand[channel];
    if (!h->drawing || h->stroke.n == 0 || channel != h->channel) {
        h->drawing = true;
        h->channel = channel;
        h->key = -1;
        h->before = *hand;
        h->stroke = (dy_stroke_line){ 0 };
    }
    dy_stroke_to(&h->stroke, at);
    dy_hand drawn = h->before;
    if (!dy_hand_draw(&drawn, h->stroke.points, h->stroke.n, log, h->now)) return;
    *hand = drawn;
    h->changed[channel] = true;
}

void dy_hold_lift(dy_hold *h)
{
    h->drawing = h->held = false;
    h->stroke = (dy_stroke_line){ 0 };
}

/* --- what comes of it --------------------------------------------------------------------------------------------- */

bool dy_hold_changed(dy_hold *h, dy_channel channel, dy_curve *curve, dy_arena *arena,
                     double now_s)
{
    dy_error err;
    if (h->run < 0 || !h->changed[channel]) return false;
    h->changed[channel] = false;
    h->meant[channel] = true;
    h->meant_s[channel] = now_s;
    return dy_hand_curve(&h->hand[channel], curve, arena, &err);
}

void dy_hold_forget(dy_hold *h, dy_channel channel)
{
    dy_hold_lift(h);
    h->changed[channel] = h->meant[channel] = false;
    h->told[channel] = -1;
}

bool dy_hold_ghost(const dy_hold *h, dy_channel channel, dy_curve *curve, dy_arena *arena)
{
    dy_error err;
    bool own = h->run >= 0 && h->have[channel] && (h->changed[channel] || h->meant[channel]);
    return own && dy_hand_curve(&h->hand[channel], curve, arena, &err);
}
