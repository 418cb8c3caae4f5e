/* marks.h - what was done and said on the way, on the axis of updates: edits and notes.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* The height that their strip takes under the lowest pane; 0: there are none. */
double dy_marks_height(const dy_draft *draft);

/* Draws them under `pane`, the lowest, and a line through all panes at each. Where signs would touch, the first stands for
 * all with their number; a word stands beside it where there is room. */
void dy_marks_draw(dy_draft *draft, const dy_pane *pane);
