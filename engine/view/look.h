/* look.h - what a person has chosen to see: updates, panes, axes, runs, theme.
 *
 * Plain data and pure: nothing here knows a window. Runs are meant by their index on the board.
 *
 * SPDX-License-Identifier: MIT */
#pragma once
#include "view/view.h"

typedef enum dy_sort {
    DY_SORT_NONE, /* as the script has them */
    DY_SORT_LOSS, /* by the loss as it is now */
    DY_SORT_ACCURACY,
    DY_SORT_NAME,
    DY_SORTS,
} dy_sort;

enum { DY_LOOK_RUNS = 1024 }; /* runs that can be hidden; later ones are always seen */

typedef struct dy_look {
    bool dark, large, help;
    bool follow;      /* the sight moves with the newest update */
    double from, to;  /* the updates in sight; to <= from: all */
    double smoothing; /* as in dy_view */
    bool on[DY_PANE_KINDS];
    dy_axis_kind y[DY_PANE_KINDS];
    dy_axis_kind x; /* of the loop */
    dy_sort sort;
    bool ranked;    /* a leaderboard in place of the legend */
    int32_t chosen; /* the run whose schedule is at hand; -1: none */
    int32_t strong; /* the one that stands out; -1: none */
    int32_t solo;   /* the one run that is seen; -1: all that are not hidden */
    bool hidden[DY_LOOK_RUNS];
    dy_pane_kind
        kept; /* the pane whose values stay as they are while something is dragged there; DY_PANE_KINDS: none */
    double kept_lo, kept_hi;
    bool kept_log;
    bool hovered; /* there is a crosshair, */
    double hover; /* at this update */
} dy_look;

/* Everything in sight, lr, momentum and loss, light. */
dy_look dy_look_defaults(void);

/* Makes the sight `factor` times as wide around an update. What it may show are the updates 0 to `whole`. */
void dy_look_zoom(dy_look *look, double about, double factor, double whole);
/* Moves it by so many of its widths. */
void dy_look_pan(dy_look *look, double widths, double whole);
void dy_look_fit(dy_look *look);

/* Follow mode, on or off: a fifth of all where all was in sight. */
void dy_look_follow(dy_look *look, double newest, double whole);
/* Moves a sight that follows so that the newest update stands near its end. true: it moved. */
bool dy_look_keep_up(dy_look *look, double newest, double whole);

/* Between linear and log; `log` is how the axis is drawn now. */
void dy_look_turn_axis(dy_look *look, dy_pane_kind pane, bool log);

/* While something is dragged over it, a pane's axis does not move away from under the hand; DY_PANE_KINDS: it is let go. */
void dy_look_keep_axis(dy_look *look, dy_pane_kind pane, double lo, double hi, bool log);

/* In steps of half as much again, from `now` updates on. */
void dy_look_smooth(dy_look *look, double now, int steps);

bool dy_look_sees(const dy_look *look, int32_t run);
void dy_look_toggle(dy_look *look, int32_t run);
void dy_look_solo(dy_look *look, int32_t run); /* or all again */

/* The crosshair, by so many updates, kept within 0 to `most`. */
void dy_look_step(dy_look *look, double by, double most);

/* The panes that are on, in their order, into specs[DY_PANE_KINDS]. Returns how many. */
int32_t dy_look_panes(const dy_look *look, dy_pane_spec *specs);
