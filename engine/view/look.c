/* look.c - see look.h.   SPDX-License-Identifier: MIT */
#include "view/look.h"

#include <math.h>

static const double NARROWEST = 8;     /* updates in sight */
static const double FOLLOWED = 0.2;    /* of all of them */
static const double AHEAD = 0.12;      /* of the sight that lies before the newest update */
static const double SMOOTHER = 1.5;    /* a step */
static const double SMOOTH_MOST = 1e6; /* updates */

dy_look dy_look_defaults(void)
{
    dy_look look = {
        .smoothing = -1, .chosen = -1, .strong = -1, .solo = -1, .kept = DY_PANE_KINDS
    };
    look.on[DY_PANE_LR] = look.on[DY_PANE_MOMENTUM] = look.on[DY_PANE_LOSS] = true;
    look.on[DY_PANE_PLANE] = true; /* where there is one */
    return look;
}

/* --- the updates in sight ----------------------------------------------------------------------------------------- */

static bool sees_all(const dy_look *look)
{
    return !(look->to > look->from);
}

/* Keeps a sight within what there is; one as wide as that is all of it. */
static void settle(dy_look *look, double from, double width, double whole)
{
    if (!(width < whole)) {
        dy_look_fit(look);
        return;
    }
    look->from = fmax(0, fmin(from, whole - width));
    look->to = look->from + width;
}

void dy_look_zoom(dy_look *look, double about, double factor, double whole)
{
    double from = sees_all(look) ? 0 : look->from;
    double to = sees_all(look) ? whole : look->to;
    double width = fmax((to - from) * factor, fmin(NARROWEST, whole));
    double share = to > from ? (about - from) / (to - from) : 0;
    settle(look, about - share * width, width, whole);
}

void dy_look_pan(dy_look *look, double widths, double whole)
{
    if (sees_all(look)) return;
    double width = look->to - look->from;
    look->follow = false;
    settle(look, look->from + widths * width, width, whole);
}

void dy_look_fit(dy_look *look)
{
    look->from = look->to = 0;
    look->follow = false;
}

void dy_look_follow(dy_look *look, double newest, double whole)
{
    look->follow = !look->follow;
    if (!look->follow) return;
    if (sees_all(look)) {
        look->from = 0;
        look->to = fmax(FOLLOWED * whole, fmin(NARROWEST, whole));
    }
    dy_look_keep_up(look, newest, whole);
}

bool dy_look_keep_up(dy_look *look, double newest, double whole)
{
    if (!look->follow || sees_all(look)) return false;
    double width = look->to - look->from;
    double before = look->from;
    double from = newest - (1 - AHEAD) * width;
    look->from = fmax(0, fmin(from, whole - width));
    look->to = look->from + width;
    return look->from != before;
}

void dy_look_step(dy_look *look, double by, double most)
{
    look->hovered = true;
    look->hover = fmax(0, fmin(look->hover + by, most));
}

/* --- axes and smoothing ------------------------------------------------------------------------------------------- */

void dy_look_turn_axis(dy_look *look, dy_pane_kind pane, bool log)
{
    look->y[pane] = log ? DY_AXIS_LINEAR : DY_AXIS_LOG;
}

void dy_look_keep_axis(dy_look *look, dy_pane_kind pane, double lo, double hi, bool log)
{
    look->kept = pane;
    look->kept_lo = lo;
    look->kept_hi = hi;
    look->kept_log = log;
}

void dy_look_smooth(dy_look *look, double now, int steps)
{
    double next = fmax(now, 1) * pow(SMOOTHER, steps);
    look->smoothing = next < 1 ? 0 : fmin(next, SMOOTH_MOST);
}

/* --- runs --------------------------------------------------------------------------------------------------------- */

static bool can_hide(int32_t run)
{
    return run >= 0 && run < DY_LOOK_RUNS;
}

bool dy_look_sees(const dy_look *look, int32_t run)
{
    if (look->solo >= 0) return run == look->solo;
    return !can_hide(run) || !look->hidden[run];
}

void dy_look_toggle(dy_look *look, int32_t run)
{
    look->solo = -1;
    if (can_hide(run)) look->hidden[run] = !look->hidden[run];
}

void dy_look_solo(dy_look *look, int32_t run)
{
    look->solo = look->solo == run ? -1 : run;
    if (can_hide(run)) look->hidden[run] = false;
}

/* --- panes -------------------------------------------------------------------------------------------------------- */

int32_t dy_look_panes(const dy_look *look, dy_pane_spec *specs)
{
    static const dy_pane_kind ORDER[] = { DY_PANE_LR,     DY_PANE_MOMENTUM, DY_PANE_RATE,
                                          DY_PANE_LOSS,   DY_PANE_ACCURACY, DY_PANE_GRADIENT,
                                          DY_PANE_RATIO,  DY_PANE_LOOP,     DY_PANE_PLANE,
                                          DY_PANE_WEIGHTS };
    int32_t n = 0;
    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
        dy_pane_kind kind = ORDER[i];
        if (!look->on[kind]) continue;
        dy_pane_spec *spec = &specs[n++];
        *spec = (dy_pane_spec){ .kind = kind, .y = look->y[kind], .x = look->x };
        if (kind != look->kept) continue;
        spec->y = look->kept_log ? DY_AXIS_LOG : DY_AXIS_LINEAR;
        spec->lo = look->kept_lo;
        spec->hi = look->kept_hi;
    }
    return n;
}
