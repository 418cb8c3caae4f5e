/* fit.h - the axes that curves ask for.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/plot.h"

/* An axis of y that shows a pane's curves well, plans and handles with them, its pixels not set yet. The loss of a run that diverged counts up to three
 * times what it began with: what lies above says only that it diverged. An automatic axis is a log one where
 * most of the curves would lie flat at the bottom of a linear one. */
dy_scale dy_fit_scale(dy_draft *draft, int32_t pane);

/* And of x: of the rates in a pane of the kind LOOP, else of the updates in sight. */
dy_scale dy_fit_across(dy_draft *draft, int32_t pane);

/* Whether there is anything to see in a pane. */
bool dy_fit_any(const dy_draft *draft, int32_t pane);
