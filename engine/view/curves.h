/* curves.h - what the runs look like in one pane: lines, plans, samples where they are few, scores, and where a run
 * diverged.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/plot.h"

/* Draws the scene's pane `index`. What lies raw under a smoothed line is fainter the more runs there are; runs
 * that are DY_STRONG come last, over the others. */
void dy_curves_draw(dy_draft *draft, int32_t index);

/* Adds a line through places in updates and values, in the colour and so on of `like`. */
void dy_curves_line(dy_draft *draft, const dy_pane *pane, const dy_stroke *stroke,
                    const dy_item *like);
