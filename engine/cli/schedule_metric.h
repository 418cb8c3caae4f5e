/* schedule_metric.h - a file of what feedback would have seen: a value after each update.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/arena.h"
#include "lua/expression.h"

/* A CSV with a column `metric`, or with one column, headed or not. Row t (from 0) is what was observed after update t; an
 * empty cell is no observation. Arrays in `arena`. Fails when it cannot be read as that; says file and line. */
bool dy_metric_read(dy_metric *metric, const char *path, dy_arena *arena, dy_error *err);
