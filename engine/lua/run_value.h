/* run_value.h - a run (or race) as a Lua value, and what derny.train, derny.race and derny.open share.
 *
 * User values: 1 the schedules' Lua functions and 2 their argument, as pace.h wants them; 3 a list of all that the
 * session borrows: the data set and the schedules.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "lab/session.h"
#include "lua/binding.h"

enum { DY_LANES_MAX = 64 };

typedef struct dy_run_value {
    dy_session *session; /* NULL once closed */
    bool
        stepping; /* a schedule function is being asked: it may neither step its run nor close it */
} dy_run_value;

/* The fields that all three take; `schedule` or riders come on top. */
extern const char *const DY_RUN_FIELDS[];

/* What the options say of a race: data, model, optimizer, loss, label_smoothing, batch, drop_last, seed, threads. Lanes are 0. */
dy_race_spec dy_read_race(const dy_fields *f);

/* Opens a session from the options and the entrants' schedules, which are the `n` topmost values of the stack, and
 * pushes the run in their place; `own_loop`: the script steps it. In a sweep a run that is known is pushed closed. Throws what is wrong at the script's line. */
dy_run_value *dy_push_run(const dy_fields *f, int n, const char *const *names, bool own_loop);

/* One update of the run at `index`. Throws when no lane is left because of a schedule's failure; a lane that
 * fails while others go on is reported to the desk. */
void dy_run_step(lua_State *L, int index);

/* Pushes what is known of one lane: a result table. */
void dy_push_result(lua_State *L, const dy_session *session, int lane);

/* The functions of bind_train.c. The quiet one takes options and a name, has no result, and knows sweeps. */
int dy_train(lua_State *L);
int dy_train_quietly(lua_State *L);
int dy_race_run(lua_State *L);

/* Makes the class of results. */
void dy_bind_result(lua_State *L);
