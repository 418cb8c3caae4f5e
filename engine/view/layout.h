/* layout.h - where the panes of a scene go.
 *
 * Those over updates stand on each other, as wide as each other, over one axis; the others beside or below them, each
 * with its own. What has no room is not shown, the smallest share first.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* Fills draft->panes and draft->specs as the view asks; which are shown is not known yet. false: the draft has failed. */
bool dy_layout_take(dy_draft *draft);

/* How many of the panes shown are over updates, or stand by themselves. */
int32_t dy_layout_count(const dy_draft *draft, bool over_updates);

/* Places the panes over updates, with their names above them, their labels left of them and `depth` free beneath. */
void dy_layout_stack(dy_draft *draft, dy_box free, double depth);

/* Places the others, in one row or one column or as many of each as the shape of the room asks for. */
void dy_layout_grid(dy_draft *draft, dy_box free);
