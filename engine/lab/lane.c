/* lane.c - one lane of a session: what it follows, its score and its end.   SPDX-License-Identifier: MIT */
#include "lab/identity.h"
#include "lab/session_inside.h"

#include <math.h>
#include <stdio.h>
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

void dy_lane_follow(dy_lane *lane)
{
    lane->pacer.bent_lr = dy_bends_curve(&lane->bends, DY_LR);
    lane->pacer.bent_momentum = dy_bends_curve(&lane->bends, DY_MOMENTUM);
}

double dy_lane_train_loss(const dy_session *session, const dy_tape *tape)
{
    int64_t len = dy_tape_len(tape);
    int64_t from = len > session->epoch_steps ? len - session->epoch_steps : 0;
    double sum = 0;
    for (int64_t i = from; i < len; i++) sum += dy_tape_at(tape, DY_LOSS, i);
    return len > 0 ? sum / (double)(len - from) : (double)NAN;
}

bool dy_lane_identify(const dy_session *session, const dy_lane *lane, char *id)
{
    bool begun = lane->run.tape != NULL;
    int64_t len = begun ? dy_lane_len(lane) : 0;
    if (lane->pacer.bent_lr || lane->pacer.bent_momentum) return false;
    if (lane->plan.call && !session->stepping && len < session->steps) return false;
    dy_identity_spec what = { .race = dy_race_made_of(session->race),
                              .plan = &lane->plan,
                              .tape = begun ? lane->run.tape : NULL,
                              .eval_every = session->eval_every,
                              .script = session->script };
    dy_error err;
    return dy_identity_make(id, &what, &err);
}

/* Into the outcome, which is shared: whole or not at all. */
static void name_run(const dy_session *session, const dy_lane *lane)
{
    char id[DY_ID_DIGITS + 1];
    bool named = dy_lane_identify(session, lane, id);
    snprintf(lane->run.outcome->id, sizeof id, "%s", named ? id : "");
}

/* Readers see the status last. */
void dy_lane_finish(dy_session *session, int i, dy_status status, const char *why)
{
    dy_lane *lane = &session->lane[i];
    dy_outcome *outcome = lane->run.outcome;
    dy_session_count_time(session);
    outcome->updates = dy_lane_len(lane);
    outcome->seconds = session->seconds;
    outcome->train_loss = dy_lane_train_loss(session, lane->run.tape);
    snprintf(outcome->why, sizeof outcome->why, "%s", why);
    name_run(session, lane);
    atomic_store_explicit(&outcome->status, status, memory_order_release);
    dy_race_retire(session->race, lane->place);
    session->running--;
}

bool dy_lane_score_due(const dy_session *session, int64_t updates)
{
    return session->eval_every > 0 && updates % session->eval_every == 0;
}

void dy_lane_count_loss(dy_lane *lane, double loss)
{
    lane->epoch_loss += loss;
    lane->epoch_updates++;
}

static void write_score(dy_session *session, const dy_lane *lane, dy_score score)
{
    dy_mark mark = { .step = dy_lane_len(lane),
                     .kind = DY_MARK_SCORE,
                     .loss = score.loss,
                     .accuracy = score.accuracy };
    dy_board_mark(session->lab->board, lane->run.index, &mark);
    lane->run.outcome->test_loss = score.loss;
    lane->run.outcome->test_accuracy = score.accuracy;
    session->scored = true;
}

void dy_lane_score(dy_session *session, int i, bool again)
{
    dy_lane *lane = &session->lane[i];
    double metric =
        lane->epoch_updates ? lane->epoch_loss / (double)lane->epoch_updates : (double)NAN;
    lane->epoch_loss = 0;
    lane->epoch_updates = 0;
    if (again && lane->plan.n_feedbacks == 0) return;
    if (session->data->test.rows > 0) {
        dy_score score = dy_race_score(session->race, lane->place, &session->data->test);
        metric = score.loss;
        if (!again) write_score(session, lane, score);
    }
    if (isfinite(metric))
        dy_pacer_observe(&lane->pacer, dy_race_at(session->race, lane->place) - 1, metric);
}

/* A branch that has made no update of its own has its parent's scores, whether or not it is behind its tape. */
static bool has_news(const dy_lane *lane)
{
    const dy_card *card = lane->run.card;
    bool own = !card->branched || dy_lane_len(lane) > card->from;
    return own && lane->epoch_updates > 0;
}

void dy_lane_end(dy_session *session, int i, dy_status status)
{
    if (has_news(&session->lane[i])) dy_lane_score(session, i, false);
    dy_lane_finish(session, i, status, "");
}
