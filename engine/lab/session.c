/* session.c - see session.h: one update, and how lanes end.   SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "lab/session_inside.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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

dy_score dy_session_score(dy_session *session, int i, const dy_split *split)
{
    return dy_race_score(session->race, session->lane[i].place, split);
}

static void end_running(dy_session *session, dy_status status)
{
    for (int i = 0; i < session->lanes; i++)
        if (dy_lane_running(&session->lane[i])) dy_lane_end(session, i, status);
}

/* Marks as due the running lanes that have made fewest updates, which is usually all, and says how many that is. */
static int64_t choose(dy_session *session)
{
    int64_t least = INT64_MAX;
    for (int i = 0; i < session->lanes; i++) {
        const dy_lane *lane = &session->lane[i];
        if (dy_lane_running(lane) && dy_lane_len(lane) < least) least = dy_lane_len(lane);
    }
    for (int i = 0; i < session->places; i++) session->due[i] = false;
    for (int i = 0; i < session->lanes; i++) {
        const dy_lane *lane = &session->lane[i];
        session->due[lane->place] = dy_lane_running(lane) && dy_lane_len(lane) == least;
    }
    return least;
}

static bool is_due(const dy_session *session, int i)
{
    return session->due[session->lane[i].place];
}

/* Fills pace for every lane that is due; one whose schedule fails is over. */
static bool ask_schedules(dy_session *session, int64_t step, dy_error *err)
{
    bool ok = true;
    for (int i = 0; i < session->lanes; i++) {
        const dy_lane *lane = &session->lane[i];
        dy_error failure;
        if (!is_due(session, i) ||
            dy_pacer_at(&lane->pacer, step, &session->pace[lane->place], &failure))
            continue;
        session->due[lane->place] = false;
        dy_lane_finish(session, i, DY_FAILED, failure.text);
        *err = failure;
        if (session->lanes > 1) dy_fail_in(err, "%s", lane->run.card->name);
        ok = false;
    }
    return ok;
}

static bool any_due(const dy_session *session)
{
    for (int i = 0; i < session->lanes; i++)
        if (is_due(session, i)) return true;
    return false;
}

/* One sample; true: its loss is finite. */
static bool record(dy_session *session, dy_lane *lane)
{
    double loss = session->loss[lane->place];
    dy_pace pace = session->pace[lane->place];
    dy_tape_push(lane->run.tape, (dy_sample){ pace.lr, pace.momentum, (float)loss });
    dy_lane_count_loss(lane, loss);
    return isfinite((float)loss);
}

static bool gauges_are_due(const dy_session *session, int64_t step)
{
    return session->gauge_every > 0 && step % session->gauge_every == 0;
}

static void write_gauge(const dy_session *session, const dy_lane *lane, int64_t step)
{
    const dy_motion *motion = &session->motion[lane->place];
    dy_gauge gauge = { .step = step,
                       .gradient_norm = (float)dy_motion_gradient_norm(motion),
                       .update_ratio = (float)dy_motion_ratio(motion) };
    dy_board_gauge(session->lab->board, lane->run.index, &gauge);
}

static void settle(dy_session *session, int i)
{
    dy_lane *lane = &session->lane[i];
    if (!record(session, lane)) {
        dy_lane_score(session, i, false);
        dy_lane_finish(session, i, DY_DIVERGED, "");
        return;
    }
    if (dy_lane_score_due(session, dy_lane_len(lane))) dy_lane_score(session, i, false);
}

/* At the desk, now or in the session that is replayed. */
static bool ended_by_a_person(const dy_session *session)
{
    const dy_replay *replay = session->steering.replay;
    if (replay && replay->over) return true;
    return atomic_load_explicit(&dy_board_control(session->lab->board)->stop,
                                memory_order_relaxed);
}

bool dy_session_stopped(const dy_session *session)
{
    return session->stop || ended_by_a_person(session);
}

void dy_session_count_updates(dy_session *session, int64_t least)
{
    int64_t most = least;
    for (int i = 0; i < session->lanes; i++) {
        const dy_lane *lane = &session->lane[i];
        if (dy_lane_running(lane) && dy_lane_len(lane) > most) most = dy_lane_len(lane);
    }
    session->updates = most;
}

/* What has made its last update is done. */
static void end_finished(dy_session *session)
{
    for (int i = 0; i < session->lanes; i++) {
        const dy_lane *lane = &session->lane[i];
        if (dy_lane_running(lane) && dy_lane_len(lane) == session->steps)
            dy_lane_end(session, i, DY_DONE);
    }
}

/* One update of the lanes that have made fewest. */
static bool update(dy_session *session, dy_error *err)
{
    int64_t step = choose(session);
    bool ok = ask_schedules(session, step, err);
    if (!any_due(session)) return ok;
    bool gauged = gauges_are_due(session, step);
    dy_race_step_some(session->race, session->due, session->pace, session->loss,
                      gauged ? session->motion : NULL);
    session->moment++;
    for (int i = 0; i < session->lanes; i++) {
        if (!is_due(session, i)) continue;
        settle(session, i);
        if (gauged && dy_lane_running(&session->lane[i]))
            write_gauge(session, &session->lane[i], step);
    }
    dy_session_count_updates(session, step + 1);
    session->led = session->updates == step + 1;
    session->epoch_over = session->led && session->updates % session->epoch_steps == 0;
    dy_steering_count(session);
    dy_past_keep(session);
    end_finished(session);
    dy_portrait_sit(session);
    return ok;
}

static void stop_running(dy_session *session)
{
    if (ended_by_a_person(session)) dy_act_record_end(session);
    end_running(session, DY_STOPPED);
}

/* Carries out orders until an update can be made: lanes that were sent back have to be where their tapes end. */
static void get_ready(dy_session *session)
{
    dy_steering_heed(session);
    while (dy_past_behind(session) && !dy_session_stopped(session)) {
        dy_past_retrace(session);
        dy_steering_heed(session);
    }
}

bool dy_session_step(dy_session *session, dy_error *err)
{
    dy_session_skip_time(session);
    int was = dy_lab_enter(session->lab);
    session->scored = session->epoch_over = session->led = false;
    session->stepping = true;
    bool ok = true;
    get_ready(session);
    if (session->running > 0 && dy_session_stopped(session))
        stop_running(session);
    else if (session->running > 0)
        ok = update(session, err);
    dy_aside_share(session);
    if (session->running == 0) dy_aside_end(session, false);
    if (session->running == 0) get_ready(session); /* a person may have more to do with it */
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
    dy_aside_end(session, true);
    if (session->running == 0) return;
    dy_session_skip_time(session);
    for (int i = 0; i < session->lanes; i++)
        if (dy_lane_running(&session->lane[i]))
            dy_lane_finish(session, i, dy_session_stopped(session) ? DY_STOPPED : DY_FAILED,
                           why);
}

void dy_session_close(dy_session *session)
{
    if (!session) return;
    dy_session_skip_time(session);
    if (session->running > 0) end_running(session, DY_STOPPED);
    dy_aside_end(session, true);
    for (int i = 0; session->lane && i < session->lanes; i++)
        dy_bends_close(&session->lane[i].bends);
    dy_race_close(session->race);
    dy_arena arena = session->arena;
    dy_arena_close(&arena);
}

int64_t dy_session_updates(const dy_session *session)
{
    return session->updates;
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

bool dy_session_epoch_over(const dy_session *session)
{
    return session->epoch_over;
}

bool dy_session_led(const dy_session *session)
{
    return session->led;
}

int64_t dy_session_moment(const dy_session *session)
{
    return session->moment;
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

const dy_race_spec *dy_session_made_of(const dy_session *session)
{
    return dy_race_made_of(session->race);
}

size_t dy_session_state_size(const dy_session *session)
{
    return dy_race_state_size(session->race);
}

void dy_session_save(const dy_session *session, int i, void *bytes)
{
    dy_race_save(session->race, session->lane[i].place, bytes);
}

dy_mat dy_session_weights(dy_session *session, int i, int layer)
{
    return dy_race_weights(session->race, session->lane[i].place, layer);
}

void dy_session_weights_set(dy_session *session, int i)
{
    dy_lane *lane = &session->lane[i];
    lane->floor = dy_lane_len(lane);
    dy_snapshots_cut(&session->snapshots, i, -1);
    dy_past_keep_lane(session, i);
}

void dy_session_predict(dy_session *session, int i, dy_mat x, dy_mat y)
{
    dy_race_predict(session->race, session->lane[i].place, x, y);
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

void dy_session_say(dy_session *session, const char *text)
{
    for (int i = 0; i < session->lanes; i++) {
        const dy_lane *lane = &session->lane[i];
        double none = (double)NAN;
        dy_mark mark = {
            .step = dy_lane_len(lane), .kind = DY_MARK_NOTE, .loss = none, .accuracy = none
        };
        if (session->running > 0 && !dy_lane_running(lane)) continue;
        snprintf(mark.text, sizeof mark.text, "%s", text);
        dy_board_mark(session->lab->board, lane->run.index, &mark);
    }
}
