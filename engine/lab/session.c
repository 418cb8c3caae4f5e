/* session.c - see session.h: one update, and how lanes end.   SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "lab/identity.h"
#include "lab/session_inside.h"

#include <math.h>
#include <string.h>

int64_t dy_lane_len(const dy_lane *lane)
{
    return dy_tape_len(lane->run.tape);
}

bool dy_lane_running(const dy_lane *lane)
{
    return lane->run.outcome &&
           atomic_load_explicit(&lane->run.outcome->status, memory_order_relaxed) == DY_RUNNING;
}

/* The mean training loss over the last epoch's updates, from the tape. */
static double last_epoch_loss(const dy_session *session, const dy_tape *tape)
{
    int64_t len = dy_tape_len(tape);
    int64_t from = len > session->epoch_steps ? len - session->epoch_steps : 0;
    double sum = 0;
    for (int64_t i = from; i < len; i++) sum += dy_tape_at(tape, DY_LOSS, i);
    return len > 0 ? sum / (double)(len - from) : (double)NAN;
}

void dy_lane_follow(dy_lane *lane)
{
    lane->pacer.bent_lr = dy_bends_curve(&lane->bends, DY_LR);
    lane->pacer.bent_momentum = dy_bends_curve(&lane->bends, DY_MOMENTUM);
}

void dy_session_skip_time(dy_session *session)
{
    session->since = dy_now_s();
}

void dy_session_count_time(dy_session *session)
{
    double now = dy_now_s();
    session->seconds += now - session->since;
    session->since = now;
}

/* A run that was cut short outside of an update, where no function can be called, has no id if it needs one for the rest;
 * nor has one whose function fails, or that a person bent. */
static void identify(const dy_session *session, const dy_lane *lane)
{
    char *id = lane->run.outcome->id;
    id[0] = '\0';
    if (lane->pacer.bent_lr || lane->pacer.bent_momentum) return;
    if (lane->plan.call && !session->stepping && dy_lane_len(lane) < session->steps) return;
    dy_identity_spec what = { .race = dy_race_made_of(session->race),
                              .plan = &lane->plan,
                              .tape = lane->run.tape,
                              .eval_every = session->eval_every,
                              .script = session->script };
    dy_error err;
    char made[DY_ID_DIGITS + 1];
    if (dy_identity_make(made, &what, &err)) memcpy(id, made, sizeof made);
}

/* The last word on a lane; readers see the status last. */
static void finish(dy_session *session, int i, dy_status status, const char *why)
{
    dy_lane *lane = &session->lane[i];
    dy_outcome *outcome = lane->run.outcome;
    dy_session_count_time(session);
    outcome->updates = dy_tape_len(lane->run.tape);
    outcome->seconds = session->seconds;
    outcome->train_loss = last_epoch_loss(session, lane->run.tape);
    snprintf(outcome->why, sizeof outcome->why, "%s", why);
    identify(session, lane);
    atomic_store_explicit(&outcome->status, status, memory_order_release);
    dy_race_retire(session->race, i);
    session->running--;
}

dy_score dy_session_score(dy_session *session, int i, const dy_split *split)
{
    return dy_race_score(session->race, i, split);
}

/* Scores a lane on the held-out split, where there is one, and tells the feedback. */
static void score(dy_session *session, int i)
{
    dy_lane *lane = &session->lane[i];
    double metric =
        lane->epoch_updates ? lane->epoch_loss / (double)lane->epoch_updates : (double)NAN;
    lane->epoch_loss = 0;
    lane->epoch_updates = 0;
    if (session->data->test.rows > 0) {
        dy_score score = dy_race_score(session->race, i, &session->data->test);
        dy_mark mark = { .step = dy_tape_len(lane->run.tape),
                         .kind = DY_MARK_SCORE,
                         .loss = score.loss,
                         .accuracy = score.accuracy };
        dy_board_mark(session->lab->board, lane->run.index, &mark);
        lane->run.outcome->test_loss = score.loss;
        lane->run.outcome->test_accuracy = score.accuracy;
        metric = score.loss;
        session->scored = true;
    }
    if (isfinite(metric))
        dy_pacer_observe(&lane->pacer, dy_race_updates(session->race) - 1, metric);
}

void dy_session_end_lane(dy_session *session, int i, dy_status status)
{
    if (session->lane[i].epoch_updates > 0) score(session, i);
    finish(session, i, status, "");
}

static void end_running(dy_session *session, dy_status status)
{
    for (int i = 0; i < session->lanes; i++)
        if (dy_lane_running(&session->lane[i])) dy_session_end_lane(session, i, status);
}

/* Fills pace for every running lane; one whose schedule fails is over. */
static bool ask_schedules(dy_session *session, dy_error *err)
{
    bool ok = true;
    int64_t step = dy_race_updates(session->race);
    for (int i = 0; i < session->lanes; i++) {
        if (!dy_lane_running(&session->lane[i])) continue;
        dy_error failure;
        if (dy_pacer_at(&session->lane[i].pacer, step, &session->pace[i], &failure)) continue;
        finish(session, i, DY_FAILED, failure.text);
        *err = failure;
        if (session->lanes > 1) dy_fail_in(err, "%s", session->lane[i].run.card->name);
        ok = false;
    }
    return ok;
}

static void record(dy_session *session)
{
    for (int i = 0; i < session->lanes; i++) {
        dy_lane *lane = &session->lane[i];
        if (!dy_lane_running(lane)) continue;
        double loss = session->loss[i];
        dy_tape_push(lane->run.tape, (dy_sample){ session->pace[i].lr,
                                                  session->pace[i].momentum, (float)loss });
        lane->epoch_loss += loss;
        lane->epoch_updates++;
        if (isfinite((float)loss)) continue;
        score(session, i);
        finish(session, i, DY_DIVERGED, "");
    }
}

static void score_when_due(dy_session *session)
{
    int64_t done = dy_race_updates(session->race);
    if (session->eval_every < 0 || done % session->eval_every) return;
    for (int i = 0; i < session->lanes; i++)
        if (dy_lane_running(&session->lane[i])) score(session, i);
}

static bool stopped_at_desk(const dy_session *session)
{
    return atomic_load_explicit(&dy_board_control(session->lab->board)->stop,
                                memory_order_relaxed);
}

bool dy_session_stopped(const dy_session *session)
{
    return session->stop || stopped_at_desk(session);
}

/* One update of every lane that can make one. */
static bool update(dy_session *session, dy_error *err)
{
    bool ok = ask_schedules(session, err);
    if (session->running == 0) return ok;
    dy_race_step(session->race, session->pace, session->loss);
    session->moment++;
    record(session);
    score_when_due(session);
    dy_steering_count(session);
    return ok;
}

static void stop_running(dy_session *session)
{
    if (stopped_at_desk(session)) dy_steering_record_end(session);
    end_running(session, DY_STOPPED);
}

bool dy_session_step(dy_session *session, dy_error *err)
{
    dy_session_skip_time(session);
    int was = dy_lab_enter(session->lab);
    session->scored = false;
    session->stepping = true;
    bool ok = true;
    dy_steering_heed(session);
    if (session->running > 0 && dy_session_stopped(session))
        stop_running(session);
    else if (session->running > 0)
        ok = update(session, err);
    if (dy_race_updates(session->race) == session->steps) end_running(session, DY_DONE);
    dy_session_count_time(session);
    session->stepping = false;
    dy_lab_leave(session->lab, was);
    return ok;
}

bool dy_session_more(const dy_session *session)
{
    return session->running > 0;
}

void dy_session_stop(dy_session *session)
{
    session->stop = true;
}

void dy_session_fail(dy_session *session, const char *why)
{
    if (session->running == 0) return;
    dy_session_skip_time(session);
    for (int i = 0; i < session->lanes; i++)
        if (dy_lane_running(&session->lane[i]))
            finish(session, i, dy_session_stopped(session) ? DY_STOPPED : DY_FAILED, why);
}

void dy_session_close(dy_session *session)
{
    if (!session) return;
    dy_session_skip_time(session);
    if (session->running > 0) end_running(session, DY_STOPPED);
    for (int i = 0; session->lane && i < session->lanes; i++)
        dy_bends_close(&session->lane[i].bends);
    dy_race_close(session->race);
    dy_arena arena = session->arena;
    dy_arena_close(&arena);
}

int64_t dy_session_updates(const dy_session *session)
{
    return dy_race_updates(session->race);
}

int64_t dy_session_steps(const dy_session *session)
{
    return session->steps;
}

int64_t dy_session_epoch_steps(const dy_session *session)
{
    return session->epoch_steps;
}

bool dy_session_scored(const dy_session *session)
{
    return session->scored;
}

int dy_session_lanes(const dy_session *session)
{
    return session->lanes;
}

const dy_plan *dy_session_plan(const dy_session *session, int i)
{
    return &session->lane[i].plan;
}

dy_run_view dy_session_run(const dy_session *session, int i)
{
    return session->lane[i].run;
}

dy_race *dy_session_race(dy_session *session)
{
    return session->race;
}

const dy_dataset *dy_session_data(const dy_session *session)
{
    return session->data;
}

const dy_mlp_spec *dy_session_model(const dy_session *session)
{
    return &session->model;
}

int64_t dy_session_batch(const dy_session *session)
{
    return session->batch;
}
