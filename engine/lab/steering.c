/* steering.c - when orders are heeded: those of the desk, those of an earlier session, and how long the race waits for more.
 *
 * SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "lab/session_inside.h"

#include <math.h>
#include <time.h>

/* --- reading --------------------------------------------------------------------------------------------------- */

/* A drag bends many times between two updates; only the last time counts. */
static bool supersedes(const dy_order *order, const dy_order *before)
{
    return order->act == DY_ACT_BEND && before->act == DY_ACT_BEND &&
           order->lane == before->lane && order->channel == before->channel;
}

/* How far a cue's lane has come, or the race. */
static int64_t place_of(const dy_session *session, const dy_order *cue)
{
    bool one = cue->lane >= 0 && cue->lane < session->lanes;
    return one ? dy_lane_len(&session->lane[cue->lane]) : session->updates;
}

static bool is_due(const dy_session *session, const dy_order *cue)
{
    if (cue->moment >= 0) return session->moment >= cue->moment;
    return place_of(session, cue) >= cue->step;
}

static void heed_cue(dy_session *session, const dy_cue *cue)
{
    const dy_asked a = { cue->order, cue->bytes, cue->n, true };
    session->steering.replay->heeded++;
    if (cue->order.act == DY_ACT_STOP && cue->order.lane == DY_EVERY_LANE)
        session->steering.replay->over = true;
    else
        dy_act_carry_out(session, &a);
}

static void take_cues(dy_session *session)
{
    dy_steering *s = &session->steering;
    for (; s->replay && s->next_cue < s->replay->n && !dy_session_stopped(session);
         s->next_cue++) {
        const dy_cue *cue = &s->replay->cues[s->next_cue];
        if (cue->order.race != session->number) continue;
        if (!is_due(session, &cue->order)) break;
        heed_cue(session, cue);
    }
}

static void take_orders(dy_session *session)
{
    dy_asked next = { .cue = false }, held;
    bool holding = false;
    take_cues(session);
    while (dy_log_next(&session->steering.orders, &next.order, &next.bytes, &next.n)) {
        if (next.order.race != session->number) continue;
        if (holding && !supersedes(&next.order, &held.order)) dy_act_carry_out(session, &held);
        held = next;
        holding = true;
    }
    if (holding) dy_act_carry_out(session, &held);
}

/* --- waiting --------------------------------------------------------------------------------------------------- */

/* What is over waits for a person who may want to go back, where the desk says so. */
static bool held(const dy_session *session)
{
    const dy_control *control = dy_board_control(session->lab->board);
    return !session->steering.let_go && !session->aside &&
           atomic_load_explicit(&control->hold, memory_order_relaxed);
}

/* Seconds until the next update may begin; 0: now. Lanes that are behind their tapes come up to them at once. */
static double to_wait(const dy_session *session)
{
    const double for_orders = 0.005;
    const dy_steering *s = &session->steering;
    bool free = session->running > 0 && !s->paused && !(s->per_second > 0);
    if (free || dy_session_stopped(session) || dy_past_behind(session)) return 0;
    if (session->running == 0) return held(session) ? for_orders : 0;
    if (s->paused) return for_orders;
    if (!(s->per_second > 0)) return 0;
    return fmin(for_orders, fmax(0, s->due - dy_now_s()));
}

static void nap(double seconds)
{
    struct timespec time = { .tv_nsec = (long)(1e9 * seconds) };
    nanosleep(&time, NULL);
}

static void tell_paused(const dy_session *session, bool paused)
{
    dy_control *control = dy_board_control(session->lab->board);
    if (atomic_load_explicit(&control->paused, memory_order_relaxed) != paused)
        atomic_store_explicit(&control->paused, paused, memory_order_release);
}

void dy_steering_heed(dy_session *session)
{
    take_orders(session);
    double wait = to_wait(session);
    if (!(wait > 0)) return;
    while (wait > 0) {
        dy_session_count_time(session);
        tell_paused(session, session->steering.paused || session->running == 0);
        dy_portrait_sit(session);
        if (!dy_aside_step(session)) nap(wait);
        dy_session_skip_time(session);
        take_orders(session);
        wait = to_wait(session);
    }
    tell_paused(session, false);
}

void dy_steering_count(dy_session *session)
{
    const double patience =
        0.1; /* what was missed is made up for, if it was no more than this */
    dy_steering *s = &session->steering;
    if (s->advance > 0 && --s->advance == 0) s->paused = true;
    if (!(s->per_second > 0)) return;
    s->due = fmax(s->due, dy_now_s() - patience) + 1 / s->per_second;
}
