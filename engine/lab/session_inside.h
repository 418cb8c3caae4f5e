/* session_inside.h - what a session holds. For the files that make one up: session.c, session_open.c, steering.c, ghost.c.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/bends.h"
#include "lab/session.h"

/* One run of the race, and its place on the board. */
typedef struct dy_lane {
    dy_plan plan;
    dy_pacer pacer;
    dy_bends bends;
    dy_run_view run;
    double epoch_loss; /* sum over the updates since the last score */
    int64_t epoch_updates;
} dy_lane;

/* How a person wants it to go on. */
typedef struct dy_steering {
    dy_log_reader orders;
    bool paused;
    int64_t advance;   /* updates until it pauses; 0: it does not */
    double per_second; /* updates at most; 0: as many as it can */
    double due;        /* when the next update may begin */
} dy_steering;

struct dy_session {
    dy_arena arena;
    dy_lab *lab;
    dy_race *race;
    const dy_dataset *data;
    dy_mlp_spec model;
    int64_t batch;
    int32_t number; /* of the race on the board */
    int64_t steps, epoch_steps, eval_every;
    int64_t moment; /* updates made, those that it went back behind included */
    int lanes, running;
    bool stop, scored;
    bool stepping;      /* schedules can be asked */
    const char *script; /* as in the spec */
    dy_lane *lane;      /* [lanes] */
    dy_pace *pace;      /* [lanes] */
    double *loss;       /* [lanes] */
    dy_steering steering;
    double seconds, since; /* in steps so far; and what is counted up to */
};

/* The lane's updates, as its tape counts them. */
int64_t dy_lane_len(const dy_lane *lane);
bool dy_lane_running(const dy_lane *lane);

/* From now on it follows the bends it has. */
void dy_lane_follow(dy_lane *lane);

/* Ends a lane that is running, with a last score where updates were made since the one before. */
void dy_session_end_lane(dy_session *session, int lane, dy_status status);

/* Time up to now is counted as training, or is not. */
void dy_session_count_time(dy_session *session);
void dy_session_skip_time(dy_session *session);

/* A stop was asked for: by the script, or at the desk. */
bool dy_session_stopped(const dy_session *session);

/* --- steering.c ------------------------------------------------------------------------------------------------ */

/* Carries out the orders that have come, and waits while the race is paused or ahead of its speed limit. Allocates nothing
 * where there is no order. */
void dy_steering_heed(dy_session *session);

/* Writes down that the control word ends the race. */
void dy_steering_record_end(dy_session *session);

/* One update was made. */
void dy_steering_count(dy_session *session);

/* --- ghost.c --------------------------------------------------------------------------------------------------- */

/* Writes down as edits what the lane's channels are going to be from its next update on; the second only one. */
void dy_ghost_show(dy_session *session, int lane);
void dy_ghost_show_channel(dy_session *session, int lane, dy_channel channel);
