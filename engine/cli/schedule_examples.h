/* schedule_examples.h - a typical call of each built-in schedule, for a run of 300 updates.   SPDX-License-Identifier: MIT */
#pragma once
#include "schedule/recipe.h"

enum { DY_EXAMPLE_MAX = 400 };

/* As a script would write it, into to[size]. */
void dy_schedule_example(const dy_recipe *recipe, char *to, size_t size);
