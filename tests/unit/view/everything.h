/* everything.h - views that ask for all there is at once.   SPDX-License-Identifier: MIT */
#pragma once
#include "base/rng.h"
#include "fixture.h"

/* Runs on the fixture's board, from the generator: branches, runs aside, diverged and done ones, marks and gauges. */
void everything_runs(dy_rng *rng, int n);

/* What there is to see and do, each with a chance of a half, in `view`; its arrays last until the next call. */
void everything_view(dy_rng *rng, dy_trace *traces, int32_t n);
