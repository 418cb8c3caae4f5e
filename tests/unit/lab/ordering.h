/* ordering.h - the desk's side of steering: orders posted to the board of racing.h, and the edits that came of them.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "racing.h"

/* The race that orders are posted to; 0 at first. */
extern int32_t addressed;

/* One cycle against constant rates; numbered from 0, so that a second one is what the first would have been without orders. */
dy_session *open_race(int lanes);
const dy_tape *tape_of(const dy_session *session, int lane);

/* Posts an order. */
void post(dy_act act, int32_t lane, int64_t count, double value);
void post_order(const dy_order *order, const void *bytes, size_t n);

/* A bend to straight lines through these keyframes, or to any curve. */
void post_bend(int32_t lane, dy_channel channel, const dy_key *keys, int64_t n);
void post_curve(int32_t lane, dy_channel channel, const dy_curve *curve);

/* From `value` at step 0 in a straight line to `last` at step 24. */
void post_line(int32_t lane, dy_channel channel, double value, double last);
double line_at(double value, double last, int64_t step);

/* The k-th edit of the act since the board was opened, and its bytes; false: there were not so many. */
bool edit_of(dy_act act, int k, dy_order *edit, const void **bytes, size_t *n);
int count_edits(dy_act act); /* DY_ACTS: of all acts but DY_ACT_PLAN */

/* The last curve that the board says a run's channel will follow; false: nobody can say. */
bool ghost_of(int32_t run, dy_channel channel, dy_curve *curve, dy_arena *arena);

/* Steps `n` times. */
void step(dy_session *session, int n);

/* Steps n times while a person, in a thread of its own, does something. */
void step_beside(dy_session *session, void *(*person)(void *self), int n);
void see_pause(void);       /* returns once a race waits */
void *stop_all(void *self); /* a person who stops the session when it waits */

/* Messages that the lab sent since it was last asked: the text of the last one in `to`; how many. Starts the listening. */
void listen_to_lab(void);
int heard(char *to, size_t size);
