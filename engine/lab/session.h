/* session.h - a race on the board: what joins schedules, a race, its tapes and the control word.
 *
 * One step of a session is one update (see the order below); training, evaluation and recording happen here and
 * the script only says when. Nothing here knows Lua.
 *
 *   control   stop ends every lane as DY_STOPPED
 *   orders    pause, bend, rewind, ...: what a person asks for (record/order.h), each written down as an edit
 *   plan      lr, momentum of each lane
 *   race      one update
 *   tape      one sample a lane; a loss that is not finite ends the lane as DY_DIVERGED
 *   score     on the held-out split, when due; feedback schedules observe it
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/lab.h"
#include "lab/replay.h"
#include "learn/race.h"
#include "schedule/recipe.h"

typedef struct dy_entrant {
    const char *name;
    const dy_spec *schedule;
} dy_entrant;

/* Whether what the run of this id comes to is known already. */
typedef bool dy_known_fn(void *self, const char *id);

typedef struct dy_session_spec {
    dy_race_spec race;
    const dy_entrant *entrants; /* [race.lanes] */
    int32_t number;             /* of the race on the board, from 0 */
    int64_t steps;              /* updates; 0: epochs of them */
    double epochs;
    int64_t eval_every;   /* updates between scores; 0: by epochs; -1: at the end only */
    int64_t eval_epochs;  /* epochs between scores, then; 0: one */
    int64_t memory_limit; /* of engine memory, bytes; 0: none */
    dy_replay *replay;    /* acts of an earlier session; NULL: none */
    int64_t
        snapshots; /* bytes for states that a person can go back to; 0: the way back is made from the start */
    const char
        *script; /* its text where its code has a part in the result; NULL: see identity.h */
    const char *sweep, *point; /* for the card; NULL: none */
    dy_known_fn
        *known; /* asked before a place is taken, of the first entrant; NULL: nothing is */
    void *known_self;
    bool aside; /* it only tries something out: see dy_card */
} dy_session_spec;

typedef struct dy_session dy_session;

/* *session is NULL where spec->known said so: nothing was opened. Fails as dy_race_open and dy_spec_resolve do, prefixed with the entrant's name where there are several. */
bool dy_session_open(dy_session **session, dy_lab *lab, const dy_session_spec *spec,
                     dy_error *err);

/* Ends lanes still running as DY_FAILED, `why` being what the script that drives them failed with; as DY_STOPPED where a
 * stop was asked for. */
void dy_session_fail(dy_session *session, const char *why);

/* Ends lanes still running as DY_STOPPED. Records stay on the board. NULL is fine. */
void dy_session_close(dy_session *session);

bool dy_session_more(const dy_session *session); /* a lane is still running */

/* One update of every running lane (of those furthest behind, where a person has sent lanes back), after what a person has
 * ordered, for which it may wait. Fails when a schedule fails: that lane is DY_FAILED, the others go on. */
bool dy_session_step(dy_session *session, dy_error *err);

int64_t dy_session_updates(const dy_session *session);
int64_t dy_session_steps(const dy_session *session);
int64_t dy_session_epoch_steps(const dy_session *session);
bool dy_session_scored(const dy_session *session); /* the last step ended with a score */

/* The last step's update was one of the lane furthest ahead; and the last of its epoch. Not so while a fork catches up. */
bool dy_session_led(const dy_session *session);
bool dy_session_epoch_over(const dy_session *session);

/* Updates made so far; unlike the lanes' own it never goes back. */
int64_t dy_session_moment(const dy_session *session);
int dy_session_lanes(const dy_session *session);
const dy_plan *dy_session_plan(const dy_session *session, int lane);
dy_run_view dy_session_run(const dy_session *session, int lane);

/* A lane's score now. */
dy_score dy_session_score(dy_session *session, int lane, const dy_split *split);

/* The weights of a lane's layer and its outputs, as dy_race_weights and dy_race_predict. Who has changed weights says so. */
dy_mat dy_session_weights(dy_session *session, int lane, int layer);
void dy_session_weights_set(dy_session *session, int lane);
void dy_session_predict(dy_session *session, int lane, dy_mat x, dy_mat y);

/* What its race is made of; and a lane's state, for a lane of another race of the same network and optimizer: as dy_race_save. */
const dy_race_spec *dy_session_made_of(const dy_session *session);
size_t dy_session_state_size(const dy_session *session);
void dy_session_save(const dy_session *session, int lane, void *bytes);

const dy_dataset *dy_session_data(const dy_session *session);
const dy_mlp_spec *dy_session_model(const dy_session *session);
int64_t dy_session_batch(const dy_session *session);

/* A caption: a note on every running lane, or on all once none is, at the update it stands at. Longer texts are cut. */
void dy_session_say(dy_session *session, const char *text);

/* Ends every running lane as DY_STOPPED at the next step. */
void dy_session_stop(dy_session *session);
