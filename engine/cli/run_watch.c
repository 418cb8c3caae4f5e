/* run_watch.c - see run_watch.h.   SPDX-License-Identifier: MIT */
#include "cli/run_watch.h"

#include "base/clock.h"
#include "cli/recording.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const double LIVE_TICK_S = 1.0 / 60;

static bool wants_window(const dy_watch *watch)
{
    const dy_run_options *options = watch->options;
    return !watch->own && !options->find && !options->no_window && dy_live_wanted();
}

static bool wants_film(const dy_run_options *options)
{
    return options->frames || options->film;
}

/* The session so far, as a script beside where the program was started, under a name that is free. */
static bool write_session(void *self, dy_error *err)
{
    enum { NAMES = 1000 };

    const dy_watch *watch = self;
    char path[64];
    for (int i = 1; i < NAMES; i++) {
        snprintf(path, sizeof path, "session-%d.lua", i);
        if (access(path, F_OK) == 0) continue;
        if (!dy_recording_write(path, watch->options, watch->board, err)) return false;
        snprintf(err->text, sizeof err->text, "the session so far: %s", path);
        return true;
    }
    return dy_fail(err, "session-1.lua to session-%d.lua are all there", NAMES - 1);
}

static dy_live_spec live_spec(dy_watch *watch, bool unseen)
{
    const dy_run_options *options = watch->options;
    return (dy_live_spec){ .script = options->script,
                           .unseen = unseen,
                           .scale = options->scale,
                           .film = watch->film,
                           .every_s = options->frames_every_s,
                           .trace = watch->trace,
                           .self = watch,
                           .record = write_session };
}

/* A display that takes no window is said on stderr, once. */
static bool open_window(dy_watch *watch)
{
    dy_error err;
    dy_live_spec spec = live_spec(watch, false);
    if (dy_live_open(&watch->live, &spec, &err)) return true;
    fprintf(stderr, "derny: warning: %s; going on without a window\n", err.text);
    return false;
}

bool dy_watch_open(dy_watch *watch, const dy_run_options *options, const dy_run_own *own,
                   dy_error *err)
{
    *watch = (dy_watch){ .options = options, .own = own };
    if (wants_film(options) && !dy_film_open(&watch->film, options->frames, options->film, err))
        return false;
    if (!options->trace) return true;
    watch->trace = fopen(options->trace, "w");
    if (watch->trace) return true;
    dy_fail(err, "--trace %s: %s", options->trace, strerror(errno));
    dy_watch_close(watch);
    return false;
}

static void close_live(dy_watch *watch)
{
    dy_live_close(watch->live);
    watch->live = NULL;
    watch->windowed = false;
}

void dy_watch_close(dy_watch *watch)
{
    dy_error err;
    close_live(watch);
    dy_film_close(watch->film, &err); /* where it was not ended before */
    watch->film = NULL;
    if (watch->trace) fclose(watch->trace);
    watch->trace = NULL;
}

bool dy_watch_wants(const dy_watch *watch)
{
    return watch->film || wants_window(watch);
}

/* To all of the first race. */
static void order(dy_board *board, dy_act act)
{
    const dy_order order = { .act = act, .lane = DY_EVERY_LANE, .run = -1 };
    dy_board_order(board, &order, NULL, 0);
}

void dy_watch_prepare(const dy_watch *watch, dy_board *board)
{
    if (watch->options->hold && wants_window(watch)) order(board, DY_ACT_PAUSE);
}

/* For the film alone. */
static void open_unseen(dy_watch *watch)
{
    dy_error err;
    dy_live_spec spec = live_spec(watch, true);
    if (!dy_live_open(&watch->live, &spec, &err))
        fprintf(stderr, "derny: warning: no film: %s\n", err.text);
}

void dy_watch_begin(dy_watch *watch, dy_board *board)
{
    bool first = !watch->board;
    watch->board = board;
    watch->terminal =
        dy_terminal_make(board, watch->options->quiet, watch->workers, watch->keeper);
    watch->terminal.weights = watch->weights;
    if (first && wants_window(watch)) watch->windowed = open_window(watch);
    if (first && !watch->live && watch->film) open_unseen(watch);
    if (watch->live) dy_live_begin(watch->live, board);
    if (watch->options->hold && !watch->windowed)
        order(board, DY_ACT_GO); /* nobody is there to say it */
}

/* --- the desk's callbacks ----------------------------------------------------------------------------------------- */

static void on_message(void *self, const dy_message *message)
{
    dy_watch *w = self;
    if (w->own && w->own->message(w->own->self, message)) return;
    dy_terminal_message(&w->terminal, message);
    bool error = message->kind == DY_MESSAGE_ERROR;
    bool told = error || message->kind == DY_MESSAGE_WARN || message->kind == DY_MESSAGE_NOTE;
    if (w->live && told) dy_live_say(w->live, message->text, message->len, error);
}

/* A closed window is gone at once; what is left to be done is not seen, unless by a film. */
static void let_window_go(dy_watch *w)
{
    dy_live_go_unseen(w->live);
    w->windowed = false;
}

static dy_wish heed(dy_watch *w, dy_live_wish wish)
{
    switch (wish) {
    case DY_LIVE_END: return DY_WISH_END;
    case DY_LIVE_RESTART: w->restart = true; return DY_WISH_END;
    case DY_LIVE_CLOSE: let_window_go(w); return DY_WISH_STOP;
    case DY_LIVE_DETACH: let_window_go(w); return DY_WISH_GO_ON;
    case DY_LIVE_LOST:
        let_window_go(w);
        dy_progress_erase(&w->terminal.progress);
        fputs("derny: warning: the display is gone; going on without a window\n", stderr);
        return DY_WISH_GO_ON;
    case DY_LIVE_GO_ON: break;
    }
    return DY_WISH_GO_ON;
}

static dy_wish on_tick(void *self)
{
    dy_watch *w = self;
    dy_terminal_tick(&w->terminal);
    return w->live ? heed(w, dy_live_tick(w->live, dy_now_s())) : DY_WISH_GO_ON;
}

dy_desk_spec dy_watch_desk(dy_watch *watch)
{
    return (dy_desk_spec){ .patience_s = watch->options->bounds.patience_s,
                           .tick_s = watch->live ? LIVE_TICK_S : 0,
                           .self = watch,
                           .on_message = on_message,
                           .on_tick = on_tick };
}

/* --- afterwards --------------------------------------------------------------------------------------------------- */

static dy_wish on_idle_tick(void *self)
{
    dy_watch *w = self;
    heed(w, dy_live_tick(w->live, dy_now_s()));
    return w->windowed && !w->restart ? DY_WISH_GO_ON : DY_WISH_STOP;
}

bool dy_watch_end(dy_watch *watch, dy_error *err)
{
    bool whole = !watch->live || dy_live_end_film(watch->live, err);
    dy_error other;
    bool closed = dy_film_close(watch->film, whole ? err : &other);
    watch->film = NULL;
    return whole && closed;
}

void dy_watch_linger(dy_watch *watch, const dy_verdict *verdict, bool failed)
{
    bool signalled = verdict->ending == DY_ENDED_INTERRUPTED && !verdict->by_hand;
    if (!watch->windowed || watch->restart || signalled) return;
    if (dy_board_len(watch->board) == 0 && !failed) return; /* nothing to see */
    dy_live_end(watch->live,
                failed             ? "failed"
                : verdict->by_hand ? "stopped"
                                   : "done",
                verdict->text, failed);
    dy_desk_spec idle = { .tick_s = LIVE_TICK_S, .self = watch, .on_tick = on_idle_tick };
    dy_desk_linger(&idle);
}
