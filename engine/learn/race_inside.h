/* race_inside.h - what a race holds. For race.c and race_lane.c only.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "learn/net.h"
#include "learn/race.h"

typedef struct dy_race_lane {
    bool live;
    int64_t updates; /* made */
    dy_rng dropout;  /* its stream after them; lanes at the same update draw the same masks */
    dy_mat *w;       /* [n_layers] of [in + 1 x wide] */
    dy_mat *s
        [2]; /* the same shapes: the optimizer's state; s[1] is without memory where it takes one */
} dy_race_lane;

struct dy_race {
    dy_race_spec spec;
    dy_arena arena; /* holds this struct too */
    dy_arena added; /* lanes that came later */
    dy_net net;     /* shared: lanes take turns */
    dy_input input; /* shared: the batch of this update */
    dy_batches *train, *test;
    float *before; /* room for the weights of the largest layer */
    int n_lanes;
    dy_race_lane *lanes; /* [spec.lanes + spec.branches], of which n_lanes are there */
};

/* Room for a lane's weights and state, zeroed. Fails when memory is short. */
bool dy_race_lane_take(const dy_race *race, dy_race_lane *lane, dy_arena *arena, dy_error *err);

/* The lane as every lane begins: weights from the seed, no state, no update made, live. */
void dy_race_lane_begin(const dy_race *race, dy_race_lane *lane);

void dy_race_lane_copy(const dy_race *race, dy_race_lane *to, const dy_race_lane *from);

/* Lane k, which there has to be. */
dy_race_lane *dy_race_lane_at(const dy_race *race, int k);
