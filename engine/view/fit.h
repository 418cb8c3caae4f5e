/* fit.h - the curves of a scene, and the axes they ask for.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/draft.h"

/* A list of points in updates and values. */
typedef struct dy_stroke {
    dy_point *points;
    int64_t n;
} dy_stroke;

/* One run's curves; empty where it is hidden. */
typedef struct dy_plot {
    dy_stroke line[DY_CHANNELS];
    dy_stroke smooth; /* the loss; empty: it is not smoothed */
} dy_plot;

/* The updates in sight: as the view asks, else from 0 to the longest run's last; a run still going on counts with
 * all that it plans. */
dy_sight dy_fit_sight(const dy_draft *draft);

/* The smoothing in updates; 0: none. */
double dy_fit_smoothing(const dy_draft *draft, dy_sight sight);

/* Reads all the tapes into plots[draft->n]; NULL: the draft has failed. */
dy_plot *dy_fit_read(dy_draft *draft, dy_sight sight, double smoothing);

/* An axis that shows a channel's curves well, its pixels not set yet. The loss of a run that diverged counts up to three
 * times what it began with: what lies above says only that it diverged. An automatic axis is a log one where
 * most of the curves would lie flat at the bottom of a linear one. */
dy_scale dy_fit_scale(dy_draft *draft, const dy_plot *plots, const dy_pane_spec *spec);
