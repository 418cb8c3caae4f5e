/* racing.h - a small data set, a board, and races on them, for the tests of session.h.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/session.h"

enum { LANES_MAX = 4 };

extern dy_dataset data; /* 160 + 40 rows: 10 updates an epoch at batch 16 */
extern dy_lab lab;

/* For init and fini of each test. */
void open_racing(void);
void close_racing(void);

/* Aborts the test with *err's text when a call failed that should not. */
void must(bool ok, const dy_error *err);

/* A schedule of one recipe and up to two of its arguments, numbers; name_2 may be NULL. */
dy_spec schedule(const char *recipe, const char *name, double value, const char *name_2,
                 double value_2);
dy_spec constant(double lr);
dy_spec one_cycle(void);

/* A race of these schedules; entrants are named a, b, c, d. */
struct setting {
    dy_session_spec spec;
    dy_entrant entrants[LANES_MAX];
};

/* 25 updates of a network with dropout; returns s. */
struct setting *make_setting(struct setting *s, int lanes, const dy_spec *schedules);

dy_session *open_session(const struct setting *s);
void run_out(dy_session *session);
dy_status status_of(const dy_run_view *run);

/* Opens, runs to the end, closes; the record stays. */
dy_run_view run_one(const struct setting *s);

/* The same samples, bit for bit. */
void same_tape(const dy_tape *a, const dy_tape *b);

/* No run is left that looks as if it were under way. */
void expect_none_running(void);
