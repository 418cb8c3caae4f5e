/* axis.h - the scales of a scene: their ticks, grids and labels.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* Chooses the pane's ticks for its height (pane->box.h and pane->y are set). */
void dy_axis_choose(const dy_draft *draft, dy_pane *pane);

/* The widest of the pane's tick labels. */
double dy_axis_room(const dy_draft *draft, const dy_pane *pane);

/* Room for the names of the rows under the lowest pane. */
double dy_axis_margin(const dy_draft *draft);

/* What lies under the curves of a pane: the grid of its values, with labels, its lower edge, and its heading. */
void dy_axis_pane(dy_draft *draft, const dy_pane *pane, const char *heading, const char *note);

/* Lines where epochs begin, through all panes. epoch_steps > 0 */
void dy_axis_epochs(dy_draft *draft, int64_t epoch_steps);

/* Under the lowest pane: updates, and epochs where epoch_steps > 0. */
void dy_axis_updates(dy_draft *draft, const dy_pane *pane, int64_t epoch_steps);

/* The height of what dy_axis_updates adds. */
double dy_axis_depth(const dy_draft *draft, int64_t epoch_steps);
