/* live.c - see live.h: opening, ticks, and when to draw.   SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "view/live_inside.h"
#include "view/width.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

static const double WIDTH_PX = 1280, HEIGHT_PX = 800;
static const double NOTE_S = 6;         /* for which a line stands */
static const double TOUCHED_S = 0.0155; /* from one picture to the next where a person acts, */
static const double NEWS_S = 0.032;     /* where only the training goes on; */
static const double NEWS_SHARE = 5;     /* and that takes at most such a part of a processor */

bool dy_live_wanted(void)
{
    return dy_window_wanted();
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

bool dy_live_open(dy_live **live, const dy_live_spec *spec, dy_error *err)
{
    dy_arena arena = dy_arena_make(0);
    dy_live *l = dy_arena_take(&arena, 1, sizeof *l, err);
    if (!l) return false;
    l->portrait = dy_arena_take(&arena, 1, sizeof *l->portrait, err);
    l->arena = arena;
    l->spec = *spec;
    l->look = dy_look_defaults();
    l->hold = dy_hold_make();
    l->guess = dy_guess_make();
    l->rate = dy_rate_make();
    l->undo_arena = dy_arena_make((int64_t)64 << 20);
    l->shown[0].arena = l->shown[1].arena = dy_arena_make(0);
    snprintf(l->state, sizeof l->state, "starting");
    bool seen = !spec->unseen;
    if (!l->portrait ||
        (seen && !dy_window_open(&l->window, "Derny", WIDTH_PX, HEIGHT_PX, spec->scale, err))) {
        dy_live_close(l);
        return false;
    }
    l->touched = true;
    *live = l;
    return true;
}

static void forget_board(dy_live *l)
{
    if (l->board) dy_feed_close(&l->feed);
    l->board = NULL;
    dy_arena_close(&l->undo_arena);
    l->n_undo = 0;
}

void dy_live_close(dy_live *l)
{
    if (!l) return;
    forget_board(l);
    for (int i = 0; i < 2; i++) dy_arena_close(&l->shown[i].arena);
    dy_window_close(l->window);
    dy_arena arena = l->arena;
    dy_arena_close(&arena);
}

void dy_live_go_unseen(dy_live *l)
{
    dy_window_close(l->window);
    l->window = NULL;
    l->wish = DY_LIVE_GO_ON;
    if (l->board) atomic_store(&dy_board_control(l->board)->sitter, 0); /* nobody looks */
}

void dy_live_begin(dy_live *l, dy_board *board)
{
    forget_board(l);
    l->board = board;
    dy_feed_open(&l->feed, board);
    l->hold = dy_hold_make();
    l->guess = dy_guess_make();
    l->rate = dy_rate_make();
    l->look.chosen = l->look.strong = l->look.solo = -1;
    l->over = l->drawn = l->want_paused = false;
    l->line = (dy_line){ 0 };
    l->portrait_seen = 0;
    l->portrait_kind = DY_PORTRAIT_NONE;
    l->wish = DY_LIVE_GO_ON;
    l->touched = true;
    l->pulse_s = 0;
    dy_live_trace(l, "begin");
}

void dy_live_end(dy_live *l, const char *state, const char *why, bool alarm)
{
    l->over = true;
    snprintf(l->state, sizeof l->state, "%s", state);
    if (*why) dy_live_note(l, alarm, "%s", why);
    l->touched = true;
    dy_live_trace(l, "end %s", state);
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

/* An error stays where only something in passing follows it. */
static void set_line(dy_live *l, bool alarm, const char *text)
{
    l->line = (dy_line){ .alarm = alarm, .until_s = alarm ? 0 : l->now_s + NOTE_S };
    snprintf(l->line.text, sizeof l->line.text, "%s", text);
    l->touched = true;
    dy_live_trace(l, "line %s", l->line.text);
}

void dy_live_note(dy_live *l, bool alarm, const char *format, ...)
{
    char text[sizeof l->line.text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    set_line(l, alarm, text);
}

void dy_live_say(dy_live *l, const char *text, size_t n, bool alarm)
{
    char clean[sizeof l->line.text];
    const char *end = memchr(text, '\n', n);
    dy_clean(clean, sizeof clean, text, end ? (size_t)(end - text) : n);
    set_line(l, alarm, clean);
}

static void drop_old_line(dy_live *l)
{
    if (!(l->line.until_s > 0) || l->now_s < l->line.until_s) return;
    l->line = (dy_line){ 0 };
    l->touched = true;
}

/* --- what the person does ----------------------------------------------------------------------------------------- */

static void take_key(dy_live *l, const dy_input *input)
{
    l->touched = true;
    if (dy_live_field_key(l, input) || dy_live_menu_key(l, input)) return;
    dy_verb verb = dy_verb_of(input);
    if (verb != DY_VERB_NONE) dy_live_do(l, verb);
}

/* Before the first picture there is nothing under the mouse. */
static void take_mouse(dy_live *l, const dy_input *input)
{
    if (!l->drawn) return;
    dy_gesture g = dy_grip_take(&l->grip, input, dy_live_scene(l), l->now_s);
    if (g.kind != DY_GESTURE_NONE) dy_live_gesture(l, &g);
}

static void take(dy_live *l, const dy_input *input)
{
    switch (input->kind) {
    case DY_INPUT_KEY: take_key(l, input); break;
    case DY_INPUT_SHOW:
        l->hidden = false;
        l->touched = true;
        break;
    case DY_INPUT_HIDE: l->hidden = true; break;
    case DY_INPUT_CLOSE: l->wish = DY_LIVE_CLOSE; break;
    case DY_INPUT_LOST: l->wish = DY_LIVE_LOST; break;
    default: take_mouse(l, input); break;
    }
}

/* --- drawing ------------------------------------------------------------------------------------------------------ */

static bool is_due(const dy_live *l)
{
    if (!l->window || l->hidden || !(l->touched || l->news)) return false;
    double gap = l->touched ? fmax(TOUCHED_S, l->cost_s) : fmax(NEWS_S, NEWS_SHARE * l->cost_s);
    return !l->drawn || l->now_s - l->drawn_s >= gap;
}

/* A watcher that fails costs a line, not the training. */
static bool draw(dy_live *l, dy_error *err)
{
    double width, height, scale;
    dy_pixels pixels;
    dy_shown *next = &l->shown[1 - l->front];
    dy_window_size(l->window, &width, &height, &scale);
    if (!dy_live_compose(l, next, fmax(width, DY_VIEW_LEAST_PX), fmax(height, DY_VIEW_LEAST_PX),
                         scale, false, err))
        return false;
    l->front = 1 - l->front;
    l->drawn = true;
    return dy_window_pixels(l->window, &pixels, err) &&
           dy_paint_pixels(&next->scene, &pixels, err) && dy_window_show(l->window, err);
}

static void draw_when_due(dy_live *l)
{
    if (!is_due(l)) return;
    dy_error err;
    double before = dy_now_s();
    bool touched = l->touched;
    l->touched = l->news = false;
    if (!draw(l, &err)) dy_live_trace(l, "trouble %s", err.text);
    l->drawn_s = before;
    l->cost_s = dy_now_s() - before;
    l->frames++;
    if (l->drawn) dy_live_tell_layout(l);
    dy_live_trace(l, "frame %lld %s %.1f ms", (long long)l->frames,
                  touched ? "touched" : "news", 1e3 * l->cost_s);
}

dy_live_wish dy_live_tick(dy_live *l, double now_s)
{
    dy_input input;
    l->now_s = now_s;
    while (l->window && dy_window_next(l->window, &input)) take(l, &input);
    dy_gesture late = dy_grip_due(&l->grip, now_s);
    if (late.kind != DY_GESTURE_NONE) dy_live_gesture(l, &late);
    drop_old_line(l);
    if (l->board && dy_live_look_out(l)) l->news = true;
    dy_live_send_bends(l);
    dy_live_roll(l);
    if (l->wish == DY_LIVE_GO_ON) draw_when_due(l);
    dy_live_set_title(l);
    dy_live_wish wish = l->wish;
    if (wish == DY_LIVE_END) l->wish = DY_LIVE_GO_ON; /* once is enough */
    return wish;
}
