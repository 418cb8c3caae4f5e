/* hold.h - the schedule of one run at hand: its keyframes, which of them is held, what is to become of it.
 *
 * Two hands, for lr and for momentum. They follow the run's plans until a person changes something; from then on they
 * are what the person meant, until the run says that it does so. Pure: orders are given by whoever asks dy_hold_changed.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/feed.h"
#include "view/hand.h"
#include "view/stroke.h"

typedef struct dy_hold {
    int32_t run;     /* on the board; -1: none */
    int64_t now;     /* its next update */
    dy_hand hand[2]; /* of lr and momentum */
    bool have[2];    /* there is a plan to hold, or a value to go on with */
    int32_t told[2]; /* how many times the run had told its plan when it was taken up */
    bool changed[2]; /* since it was asked for, */
    bool meant[2];   /* and the run has not said yet that it follows */
    double meant_s[2];
    dy_channel channel; /* what keys act on */
    int32_t key;        /* of that hand, the one chosen; -1: none */
    bool held;          /* by the mouse */
    bool drawing;       /* a stroke is being drawn, or will be */
    dy_hand before;     /* the hand when its stroke began */
    dy_stroke_line stroke;
} dy_hold;

dy_hold dy_hold_make(void);

/* Takes up the plans of a run as they are now; -1: lets go of all. `value`: what lr and momentum are. true: something is
 * different. */
bool dy_hold_follow(dy_hold *hold, const dy_feed *feed, int32_t run, double now_s);

/* Its keyframes to come, into handles[most], for trace `trace`. Returns how many. */
int32_t dy_hold_handles(const dy_hold *hold, int32_t trace, dy_handle *handles, int32_t most);

/* Which keyframe handle i is. */
void dy_hold_choose(dy_hold *hold, int32_t handle);
/* The next keyframe to come, or the one before; wraps around. false: there is none. */
bool dy_hold_next(dy_hold *hold, int by);

/* Acts on the chosen keyframe; false: there is none, or it cannot. */
bool dy_hold_move(dy_hold *hold, double step, double value);
bool dy_hold_remove(dy_hold *hold);
bool dy_hold_add(dy_hold *hold, dy_channel channel, double step);
const dy_key *dy_hold_key(const dy_hold *hold); /* NULL: none is chosen */

/* A stroke over a channel's pane; `log`: its axis is. */
void dy_hold_draw(dy_hold *hold, dy_channel channel, dy_point at, bool log);
void dy_hold_lift(dy_hold *hold);

/* true, once: the channel's curve is another, for the run to follow from its next update on. Fills `curve`, in `arena`. */
bool dy_hold_changed(dy_hold *hold, dy_channel channel, dy_curve *curve, dy_arena *arena,
                     double now_s);

/* What was meant counts no more: the hand follows the run again. */
void dy_hold_forget(dy_hold *hold, dy_channel channel);

/* The curve to be drawn ahead while the run has not said that it follows it. false: the run's own. */
bool dy_hold_ghost(const dy_hold *hold, dy_channel channel, dy_curve *curve, dy_arena *arena);
