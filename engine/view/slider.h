/* slider.h - the smoothing as something to push along.
 *
 * The left end is none at all; from there on equal ways are equal factors.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* The smoothing at the right end, for so many updates in sight. */
double dy_slider_most(dy_sight sight);

/* Which smoothing a share (0 to 1) of the way is, and the other way. */
double dy_slider_value(double share, double most);
double dy_slider_share(double smoothing, double most);

/* Draws it in the heading of a pane, at the right; returns where it begins. */
double dy_slider_draw(dy_draft *draft, const dy_pane *pane);
