/* race.h - K runs in lock-step: the same initial weights, the same batches in the same order, K paces.
 *
 * What the lanes share is made once: the gathered batch, the order of the examples, the dropout masks (so that lanes differ
 * in their paces only). Training one network is a race of one lane. A race holds everything that decides the future of
 * its lanes except the schedules; it knows no clock, no disk and no watcher.
 * A lane can go back to an earlier state, and lanes can be added: batches and masks are functions of the update, so lanes
 * need not all stand at the same one. What makes an update together does.
 * A lane's numbers do not depend on what the other lanes do, nor on there being any: it is the same bits as alone.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "data/batches.h"
#include "learn/mlp.h"
#include "learn/motion.h"
#include "learn/optim.h"

typedef struct dy_race_spec {
    const dy_dataset *data; /* borrowed while the race is open */
    dy_mlp_spec model;
    dy_loss_spec loss;
    dy_optim_spec optim;
    int64_t batch;
    bool drop_last;
    uint64_t seed; /* of weights, batches and dropout, each a stream of its own */
    int lanes;     /* >= 1 */
    int branches;  /* lanes that may be added later */
    int threads;   /* of BLIS, >= 1; moves no bit */
    bool
        rehearsal; /* nothing is gathered and nothing learns: losses and scores are made up, and fall */
} dy_race_spec;

typedef struct dy_race dy_race;

/* Loss is the mean over rows; accuracy is NaN for a regression. */
typedef struct dy_score {
    double loss, accuracy;
} dy_score;

/* Fails when the model does not fit the data or the loss (says both widths), a number is out of range, or memory is short (at most `limit`
 * bytes, 0: no limit). Takes all memory the race will ever take, but for that of branches. */
bool dy_race_open(dy_race **race, const dy_race_spec *spec, int64_t limit, dy_error *err);
void dy_race_close(dy_race *race); /* NULL is fine */

const dy_race_spec *dy_race_made_of(const dy_race *race);
int64_t dy_race_epoch_steps(const dy_race *race);
int dy_race_lanes(const dy_race *race);            /* with those that were added */
int64_t dy_race_updates(const dy_race *race);      /* made so far, by the lane that made most */
int64_t dy_race_at(const dy_race *race, int lane); /* by this one */

/* One update of every lane that has not retired. pace [lanes]; loss [lanes] receives the batch's mean loss before the
 * update, of live lanes; one that is not finite has retired the lane, its weights left as they were. Allocates nothing */
void dy_race_step(dy_race *race, const dy_pace *pace, double *loss);

/* The same for those that are due [lanes], live and all at the same update. motion [lanes]: receives what the update did to
 * each, and moves no bit; NULL: not measured. */
void dy_race_step_some(dy_race *race, const bool *due, const dy_pace *pace, double *loss,
                       dy_motion *motion);

/* A lane that is over takes no part in later updates. */
void dy_race_retire(dy_race *race, int lane);
bool dy_race_live(const dy_race *race, int lane);

/* A lane more: its number in *lane. It is not live until it is given a state. Fails when the branches are all there, or memory is
 * short. */
bool dy_race_add(dy_race *race, int *lane, dy_error *err);

/* All that decides a lane's future, but its paces, as bytes of this process; into any lane of the same race, or of one of the
 * same network and optimizer, which then is live.
 * Restart gives it the state that every lane begins with. Allocates nothing */
size_t dy_race_state_size(const dy_race *race);
void dy_race_save(const dy_race *race, int lane, void *bytes);
void dy_race_restore(dy_race *race, int lane, const void *bytes);
void dy_race_restart(dy_race *race, int lane);
void dy_race_copy(dy_race *race, int to, int from); /* as saving one and restoring the other */

/* The same in parts, for whoever writes it in a form of its own: besides the weights, the optimizer's state of a layer, of the
 * weights' shape (without memory where the optimizer has no such slot), and where the lane is. */
dy_mat dy_race_slot(dy_race *race, int lane, int layer, int slot);

typedef struct dy_race_place {
    int64_t updates;
    bool live;
    dy_rng dropout; /* its stream, after those updates */
} dy_race_place;

dy_race_place dy_race_place_of(const dy_race *race, int lane);
void dy_race_place_set(dy_race *race, int lane, dy_race_place place);

/* The lane's score on a split of the race's data, without dropout. Draws no random number. Allocates nothing */
dy_score dy_race_score(dy_race *race, int lane, const dy_split *split);

/* The weights of a layer, [in + 1 x out], bias row last; borrowed, may be read and written between updates. */
dy_mat dy_race_weights(dy_race *race, int lane, int layer);

/* The lane's outputs for `rows` inputs of the network, x [rows x inputs] already scaled, into y [rows x outputs]: the last layer's sums, or
 * class probabilities for cross-entropy. rows is at most the batch's. */
void dy_race_predict(dy_race *race, int lane, dy_mat x, dy_mat y);
