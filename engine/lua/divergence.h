/* divergence.h - at which lr a script's range tests diverged, remembered for the runs that follow.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "learn/race.h"
#include "lua/script.h"

/* Of the race's data, model, optimizer, loss and batch. */
void dy_divergence_note(dy_host *host, const dy_race_spec *race, double lr);

/* 0: not known. */
double dy_divergence_of(const dy_host *host, const dy_race_spec *race);
