/* session.c - see session.h.   SPDX-License-Identifier: MIT */
#include "lab/session.h"

#include "base/clock.h"
#include "lab/card.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One run of the race, and its place on the board. */
struct lane {
    dy_plan plan;
    dy_pacer pacer;
    dy_run_view run;
    double epoch_loss; /* sum over the updates since the last score */
    int64_t epoch_updates;
};

struct dy_session {
    dy_arena arena;
    dy_lab *lab;
    dy_race *race;
    const dy_dataset *data;
    dy_mlp_spec model;
    int64_t batch;
    int64_t steps, epoch_steps, eval_every;
    int lanes, running;
    bool stop, scored;
    struct lane *lane;     /* [lanes] */
    dy_pace *pace;         /* [lanes] */
    double *loss;          /* [lanes] */
    double seconds, since; /* in steps so far; and what is counted up to */
};

static int64_t steps_of(const dy_session_spec *spec, int64_t epoch_steps)
{
    if (spec->steps > 0) return spec->steps;
    double steps = ceil(spec->epochs * (double)epoch_steps - 1e-9);
    return steps < 1 ? 1 : (int64_t)steps;
}

static dy_card card_of(const dy_session_spec *spec, const dy_session *session, int i)
{
    dy_card card = dy_card_make(&spec->race);
    card.steps = session->steps;
    card.epoch_steps = session->epoch_steps;
    card.race = spec->number;
    card.lane = i;
    card.aside = spec->aside;
    snprintf(card.name, sizeof card.name, "%s", spec->entrants[i].name);
    FILE *out = fmemopen(card.schedule, sizeof card.schedule - 1, "w");
    if (out) {
        dy_spec_print(spec->entrants[i].schedule, out);
        fclose(out);
    }
    return card;
}

/* Scores, and room for what is said. A score too many is not kept: the curve has its tape. */
static int64_t marks_of(const dy_session *session)
{
    enum { NOTES = 256, SCORES_MOST = 1 << 20 };

    int64_t scores = session->eval_every > 0 ? session->steps / session->eval_every : 0;
    return NOTES + (scores < SCORES_MOST ? scores : SCORES_MOST);
}

static bool open_lane(dy_session *session, const dy_session_spec *spec, int i, dy_error *err)
{
    struct lane *lane = &session->lane[i];
    dy_span span = { session->steps, session->epoch_steps };
    bool ok =
        dy_spec_resolve(spec->entrants[i].schedule, span, &lane->plan, &session->arena, err);
    if (!ok && session->lanes > 1) return dy_fail_in(err, "%s", spec->entrants[i].name);
    if (!ok) return false;
    lane->pacer = dy_pacer_make(&lane->plan, spec->race.optim.momentum);
    return true;
}

/* Everything that can fail, but for taking places on the board. */
static bool prepare(dy_session *session, const dy_session_spec *spec, dy_error *err)
{
    int n = spec->race.lanes;
    if (!dy_race_open(&session->race, &spec->race, spec->memory_limit, err)) return false;
    session->epoch_steps = dy_race_epoch_steps(session->race);
    session->steps = steps_of(spec, session->epoch_steps);
    int64_t epochs = spec->eval_epochs > 0 ? spec->eval_epochs : 1;
    session->eval_every =
        spec->eval_every == 0 ? epochs * session->epoch_steps : spec->eval_every;
    session->lane = dy_arena_take(&session->arena, n, sizeof *session->lane, err);
    session->pace =
        session->lane ? dy_arena_take(&session->arena, n, sizeof *session->pace, err) : NULL;
    session->loss =
        session->pace ? dy_arena_take(&session->arena, n, sizeof *session->loss, err) : NULL;
    if (!session->loss) return false;
    for (int i = 0; i < n; i++)
        if (!open_lane(session, spec, i, err)) return false;
    return true;
}

static bool take_places(dy_session *session, const dy_session_spec *spec, dy_error *err)
{
    for (int i = 0; i < session->lanes; i++) {
        dy_card card = card_of(spec, session, i);
        if (!dy_board_add(session->lab->board, &card, marks_of(session), &session->lane[i].run,
                          err))
            return false;
        dy_outcome *outcome = session->lane[i].run.outcome;
        outcome->train_loss = outcome->test_loss = outcome->test_accuracy = NAN;
        session->running++;
    }
    return true;
}

bool dy_session_open(dy_session **session, dy_lab *lab, const dy_session_spec *spec,
                     dy_error *err)
{
    dy_arena arena = dy_arena_make(0);
    dy_session *made = dy_arena_take(&arena, 1, sizeof *made, err);
    if (!made) return false;
    *made = (dy_session){ .arena = arena,
                          .lab = lab,
                          .data = spec->race.data,
                          .model = spec->race.model,
                          .batch = spec->race.batch,
                          .lanes = spec->race.lanes };
    if (!prepare(made, spec, err) || !take_places(made, spec, err)) {
        dy_session_fail(made, err->text); /* those that have a place already */
        dy_session_close(made);
        return false;
    }
    dy_arena_seal(&made->arena);
    *session = made;
    return true;
}

static bool running(const struct lane *lane)
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

static void count_time(dy_session *session)
{
    double now = dy_now_s();
    session->seconds += now - session->since;
    session->since = now;
}

/* The last word on a lane; readers see the status last. */
static void finish(dy_session *session, int i, dy_status status, const char *why)
{
    struct lane *lane = &session->lane[i];
    dy_outcome *outcome = lane->run.outcome;
    count_time(session);
    outcome->updates = dy_tape_len(lane->run.tape);
    outcome->seconds = session->seconds;
    outcome->train_loss = last_epoch_loss(session, lane->run.tape);
    snprintf(outcome->why, sizeof outcome->why, "%s", why);
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
    struct lane *lane = &session->lane[i];
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

static void finish_running(dy_session *session, dy_status status)
{
    for (int i = 0; i < session->lanes; i++) {
        if (!running(&session->lane[i])) continue;
        if (session->lane[i].epoch_updates > 0) score(session, i);
        finish(session, i, status, "");
    }
}

/* Fills pace for every running lane; one whose schedule fails is over. */
static bool ask_schedules(dy_session *session, dy_error *err)
{
    bool ok = true;
    int64_t step = dy_race_updates(session->race);
    for (int i = 0; i < session->lanes; i++) {
        if (!running(&session->lane[i])) continue;
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
        struct lane *lane = &session->lane[i];
        if (!running(lane)) continue;
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
        if (running(&session->lane[i])) score(session, i);
}

/* A person asked for an end: through the script, or at the desk. */
static bool stopped(const dy_session *session)
{
    return session->stop || atomic_load_explicit(&dy_board_control(session->lab->board)->stop,
                                                 memory_order_relaxed);
}

bool dy_session_step(dy_session *session, dy_error *err)
{
    session->since = dy_now_s();
    int was = dy_lab_enter(session->lab);
    session->scored = false;
    bool ok = true;
    if (stopped(session)) {
        finish_running(session, DY_STOPPED);
    } else {
        ok = ask_schedules(session, err);
        if (session->running > 0) {
            dy_race_step(session->race, session->pace, session->loss);
            record(session);
            score_when_due(session);
        }
    }
    if (dy_race_updates(session->race) == session->steps) finish_running(session, DY_DONE);
    count_time(session);
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
    session->since = dy_now_s();
    for (int i = 0; i < session->lanes; i++)
        if (running(&session->lane[i]))
            finish(session, i, stopped(session) ? DY_STOPPED : DY_FAILED, why);
}

void dy_session_close(dy_session *session)
{
    if (!session) return;
    session->since = dy_now_s();
    if (session->running > 0) finish_running(session, DY_STOPPED);
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
