/* session_inside.h - what a session holds. For the files that make one up.
 *
 *   session.c       one update, and what is asked of a session
 *   session_open.c  what it takes
 *   lane.c          a lane: its score, its end
 *   past.c          states of lanes, and the way from one to an update
 *   branch.c        rewind and fork
 *   aside.c         what is only tried
 *   steering.c      when orders are heeded
 *   acts.c          what they do
 *   ghost.c         what lies ahead
 *   portrait.c      what a network looks like
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/bends.h"
#include "lab/session.h"
#include "lab/snapshots.h"

enum { DY_BRANCHES = 16 }; /* that a race has room for besides the lanes it begins with */

/* One run of the race, and its place on the board. */
typedef struct dy_lane {
    dy_plan plan;
    dy_pacer pacer;
    dy_bends bends;
    dy_run_view run;
    const char *name;  /* of all its runs, which the board numbers */
    int place;         /* in the race */
    double epoch_loss; /* sum over the updates since the last score */
    int64_t epoch_updates;
    int64_t
        floor; /* the script set its weights there, and there is no way back before it; -1: it did not */
} dy_lane;

/* What is tried beside the race; not a lane. */
typedef struct dy_aside {
    bool placed, running; /* it has a place in the race; and is under way */
    int place;
    dy_run_view run;
    int64_t from, until; /* updates that it shares; and when it is over */
    double lr, momentum; /* at its first update */
    double seconds;
} dy_aside;

enum { DY_ASIDES = 4 }; /* under way at once */

/* How a person wants it to go on. */
typedef struct dy_steering {
    dy_log_reader orders;
    dy_replay *replay; /* or NULL */
    int64_t next_cue;
    bool paused;
    bool let_go;       /* it may end though the desk holds what is over */
    int64_t advance;   /* updates until it pauses; 0: it does not */
    double per_second; /* updates at most; 0: as many as it can */
    double due;        /* when the next update may begin */
} dy_steering;

/* Of whom a picture is made, and with what. */
typedef struct dy_sitting {
    dy_portrait *portrait; /* the last; NULL: none is ever made */
    dy_mat x, y;           /* [batch x inputs], [batch x outputs], for the plane */
    double due;            /* when the next may be made */
} dy_sitting;

struct dy_session {
    dy_arena arena;
    dy_lab *lab;
    dy_race *race;
    const dy_dataset *data;
    dy_mlp_spec model;
    int64_t batch;
    int32_t number; /* of the race on the board */
    bool aside;
    int64_t steps, epoch_steps, eval_every;
    int64_t moment;  /* updates made, those that it went back behind included */
    int64_t updates; /* that the lane furthest ahead has made */
    int lanes, room, running;
    int places; /* in the race: the room for lanes, and what is aside */
    bool stop, scored, led, epoch_over;
    bool stepping;      /* schedules can be asked */
    const char *script; /* as in the spec */
    dy_lane *lane;      /* [room] */
    dy_run_view *
        branch; /* [room] runs that have a place on the board, and begin when the edit is written; no outcome: none */
    bool *due;  /* [places], by their place in the race, as those that follow */
    dy_pace *pace;
    double *loss;
    dy_motion *motion;
    int64_t gauge_every; /* updates; 0: nothing is measured */
    dy_steering steering;
    dy_sitting sitting;
    dy_aside asides[DY_ASIDES];
    dy_aside
        *beginning; /* that has a place on the board, and begins when the edit is written */
    double aside_s; /* of the processor that is theirs */
    dy_snapshots snapshots;
    int64_t next_snapshot; /* not before this moment */
    double seconds, since; /* in steps so far; and what is counted up to */
};

/* --- lane.c ---------------------------------------------------------------------------------------------------- */

/* The lane's updates, as its tape counts them. */
int64_t dy_lane_len(const dy_lane *lane);
bool dy_lane_running(const dy_lane *lane);

/* From now on it follows the bends it has. */
void dy_lane_follow(dy_lane *lane);

/* Scores a lane on the held-out split, where there is one, and tells the feedback. `again`: it was written down before. */
void dy_lane_score(dy_session *session, int lane, bool again);

/* Whether a score is due after so many updates. */
bool dy_lane_score_due(const dy_session *session, int64_t updates);

/* Counts an update's loss; what feedback sees where there is no held-out split. */
void dy_lane_count_loss(dy_lane *lane, double loss);

/* The mean training loss over the last epoch's updates. */
double dy_lane_train_loss(const dy_session *session, const dy_tape *tape);

/* The last word on a lane that is running; `end` scores it first where updates were made since its last score. */
void dy_lane_finish(dy_session *session, int lane, dy_status status, const char *why);
void dy_lane_end(dy_session *session, int lane, dy_status status);

/* --- session.c ------------------------------------------------------------------------------------------------- */

/* Its id, into id[DY_ID_DIGITS + 1]. false: it has none (see identity.h), or nothing names it: a person bent it, or
 * it was cut short outside of an update, where no function can be asked for the rest. */
bool dy_lane_identify(const dy_session *session, const dy_lane *lane, char *id);

/* Time up to now is counted as training, or is not. */
void dy_session_count_time(dy_session *session);
void dy_session_skip_time(dy_session *session);

/* A stop was asked for: by the script, or at the desk. */
bool dy_session_stopped(const dy_session *session);

/* Notes how far the race has come: the lane furthest ahead, and at least `least`. */
void dy_session_count_updates(dy_session *session, int64_t least);

/* --- session_open.c -------------------------------------------------------------------------------------------- */

/* Takes a place on the board for what the card says. Fails when there is none. */
bool dy_lane_place(const dy_session *session, const dy_card *card, dy_run_view *run,
                   dy_error *err);

/* --- past.c ---------------------------------------------------------------------------------------------------- */

/* Bytes of one lane's state. */
int64_t dy_past_size(const dy_session *session);

/* Keeps the states of the lanes that are due, if it is time; of one lane now. */
void dy_past_keep(dy_session *session);
void dy_past_keep_lane(dy_session *session, int lane);

/* The lane takes up the last state of `like` from no later than `until`, or the first one, and is then behind its own tape. */
void dy_past_restore(dy_session *session, int lane, int like, int64_t until);

/* A lane has a tape that goes further than its network. */
bool dy_past_behind(const dy_session *session);

/* One update of the lane furthest behind, as its tape says it was. */
void dy_past_retrace(dy_session *session);

/* --- aside.c --------------------------------------------------------------------------------------------------- */

/* A place on the board for a branch that takes the lane's rate to 0 in n updates. Fails when it cannot be; says why. Then begin. */
bool dy_aside_place(dy_session *session, int lane, int64_t n, dy_error *err);
void dy_aside_begin(dy_session *session, int lane);
void dy_aside_give_up(dy_session *session, const char *why);

/* One update of what is aside; false: nothing is. */
bool dy_aside_step(dy_session *session);

/* As many as the time that the race has had since it was counted last is worth. */
void dy_aside_share(dy_session *session);

/* What is aside comes to its end, or is stopped. */
void dy_aside_end(dy_session *session, bool stopped);

/* --- branch.c -------------------------------------------------------------------------------------------------- */

/* A run on the board whose card says what it shares with another. Fails when there is no room. */
bool dy_branch_begin(dy_session *session, const dy_run_view *from, const dy_card *card,
                     dy_run_view *run, dy_error *err);

/* Places on the board for the runs that a rewind of the race to `until`, or a fork of the lane there, begins. Fails when it cannot be;
 * says why. Then either the act itself, or dy_branch_give_up. */
bool dy_branch_place_rewind(dy_session *session, int64_t until, dy_error *err);
bool dy_branch_place_fork(dy_session *session, int lane, int64_t until, dy_error *err);
void dy_branch_rewind(dy_session *session, int64_t until);
void dy_branch_fork(dy_session *session, int lane, int64_t until);
void dy_branch_give_up(dy_session *session, const char *why);

/* --- acts.c ---------------------------------------------------------------------------------------------------- */

/* An order and what came with it, in memory that the desk may still change; or a cue, for which nobody waits. */
typedef struct dy_asked {
    dy_order order;
    const void *bytes;
    size_t n;
    bool cue;
} dy_asked;

/* Writes the order down as an edit and does it; or refuses it with a message to the desk. */
void dy_act_carry_out(dy_session *session, const dy_asked *asked);

/* Writes down that the whole session was ended. */
void dy_act_record_end(dy_session *session);

/* --- steering.c ------------------------------------------------------------------------------------------------ */

/* Carries out the orders that have come, and waits while the race is paused or ahead of its speed limit. Allocates nothing
 * where there is no order. */
void dy_steering_heed(dy_session *session);

/* One update was made. */
void dy_steering_count(dy_session *session);

/* --- ghost.c --------------------------------------------------------------------------------------------------- */

/* Writes down as edits what the lane's channels are going to be from its next update on; the second only one. */
void dy_ghost_show(dy_session *session, int lane);
void dy_ghost_show_channel(dy_session *session, int lane, dy_channel channel);
void dy_ghost_show_aside(dy_session *session, int lane, const dy_aside *aside);

/* --- portrait.c ------------------------------------------------------------------------------------------------ */

/* Takes what portraits of these networks need, where someone watches. Fails when memory is short. */
bool dy_portrait_open(dy_session *session, dy_error *err);

/* Makes the portrait that the desk wants, if it is time for another. A few ns where it wants none. */
void dy_portrait_sit(dy_session *session);
