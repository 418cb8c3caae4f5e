/* weights_sent.h - a network's weights on their way from the lab, which writes no file, to the desk.
 *
 * A frame with the head, then frames of floats. The desk believes neither.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/message.h"
#include "learn/mlp.h"

typedef struct dy_weights_head {
    dy_mlp_spec model; /* `given` is not looked at */
    char run[64];      /* whose they are */
    uint64_t seed;
    int64_t updates;
    double test_loss, test_accuracy; /* NaN: none */
} dy_weights_head;

/* flat: [dy_mlp_parameters] in the order of learn/weights.h. threads: the lab */
void dy_weights_send(int fd, const dy_weights_head *head, const float *flat);

/* What has come so far. Starts as { .arena = dy_arena_make(limit) }. */
typedef struct dy_weights_inbox {
    dy_arena arena;
    dy_weights_head head;
    float *flat;
    int64_t bytes, have; /* of all weights; come so far; 0, 0: nothing yet */
    bool broken;         /* something came that is none of them */
} dy_weights_inbox;

/* Takes a message of kind DY_MESSAGE_WEIGHTS. */
void dy_weights_take(dy_weights_inbox *inbox, const dy_message *message);

/* Whether all of them are there. */
bool dy_weights_whole(const dy_weights_inbox *inbox);
