/* heading.h - the top of a picture: its title, and what all its runs have in common.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* Adds both at the top left; returns the y where the rest may begin. */
double dy_heading_draw(dy_draft *draft);
