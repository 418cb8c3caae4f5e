/* random_spec.h - schedules with arguments drawn by what their parameters want, for what has to hold for all of them.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "base/rng.h"
#include "schedule/recipe.h"

/* A schedule of `recipe` for a run of about `steps` updates, in `arena`. Each argument is one that its parameter takes; whether
 * they go together is another question, which resolving it answers. */
const dy_spec *random_spec(dy_rng *rng, dy_arena *arena, const dy_recipe *recipe,
                           int64_t steps);

/* The same, but that the parts of Derny's own are straight lines, two where there are several. */
const dy_spec *random_plain_spec(dy_rng *rng, dy_arena *arena, const dy_recipe *recipe,
                                 int64_t steps);
