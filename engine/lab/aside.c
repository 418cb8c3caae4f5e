/* aside.c - what if a lane cooled down now? A branch of its own that takes the rate to 0 in a few updates, beside the race.
 *
 * It has its own place in the race and on the board, meets the batches that the lane would, and is worked on between the race's
 * updates for a share of the time, or while the race waits. So it moves no bit of any lane.
 *
 * SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "lab/session_inside.h"

#include <math.h>
#include <stdio.h>

static const double share = 0.2; /* of the time, while the race goes on */

/* --- beginning ------------------------------------------------------------------------------------------------- */

/* One that is over leaves its place to another. */
static dy_aside *free_aside(dy_session *session)
{
    for (int i = 0; i < DY_ASIDES; i++)
        if (!session->asides[i].running) return &session->asides[i];
    return NULL;
}

static dy_card card_of(const dy_session *session, int lane, int64_t n)
{
    const dy_lane *l = &session->lane[lane];
    dy_card card = *l->run.card;
    snprintf(card.name, sizeof card.name, "%.50s, cooled", l->name);
    snprintf(card.schedule, sizeof card.schedule, "down to 0 over %lld updates", (long long)n);
    card.steps = dy_lane_len(l) + n;
    card.branched = card.aside = true;
    card.parent = l->run.index;
    card.from = dy_lane_len(l);
    return card;
}

/* The lr that the lane would use next, in a straight line to 0 at the last of n updates; its momentum as it is. */
static bool plan(dy_aside *a, const dy_lane *lane, int64_t n, dy_error *err)
{
    dy_pace now;
    dy_pacer pacer = lane->pacer;
    pacer.ahead = true;
    a->from = dy_lane_len(lane);
    a->until = a->from + n;
    if (!dy_pacer_at(&pacer, a->from, &now, err)) return false;
    a->lr = now.lr;
    a->momentum = now.momentum;
    return true;
}

static dy_pace pace_at(const dy_aside *a, int64_t step)
{
    double last = (double)(a->until - 1 - a->from);
    double gone = last > 0 ? (double)(step - a->from) / last : 1;
    return (dy_pace){ a->lr * (1 - gone), a->momentum };
}

bool dy_aside_place(dy_session *session, int lane, int64_t n, dy_error *err)
{
    const dy_lane *l = &session->lane[lane];
    dy_aside *a = free_aside(session);
    dy_aside made = { .place = a ? a->place : 0, .placed = a && a->placed };
    if (n < 1 || n > INT64_MAX / 2 - dy_lane_len(l))
        return dy_fail(err, "want at least one update");
    if (!dy_lane_running(l)) return dy_fail(err, "%s: the lane is over", l->run.card->name);
    if (!a) return dy_fail(err, "%d are under way already", DY_ASIDES);
    dy_card card = card_of(session, lane, n);
    if (!plan(&made, l, n, err) ||
        (!made.placed && !dy_race_add(session->race, &made.place, err)))
        return false;
    made.placed = true;
    *a = made;
    if (!dy_branch_begin(session, &l->run, &card, &a->run, err)) return false;
    session->beginning = a;
    return true;
}

void dy_aside_give_up(dy_session *session, const char *why)
{
    dy_outcome *outcome = session->beginning->run.outcome;
    snprintf(outcome->why, sizeof outcome->why, "%s", why);
    atomic_store_explicit(&outcome->status, DY_FAILED, memory_order_release);
}

void dy_aside_begin(dy_session *session, int lane)
{
    dy_aside *a = session->beginning;
    const dy_lane *l = &session->lane[lane];
    dy_race_copy(session->race, a->place, l->place);
    a->running = true;
    dy_ghost_show_aside(session, lane, a);
}

/* --- going on -------------------------------------------------------------------------------------------------- */

static void finish(dy_session *session, dy_aside *a, dy_status status)
{
    dy_outcome *outcome = a->run.outcome;
    outcome->updates = dy_tape_len(a->run.tape);
    outcome->seconds = a->seconds;
    outcome->train_loss = dy_lane_train_loss(session, a->run.tape);
    atomic_store_explicit(&outcome->status, status, memory_order_release);
    dy_race_retire(session->race, a->place);
    a->running = false;
}

static void score(dy_session *session, const dy_aside *a)
{
    const dy_dataset *data = session->data;
    if (data->test.rows == 0) return;
    dy_score score = dy_race_score(session->race, a->place, &data->test);
    dy_mark mark = { .step = dy_tape_len(a->run.tape),
                     .kind = DY_MARK_SCORE,
                     .loss = score.loss,
                     .accuracy = score.accuracy };
    dy_board_mark(session->lab->board, a->run.index, &mark);
    a->run.outcome->test_loss = score.loss;
    a->run.outcome->test_accuracy = score.accuracy;
}

static void step(dy_session *session, dy_aside *a)
{
    double start = dy_now_s();
    int64_t at = dy_tape_len(a->run.tape);
    dy_pace pace = pace_at(a, at);
    for (int i = 0; i < session->places; i++) session->due[i] = i == a->place;
    session->pace[a->place] = pace;
    dy_race_step_some(session->race, session->due, session->pace, session->loss, NULL);
    float loss = (float)session->loss[a->place];
    dy_tape_push(a->run.tape, (dy_sample){ pace.lr, pace.momentum, loss });
    bool last = at + 1 == a->until || !isfinite(loss);
    if (last) score(session, a);
    a->seconds += dy_now_s() - start;
    if (last) finish(session, a, isfinite(loss) ? DY_DONE : DY_DIVERGED);
}

static dy_aside *under_way(dy_session *session)
{
    for (int i = 0; i < DY_ASIDES; i++)
        if (session->asides[i].running) return &session->asides[i];
    return NULL;
}

bool dy_aside_step(dy_session *session)
{
    dy_aside *a = under_way(session);
    if (!a) return false;
    step(session, a);
    return true;
}

void dy_aside_share(dy_session *session)
{
    if (!under_way(session)) return;
    double start = dy_now_s();
    session->aside_s += (start - session->since) * share / (1 - share);
    dy_session_count_time(session);
    while (session->aside_s > 0 && dy_aside_step(session)) {
        double now = dy_now_s();
        session->aside_s -= now - start;
        start = now;
    }
    if (!under_way(session)) session->aside_s = 0;
    dy_session_skip_time(session);
}

void dy_aside_end(dy_session *session, bool stopped)
{
    while (!stopped && !dy_session_stopped(session) && dy_aside_step(session)) continue;
    for (dy_aside *a = under_way(session); a; a = under_way(session))
        finish(session, a, DY_STOPPED);
}
