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

/* What lies under the curves of a pane: the grid of its values, with labels, and its lower edge. */
void dy_axis_pane(dy_draft *draft, const dy_pane *pane);

/* Over it: its name, and as many parts of a note (see dy_draft_parts_in) as there is room for up to `right`. */
void dy_axis_heading(dy_draft *draft, const dy_pane *pane, const char *note, double right);

/* Lines where epochs begin, through all panes over updates. draft->epoch_steps > 0 */
void dy_axis_epochs(dy_draft *draft);

/* Under the lowest pane, `drop` below its edge: updates, and epochs where runs share them. */
void dy_axis_updates(dy_draft *draft, const dy_pane *pane, double drop);

/* The height of what dy_axis_updates adds, without the drop. */
double dy_axis_depth(const dy_draft *draft);

/* Under a pane with an x of its own: its ticks and its name. And the height of it. */
void dy_axis_across(dy_draft *draft, const dy_pane *pane, const char *name);
double dy_axis_across_depth(const dy_draft *draft);
