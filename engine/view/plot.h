/* plot.h - a run's curves in a pane, read from its tape: in updates and values, no pixels yet.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* The updates in sight: as the view asks, else from 0 to the longest run's last; a run still going on counts with
 * all that it plans. */
dy_sight dy_plot_sight(const dy_draft *draft);

/* The smoothing in updates; 0: none. */
double dy_plot_smoothing(const dy_draft *draft, dy_sight sight);

/* Reads all that the panes show into draft->plots, within draft->sight. A run that branched off begins where it did, as long as
 * its parent is shown; of a future that was given up only that is left. */
void dy_plot_read(dy_draft *draft);

/* Of a run in a pane, both by index. */
const dy_plot *dy_plot_of(const dy_draft *draft, int32_t pane, int32_t run);

/* What a run had in a pane at an update, or plans to have: `planned`. NaN: nothing. */
double dy_plot_value(const dy_draft *draft, int32_t pane, int32_t run, int64_t step,
                     bool *planned);
