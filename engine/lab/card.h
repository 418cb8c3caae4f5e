/* card.h - what a race's card says before anything has happened.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "learn/race.h"
#include "record/board.h"

/* Data, model, optimizer, batch and seed of a race; the rest is 0. */
dy_card dy_card_make(const dy_race_spec *race);
