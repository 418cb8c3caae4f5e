/* curves.h - what the runs look like in one pane: lines, samples where they are few, scores, and where a run diverged.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/fit.h"

/* Draws plots[draft->n] into `pane`, the scene's pane `index`. The raw loss lies fainter the more runs there are; runs
 * that are DY_STRONG come last, over the others. */
void dy_curves_draw(dy_draft *draft, const dy_pane *pane, const dy_plot *plots, int32_t index);
