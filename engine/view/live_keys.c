/* live_keys.c - what the verbs do.   SPDX-License-Identifier: MIT */
#include "view/live_inside.h"

#include <math.h>

static const double TWICE_S = 3; /* for what wants to be asked for again */
static const double PAN = 0.25, ZOOM = 0.7;
static const double STEP = 0.01, FAR = 5; /* of the run that a keyframe goes sideways */
static const double RAISE = 1.05, RAISE_FAR = 1.5; /* times its value */

static double whole(const dy_live *l)
{
    return l->board ? (double)l->feed.whole : 1;
}

/* What cannot be taken back is asked for twice. */
static bool twice(dy_live *l, dy_verb verb, const char *question)
{
    if (l->asked_twice == verb && l->now_s < l->asked_until_s) {
        l->asked_twice = DY_VERB_NONE;
        return true;
    }
    l->asked_twice = verb;
    l->asked_until_s = l->now_s + TWICE_S;
    dy_live_note(l, false, "%s", question);
    return false;
}

static bool trains(const dy_live *l)
{
    return l->board && l->feed.running && !l->over;
}

/* --- ends --------------------------------------------------------------------------------------------------------- */

/* A script that does not answer heeds no order: its lab is ended. */
static void stop(dy_live *l)
{
    if (l->over || !l->board) {
        dy_live_note(l, false, "nothing trains now");
        return;
    }
    if (!twice(l, DY_VERB_STOP, "x again stops it")) return;
    if (l->silent_s > 0 || !trains(l))
        l->wish = DY_LIVE_END;
    else
        dy_live_order(l, DY_ACT_STOP, DY_EVERY_LANE, 0, 0);
}

static void restart(dy_live *l)
{
    bool lose = !l->over && l->silent_s == 0;
    if (lose && !twice(l, DY_VERB_RESTART, "shift r again ends this and runs the script anew"))
        return;
    l->wish = DY_LIVE_RESTART;
}

static void leave(dy_live *l, dy_verb verb)
{
    bool close = verb == DY_VERB_CLOSE;
    if (close && trains(l) && !twice(l, verb, "q again stops the training and closes")) return;
    l->wish = close ? DY_LIVE_CLOSE : DY_LIVE_DETACH;
}

/* --- arrows ------------------------------------------------------------------------------------------------------- */

typedef struct push {
    int x, y;   /* right and up */
    double far; /* 1, or more */
} push;

/* Upwards by a factor; a momentum nears 1 by as much as an lr would rise. */
static double raised(double value, dy_channel channel, double factor)
{
    if (channel == DY_MOMENTUM) return 1 - (1 - value) / factor;
    return value > 0 ? value * factor : factor > 1 ? 1e-4 : 0;
}

static void push_key(dy_live *l, push p)
{
    const dy_key *key = dy_hold_key(&l->hold);
    double factor = pow(p.far > 1 ? RAISE_FAR : RAISE, p.y);
    dy_live_keep_for_undo(l, l->hold.channel);
    double step = key->step + round(p.x * p.far * fmax(1, STEP * (double)l->feed.steps));
    double value = p.y == 0 ? key->value : raised(key->value, l->hold.channel, factor);
    dy_hold_move(&l->hold, step, value);
}

static bool log_axis(const dy_live *l, dy_channel channel)
{
    const dy_pane *pane =
        l->drawn
            ? dy_scene_pane(dy_live_scene(l), channel == DY_LR ? DY_PANE_LR : DY_PANE_MOMENTUM)
            : NULL;
    return pane && pane->y.log;
}

/* The pen stands where the curve does, or where it was drawn to; sideways it draws. */
static void push_pen(dy_live *l, push p)
{
    dy_hold *h = &l->hold;
    double width = l->look.to > l->look.from ? l->look.to - l->look.from : whole(l);
    if (!l->pen_down) {
        double from = fmax(l->look.hovered ? l->look.hover : 0, (double)h->now);
        l->pen = (dy_point){ from, dy_hand_at(&h->hand[h->channel], from) };
        l->pen_down = true;
        dy_live_keep_for_undo(l, h->channel);
        dy_hold_draw(h, h->channel, l->pen, log_axis(l, h->channel));
    }
    l->pen.x += p.x * p.far * fmax(1, width / 50);
    if (p.y != 0)
        l->pen.y = raised(l->pen.y, h->channel, pow(p.far > 1 ? RAISE_FAR : RAISE, p.y));
    l->pen.x = fmax((double)h->now, fmin(l->pen.x, h->hand[h->channel].end));
    dy_hold_draw(h, h->channel, l->pen, log_axis(l, h->channel));
    l->look.hovered = true;
    l->look.hover = l->pen.x;
}

static void push_guess(dy_live *l, push p)
{
    dy_stroke_line *line = &l->guess.line;
    if (line->n == 0) dy_stroke_to(line, (dy_point){ (double)l->feed.newest, 1 });
    dy_point at = line->last;
    at.x = fmax(0, fmin(at.x + p.x * p.far * fmax(1, whole(l) / 50), whole(l) - 1));
    if (p.y != 0) at.y = raised(at.y, DY_LR, pow(p.far > 1 ? RAISE_FAR : RAISE, p.y));
    dy_stroke_to(line, at);
}

static void choose_run(dy_live *l, int by)
{
    dy_run_view run;
    int32_t n = l->board ? l->feed.lanes : 0;
    if (n == 0) return;
    int32_t lane = dy_board_run(l->board, l->look.chosen, &run) ? run.card->lane : 0;
    for (int32_t tried = 0; tried < n; tried++) {
        lane = (lane + by + n) % n;
        if (!dy_feed_lane(&l->feed, l->feed.race, lane, &run)) continue;
        if (l->feed.running && !dy_feed_running(&run)) continue;
        l->look.chosen = l->look.strong = run.index;
        dy_live_trace(l, "chosen %d", run.index);
        return;
    }
}

static void push_arrow(dy_live *l, push p)
{
    if (l->guess.open) {
        push_guess(l, p);
    } else if (l->hold.drawing && l->hold.run >= 0) {
        push_pen(l, p);
    } else if (dy_hold_key(&l->hold)) {
        push_key(l, p);
    } else if (p.x != 0) {
        double width = l->look.to > l->look.from ? l->look.to - l->look.from : whole(l);
        if (!l->look.hovered && l->board) l->look.hover = (double)l->feed.newest;
        double by = p.far > 1 ? fmax(10, round(width / 20)) : 1;
        dy_look_step(&l->look, p.x * by, whole(l) - 1);
    } else {
        choose_run(l, -p.y);
    }
}

static bool is_arrow(dy_verb verb, push *p)
{
    if (verb < DY_VERB_LEFT || verb > DY_VERB_DOWN_FAR) return false;
    bool far = verb >= DY_VERB_LEFT_FAR;
    dy_verb near = far ? (dy_verb)(verb - (DY_VERB_LEFT_FAR - DY_VERB_LEFT)) : verb;
    *p = (push){ .x = (near == DY_VERB_RIGHT) - (near == DY_VERB_LEFT),
                 .y = (near == DY_VERB_UP) - (near == DY_VERB_DOWN),
                 .far = far ? FAR : 1 };
    return true;
}

/* --- the schedule ------------------------------------------------------------------------------------------------- */

static void end_drawing(dy_live *l)
{
    dy_hold_lift(&l->hold);
    l->pen_down = false;
}

static void add_key(dy_live *l)
{
    dy_channel c = l->hold.channel;
    dy_live_keep_for_undo(l, c);
    bool ok = l->look.hovered && dy_hold_add(&l->hold, c, l->look.hover);
    if (ok) return;
    if (l->n_undo > 0) l->n_undo--;
    dy_live_note(l, false, "put the crosshair on an update to come first");
}

static void remove_key(dy_live *l)
{
    dy_live_keep_for_undo(l, l->hold.channel);
    if (dy_hold_remove(&l->hold)) return;
    if (l->n_undo > 0) l->n_undo--;
    dy_live_note(l, false,
                 dy_hold_key(&l->hold) ? "it is the only one to come"
                                       : "choose a keyframe first: tab");
}

static void choose_key(dy_live *l, int by)
{
    if (!dy_hold_next(&l->hold, by)) {
        dy_live_note(l, false, "no keyframe is to come");
        return;
    }
    l->look.hovered = true;
    l->look.hover = dy_hold_key(&l->hold)->step;
}

static void draw(dy_live *l)
{
    bool was = l->hold.drawing;
    end_drawing(l);
    l->hold.drawing = !was;
    if (!was)
        dy_live_note(l, false, "drag over lr or momentum, or use the arrows; enter ends it");
}

static void act_on_schedule(dy_live *l, dy_verb verb)
{
    if (!trains(l)) {
        dy_live_note(l, false, "nothing trains now");
        return;
    }
    switch (verb) {
    case DY_VERB_NEXT_KEY: choose_key(l, 1); break;
    case DY_VERB_KEY_BEFORE: choose_key(l, -1); break;
    case DY_VERB_ADD: add_key(l); break;
    case DY_VERB_REMOVE: remove_key(l); break;
    case DY_VERB_TYPE: dy_live_open_field(l); break;
    case DY_VERB_DRAW: draw(l); break;
    case DY_VERB_CHANNEL:
        l->hold.channel = l->hold.channel == DY_LR ? DY_MOMENTUM : DY_LR;
        l->hold.key = -1;
        dy_live_note(l, false, "keys act on %s", l->hold.channel == DY_LR ? "lr" : "momentum");
        break;
    default: dy_live_undo(l); break;
    }
}

/* --- another way -------------------------------------------------------------------------------------------------- */

static void go_back(dy_live *l, dy_act act)
{
    if (l->look.hovered)
        dy_live_go_back(l, act, l->look.hover);
    else
        dy_live_note(l, false, "put the crosshair on a past update first");
}

static void predict(dy_live *l)
{
    dy_run_view run;
    if (l->guess.open) {
        l->guess.open = false;
        return;
    }
    if (!trains(l) || !dy_live_chosen(l, &run)) {
        dy_live_note(l, false, "nothing trains now");
        return;
    }
    if (!l->want_paused) dy_live_pause(l);
    dy_guess_open(&l->guess, l->feed.race, run.index);
    dy_live_note(l, false,
                 l->feed.lanes > 1 ? "draw the loss, click the rider you bet on; space shows"
                                   : "draw the loss you expect; space shows");
}

/* What only whoever started this can do. */
static void call(dy_live *l, bool (*what)(void *self, dy_error *err))
{
    dy_error err = { "" };
    if (!what) {
        dy_live_note(l, false, "that cannot be done here");
        return;
    }
    bool ok = what(l->spec.self, &err);
    if (err.text[0]) dy_live_note(l, !ok, "%s", err.text);
}

static void act_on_training(dy_live *l, dy_verb verb)
{
    switch (verb) {
    case DY_VERB_PAUSE: dy_live_pause(l); break;
    case DY_VERB_UPDATE: dy_live_advance(l, false); break;
    case DY_VERB_EPOCH: dy_live_advance(l, true); break;
    case DY_VERB_SLOWER: dy_live_speed(l, -1); break;
    case DY_VERB_FASTER: dy_live_speed(l, 1); break;
    case DY_VERB_UNLIMITED: dy_live_speed(l, 0); break;
    case DY_VERB_STOP: stop(l); break;
    case DY_VERB_RESTART: restart(l); break;
    case DY_VERB_REWIND: go_back(l, DY_ACT_REWIND); break;
    case DY_VERB_FORK: go_back(l, DY_ACT_FORK); break;
    case DY_VERB_COOL: dy_live_cool(l); break;
    case DY_VERB_PREDICT: predict(l); break;
    case DY_VERB_RELOAD: call(l, l->spec.reload); break;
    case DY_VERB_RECORD: call(l, l->spec.record); break;
    default: break;
    }
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

static double zoom_centre(const dy_live *l)
{
    if (l->look.hovered) return l->look.hover;
    if (l->look.to > l->look.from) return (l->look.from + l->look.to) / 2;
    return whole(l) / 2;
}

/* The pane under the pointer, else the loss. */
static void turn_axis(dy_live *l)
{
    if (!l->drawn) return;
    const dy_scene *scene = dy_live_scene(l);
    dy_hit hit = dy_scene_hit(scene, l->pointer);
    const dy_pane *pane = l->pointed && hit.pane >= 0 ? &scene->panes[hit.pane]
                                                      : dy_scene_pane(scene, DY_PANE_LOSS);
    if (pane) dy_look_turn_axis(&l->look, pane->kind, pane->y.log);
}

static void enlarge(dy_live *l)
{
    l->look.large = !l->look.large;
    if (!dy_window_full(l->window, l->look.large))
        dy_live_note(l, false, "the display has no full screen");
}

/* Out of whatever is open, the last first. */
static void cancel(dy_live *l)
{
    if (l->look.help)
        l->look.help = false;
    else if (l->hold.drawing)
        end_drawing(l);
    else if (l->guess.open)
        l->guess.open = false;
    else if (l->hold.key >= 0)
        l->hold.key = -1;
    else if (l->look.solo >= 0)
        l->look.solo = -1;
    else
        l->look.strong = -1;
    l->asked_twice = DY_VERB_NONE;
}

static void look(dy_live *l, dy_verb verb)
{
    dy_look *k = &l->look;
    switch (verb) {
    case DY_VERB_ZOOM_IN: dy_look_zoom(k, zoom_centre(l), ZOOM, whole(l)); break;
    case DY_VERB_ZOOM_OUT: dy_look_zoom(k, zoom_centre(l), 1 / ZOOM, whole(l)); break;
    case DY_VERB_BACK_ON: dy_look_pan(k, -PAN, whole(l)); break;
    case DY_VERB_FORTH: dy_look_pan(k, PAN, whole(l)); break;
    case DY_VERB_FIT: dy_look_fit(k); break;
    case DY_VERB_FOLLOW:
        dy_look_follow(k, l->board ? (double)l->feed.newest : 0, whole(l));
        break;
    case DY_VERB_AXIS: turn_axis(l); break;
    case DY_VERB_PANES: dy_live_open_panes(l, (dy_point){ 0, 0 }); break;
    case DY_VERB_SMOOTHER: dy_look_smooth(k, dy_live_scene(l)->smoothing, 1); break;
    case DY_VERB_ROUGHER: dy_look_smooth(k, dy_live_scene(l)->smoothing, -1); break;
    case DY_VERB_HIDE: dy_look_toggle(k, k->chosen); break;
    case DY_VERB_SOLO: dy_look_solo(k, k->chosen); break;
    case DY_VERB_SORT: k->sort = (dy_sort)((k->sort + 1) % DY_SORTS); break;
    case DY_VERB_RANK: k->ranked = !k->ranked; break;
    case DY_VERB_THEME: k->dark = !k->dark; break;
    case DY_VERB_LARGE: enlarge(l); break;
    case DY_VERB_SAVE: dy_live_save(l); break;
    case DY_VERB_HELP: k->help = !k->help; break;
    case DY_VERB_ACCEPT: end_drawing(l); break;
    case DY_VERB_CANCEL: cancel(l); break;
    case DY_VERB_CLOSE:
    case DY_VERB_DETACH: leave(l, verb); break;
    default: break;
    }
}

void dy_live_do(dy_live *l, dy_verb verb)
{
    push arrow;
    dy_live_trace(l, "verb %s", dy_verb_name(verb));
    l->touched = true;
    if (verb != DY_VERB_HELP && verb != DY_VERB_CANCEL) l->look.help = false;
    if (is_arrow(verb, &arrow))
        push_arrow(l, arrow);
    else if (verb >= DY_VERB_NEXT_KEY && verb <= DY_VERB_UNDO)
        act_on_schedule(l, verb);
    else if (verb >= DY_VERB_ZOOM_IN)
        look(l, verb);
    else
        act_on_training(l, verb);
}
