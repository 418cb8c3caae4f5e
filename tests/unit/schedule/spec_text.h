/* spec_text.h - schedules written as one line, so that tests can be tables.
 *
 * "warm_up length=10 schedule=(cosine lr=0.1 ends=exclusive)": a recipe's name, then argument=value. Lists are joined by
 * commas, keyframes are time:value:ease:power, pairs x:y, named schedules name:(part), an optimizer is lr:momentum, parts stand in
 * parentheses. For tests only: it trusts the line.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/recipe.h"

/* The spec, in `arena`. A line that cannot be read ends the test. */
const dy_spec *spec_of_text(dy_arena *arena, const char *text);

/* Resolves such a line against a run of `steps` updates, in epochs of `epoch_steps`. */
bool plan_of_text(dy_plan *plan, dy_arena *arena, const char *text, int64_t steps,
                  int64_t epoch_steps, dy_error *err);
