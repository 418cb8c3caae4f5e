/* made_up.h - runs and portraits that look like training, without any.   SPDX-License-Identifier: MIT */
#pragma once
#include "record/board.h"
#include "schedule/curve.h"

enum { MADE_UP_STEPS = 6000 };

/* Runs 0, 1, ... have schedules of six kinds; p is how much of the run is over. */
double made_up_lr(int r, double p);
dy_curve *made_up_plan(dy_arena *arena, int r, dy_channel channel);

/* Puts `len` updates of run r on the board, with scores and gauges. The program ends when there is no room. */
dy_run_view made_up_run(dy_board *board, int r, int64_t len, dy_status status);

/* Another that shares the first `from` updates with one that is there; it goes on as run r. */
dy_run_view made_up_branch(dy_board *board, const dy_run_view *of, int r, int64_t from,
                           int64_t len, bool aside, int32_t lane);

void made_up_portraits(dy_portrait *plane, dy_portrait *weights);
