/* live_mouse.c - what gestures do.   SPDX-License-Identifier: MIT */
#include "view/live_inside.h"

#include <math.h>

static const double NOTCH = 0.8; /* of the sight that is left by a notch of the wheel */
static const double SIDEWAYS = 0.1;

static double whole(const dy_live *l)
{
    return l->board ? (double)l->feed.whole : 1;
}

static dy_pane_kind pane_kind(const dy_live *l, const dy_hit *hit)
{
    const dy_scene *scene = dy_live_scene(l);
    bool known = hit->pane >= 0 && hit->pane < scene->n_panes;
    return known ? scene->panes[hit->pane].kind : DY_PANE_KINDS;
}

/* Whether its horizontal axis is updates. */
static bool is_timed(dy_pane_kind kind)
{
    return kind < DY_PANE_LOOP;
}

static bool is_channel(dy_pane_kind kind, dy_channel *channel)
{
    *channel = kind == DY_PANE_MOMENTUM ? DY_MOMENTUM : DY_LR;
    return kind == DY_PANE_LR || kind == DY_PANE_MOMENTUM;
}

static int32_t run_of(const dy_live *l, int32_t trace)
{
    const dy_shown *shown = &l->shown[l->front];
    return trace >= 0 && trace < shown->n ? shown->traces[trace].run.index : -1;
}

/* --- pointing ----------------------------------------------------------------------------------------------------- */

static dy_cursor cursor_for(const dy_live *l, const dy_hit *hit)
{
    switch (hit->kind) {
    case DY_HIT_HANDLE: return DY_CURSOR_MOVE;
    case DY_HIT_PANE: return is_timed(pane_kind(l, hit)) ? DY_CURSOR_CROSS : DY_CURSOR_ARROW;
    case DY_HIT_NOTHING:
    case DY_HIT_OVER:
    case DY_HIT_UPDATES: return DY_CURSOR_ARROW;
    default: return DY_CURSOR_HAND;
    }
}

/* Near a curve of lr or momentum, its run's schedule is at hand. */
static void choose_pointed(dy_live *l, const dy_hit *hit)
{
    dy_channel channel;
    dy_run_view run;
    if (hit->kind != DY_HIT_PANE || !is_channel(pane_kind(l, hit), &channel)) return;
    if (!l->hold.drawing && !dy_hold_key(&l->hold)) l->hold.channel = channel;
    int32_t index = run_of(l, hit->run);
    if (index < 0 || !dy_board_run(l->board, index, &run) || !dy_feed_running(&run)) return;
    if (!run.card->aside) l->look.chosen = index;
}

static void point(dy_live *l, const dy_gesture *g)
{
    dy_window_cursor(l->window, cursor_for(l, &g->hit));
    if (!l->board) return;
    if (g->hit.kind == DY_HIT_HANDLE) dy_hold_choose(&l->hold, g->hit.index);
    choose_pointed(l, &g->hit);
    bool over = (g->hit.kind == DY_HIT_PANE && is_timed(pane_kind(l, &g->hit))) ||
                g->hit.kind == DY_HIT_HANDLE;
    if (over) l->look.hover = fmax(0, fmin(g->hit.update, whole(l)));
    l->look.hovered |= over;
}

/* --- clicks ------------------------------------------------------------------------------------------------------- */

static void click_row(dy_live *l, const dy_gesture *g)
{
    int32_t run = run_of(l, g->hit.index);
    if (run < 0) return;
    if (!l->guess.open) {
        dy_look_toggle(&l->look, run);
        return;
    }
    l->guess.bet = l->guess.bet == run ? -1 : run;
    dy_live_trace(l, "bet %d", l->guess.bet);
}

static void click_pane(dy_live *l, const dy_gesture *g)
{
    dy_pane_kind kind = pane_kind(l, &g->hit);
    if (!is_timed(kind) || !l->board) return;
    if (l->hold.drawing || l->guess.open) return;
    dy_live_go_back(l, g->held & DY_HELD_CTRL ? DY_ACT_FORK : DY_ACT_REWIND, g->hit.update);
}

static void click_axis(dy_live *l, const dy_hit *hit)
{
    const dy_scene *scene = dy_live_scene(l);
    if (hit->pane < 0) return;
    const dy_pane *pane = &scene->panes[hit->pane];
    dy_look_turn_axis(&l->look, pane->kind, pane->y.log);
}

static void say_edit(dy_live *l, const dy_hit *hit)
{
    if (hit->index < 0 || hit->index >= l->feed.n_edits) return;
    const dy_order *edit = &l->feed.edits[hit->index];
    dy_live_note(l, false, "%s at update %lld", dy_act_name(edit->act), (long long)edit->step);
}

static void click(dy_live *l, const dy_gesture *g)
{
    bool menu = l->menu.kind != DY_MENU_NONE;
    if (menu && g->hit.kind != DY_HIT_MENU) {
        l->menu.kind = DY_MENU_NONE; /* a click beside it closes it, and does nothing else */
        return;
    }
    if (l->look.help) {
        l->look.help = false;
        return;
    }
    switch (g->hit.kind) {
    case DY_HIT_BUTTON: dy_live_do(l, (dy_verb)g->hit.index); break;
    case DY_HIT_MENU: dy_live_menu_press(l, g->hit.index); break;
    case DY_HIT_ROW: click_row(l, g); break;
    case DY_HIT_ROWS: dy_live_do(l, DY_VERB_SORT); break;
    case DY_HIT_VALUES: click_axis(l, &g->hit); break;
    case DY_HIT_PANE: click_pane(l, g); break;
    case DY_HIT_SLIDER: l->look.smoothing = g->hit.value; break;
    case DY_HIT_HANDLE: dy_hold_choose(&l->hold, g->hit.index); break;
    case DY_HIT_EDIT: say_edit(l, &g->hit); break;
    default: break;
    }
}

/* On a curve to come: a keyframe there. Elsewhere: everything in sight. */
static void double_click_pane(dy_live *l, const dy_hit *hit)
{
    dy_channel channel;
    bool curve = is_channel(pane_kind(l, hit), &channel) && hit->run >= 0;
    if (!curve || hit->update < (double)l->hold.now) {
        dy_look_fit(&l->look);
        return;
    }
    l->hold.channel = channel;
    l->look.hovered = true;
    l->look.hover = hit->update;
    dy_live_do(l, DY_VERB_ADD);
}

static void double_click(dy_live *l, const dy_gesture *g)
{
    switch (g->hit.kind) {
    case DY_HIT_PANE: double_click_pane(l, &g->hit); break;
    case DY_HIT_HANDLE:
        dy_hold_choose(&l->hold, g->hit.index);
        dy_live_do(l, DY_VERB_TYPE);
        break;
    case DY_HIT_ROW: dy_look_solo(&l->look, run_of(l, g->hit.index)); break;
    default: click(l, g); break; /* two presses of a button, quickly */
    }
}

static void context(dy_live *l, const dy_gesture *g)
{
    if (g->hit.kind == DY_HIT_HANDLE) {
        dy_hold_choose(&l->hold, g->hit.index);
        dy_live_do(l, DY_VERB_REMOVE);
    } else if (g->hit.kind == DY_HIT_PANE && is_timed(pane_kind(l, &g->hit))) {
        dy_live_open_here(l, &g->hit, g->at);
    }
}

/* --- drags -------------------------------------------------------------------------------------------------------- */

/* What a drag that began on a pane does. */
typedef enum drag { PANS, DRAWS, GUESSES } drag;

static drag drag_on(const dy_live *l, const dy_gesture *g)
{
    dy_channel channel;
    dy_pane_kind kind = pane_kind(l, &g->hit);
    if (l->guess.open && kind == DY_PANE_LOSS) return GUESSES;
    bool draws = l->hold.drawing || (g->held & DY_HELD_SHIFT);
    return draws && is_channel(kind, &channel) && l->feed.running ? DRAWS : PANS;
}

static void draw_to(dy_live *l, const dy_gesture *g, dy_point at)
{
    dy_channel channel;
    const dy_scene *scene = dy_live_scene(l);
    dy_hit hit = dy_pane_hit(scene, g->hit.pane, at);
    is_channel(pane_kind(l, &g->hit), &channel);
    dy_hold_draw(&l->hold, channel, (dy_point){ hit.update, hit.value },
                 scene->panes[g->hit.pane].y.log);
}

static void guess_to(dy_live *l, const dy_gesture *g, dy_point at)
{
    dy_hit hit = dy_pane_hit(dy_live_scene(l), g->hit.pane, at);
    double update = fmax((double)l->feed.newest, fmin(hit.update, whole(l) - 1));
    dy_stroke_to(&l->guess.line, (dy_point){ update, fmax(hit.value, 1e-9) });
}

static void keep_axis(dy_live *l, const dy_pane *pane)
{
    if (pane) dy_look_keep_axis(&l->look, pane->kind, pane->y.lo, pane->y.hi, pane->y.log);
}

static void grab_pane(dy_live *l, const dy_gesture *g)
{
    dy_channel channel;
    const dy_pane *pane = &dy_live_scene(l)->panes[g->hit.pane];
    switch (drag_on(l, g)) {
    case DRAWS:
        keep_axis(l, pane);
        is_channel(pane_kind(l, &g->hit), &channel);
        dy_live_keep_for_undo(l, channel);
        draw_to(l, g, g->from);
        break;
    case GUESSES:
        keep_axis(l, pane);
        guess_to(l, g, g->from);
        break;
    case PANS: l->look.follow = false; break;
    }
    l->panned = 0;
}

/* By how far the mouse went since the last time. */
static void pan(dy_live *l, const dy_gesture *g)
{
    const dy_box *box = &dy_live_scene(l)->panes[g->hit.pane].box;
    double widths = (g->from.x - g->at.x) / fmax(box->w, 1);
    dy_look_pan(&l->look, widths - l->panned, whole(l));
    l->panned = widths;
}

static void drag_pane(dy_live *l, const dy_gesture *g)
{
    switch (drag_on(l, g)) {
    case DRAWS: draw_to(l, g, g->at); break;
    case GUESSES: guess_to(l, g, g->at); break;
    case PANS: pan(l, g); break;
    }
}

/* Of the channel that is held. */
static const dy_pane *held_pane(const dy_live *l)
{
    return dy_scene_pane(dy_live_scene(l),
                         l->hold.channel == DY_LR ? DY_PANE_LR : DY_PANE_MOMENTUM);
}

static void drag_handle(dy_live *l, const dy_gesture *g)
{
    const dy_scene *scene = dy_live_scene(l);
    const dy_pane *pane = held_pane(l);
    if (!pane || !l->hold.held) return;
    dy_hit hit = dy_pane_hit(scene, (int32_t)(pane - scene->panes), g->at);
    dy_hold_move(&l->hold, hit.update, hit.value);
    l->look.hover = fmax(0, hit.update);
}

static void grab(dy_live *l, const dy_gesture *g)
{
    if (g->hit.kind == DY_HIT_PANE) grab_pane(l, g);
    if (g->hit.kind != DY_HIT_HANDLE) return;
    dy_hold_choose(&l->hold, g->hit.index);
    dy_live_keep_for_undo(l, l->hold.channel);
    keep_axis(l, held_pane(l));
    l->hold.held = true;
}

static void drag_on_to(dy_live *l, const dy_gesture *g)
{
    switch (g->hit.kind) {
    case DY_HIT_PANE: drag_pane(l, g); break;
    case DY_HIT_HANDLE: drag_handle(l, g); break;
    case DY_HIT_SLIDER: l->look.smoothing = dy_scene_slide(dy_live_scene(l), g->at.x); break;
    default: break;
    }
}

static void let_go(dy_live *l, const dy_gesture *g)
{
    drag_on_to(l, g);
    if (g->hit.kind == DY_HIT_HANDLE || (g->hit.kind == DY_HIT_PANE && drag_on(l, g) == DRAWS))
        dy_hold_lift(&l->hold);
    dy_stroke_lift(&l->guess.line);
    l->look.kept = DY_PANE_KINDS;
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

static void turn(dy_live *l, const dy_gesture *g)
{
    bool timed = g->hit.kind == DY_HIT_PANE ? is_timed(pane_kind(l, &g->hit))
                                            : g->hit.kind == DY_HIT_HANDLE;
    if (!timed) return;
    double sideways = g->held & DY_HELD_SHIFT ? g->wheel_y + g->wheel_x : g->wheel_x;
    if (sideways != 0)
        dy_look_pan(&l->look, SIDEWAYS * sideways, whole(l));
    else
        dy_look_zoom(&l->look, g->hit.update, pow(NOTCH, g->wheel_y), whole(l));
}

void dy_live_gesture(dy_live *l, const dy_gesture *g)
{
    l->touched = true;
    if (g->kind != DY_GESTURE_LEAVE) l->pointer = g->at;
    l->pointed = g->kind != DY_GESTURE_LEAVE;
    switch (g->kind) {
    case DY_GESTURE_POINT: point(l, g); break;
    case DY_GESTURE_CLICK: click(l, g); break;
    case DY_GESTURE_DOUBLE: double_click(l, g); break;
    case DY_GESTURE_CONTEXT: context(l, g); break;
    case DY_GESTURE_GRAB:
        grab(l, g);
        drag_on_to(l, g);
        break;
    case DY_GESTURE_DRAG: drag_on_to(l, g); break;
    case DY_GESTURE_DROP: let_go(l, g); break;
    case DY_GESTURE_WHEEL: turn(l, g); break;
    default: break;
    }
}
