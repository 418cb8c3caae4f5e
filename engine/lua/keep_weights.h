/* keep_weights.h - the weights of the last race, kept for the desk to write: those of its best rider.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/session.h"
#include "lab/weights_sent.h"
#include "lua/script.h"

typedef struct dy_kept_weights {
    dy_arena arena;
    bool any;
    dy_weights_head head;
    float *flat;
} dy_kept_weights;

/* Before a session is closed, where weights were asked for: keeps those of its best lane in place of what was kept before. Says
 * so where memory is short. */
void dy_keep_weights(dy_host *host, dy_session *session);

/* The lane that did best: by test accuracy, or by test or training loss where that does not tell. */
int dy_best_lane(const dy_session *session);
