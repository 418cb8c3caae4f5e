/* range_rows.h - the rows of suggestions over a picture of range tests.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"
#include "view/range_scene.h"

/* The height of all of them, with their heading; and the width of the words, which stand to the right of the pane. */
double dy_range_rows_height(const dy_draft *draft, const dy_range_plot *plot);
double dy_range_rows_width(const dy_draft *draft, const dy_range_plot *plot);

/* The rows from y down, over draft->panes[0]. First the lines that lead from them to the curves, so that these lie over them; then the
 * rest. */
void dy_range_rows_lead(dy_draft *draft, const dy_range_plot *plot, double y);
void dy_range_rows_draw(dy_draft *draft, const dy_range_plot *plot, double y);
