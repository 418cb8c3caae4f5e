/* hand.h - the schedule to come as keyframes that a person moves, adds, removes and draws.
 *
 * Plain data and pure: what comes out is a curve, for whoever gives orders. An update is past once it was made: `now` is the
 * next one, and nothing before it changes. The keyframe before it belongs to the past as well; where the present
 * stretch is bent, a keyframe at the last update takes its place, so that the value goes on from where it is.
 * Every value that comes out is one that a run can use: an lr of at least 0, a momentum of at least 0 and less than 1.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "record/tape.h"
#include "schedule/curve.h"
#include "view/outline.h"

enum { DY_HAND_KEYS = 512, DY_STROKE_KEYS = 48 };

typedef struct dy_hand {
    dy_channel channel;
    double end; /* the run's last update */
    dy_key keys
        [DY_HAND_KEYS]; /* [n], their steps rising; two may share one: there the value jumps */
    int32_t n;
} dy_hand;

/* Takes up what is planned for a run of `steps` updates; NULL: that it goes on with `value`. One of the keyframes is at
 * the end. false: memory is short. */
bool dy_hand_take(dy_hand *hand, dy_channel channel, const dy_curve *plan, double value,
                  int64_t steps);

/* The first keyframe that can be held; n: none. */
int32_t dy_hand_first(const dy_hand *hand, int64_t now);

double dy_hand_at(const dy_hand *hand, double step);

/* Moves keyframe i, not into the past nor over its neighbours; where it is half of a jump, sideways both. Returns where it is in
 * `keys` now. */
int32_t dy_hand_move(dy_hand *hand, int32_t i, double step, double value, int64_t now);

/* Puts a keyframe on the curve, or finds the one that is there. -1: it is past, or there is no room. */
int32_t dy_hand_add(dy_hand *hand, double step, int64_t now);

/* false: it is past, or the only one to come. */
bool dy_hand_remove(dy_hand *hand, int32_t i, int64_t now);

/* From the first of these points to the last, their steps rising, the curve is as drawn; `log`: as it looks on a log axis. false: they
 * are past, or there is no room. */
bool dy_hand_draw(dy_hand *hand, const dy_point *points, int64_t n, bool log, int64_t now);

/* What was typed: "0.05", "1e-3", "x 0.5" (times what it is), either with "@ 1200" (at that update) behind. Fails when it is
 * nothing of that or a run could not use it; says what is wanted. */
bool dy_hand_read(const dy_hand *hand, int32_t i, const char *text, double *step, double *value,
                  dy_error *err);

/* The curve, in `arena`. Fails when memory is short. */
bool dy_hand_curve(const dy_hand *hand, dy_curve *curve, dy_arena *arena, dy_error *err);
